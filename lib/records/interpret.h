// What the texts of a row say of a call, and whether they can be true.
#ifndef SIPWARD_RECORDS_INTERPRET_H_
#define SIPWARD_RECORDS_INTERPRET_H_

#include "records/quantity.h"
#include "records/records.h"
#include "records/values.h"

namespace sipward::records {

// Fills what `*out` says of the call. Where it returns a reason, it says nothing.
Reason Interpret(const Values& values, TimeReader* times, Record* out);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_INTERPRET_H_
