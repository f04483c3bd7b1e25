/* The shared library comes and goes a thousand times in one process, beside a copy of itself that
 * stays; its path is the first argument, that of the copy the second. */
#include <dlfcn.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "held.h"
#include "sample.h"

enum { kRounds = 1000, kForkEvery = 100, kPackEvery = 100, kWarm = 200, kMostKiB = 512 };

/* ISO C has no cast from an object pointer to a function pointer; POSIX promises that they are
 * alike. */
#define LOAD(name)                              \
  __typeof__(&name) p_##name = NULL;            \
  *(void**)(&p_##name) = dlsym(library, #name); \
  if (p_##name == NULL) return 0

typedef struct library_use {
  sipward_compiler* compiler;
  sipward_rules* rules;
  sipward_state* state;
  sipward_engine* engine;
  sipward_inspector* inspector;
} library_use;

/* All that a host makes; with a state that forked workers share, which puts handlers around fork.
 */
static int begin(void* library, int with_pack, library_use* use) {
  LOAD(sipward_compiler_create);
  LOAD(sipward_compiler_add_rules);
  LOAD(sipward_compiler_add_default_pack);
  LOAD(sipward_compiler_build);
  LOAD(sipward_state_create);
  LOAD(sipward_engine_create);
  LOAD(sipward_inspector_create);
  LOAD(sipward_inspector_inspect);
  const sipward_state_options options = {.struct_size = sizeof options, .shared = 1};
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 99};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  memset(use, 0, sizeof *use);
  return p_sipward_compiler_create(&use->compiler) == SIPWARD_OK &&
         (with_pack ? p_sipward_compiler_add_default_pack(use->compiler)
                    : p_sipward_compiler_add_rules(use->compiler, "a.ward", 6, kRules,
                                                   strlen(kRules))) == SIPWARD_OK &&
         p_sipward_compiler_build(use->compiler, &use->rules) == SIPWARD_OK &&
         p_sipward_state_create(&options, &use->state) == SIPWARD_OK &&
         p_sipward_engine_create(use->rules, use->state, NULL, &use->engine) == SIPWARD_OK &&
         p_sipward_inspector_create(use->engine, &use->inspector) == SIPWARD_OK &&
         p_sipward_inspector_inspect(use->inspector, kOptions, &packet, &verdict) == SIPWARD_OK &&
         verdict.action <= SIPWARD_ACTION_DROP;
}

static int end(void* library, const library_use* use) {
  LOAD(sipward_compiler_destroy);
  LOAD(sipward_rules_destroy);
  LOAD(sipward_state_destroy);
  LOAD(sipward_engine_destroy);
  LOAD(sipward_inspector_destroy);
  p_sipward_inspector_destroy(use->inspector);
  p_sipward_engine_destroy(use->engine);
  p_sipward_state_destroy(use->state);
  p_sipward_rules_destroy(use->rules);
  p_sipward_compiler_destroy(use->compiler);
  return 1;
}

/* A child does not run what a library that has left wanted to do around forks. */
static int fork_works(void) {
  int ended = -1;
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return child > 0 && waitpid(child, &ended, 0) == child && ended == 0;
}

static int one_round(const char* path, int round) {
  library_use use;
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fprintf(stderr, "%s\n", dlerror());
  REQUIRE(library != NULL);
  CHECK(begin(library, round % kPackEvery == 0, &use));
  if (round % kForkEvery == 0) CHECK(fork_works());
  CHECK(end(library, &use));
  CHECK(dlclose(library) == 0);
  if (round % kForkEvery == 0) CHECK(fork_works());
  return 0;
}

int main(int argc, char** argv) {
  library_use use;
  held before = {0, 0};
  REQUIRE(argc == 3);
  void* copy = dlopen(argv[2], RTLD_NOW | RTLD_LOCAL);
  REQUIRE(copy != NULL);
  REQUIRE(begin(copy, 1, &use));
  for (int round = 0; round < kRounds && check_failures == 0; ++round) {
    if (round == kWarm) before = what_is_held();
    REQUIRE(one_round(argv[1], round) == 0);
  }
  const held after = what_is_held();
  printf("%d times; behind the first %d, %ld bytes more are allocated and %ld KiB mapped\n",
         kRounds, kWarm, after.bytes - before.bytes, after.mapped_kib - before.mapped_kib);
  CHECK(before.bytes > 0 && after.bytes - before.bytes < kMostKiB * 1024L);
  CHECK(before.mapped_kib > 0 && after.mapped_kib - before.mapped_kib < kMostKiB);
  CHECK(dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) == NULL); /* it did leave */

  /* The copy knows nothing of that. */
  CHECK(end(copy, &use));
  CHECK(begin(copy, 0, &use) && end(copy, &use));
  CHECK(dlclose(copy) == 0);
  return check_failures;
}
