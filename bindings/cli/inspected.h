// A message of a capture together with its verdict.
#ifndef SIPWARD_BINDINGS_CLI_INSPECTED_H_
#define SIPWARD_BINDINGS_CLI_INSPECTED_H_

#include <optional>
#include <string>
#include <string_view>

#include "message_view.h"
#include "sipward.h"

namespace sipward::cli {

struct Inspected {
  const sipward_packet& packet;
  const sipward_verdict& verdict;
  const MessageView& message;
};

// The method of a request; of a response, that of its CSeq.
OptionalText MethodOf(const MessageView& message);

// The URI in the first value of From, To and the like.
OptionalText UriOf(const MessageView& message, std::string_view header);

// Appends the line of `sipward inspect --json`.
void AppendJson(std::string* out, const Inspected& inspected);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_INSPECTED_H_
