// Hosts and ports of the walks.
#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// One to three digits up to 255 without a leading zero: the byte behind them, or null. No end is
// asked for: what follows a host is no digit, and the end of the head is two bytes away at least.
const char* SkipOctet(const char* at) {
  const auto digit = [](char c) { return static_cast<unsigned>(c) - '0'; };
  const unsigned first = digit(at[0]), second = digit(at[1]);
  if (first > 9) return nullptr;
  if (second > 9) return at + 1;
  const unsigned third = digit(at[2]);
  if (third > 9) return first != 0 ? at + 2 : nullptr;
  return first == 1 || (first == 2 && second * 10 + third <= 55) ? at + 3 : nullptr;
}

[[gnu::always_inline]] inline bool IsIpv4(const char* at, const char* end) {
  for (int octet = 0;; ++octet) {
    at = SkipOctet(at);
    if (at == nullptr || octet == 3) return at == end;
    if (*at++ != '.') return false;
  }
}

// How many octets are read at once where an IPv6 address begins.
constexpr uint32_t kWide = 48;

constexpr CharSet kHexDigits("0123456789abcdefABCDEF");

// How many of the first four octets are hexadecimal digits.
uint32_t CountHexDigits(const char* at) {
  uint32_t count = 0;
  while (count < 4 && kHexDigits.Has(at[count])) ++count;
  return count;
}

// As SkipIpv6 says, octet by octet.
uint32_t SkipAnyIpv6(const char* base, uint32_t begin) {
  const char* at = base + begin;
  int groups = 0;
  bool gap = false;
  if (*at == ':') {
    if (at[1] != ':') return 0;
    gap = true;
    at += 2;
    if (!kHexDigits.Has(*at)) return begin + 2;
  }
  for (;;) {
    // A fifth digit ends the address, where the caller does not expect it to end.
    const uint32_t digits = CountHexDigits(at);
    if (digits == 0) return 0;
    const char* group = at;
    at += digits;
    if (*at == '.') {
      while (IsDigit(*at) || *at == '.') ++at;
      if (!IsIpv4(group, at)) return 0;
      groups += 2;
      break;
    }
    if (++groups > 8) return 0;
    if (*at != ':') break;
    if (*++at != ':') continue;
    if (gap) return 0;
    gap = true;
    if (!kHexDigits.Has(*++at)) break;
  }
  return (gap ? groups <= 7 : groups == 8) ? static_cast<uint32_t>(at - base) : 0;
}

// A host name as a machine that keeps its state in a shift: each byte has a word that holds, at the
// place of every state, the place of the next (labels that neither begin nor end with a hyphen, the
// last of which begins with a letter).
enum NameState : unsigned {
  kForeign = 0,       // no host name
  kBegin = 6,         // of a label
  kLetterLabel = 12,  // in a label that began with a letter; here the name may end
  kLetterHyphen = 18,
  kDigitLabel = 24,
  kDigitHyphen = 30,
};
constexpr uint64_t Step(NameState from, NameState to) { return uint64_t{to} << from; }

constexpr std::array<uint64_t, 256> kNameSteps = [] {
  std::array<uint64_t, 256> table{};
  for (unsigned i = 0; i < 128; ++i) {
    const char c = static_cast<char>(i);
    if (IsAlpha(c) || IsDigit(c)) {
      table[i] = Step(kBegin, IsAlpha(c) ? kLetterLabel : kDigitLabel) |
                 Step(kLetterLabel, kLetterLabel) | Step(kLetterHyphen, kLetterLabel) |
                 Step(kDigitLabel, kDigitLabel) | Step(kDigitHyphen, kDigitLabel);
    } else if (c == '-') {
      table[i] = Step(kLetterLabel, kLetterHyphen) | Step(kLetterHyphen, kLetterHyphen) |
                 Step(kDigitLabel, kDigitHyphen) | Step(kDigitHyphen, kDigitHyphen);
    } else if (c == '.') {
      table[i] = Step(kLetterLabel, kBegin) | Step(kDigitLabel, kBegin);
    }
  }
  return table;
}();

bool IsName(const char* at, const char* end) {
  uint64_t state = kBegin;
  for (; at != end; ++at) state = kNameSteps[static_cast<unsigned char>(*at)] >> (state & 63);
  return (state & 63) == kLetterLabel;
}

// SSE2 is in every x86-64 processor, so that nothing is chosen at run time; Highway has no target
// for it. Elsewhere the bytes are read one by one.
#ifndef __SSE2__

bool IsShortName(const char* begin, const char* end) { return IsName(begin, end); }

uint32_t SkipWideIpv6(const char* base, uint32_t begin) { return SkipAnyIpv6(base, begin); }

#else

__m128i Load(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }
uint32_t Bits(__m128i mask) { return static_cast<uint32_t>(_mm_movemask_epi8(mask)); }
uint32_t Equal(__m128i v, char octet) { return Bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(octet))); }
uint32_t AtMost(__m128i v, char most) {
  return Bits(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(most)), v));
}

// Of a mask, bit i is the octet i of the 32 that end where the host does. The octets of the host
// are plain (marks.h): besides letters, digits, dots and hyphens, these are few.
[[gnu::noinline]] bool IsShortName(const char* begin, const char* end) {
  const auto length = static_cast<uint32_t>(end - begin);
  const __m128i v = Load(end - 32);
  const __m128i w = Load(end - 16);
  const auto foreign = [](__m128i u) { return AtMost(u, '-' - 1) | Equal(u, '_') | Equal(u, '~'); };
  const uint32_t host = ~0u << (32 - length);
  const uint32_t dot = (Equal(v, '.') | Equal(w, '.') << 16) & host;
  const uint32_t hyphen = (Equal(v, '-') | Equal(w, '-') << 16) & host;
  const uint32_t before = dot | 1u << (31 - length);
  const uint32_t no_label_begins = before << 1 & (dot | hyphen);
  const uint32_t no_label_ends = (dot >> 1 | 1u << 31) & (dot | hyphen);
  if ((((foreign(v) | foreign(w) << 16) & host) | no_label_begins | no_label_ends) != 0) {
    return false;
  }
  return IsAlpha(*(end - std::countl_zero(before)));
}

// Hexadecimal digits of 16 octets: letters are made small, which no other octet becomes a letter
// by.
uint32_t HexDigits(__m128i v) {
  const __m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(' ')), _mm_set1_epi8('a'));
  const __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
  return AtMost(letter, 5) | AtMost(digit, 9);
}

// Bit i is octet i of the 48 that begin the address, which is more than any has that consists of
// groups and colons alone.
[[gnu::noinline]] uint32_t SkipWideIpv6(const char* base, uint32_t begin) {
  uint64_t colon = 0, hex = 0;
  for (uint32_t i = 0; i < kWide; i += 16) {
    const __m128i v = Load(base + begin + i);
    colon |= uint64_t{Equal(v, ':')} << i;
    hex |= uint64_t{HexDigits(v)} << i;
  }
  const auto length = static_cast<uint32_t>(std::countr_one(colon | hex));
  if (length == kWide || base[begin + length] == '.') return SkipAnyIpv6(base, begin);
  if (length < 2) return 0;
  const uint64_t mine = (uint64_t{1} << length) - 1;
  colon &= mine;
  hex &= mine;
  const uint64_t pair = hex & hex >> 1;
  const uint64_t five = pair & pair >> 2 & hex >> 4;
  const uint64_t gap = colon & colon >> 1;
  // A colon that ends or begins the address is one of the two of the gap.
  const uint64_t lonely = colon & ~(gap | gap << 1) & (1 | uint64_t{1} << (length - 1));
  if ((five | lonely | (gap & (gap - 1))) != 0) return 0;
  const int groups = std::popcount(hex & ~(hex << 1));
  return (gap != 0 ? groups <= 7 : groups == 8) ? begin + length : 0;
}

#endif

}  // namespace

uint32_t SkipIpv6(const char* base, uint32_t begin, uint32_t readable) {
  return readable - begin >= kWide ? SkipWideIpv6(base, begin) : SkipAnyIpv6(base, begin);
}

bool IsPlainIpv4(const char* begin, const char* end) { return IsIpv4(begin, end); }

HostKind WalkPlainHost(const char* base, uint32_t begin, uint32_t end) {
  const char* from = base + begin;
  const char* to = base + end;
  if (IsDigit(*from) && IsIpv4(from, to)) return HostKind::kIpv4;
  // As 32 octets that can be read and of which one at least stands in front of the host.
  const bool is_short = end - begin < 32 && end >= 32;
  return (is_short ? IsShortName(from, to) : IsName(from, to)) ? HostKind::kName : HostKind::kNone;
}

// The last four digits at once, one in each byte of a word.
int32_t WalkPort(const char* begin, const char* end) {
  const auto length = static_cast<uint32_t>(end - begin);
  if (length - 1 > 4) return -1;
  auto digits = static_cast<uint32_t>(LoadFour(end - 4)) ^ 0x30303030u;
  if (length < 4) {
    const uint32_t foreign = 32 - 8 * length;
    digits = digits >> foreign << foreign;
  }
  if (((digits | (digits + 0x76767676u)) & 0x80808080u) != 0) return -1;
  const uint32_t pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FFu;
  uint32_t number = (pairs & 0xFF) * 100 + (pairs >> 16);
  if (length == 5) {
    const uint32_t fifth = static_cast<uint32_t>(*begin) - '0';
    number += fifth * 10'000;
    if (fifth > 9 || number > 65'535) return -1;
  }
  return number != 0 ? static_cast<int32_t>(number) : -1;
}

}  // namespace sipward::sip
