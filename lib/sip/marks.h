// The bytes of a message head that mean something in some grammar, as one bit each: what the values
// are cut along. Internal to this folder.
#ifndef SIPWARD_SIP_MARKS_H_
#define SIPWARD_SIP_MARKS_H_

#include <algorithm>
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

// What no octet of an ordinary head is: a control other than HTAB, CR and LF, DEL, or above ASCII.
constexpr bool IsOdd(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x7F || (octet < 0x20 && c != '\t' && c != '\r' && c != '\n');
}

// Both for vectors: an octet has the bits that the entries of its low and of its high half share.
struct OctetClasses {
  static constexpr uint8_t kPlain = 0x1F;  // one of these: IsPlain
  static constexpr uint8_t kOdd = 0xE0;    // one of these: IsOdd

  std::array<uint8_t, 16> low{};
  std::array<uint8_t, 16> high{};

  constexpr uint8_t Of(unsigned octet) const { return low[octet & 0xF] & high[octet >> 4]; }
};
inline constexpr OctetClasses kOctetClasses = [] {
  OctetClasses classes;
  // Rows of sixteen octets that hold the same share a bit, which is what makes room for all.
  constexpr std::array<uint8_t, 16> kPlainBit = {0, 0, 0x01, 0x02, 0x04, 0x08, 0x04, 0x10};
  constexpr std::array<uint8_t, 16> kOddBit = {0x20, 0x40, 0,    0,    0,    0,    0,    0x80,
                                               0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40};
  for (unsigned octet = 0; octet < 256; ++octet) {
    const auto c = static_cast<char>(octet);
    const uint8_t plain = IsPlain(c) ? kPlainBit[octet >> 4] : uint8_t{0};
    const uint8_t odd = IsOdd(c) ? kOddBit[octet >> 4] : uint8_t{0};
    uint8_t& low = classes.low[octet & 0xF];
    low = static_cast<uint8_t>(low | plain | odd);
    classes.high[octet >> 4] = static_cast<uint8_t>(kPlainBit[octet >> 4] | kOddBit[octet >> 4]);
  }
  return classes;
}();
static_assert([] {
  for (unsigned octet = 0; octet < 256; ++octet) {
    const auto c = static_cast<char>(octet);
    const uint8_t bits = kOctetClasses.Of(octet);
    if (((bits & OctetClasses::kPlain) != 0) != IsPlain(c)) return false;
    if (((bits & OctetClasses::kOdd) != 0) != IsOdd(c)) return false;
  }
  return true;
}());

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
  // The same bits for the same bytes.
  friend bool operator==(const Marks& a, const Marks& b);

  // `head_end` is behind the empty line. Bits behind it say nothing.
  void Close(uint32_t head_end) {
    const uint32_t covered = from + blocks * kBlock;
    end = head_end < covered ? head_end : covered;
  }
  // Whether all bytes before `stop` and the one at it have their bits.
  bool Cover(uint32_t stop) const { return stop < end; }

  // Behind the plain octets that begin at `at`, as far as octets before `stop` have their bits.
  uint32_t SkipPlain(uint32_t at, uint32_t stop) const {
    if (stop > end) stop = end;
    if (at >= stop) return at;
    while (at < stop) {
      const uint32_t bit = (at - from) % kBlock;
      const uint64_t bits = words[(at - from) / kBlock] >> bit;
      if (bits != 0) return std::min(at + static_cast<uint32_t>(std::countr_zero(bits)), stop);
      at += kBlock - bit;
    }
    return stop;
  }

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
