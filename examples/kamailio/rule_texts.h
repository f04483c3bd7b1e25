/* Rule files to compiled rules, and their texts in one piece of memory, so that every process can
 * compile exactly what one of them read. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_RULE_TEXTS_H_
#define SIPWARD_EXAMPLES_KAMAILIO_RULE_TEXTS_H_

#include <sipward.h>
#include <stddef.h>

enum { RULE_TEXTS_MOST_FILES = 16 };

/* What the configuration names. */
typedef struct rule_source {
  int default_pack; /* not 0: the rules that come with the library as well */
  int file_count;
  const char* files[RULE_TEXTS_MOST_FILES];
} rule_source;

/* What was read, in the order in which the compiler asks for it. malloc'd; rule_texts_free gives it
 * back. */
typedef struct rule_texts {
  char* data;
  size_t size;
} rule_texts;

enum { RULE_TEXTS_WHY_BYTES = 512 };

/* Reads the files and those that they name (lists, imports), relative to the file that names them.
 * Returns the rules; NULL with a sentence in why[0, RULE_TEXTS_WHY_BYTES) if they cannot be read or
 * have errors. */
sipward_rules* rule_texts_read(const rule_source* source, rule_texts* texts, char* why);
/* The same from what another process read. */
sipward_rules* rule_texts_compile(const rule_source* source, const rule_texts* texts, char* why);
void rule_texts_free(rule_texts* texts);

#endif /* SIPWARD_EXAMPLES_KAMAILIO_RULE_TEXTS_H_ */
