// The bytes of a message head that mean something in some grammar, as one bit each: what the values
// are cut along. Internal to this folder.
#ifndef SIPWARD_SIP_MARKS_H_
#define SIPWARD_SIP_MARKS_H_

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"

namespace sipward::sip {

// What may stand in a token, in the user and in a parameter of a URI alike (RFC 3261 section 25.1):
// no mark. Everything else is one.
constexpr bool IsPlain(char c) {
  return IsAlpha(c) || IsDigit(c) || std::string_view("-_.!~*'+").find(c) != std::string_view::npos;
}

// IsPlain for vectors: an octet is plain if the entry of its low half has the bit of its high half.
struct PlainHalves {
  std::array<uint8_t, 16> low{};
  std::array<uint8_t, 16> high{};
};
inline constexpr PlainHalves kPlainHalves = [] {
  PlainHalves halves;
  for (unsigned half = 0; half < 8; ++half) halves.high[half] = static_cast<uint8_t>(1u << half);
  for (unsigned c = 0; c < 0x80; ++c) {
    if (!IsPlain(static_cast<char>(c))) continue;
    halves.low[c & 0xF] = static_cast<uint8_t>(halves.low[c & 0xF] | halves.high[c >> 4]);
  }
  return halves;
}();

// One bit for each byte of a complete head, set if the byte is a mark.
struct Marks {
  static constexpr uint32_t kBytes = 65'536;  // of longer heads the begin
  static constexpr uint32_t kBlock = 64;

  uint32_t from = 0;
  uint32_t end = 0;     // behind the last byte that has its bit; 0: none has
  uint32_t blocks = 0;  // how many words were written
  std::array<uint64_t, kBytes / kBlock> words;

  void Open(uint32_t begin) {
    from = begin;
    end = blocks = 0;
  }
  void Push(uint64_t word) {
    if (blocks < words.size()) words[blocks++] = word;
  }
  // `head_end` is behind the empty line. Bits behind it say nothing.
  void Close(uint32_t head_end) {
    const uint32_t covered = from + blocks * kBlock;
    end = head_end < covered ? head_end : covered;
  }
  // Whether all bytes before `stop` and the one at it have their bits.
  bool Cover(uint32_t stop) const { return stop < end; }

  // The first mark at or behind `at`. There must be one: a complete head ends in line ends.
  uint32_t Next(uint32_t at) const {
    const uint32_t place = at - from;
    const uint64_t* word = words.data() + place / kBlock;
    uint64_t bits = *word >> (place % kBlock);
    if (bits != 0) return at + static_cast<uint32_t>(std::countr_zero(bits));
    do {
      bits = *++word;
    } while (bits == 0);
    const auto block = static_cast<uint32_t>(word - words.data());
    return from + block * kBlock + static_cast<uint32_t>(std::countr_zero(bits));
  }
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_MARKS_H_
