// One direction of a TCP connection, from bytes in order to messages.
#ifndef SIPWARD_IO_SIP_STREAM_H_
#define SIPWARD_IO_SIP_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/capture.h"
#include "sipward.h"

namespace sipward::io {

struct FramerDeleter {
  void operator()(sipward_framer* framer) const { sipward_framer_destroy(framer); }
};
using FramerPtr = std::unique_ptr<sipward_framer, FramerDeleter>;

// Framers that stand between two messages are as good as new and go from stream to stream.
class FramerPool {
 public:
  static constexpr uint32_t kLongestMessage = 256 << 10;

  FramerPtr Take();  // never null
  void Give(FramerPtr clean);
  // For one that is in an unfinished message or an error.
  void Discard(FramerPtr used);
  // Framers that streams hold now.
  size_t in_use() const { return in_use_; }

 private:
  std::vector<FramerPtr> idle_;
  size_t in_use_ = 0;
};

struct StreamMessage {
  std::string_view bytes;  // valid until the next call of the stream
  bool truncated;
  bool unframed;
};

class SipStream {
 public:
  // `pool` and `statistics` outlive the stream. `from_start`: the first byte pushed is the
  // connection's first.
  SipStream(FramerPool* pool, CaptureStatistics* statistics, bool sip_port, bool from_start);
  ~SipStream();
  SipStream(SipStream&&) = delete;
  SipStream& operator=(SipStream&&) = delete;

  // The next bytes; `missing` bytes behind them were never captured. Only after Next said false.
  void Push(std::string bytes, size_t missing);
  // False: more bytes are needed.
  bool Next(StreamMessage* out);
  // Bytes are missing here. The unfinished message is given up; the stream goes on where bytes
  // begin like SIP.
  void Break();

  // Waiting for bytes that begin like SIP, so that order matters no more.
  bool is_seeking() const { return state_ == State::kSeeking; }
  bool holds_framer() const { return framer_ != nullptr; }

 private:
  enum class State : uint8_t {
    kUndecided,  // the first line is not whole
    kSip,        // in SIP, at or behind the beginning of a message
    kSeeking,    // not SIP, or lost
  };

  bool Frame(StreamMessage* out);
  bool FinishInput(StreamMessage* out);
  bool GiveUp(bool truncated, StreamMessage* out);
  void Classify();
  void ForgetMessage(std::string_view message);
  void NotSip();

  FramerPool* pool_;
  CaptureStatistics* statistics_;
  bool sip_port_;
  State state_;
  FramerPtr framer_;
  std::string input_;  // pushed, not yet given to the framer from input_at_ on
  size_t input_at_ = 0;
  size_t missing_ = 0;
  std::string unfinished_;    // copy of what the framer holds: it shows whole messages only
  size_t unfinished_at_ = 0;  // whole messages before it are still in the copy
  std::string given_up_;      // what the last message without an end points into
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_SIP_STREAM_H_
