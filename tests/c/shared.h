/* What the tests of forked workers share. */
#ifndef SIPWARD_TESTS_C_SHARED_H_
#define SIPWARD_TESTS_C_SHARED_H_

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "sample.h"

/* An engine over a state that is shared with forked processes; both are the engine's alone. */
static inline sipward_engine* make_shared_engine(const char* text, uint64_t bytes) {
  const sipward_state_options options = {
      .struct_size = sizeof options, .shared = 1, .bytes = bytes, .seed = {1, 2, 3}};
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  if (make_rules(text, &rules) == SIPWARD_OK &&
      sipward_state_create(&options, &state) == SIPWARD_OK) {
    sipward_engine_create(rules, state, NULL, &engine);
  }
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  return engine;
}

/* Zeroed memory that forked processes see. */
static inline void* shared_memory(size_t bytes) {
  void* memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

/* Inspects an INVITE of this host; the first aggregate of the first rule that matched, or -1. */
static inline double count_invite(sipward_inspector* inspector, uint8_t host) {
  const sipward_packet packet = make_packet(0, sizeof kInvite - 1, host);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) != SIPWARD_OK) return -1;
  return verdict.hit_count == 0 ? -1 : verdict.hits[0].values[0];
}

/* 0 if the process ended well. */
static inline int outcome_of(pid_t child) {
  int ended = 0;
  if (waitpid(child, &ended, 0) != child) return -1;
  return WIFEXITED(ended) ? WEXITSTATUS(ended) : -2;
}

#endif /* SIPWARD_TESTS_C_SHARED_H_ */
