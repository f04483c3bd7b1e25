// State, engine and inspector of a command that judges by itself.
#ifndef SIPWARD_BINDINGS_CLI_JUDGE_H_
#define SIPWARD_BINDINGS_CLI_JUDGE_H_

#include <cstdint>

#include "handle.h"

namespace sipward::cli {

// An ordinary state whose seed is zero: the same input gives the same verdicts again. SIPWARD_OK,
// or why there is none.
int32_t MakeState(StateHandle* state);
// An engine over the rules and the state, and one inspector of it.
int32_t MakeInspector(const sipward_rules* rules, const StateHandle& state,
                      const sipward_engine_options& options, EngineHandle* engine,
                      InspectorHandle* inspector);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_JUDGE_H_
