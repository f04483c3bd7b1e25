#include "judge.h"

namespace sipward::cli {

int32_t MakeState(StateHandle* state) {
  const auto options = Sized<sipward_state_options>();
  sipward_state* made = nullptr;
  const int32_t status = sipward_state_create(&options, &made);
  state->reset(made);
  return status;
}

int32_t MakeInspector(const sipward_rules* rules, const StateHandle& state,
                      const sipward_engine_options& options, EngineHandle* engine,
                      InspectorHandle* inspector) {
  sipward_engine* made = nullptr;
  int32_t status = sipward_engine_create(rules, state.get(), &options, &made);
  engine->reset(made);
  sipward_inspector* its = nullptr;
  if (status == SIPWARD_OK) status = sipward_inspector_create(made, &its);
  inspector->reset(its);
  return status;
}

}  // namespace sipward::cli
