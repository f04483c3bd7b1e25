// Any bytes as a stream: whole, byte by byte, and in pieces whose sizes the first byte chooses, the
// same messages come out and the same error ends them.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sip/sip.h"

namespace {

using sipward::sip::StreamFramer;
using Status = StreamFramer::Status;

constexpr uint32_t kLimit = 2'048;

struct Outcome {
  std::vector<std::string> messages;
  std::vector<uint64_t> offsets;
  int error = -1;  // the anomaly
  uint32_t error_offset = 0;
  size_t pending = 0;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Status TakeAll(StreamFramer& framer, Outcome* outcome) {
  std::string_view message;
  Status status;
  while ((status = framer.Next(&message)) == Status::kMessage) {
    outcome->messages.emplace_back(message);
    outcome->offsets.push_back(framer.message_offset());
  }
  return status;
}

Outcome Run(std::string_view stream, size_t piece) {
  StreamFramer framer(kLimit);
  Outcome outcome;
  while (!stream.empty()) {
    stream.remove_prefix(framer.Push(stream.substr(0, piece)));
    if (TakeAll(framer, &outcome) == Status::kError) {
      outcome.error = static_cast<int>(framer.error()->id);
      outcome.error_offset = framer.error()->offset;
      return outcome;
    }
  }
  outcome.pending = framer.pending();
  return outcome;
}

// Every message lies in the stream where the framer says, in order.
void CheckPlaces(std::string_view stream, const Outcome& outcome) {
  uint64_t least = 0;
  for (size_t i = 0; i < outcome.messages.size(); ++i) {
    const uint64_t at = outcome.offsets[i];
    const std::string& message = outcome.messages[i];
    if (at < least || stream.substr(at, message.size()) != message) std::abort();
    least = at + message.size();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = Run(stream, SIZE_MAX);
  CheckPlaces(stream, whole);
  if (!(Run(stream, 1) == whole)) std::abort();
  if (!(Run(stream, size_t{data[0]} + 2) == whole)) std::abort();
  return 0;
}
