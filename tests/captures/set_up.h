// Rules and inspectors of the C interface, owned.
#ifndef SIPWARD_TESTS_CAPTURES_SET_UP_H_
#define SIPWARD_TESTS_CAPTURES_SET_UP_H_

#include <vector>

#include "bindings/cli/handle.h"
#include "sipward.h"

namespace sipward::captures {

using Rules = cli::RulesHandle;
using Inspector = cli::InspectorHandle;
using Engine = cli::EngineHandle;

inline Rules CompilePack() {
  sipward_compiler* compiler = nullptr;
  sipward_rules* rules = nullptr;
  sipward_compiler_create(&compiler);
  sipward_compiler_add_default_pack(compiler);
  sipward_compiler_build(compiler, &rules);
  sipward_compiler_destroy(compiler);
  return Rules(rules);
}

// With a fresh state of its own, always with the same seed.
inline Engine MakeEngine(const sipward_rules* rules) {
  sipward_state* state = nullptr;
  sipward_engine* engine = nullptr;
  sipward_state_options options{};
  options.struct_size = sizeof options;
  options.seed[0] = 7;
  sipward_state_create(&options, &state);
  sipward_engine_create(rules, state, nullptr, &engine);
  sipward_state_destroy(state);
  return Engine(engine);
}

inline Inspector MakeInspectorOf(const sipward_engine* engine) {
  sipward_inspector* inspector = nullptr;
  sipward_inspector_create(engine, &inspector);
  return Inspector(inspector);
}

inline Inspector MakeInspector(const sipward_rules* rules) {
  return MakeInspectorOf(MakeEngine(rules).get());
}

// All bytes zero, so that what a verdict does not write compares equal.
inline std::vector<sipward_verdict> EmptyVerdicts(size_t count) {
  std::vector<sipward_verdict> verdicts(count);
  for (sipward_verdict& verdict : verdicts) verdict.struct_size = sizeof verdict;
  return verdicts;
}

}  // namespace sipward::captures

#endif  // SIPWARD_TESTS_CAPTURES_SET_UP_H_
