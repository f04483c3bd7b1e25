// What is demanded of Identity headers, as structs of the caller give it.
#ifndef SIPWARD_BINDINGS_C_CALLER_POLICY_H_
#define SIPWARD_BINDINGS_C_CALLER_POLICY_H_

#include "identity/identity.h"
#include "sipward.h"

namespace sipward::c {

// False if it cannot be; `given` may be NULL: then *out stays as it is.
bool ReadCallerPolicy(const sipward_caller_policy* given, identity::Policy* out);

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_CALLER_POLICY_H_
