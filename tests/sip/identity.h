// The same bytes give the same answer, wherever they lie and however they arrive.
#ifndef SIPWARD_TESTS_SIP_IDENTITY_H_
#define SIPWARD_TESTS_SIP_IDENTITY_H_

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sip/support.h"

namespace sipward::sip {

// SIPWARD_ALL_PREFIXES=1: every alignment and every cut, whatever the stride.
class Identity {
 public:
  // All that the message says, in both profiles, with its first byte at 0 to 63 behind a multiple
  // of 64: at those of these places that are `first` modulo `stride`.
  void ReadAtAlignments(std::string_view text, size_t stride, size_t first) {
    if (all_) stride = 1;
    room_.resize(text.size() + 128);
    char* const begin = room_.data() + 64 - reinterpret_cast<uintptr_t>(room_.data()) % 64;
    for (const Profile profile : {Profile::kTolerant, Profile::kStrict}) {
      const uint64_t expected = ReadEverything(message_, text, {.profile = profile});
      for (size_t shift = first % stride; shift < 64; shift += stride) {
        std::copy(text.begin(), text.end(), begin + shift);
        const std::string_view moved(begin + shift, text.size());
        different_ += ReadEverything(message_, moved, {.profile = profile}) == expected ? 0 : 1;
        ++readings_;
      }
    }
  }

  // As a stream: whole, byte by byte, and in two pieces cut at every place that is `first` modulo
  // `stride`. `text` is followed by itself, so that the framer must find where the next one begins.
  void FrameInPieces(std::string_view text, size_t stride, size_t first) {
    if (all_) stride = 1;
    std::string twice(text);
    twice += text;
    const Framed whole = Frame(twice, {});
    std::vector<size_t> every(twice.size());
    for (size_t i = 0; i < every.size(); ++i) every[i] = i;
    Compare(whole, Frame(twice, every));
    for (size_t cut = 1 + first % stride; cut < twice.size(); cut += stride) {
      Compare(whole, Frame(twice, {cut}));
    }
  }

  uint64_t readings() const { return readings_; }  // compared with another one of the same bytes
  uint64_t streams() const { return streams_; }
  uint64_t different() const { return different_; }  // of both

 private:
  struct Framed {
    std::vector<std::string> messages;
    std::vector<uint64_t> offsets;
    int error = -1;  // AnomalyId
    size_t pending = 0;

    friend bool operator==(const Framed&, const Framed&) = default;
  };

  static Framed Frame(std::string_view stream, const std::vector<size_t>& cuts) {
    StreamFramer framer(static_cast<uint32_t>(stream.size()) + 1);
    Framed framed;
    size_t begin = 0;
    const auto push_to = [&](size_t end) {
      framer.Push(stream.substr(begin, end - begin));
      begin = end;
      for (std::string_view message; framer.Next(&message) == StreamFramer::Status::kMessage;) {
        framed.messages.emplace_back(message);
        framed.offsets.push_back(framer.message_offset());
      }
    };
    for (const size_t cut : cuts) push_to(cut);
    push_to(stream.size());
    if (framer.error() == nullptr) {
      framed.pending = framer.pending();
    } else {
      framed.error = static_cast<int>(framer.error()->id);
    }
    return framed;
  }

  void Compare(const Framed& a, const Framed& b) {
    ++streams_;
    different_ += a == b ? 0 : 1;
  }

  Message message_;
  std::string room_;
  uint64_t readings_ = 0;
  uint64_t streams_ = 0;
  uint64_t different_ = 0;
  bool all_ = std::getenv("SIPWARD_ALL_PREFIXES") != nullptr;
};

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_IDENTITY_H_
