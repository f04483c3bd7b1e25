/* Load-time calls whose allocations are refused one by one. */
#ifndef SIPWARD_TESTS_C_OUT_OF_MEMORY_H_
#define SIPWARD_TESTS_C_OUT_OF_MEMORY_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward.h"

/* Everything that a scenario may hold; what is not NULL is given back at its end. */
typedef struct world {
  sipward_message* message;
  sipward_framer* framer;
  sipward_compiler* compiler;
  sipward_rules* rules;
  sipward_state* state;
  sipward_engine* engine;
  sipward_inspector* inspector;
} world;

/* A rule text, and what comes of it when there is memory. */
typedef struct rule_text {
  const char* name;
  const char* text;
  size_t size;
  int32_t added;    /* status of add_rules */
  int32_t built;    /* status of build, if it was added */
  const char* file; /* contents of the list file that it names; NULL: none is given */
} rule_text;

typedef struct scenario scenario;
struct scenario {
  const char* name;
  const rule_text* rules;
  uint64_t number;                                   /* a size, where the step takes one */
  int (*prepare)(const scenario* self, world* made); /* with memory */
  int32_t (*step)(const scenario* self, world* made);
  int32_t expected;                                /* of the step, with memory */
  int (*check)(const scenario* self, world* made); /* what was made can be used */
};

/* The scenarios of one file each; *count is how many. */
const scenario* object_scenarios(size_t* count);
/* For rule text `index`: to add it, to build it, an engine and an inspector over it. 0 behind the
 * last. */
size_t rule_scenarios(size_t index, scenario out[4]);

void destroy_world(world* made);
/* Makes what is missing of rules, state, engine and inspector. */
int32_t make_engine_of(world* made);
/* 1 if the inspector finds an OPTIONS request that every rule text has a rule for. */
int finds_options(world* made);

#endif /* SIPWARD_TESTS_C_OUT_OF_MEMORY_H_ */
