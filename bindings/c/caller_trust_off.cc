// For an engine in a library that is built without identity.
#include "caller_trust.h"

namespace sipward::c {

bool ToCallerTrust(const sipward_engine_options& options, engine::CallerTrust*) {
  return options.trust == nullptr && options.caller_policy == nullptr;
}

}  // namespace sipward::c
