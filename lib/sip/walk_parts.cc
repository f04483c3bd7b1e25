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
  if (first == 0) return nullptr;
  if (third > 9) return at + 2;
  return first * 100 + second * 10 + third <= 255 ? at + 3 : nullptr;
}

bool IsIpv4(const char* at, const char* end) {
  for (int octet = 0;; ++octet) {
    at = SkipOctet(at);
    if (at == nullptr || octet == 3) return at == end;
    if (*at++ != '.') return false;
  }
}

// An IPv6 address without brackets: the offset behind it, or 0. What ends it is no part of any, so
// that no end is asked for.
uint32_t SkipIpv6(const char* base, uint32_t at) {
  int groups = 0;
  bool gap = false;
  if (base[at] == ':') {
    if (base[at + 1] != ':') return 0;
    gap = true;
    at += 2;
    if (!IsHexDigit(base[at])) return at;
  }
  for (;;) {
    const uint32_t begin = at;
    while (IsHexDigit(base[at])) ++at;
    if (base[at] == '.') {
      while (IsDigit(base[at]) || base[at] == '.') ++at;
      if (!IsIpv4(base + begin, base + at)) return 0;
      groups += 2;
      break;
    }
    if (at == begin || at - begin > 4 || ++groups > 8) return 0;
    if (base[at] != ':') break;
    ++at;
    if (base[at] != ':') continue;
    if (gap) return 0;
    gap = true;
    ++at;
    if (!IsHexDigit(base[at])) break;
  }
  return (gap ? groups <= 7 : groups == 8) ? at : 0;
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

constexpr CharSet kNone("");

}  // namespace

uint32_t WalkQuoted(const Walk& walk, uint32_t at, const CharSet& refused) {
  for (++at;; ++at) {
    at = walk.Next(at);
    if (at == walk.end) return 0;
    const auto c = static_cast<unsigned char>(walk.base[at]);
    if (c == '"') return at + 1;
    if (c == '\\' || c < 0x20 || c >= 0x7F || refused.Has(walk.base[at])) return 0;
  }
}

HostKind WalkPlainHost(const char* base, uint32_t begin, uint32_t end) {
  if (begin == end) return HostKind::kNone;
  if (IsDigit(base[begin]) && IsIpv4(base + begin, base + end)) return HostKind::kIpv4;
  return IsName(base + begin, base + end) ? HostKind::kName : HostKind::kNone;
}

HostKind WalkHost(const Walk& walk, uint32_t* at) {
  const uint32_t begin = *at;
  if (!walk.Is(begin, '[')) {
    *at = walk.Next(begin);
    return WalkPlainHost(walk.base, begin, *at);
  }
  const uint32_t close = SkipIpv6(walk.base, begin + 1);
  if (close == 0 || walk.base[close] != ']') return HostKind::kNone;
  *at = close + 1;
  return HostKind::kIpv6;
}

uint32_t WalkAddress(const Walk& walk, uint32_t at) {
  const uint32_t stop = walk.Next(at);
  if (stop > at && IsIpv4(walk.base + at, walk.base + stop)) return stop;
  return SkipIpv6(walk.base, at);
}

int32_t WalkPort(const char* base, uint32_t begin, uint32_t end) {
  if (end - begin > 5) return -1;
  uint32_t number = 0;
  for (const char* at = base + begin; at != base + end; ++at) {
    const uint32_t digit = static_cast<uint32_t>(*at) - '0';
    if (digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number >= 1 && number <= 65'535 ? static_cast<int32_t>(number) : -1;
}

bool WalkParam(const Walk& walk, uint32_t* at, bool quoted, WalkedParam* param) {
  const uint32_t begin = *at + 1;
  uint32_t stop = walk.Next(begin);
  if (stop == begin) return false;
  param->name = NameKey(walk.base + begin, stop - begin);
  param->name_text = Between(begin, stop);
  param->value = Slice{};
  if (walk.Is(stop, '=')) {
    const uint32_t value = stop + 1;
    stop = quoted && walk.Is(value, '"') ? WalkQuoted(walk, value, kNone) : walk.Next(value);
    if (stop <= value) return false;
    param->value = Between(value, stop);
  }
  *at = stop;
  return true;
}

}  // namespace sipward::sip
