/* Rules: texts in, a compiled rule set out. The rules of sipward.h hold. */
#ifndef SIPWARD_C_RULES_H_
#define SIPWARD_C_RULES_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_compiler sipward_compiler;
typedef struct sipward_rules sipward_rules;

enum { SIPWARD_SEVERITY_ERROR = 0, SIPWARD_SEVERITY_WARNING = 1 };

/* What is wrong with a rule text. Texts are valid until the next call that changes the compiler. */
typedef struct sipward_diagnostic {
  uint32_t struct_size;
  uint32_t severity;
  uint32_t line;   /* from 1; 0: the file as a whole */
  uint32_t column; /* in bytes, from 1 */
  uint32_t length; /* in bytes, to be underlined */
  uint32_t reserved;
  sipward_text file;
  sipward_text code; /* "R203" */
  sipward_text message;
  sipward_text hint; /* may be empty */
  sipward_text source_line;
} sipward_diagnostic;

/* Texts in, rules out: add rule files and the files that they name, then build once. */
SIPWARD_API int32_t sipward_compiler_create(sipward_compiler** out);
SIPWARD_API void sipward_compiler_destroy(sipward_compiler* compiler);
/* Adds the rules and lists that come with the library, once. A text that says `import pack` does
 * the same. */
SIPWARD_API int32_t sipward_compiler_add_default_pack(sipward_compiler* compiler);
/* Adds a rule text; `name` is what diagnostics call it. Copies both. SIPWARD_ERR_RULES if it cannot
 * be read. */
SIPWARD_API int32_t sipward_compiler_add_rules(sipward_compiler* compiler, const char* name,
                                               size_t name_size, const char* text,
                                               size_t text_size);
/* File `index` that the added rules name, for a list, a test or to import it: `path` as written,
 * which is relative to the rule text that names it, and that text's name, both valid until the next
 * call that changes the compiler. An imported file that was given may name more. Those of the
 * default pack come with it and are not asked for. SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_compiler_file(const sipward_compiler* compiler, uint32_t index,
                                          sipward_text* path, sipward_text* named_by);
/* From now on the `test` blocks of added texts are checked and kept, to be run, and the files that
 * they name are asked for. Otherwise they are left out, as an engine has no use for them. */
SIPWARD_API int32_t sipward_compiler_keep_tests(sipward_compiler* compiler);
/* Gives the contents of file `index`. Copies. SIPWARD_ERR_RULES if it is imported and cannot be
 * read. */
SIPWARD_API int32_t sipward_compiler_set_file(sipward_compiler* compiler, uint32_t index,
                                              const char* text, size_t text_size);
/* What rules may need, or do need. */
typedef struct sipward_rule_budget {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t state_bytes; /* all tables together */
  /* One event that concerns every rule for events of its kind and changes all their aggregates, of
   * the kind for which that is dearest: an estimate at 3 GHz. Candidate selection spares nearly all
   * of it on ordinary traffic. */
  uint64_t event_ns;
} sipward_rule_budget;
/* What rules may need at most: a build beyond it fails and says which rule takes most. 0 is the
 * default: 48 MiB, 10 ms. A state must have room for the tables as well. */
SIPWARD_API int32_t sipward_compiler_set_budget(sipward_compiler* compiler,
                                                const sipward_rule_budget* budget);
/* Compiles everything that was added, once; after SIPWARD_ERR_NO_MEMORY it may be tried again. On
 * SIPWARD_ERR_RULES the diagnostics say why. A list file that was not given is an error. */
SIPWARD_API int32_t sipward_compiler_build(sipward_compiler* compiler, sipward_rules** out);
/* Errors and warnings so far, at most 20; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_compiler_diagnostic(const sipward_compiler* compiler, uint32_t index,
                                                sipward_diagnostic* out);

/* Lays a rule text out in the one way that `sipward rules fmt` does: its words, comments and breaks
 * between lines stay. Writes it to out[0, capacity), all of it or nothing, and its size to *size:
 * on SIPWARD_OK what was written, on SIPWARD_ERR_SPACE what is needed (a capacity of 0 tells it).
 * SIPWARD_ERR_RULES if the text has a character, a number or a string that cannot be read; a
 * compiler says where. Linear in the text. */
SIPWARD_API int32_t sipward_rules_format(const char* text, size_t text_size, char* out,
                                         size_t capacity, size_t* size);

/* Rules are immutable and counted: whoever holds them (an engine, a host) keeps them alive. */
SIPWARD_API void sipward_rules_destroy(sipward_rules* rules);

/* What the rules need. */
SIPWARD_API int32_t sipward_rules_budget(const sipward_rules* rules, sipward_rule_budget* out);

typedef struct sipward_rule_info {
  uint32_t struct_size;
  uint32_t line;
  sipward_text name;
  sipward_text file;
  sipward_text severity; /* of its meta: info low medium high critical; may be empty */
  sipward_text why;      /* of its meta; may be empty */
  sipward_text mode;     /* "enforce" or "report" */
  sipward_text actions;  /* as written */
  uint64_t state_bytes; /* of its aggregates; shared ones count in the first rule that names them */
  uint32_t worst_ns;    /* estimate of the dearest evaluation, at 3 GHz: to compare rules by */
  uint32_t aggregates;
  uint32_t stage; /* 1, or 2: it names identity, and runs once that is known */
  uint32_t reserved;
} sipward_rule_info;
SIPWARD_API uint32_t sipward_rules_count(const sipward_rules* rules);
SIPWARD_API int32_t sipward_rules_describe(const sipward_rules* rules, uint32_t index,
                                           sipward_rule_info* out);

/* A `test` block. Texts live as long as the rules. */
typedef struct sipward_test_info {
  uint32_t struct_size;
  uint32_t line;
  sipward_text name;
  sipward_text file;
  uint32_t events;       /* that it gives */
  uint32_t expectations; /* that it has of them */
} sipward_test_info;
/* 0 if the compiler was not told to keep tests. */
SIPWARD_API uint32_t sipward_rules_test_count(const sipward_rules* rules);
SIPWARD_API int32_t sipward_rules_test_describe(const sipward_rules* rules, uint32_t index,
                                                sipward_test_info* out);

enum { SIPWARD_TEST_FOUND_BYTES = 512 };

/* What came of a test. Texts live as long as the rules. */
typedef struct sipward_test_result {
  uint32_t struct_size;
  uint32_t passed;       /* 0 or 1 */
  uint32_t failed;       /* how many expectations were not met; of the first: */
  uint32_t line;         /* where it stands, in the file of the test */
  sipward_text expected; /* as written */
  uint32_t event;        /* that shows it, from 1; 0: none */
  uint32_t found_size;
  char found[SIPWARD_TEST_FOUND_BYTES]; /* what that event came to, for people; cut where it is
                                           longer */
} sipward_test_result;
/* Runs a test on an engine and a state of its own, which are made for it and given back. May run
 * beside others. SIPWARD_ERR_NO_MEMORY if there is no memory for them; SIPWARD_END behind the last
 * test. */
SIPWARD_API int32_t sipward_rules_test_run(const sipward_rules* rules, uint32_t index,
                                           sipward_test_result* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_RULES_H_ */
