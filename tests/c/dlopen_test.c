/* The shared library comes and goes in one process; the path of it is the first argument. */
#include <dlfcn.h>
#include <stdint.h>

#include "check.h"
#include "sample.h"

enum { kRounds = 100 };

/* ISO C has no cast from an object pointer to a function pointer; POSIX promises that they are
 * alike. */
#define LOAD(name)                              \
  __typeof__(&name) p_##name = NULL;            \
  *(void**)(&p_##name) = dlsym(library, #name); \
  if (p_##name == NULL) return 0

static int use(void* library) {
  LOAD(sipward_compiler_create);
  LOAD(sipward_compiler_add_default_pack);
  LOAD(sipward_compiler_build);
  LOAD(sipward_compiler_destroy);
  LOAD(sipward_rules_destroy);
  LOAD(sipward_state_create);
  LOAD(sipward_state_destroy);
  LOAD(sipward_engine_create);
  LOAD(sipward_engine_destroy);
  LOAD(sipward_inspector_create);
  LOAD(sipward_inspector_destroy);
  LOAD(sipward_inspector_inspect);
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 99};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  if (p_sipward_compiler_create(&compiler) == SIPWARD_OK &&
      p_sipward_compiler_add_default_pack(compiler) == SIPWARD_OK &&
      p_sipward_compiler_build(compiler, &rules) == SIPWARD_OK &&
      p_sipward_state_create(NULL, &state) == SIPWARD_OK &&
      p_sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK &&
      p_sipward_inspector_create(engine, &inspector) == SIPWARD_OK) {
    p_sipward_inspector_inspect(inspector, kOptions, &packet, &verdict);
  }
  p_sipward_inspector_destroy(inspector);
  p_sipward_engine_destroy(engine);
  p_sipward_state_destroy(state);
  p_sipward_rules_destroy(rules);
  p_sipward_compiler_destroy(compiler);
  return verdict.action <= SIPWARD_ACTION_DROP;
}

int main(int argc, char** argv) {
  REQUIRE(argc == 2);
  for (int i = 0; i < kRounds; ++i) {
    void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fprintf(stderr, "%s\n", dlerror());
    REQUIRE(library != NULL);
    CHECK(use(library));
    CHECK(dlclose(library) == 0);
  }
  return check_failures;
}
