// Reads messages where a byte too far, on either side, is a crash.
#ifndef SIPWARD_TESTS_SIP_GUARDED_H_
#define SIPWARD_TESTS_SIP_GUARDED_H_

#include <cstdlib>

#include "tests/sip/support.h"

namespace sipward::sip {

class Guarded {
 public:
  // The whole message, and the prefixes whose length is `first` modulo `stride`; with
  // SIPWARD_ALL_PREFIXES set all of them.
  void ReadPrefixes(std::string_view message, size_t stride, size_t first) {
    if (all_) stride = 1;
    Read(message);
    for (size_t length = first % stride; length < message.size(); length += stride) {
      Read(message.substr(0, length));
    }
  }
  uint64_t reads() const { return reads_; }

 private:
  void Read(std::string_view text) {
    ++reads_;
    for (const std::string_view bytes : {pages_.AtEnd(text), more_pages_.AtBegin(text)}) {
      for (const Profile profile : {Profile::kTolerant, Profile::kStrict}) {
        ReadEverything(message_, bytes, {.profile = profile});
      }
    }
    StreamFramer framer(static_cast<uint32_t>(text.size()) + 1);
    std::string_view message;
    const std::string_view bytes = pages_.AtEnd(text);
    framer.Push(bytes);
    while (framer.Next(&message) == StreamFramer::Status::kMessage) {
      ReadEverything(message_, more_pages_.AtEnd(message), {.stream = true});
    }
  }

  static constexpr size_t kMost = size_t{1} << 18;  // more than any of the messages has
  GuardedPages pages_{kMost};
  GuardedPages more_pages_{kMost};
  Message message_;
  uint64_t reads_ = 0;
  bool all_ = std::getenv("SIPWARD_ALL_PREFIXES") != nullptr;
};

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_GUARDED_H_
