// One TCP or TLS connection, cut into messages.
#ifndef SIPWARD_FRAMER_H_
#define SIPWARD_FRAMER_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"
#include "sipward/values.h"

namespace sipward {

// Cuts by Content-Length (RFC 3261 section 18.3). One for each connection; one thread at a time.
//
//   while (!chunk.empty()) {
//     chunk.remove_prefix(framer.Push(chunk));
//     while (auto message = framer.Next()) Use(*message);
//     if (framer.error()) return CloseConnection();
//   }
class StreamFramer {
 public:
  // `limit`: most bytes of one message, 0 is 1 MiB. A buffer of that size is reserved.
  static Result<StreamFramer> Create(uint32_t limit = 0) {
    sipward_framer* framer = nullptr;
    const Status status = Status::FromC(sipward_framer_create(limit, &framer));
    if (!status.ok()) return Error{status};
    return StreamFramer(framer);
  }

  // Takes bytes in and returns how many. Fewer than given: call Next until it has none, then push
  // the rest. After an error all are taken and thrown away.
  [[nodiscard]] size_t Push(std::string_view bytes) noexcept {
    size_t taken = 0;
    static_cast<void>(sipward_framer_push(framer_.get(), bytes.data(), bytes.size(), &taken));
    return taken;
  }
  // The next whole message, valid until the next Push; none if more bytes are needed or the stream
  // is in error.
  [[nodiscard]] std::optional<std::string_view> Next() noexcept {
    const char* data = nullptr;
    size_t size = 0;
    sipward_anomaly reason{};
    const int32_t status = sipward_framer_next(framer_.get(), &data, &size, &reason);
    if (status == SIPWARD_OK) return std::string_view(data, size);
    if (status != SIPWARD_INCOMPLETE && !error_) error_.emplace(reason);
    return std::nullopt;
  }
  // Why the stream cannot be cut any more. Final: nobody knows where the next message would begin.
  const std::optional<Anomaly>& error() const noexcept { return error_; }
  // Bytes of an unfinished message.
  size_t pending() const noexcept { return sipward_framer_pending(framer_.get()); }

 private:
  explicit StreamFramer(sipward_framer* framer) noexcept : framer_(framer) {}

  detail::Handle<sipward_framer, sipward_framer_destroy> framer_;
  std::optional<Anomaly> error_;
};

}  // namespace sipward

#endif  // SIPWARD_FRAMER_H_
