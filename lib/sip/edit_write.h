// A planned message, written.
#ifndef SIPWARD_SIP_EDIT_WRITE_H_
#define SIPWARD_SIP_EDIT_WRITE_H_

#include <cstddef>

#include "sip/edit_plan.h"

namespace sipward::sip {

// Returns the size. Writes to `out` unless it is null; there must be room for that size.
size_t WritePlanned(const EditPlan& plan, char* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_EDIT_WRITE_H_
