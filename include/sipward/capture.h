// Reads SIP messages out of capture files. Of the library libsipward-capture; <sipward/sipward.h>
// does not include it.
//
//   auto capture = sipward::Capture::Create().value();
//   if (!capture.Open("calls.pcapng")) return Complain(capture.error());
//   while (auto message = capture.Next()) Handle(inspector.Inspect(message->packet()));
//   if (!capture.status().ok()) Complain(capture.error());  // damaged or cut off
#ifndef SIPWARD_CAPTURE_H_
#define SIPWARD_CAPTURE_H_

#include <sipward.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "sipward/c/capture.h"
#include "sipward/handle.h"
#include "sipward/packet.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

// A message of a capture; its bytes are valid until the reader is used again.
class CapturedMessage {
 public:
  std::string_view bytes() const noexcept { return {item_.data, item_.size}; }
  // Number of the frame that completed it, from 1.
  uint64_t frame() const noexcept { return item_.frame; }
  // The capture holds only the beginning of these bytes (snapshot length).
  bool truncated() const noexcept { return (item_.flags & SIPWARD_CAPTURE_TRUNCATED) != 0; }
  // A TCP stream that could not be cut here: all bytes since the last whole message.
  bool unframed() const noexcept { return (item_.flags & SIPWARD_CAPTURE_UNFRAMED) != 0; }

  // For an inspector: both times are that of the frame, since a capture has no other clock.
  Packet packet() const noexcept {
    const sipward_packet& given = *item_.packet;
    Packet packet;
    packet.bytes = bytes();
    const std::chrono::nanoseconds time(given.wall_ns);
    packet.wall = decltype(packet.wall)(time);
    packet.monotonic = decltype(packet.monotonic)(time);
    packet.source = From(given.source);
    packet.destination = From(given.destination);
    packet.transport = static_cast<Transport>(given.transport);
    return packet;
  }

 private:
  friend class Capture;
  CapturedMessage() noexcept { item_.struct_size = sizeof item_; }
  static Endpoint From(const sipward_endpoint& given) noexcept {
    Endpoint endpoint;
    std::copy(std::begin(given.address), std::end(given.address), endpoint.address.begin());
    endpoint.port = given.port;
    return endpoint;
  }
  sipward_capture_item item_{};
};

// A reader of pcap and pcapng, from front to back, with bounded memory whatever is in the file. One
// thread at a time.
class Capture {
 public:
  // With nothing opened. kUnsupported if it was built without libpcap.
  static Result<Capture> Create() {
    sipward_capture* capture = nullptr;
    const Status status = Status::FromC(sipward_capture_create(&capture));
    if (!status.ok()) return Error{status};
    return Capture(capture);
  }

  // In the place of what was open; "-" is the standard input. False: see error().
  [[nodiscard]] bool Open(std::string_view path) noexcept {
    status_ = Status::FromC(sipward_capture_open(capture_.get(), path.data(), path.size()));
    return status_.ok();
  }
  // The same of a capture in memory, which must live as long as it is read; `name` is for error().
  [[nodiscard]] bool OpenBytes(detail::Borrowed bytes, std::string_view name) noexcept {
    status_ = Status::FromC(sipward_capture_open_bytes(capture_.get(), bytes.data(), bytes.size(),
                                                       name.data(), name.size()));
    return status_.ok();
  }

  // The next message; none at the end, and where the rest cannot be read: see status().
  std::optional<CapturedMessage> Next() noexcept {
    CapturedMessage message;
    const Status status = Status::FromC(sipward_capture_next(capture_.get(), &message.item_));
    if (status.ok()) return message;
    status_ = status == StatusCode::kEnd ? StatusCode::kOk : status;
    return std::nullopt;
  }

  // kOk, also at the end; kCapture where the file cannot be opened or read on, and error() says
  // why.
  Status status() const noexcept { return status_; }
  // One line that names the file; valid until the reader is used again.
  std::string_view error() const noexcept {
    sipward_text text{};
    sipward_capture_error(capture_.get(), &text);
    return detail::View(text);
  }
  // What went by; after the last message it covers the whole capture.
  sipward_capture_statistics statistics() const noexcept {
    sipward_capture_statistics statistics{};
    statistics.struct_size = sizeof statistics;
    sipward_capture_read_statistics(capture_.get(), &statistics);
    return statistics;
  }

  sipward_capture* c_capture() const noexcept { return capture_.get(); }

 private:
  explicit Capture(sipward_capture* capture) noexcept : capture_(capture) {}
  detail::Handle<sipward_capture, sipward_capture_destroy> capture_;
  Status status_ = StatusCode::kOk;
};

}  // namespace sipward

#endif  // SIPWARD_CAPTURE_H_
