// The fields of a parsed message as the command shows them.
#ifndef SIPWARD_BINDINGS_CLI_MESSAGE_VIEW_H_
#define SIPWARD_BINDINGS_CLI_MESSAGE_VIEW_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "handle.h"

namespace sipward::cli {

using OptionalText = std::optional<std::string_view>;

// Reads a message that stays the caller's. Absent fields are nullopt.
class MessageView {
 public:
  explicit MessageView(sipward_message* message);

  std::string_view bytes() const { return bytes_; }
  OptionalText Text(const sipward_slice& slice) const;

  sipward_start_line StartLine() const;
  // "request", "response", or nothing if the start line is neither.
  OptionalText Kind() const;
  OptionalText Find(std::string_view header) const;
  // Value `index` over all lines of the header.
  std::optional<sipward_address> Address(std::string_view header, uint32_t index = 0) const;
  std::optional<sipward_via> Via(uint32_t index) const;
  std::optional<sipward_uri> RequestUri() const;
  std::optional<sipward_digest> Digest(std::string_view header, uint32_t index) const;
  std::optional<sipward_cseq> Cseq() const;
  std::optional<uint64_t> Number(std::string_view header) const;
  std::optional<sipward_slice> Body() const;
  std::vector<sipward_header> Headers() const;
  std::vector<sipward_param> Params(sipward_slice params) const;
  std::vector<sipward_anomaly> Anomalies() const;

 private:
  sipward_message* message_;
  std::string_view bytes_;
};

sipward_anomaly_info Describe(const sipward_anomaly& anomaly);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_MESSAGE_VIEW_H_
