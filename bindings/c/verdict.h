// Verdicts as the struct of the C interface.
#ifndef SIPWARD_BINDINGS_C_VERDICT_H_
#define SIPWARD_BINDINGS_C_VERDICT_H_

#include "engine/engine.h"
#include "sipward.h"

namespace sipward::c {

// Writes as much as the caller's struct holds.
void WriteVerdict(const engine::Verdict& verdict, sipward_verdict* out);

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_VERDICT_H_
