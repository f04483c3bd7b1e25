// A row that is one JSON object.
#ifndef SIPWARD_RECORDS_JSON_ROW_H_
#define SIPWARD_RECORDS_JSON_ROW_H_

#include <string_view>

#include "records/column.h"
#include "records/values.h"

namespace sipward::records {

// Reads a line with one object (RFC 8259) whose members are texts, numbers, true, false or null;
// what lies deeper is skipped, to a depth of 32. The values of members whose names mean a column go
// to `values`, which has been cleared; of two for one column the first counts.
Reason ReadJsonRow(std::string_view line, const Names& names, Scratch* scratch, Values* values);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_JSON_ROW_H_
