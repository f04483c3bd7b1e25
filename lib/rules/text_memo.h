// What a dear test found of the texts that were seen lately. Fields such as User-Agent say the same
// in message after message.
#ifndef SIPWARD_RULES_TEXT_MEMO_H_
#define SIPWARD_RULES_TEXT_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sipward::rules {

// Of a test that is a function of one text. One thread's; nothing is allocated. Which texts share a
// place anybody can work out: who sends such ones has the test done each time, as without it.
class TextMemo {
 public:
  static constexpr size_t kLongest = 125;

  // Whether the test holds, which test() says of a text that is not known. Of one that is longer
  // than kLongest nothing is kept.
  template <class Test>
  bool Holds(std::string_view text, Test&& test) {
    if (text.size() > kLongest) return test();
    Entry& entry = entries_[PlaceOf(text)];
    if (entry.known && std::string_view(entry.text.data(), entry.size) == text) return entry.holds;
    const bool holds = test();
    entry.known = true;
    entry.holds = holds;
    entry.size = static_cast<uint8_t>(text.size());
    if (!text.empty()) std::memcpy(entry.text.data(), text.data(), text.size());
    return holds;
  }

 private:
  static constexpr unsigned kBits = 6;

  struct Entry {
    bool known = false;
    bool holds = false;
    uint8_t size = 0;
    std::array<char, kLongest> text;
  };

  // By the length and both ends: what programs call themselves differs in its version.
  static size_t PlaceOf(std::string_view text) {
    uint64_t front = 0, back = 0;
    const size_t bytes = text.size() < sizeof front ? text.size() : sizeof front;
    if (bytes > 0) {
      std::memcpy(&front, text.data(), bytes);
      std::memcpy(&back, text.data() + text.size() - bytes, bytes);
    }
    return ((front + text.size()) * 0x9e3779b97f4a7c15u ^ back * 0xc2b2ae3d27d4eb4fu) >>
           (64 - kBits);
  }

  std::array<Entry, size_t{1} << kBits> entries_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TEXT_MEMO_H_
