// What `sipward parse` says of one message.
#ifndef SIPWARD_BINDINGS_CLI_PARSE_REPORT_H_
#define SIPWARD_BINDINGS_CLI_PARSE_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sipward.h"

namespace sipward::cli {

struct ParseReport {
  std::string_view file;
  std::string_view status;               // ok malformed limit incomplete
  std::optional<sipward_anomaly> error;  // what refused it
  sipward_message* message = nullptr;    // null for an unfinished message: nothing in it is certain
  uint64_t offset = 0;                   // of the message in the file
  uint64_t size = 0;
};

// Appends the line that stands above what is said of a message: file, status, place, what refused
// it.
void AppendHeading(std::string* out, const ParseReport& report);
// Appends one line of JSON; all offsets count from the beginning of the file.
void AppendJson(std::string* out, const ParseReport& report);
// Appends the same for people.
void AppendText(std::string* out, const ParseReport& report);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PARSE_REPORT_H_
