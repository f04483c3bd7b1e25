// A reason of identity as a status, with its name where the caller wants it.
#ifndef SIPWARD_BINDINGS_C_REASON_OUT_H_
#define SIPWARD_BINDINGS_C_REASON_OUT_H_

#include "guard.h"
#include "identity/identity.h"

namespace sipward::c {

inline bool MayBeSaid(const sipward_text* reason) { return reason == nullptr || Usable(reason); }

inline int32_t Said(identity::Reason reason, sipward_text* out) {
  if (reason == identity::Reason::kOk) return SIPWARD_OK;
  if (out != nullptr) *out = Text(identity::Describe(reason).name);
  return SIPWARD_ERR_CREDENTIAL;
}

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_REASON_OUT_H_
