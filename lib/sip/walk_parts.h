// Steps that the walks share. Internal to this folder.
//
// All that is inline here is so by force: a walk keeps where it is in registers, and one call that
// takes the address of its state would put it into memory for good.
#ifndef SIPWARD_SIP_WALK_PARTS_H_
#define SIPWARD_SIP_WALK_PARTS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "sip/load.h"
#include "sip/marks.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

// One value on the way through it, from mark to mark. White space, a comma or a line end stands at
// `end`, so that no step goes beyond it and no other byte can be mistaken for part of the value.
class Walk {
 public:
  // The first mark to take is the first at or behind `begin`.
  [[gnu::always_inline]] Walk(const Marks& marks, const char* base_, uint32_t begin, uint32_t end_)
      : base(base_), end(end_), marks_(marks) {
    Seek(begin);
  }

  // Takes the next mark.
  [[gnu::always_inline]] uint32_t Next() {
    while (bits_ == 0) {
      bits_ = *++word_;
      block_ += Marks::kBlock;
    }
    at = block_ + static_cast<uint32_t>(std::countr_zero(bits_));
    bits_ &= bits_ - 1;
    return at;
  }
  // The next mark to take is the first at or behind `place`.
  [[gnu::always_inline]] void Seek(uint32_t place) {
    const uint32_t bit = (place - marks_.from) % Marks::kBlock;
    word_ = marks_.words.data() + (place - marks_.from) / Marks::kBlock;
    block_ = place - bit;
    bits_ = *word_ & ~uint64_t{0} << bit;
  }
  // Whether `c`, which is neither white space nor a comma, stands at the mark that was taken last.
  [[gnu::always_inline]] bool Is(char c) const { return base[at] == c; }
  // All octets before it can be read: what follows a text has a bit too, but need not be there.
  [[gnu::always_inline]] uint32_t readable() const { return marks_.end - 1; }
  [[gnu::always_inline]] bool IsSpace() const { return at < end && base[at] == ' '; }

  const char* base;
  uint32_t end;
  uint32_t at = 0;  // the mark that was taken last

 private:
  const Marks& marks_;
  const uint64_t* word_ = nullptr;
  uint64_t bits_ = 0;   // of the marks in *word_ that were not taken
  uint32_t block_ = 0;  // where the first bit of *word_ stands
};

// Whether [begin, end) of the bytes, which are plain octets, are an IPv4 address or a host name;
// kNone: neither.
HostKind WalkPlainHost(const char* base, uint32_t begin, uint32_t end);
bool IsPlainIpv4(const char* begin, const char* end);
// An IPv6 address without brackets: the offset behind it, or 0. The value ends in what is no part
// of any, so that its end is not asked for; all octets before `readable` can be read. If a digit or
// a colon too many follows the address, the answer may be either.
uint32_t SkipIpv6(const char* base, uint32_t at, uint32_t readable);
// 1 to 65535 in at most five digits, or -1. Four octets stand in front of `end`.
int32_t WalkPort(const char* begin, const char* end);

// Goes on behind what was read without marks; false if no mark stands there.
[[gnu::always_inline]] inline bool GoOnAt(Walk& walk, uint32_t place) {
  walk.Seek(place);
  return walk.Next() == place;
}

// The host that begins at `begin` and the port that may follow it, into a Uri or Via. The first
// mark at or behind `begin` was taken; afterwards, the one behind the two.
template <typename Value>
[[gnu::always_inline]] inline bool WalkHostPort(Walk& walk, uint32_t begin, Value* out) {
  const char* base = walk.base;
  if (walk.at != begin) {
    out->host_kind = WalkPlainHost(base, begin, walk.at);
    if (out->host_kind == HostKind::kNone) return false;
  } else {
    const uint32_t close = walk.Is('[') ? SkipIpv6(base, begin + 1, walk.readable()) : 0;
    if (close == 0 || base[close] != ']' || !GoOnAt(walk, close + 1)) return false;
    out->host_kind = HostKind::kIpv6;
  }
  out->host = Between(begin, walk.at);
  if (!walk.Is(':')) return true;
  const uint32_t port = walk.at + 1;
  walk.Next();
  out->port = Between(port, walk.at);
  out->port_number = WalkPort(base + port, base + walk.at);
  return out->port_number >= 0;
}

// The opening quote was taken; takes the closing one. The string has no escapes, nothing in it but
// what prints in ASCII, and none of `refused`.
[[gnu::always_inline]] inline bool WalkQuoted(Walk& walk, const CharSet& refused) {
  for (;;) {
    if (walk.Next() == walk.end) return false;
    const char c = walk.base[walk.at];
    if (c == '"') return true;
    if (c == '\\' || c < 0x20 || c >= 0x7F || refused.Has(c)) return false;
  }
}
inline constexpr CharSet kNothingRefused("");

inline constexpr uint64_t kNameCaseBits = 0x2020202020202020u;
// Stands for the name of a parameter, which is made of plain octets, in letters of any case. A name
// of at most eight octets has a key that no other name has: it is the name, with spaces behind it.
constexpr uint64_t NameKey(std::string_view name) {
  uint64_t word = 0;
  for (size_t i = 0; i < name.size(); ++i) word |= LoadOctet(&name[i]) << (8 * i);
  return word | kNameCaseBits;
}
// The key of the name of `length` octets that ends before `end`. Longer ones may meet each other,
// but no short one: plain octets have no highest bit. Eight octets stand in front of `end`, since a
// parameter is never what a value begins with.
[[gnu::always_inline]] inline uint64_t NameKeyBefore(const char* end, uint32_t length) {
  const uint64_t last = LoadEight(end - 8);
  if (length <= 8) return last >> (64 - 8 * length) | kNameCaseBits;
  constexpr uint64_t kLong = uint64_t{1} << 31;
  const uint64_t first = LoadEight(end - length);
  return ((first | kNameCaseBits) ^ std::rotl(last | kNameCaseBits, 13) ^ length) | kLong;
}

// The names of one list of parameters; ordinary lists are short.
class WalkedNames {
 public:
  explicit WalkedNames(const Limits& limits) : most_(std::min(limits.params_per_value, kMost)) {}
  // False: the name may have stood before, or there are too many.
  [[gnu::always_inline]] bool Add(uint64_t key) {
    if (count_ == most_) return false;
    for (uint32_t i = 0; i < count_; ++i) {
      if (keys_[i] == key) return false;
    }
    keys_[count_++] = key;
    return true;
  }

 private:
  static constexpr uint32_t kMost = 16;
  uint32_t most_;
  uint32_t count_ = 0;
  std::array<uint64_t, kMost> keys_;
};

struct WalkedParam {
  uint64_t name;  // its key
  Slice name_text;
  Slice value;
};

// The parameter whose separator is the mark that was taken; takes the one behind it. The value may
// be a quoted string if `quoted` says so.
[[gnu::always_inline]] inline bool WalkParam(Walk& walk, bool quoted, WalkedParam* param) {
  const uint32_t begin = walk.at + 1;
  const uint32_t length = walk.Next() - begin;
  if (length == 0) return false;
  param->name = NameKeyBefore(walk.base + walk.at, length);
  param->name_text = {begin, length};
  param->value = Slice{};
  if (!walk.Is('=')) return true;
  const uint32_t value = walk.at + 1;
  if (walk.Next() == value) {
    // A quote is a mark, so that this is where it is seen.
    if (!quoted || !walk.Is('"') || !WalkQuoted(walk, kNothingRefused)) return false;
    const uint32_t behind = walk.at + 1;
    if (walk.Next() != behind) return false;
  }
  param->value = Between(value, walk.at);
  return true;
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_WALK_PARTS_H_
