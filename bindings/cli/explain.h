// A message with its fields and anomalies marked under its bytes.
#ifndef SIPWARD_BINDINGS_CLI_EXPLAIN_H_
#define SIPWARD_BINDINGS_CLI_EXPLAIN_H_

#include <string>

#include "parse_report.h"

namespace sipward::cli {

// Appends the message of the report, line by line: its offset in the file and the bytes, made fit
// for a terminal; under them the fields with their names, then the anomalies that begin there.
void AppendExplained(std::string* out, const ParseReport& report);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EXPLAIN_H_
