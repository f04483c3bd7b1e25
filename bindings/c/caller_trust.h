// What an engine checks callers by, as its options say.
#ifndef SIPWARD_BINDINGS_C_CALLER_TRUST_H_
#define SIPWARD_BINDINGS_C_CALLER_TRUST_H_

#include "engine/engine.h"
#include "sipward.h"

namespace sipward::c {

// False if the options cannot be. Throws where memory runs out.
bool ToCallerTrust(const sipward_engine_options& options, engine::CallerTrust* out);

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_CALLER_TRUST_H_
