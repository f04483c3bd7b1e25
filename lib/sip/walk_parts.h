// Steps that the walks share. Internal to this folder.
#ifndef SIPWARD_SIP_WALK_PARTS_H_
#define SIPWARD_SIP_WALK_PARTS_H_

#include <array>
#include <bit>
#include <cstring>

#include "sip/load.h"
#include "sip/marks.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

// One value on the way through it. White space, a comma or a line end stands at `end`, so that no
// step goes beyond it and no other byte can be mistaken for part of the value.
struct Walk {
  const Marks& marks;
  const char* base;
  uint32_t end;

  uint32_t Next(uint32_t at) const { return marks.Next(at); }
  // Whether `c`, which is neither white space nor a comma, stands at `at`.
  bool Is(uint32_t at, char c) const { return base[at] == c; }
  bool IsSpace(uint32_t at) const { return at < end && base[at] == ' '; }
};

// The host that begins at `*at`, IPv6 with its brackets; moves `*at` to the mark behind it. kNone:
// it is none.
HostKind WalkHost(const Walk& walk, uint32_t* at);
// An IPv4 address or a host name in [begin, end); kNone for everything else.
HostKind WalkPlainHost(const char* base, uint32_t begin, uint32_t end);
// The address that begins at `at`, IPv6 without brackets: the offset behind it, or 0.
uint32_t WalkAddress(const Walk& walk, uint32_t at);
// 1 to 65535 in at most five digits, or -1.
int32_t WalkPort(const char* base, uint32_t begin, uint32_t end);
// The host that begins at `at` and the port that may follow it, into a Uri or Via: the mark behind
// them, or 0.
template <typename Value>
uint32_t WalkHostPort(const Walk& walk, uint32_t at, Value* out) {
  const uint32_t host = at;
  out->host_kind = WalkHost(walk, &at);
  if (out->host_kind == HostKind::kNone) return 0;
  out->host = Between(host, at);
  if (!walk.Is(at, ':')) return at;
  const uint32_t port = at + 1;
  at = walk.Next(port);
  out->port_number = WalkPort(walk.base, port, at);
  out->port = Between(port, at);
  return out->port_number < 0 ? 0 : at;
}

// The end of the quoted string that begins at `at`, or 0: without escapes, with nothing in it but
// what prints in ASCII and without any of `refused`.
uint32_t WalkQuoted(const Walk& walk, uint32_t at, const CharSet& refused);

// Stands for the name of a parameter, which is made of plain octets, in letters of any case. A name
// of at most eight octets has a key that no other name has; longer ones may meet each other.
constexpr uint64_t NameKey(const char* name, size_t length) {
  constexpr uint64_t kCaseBits = 0x2020202020202020u;
  // No short name has this bit: a long one that was made to meet a key meets a long one's.
  constexpr uint64_t kLong = uint64_t{1} << 31;
  // The words overlap where the name is shorter than they are; plain octets leave room for the
  // length in their highest bits.
  if (length < 4) {
    const uint64_t word =
        LoadOctet(name) | LoadOctet(name + length / 2) << 8 | LoadOctet(name + length - 1) << 16;
    return (word | kCaseBits) ^ uint64_t { length } << 62;
  }
  if (length <= 8) {
    const uint64_t word = (LoadFour(name) | LoadFour(name + length - 4) << 32) | kCaseBits;
    return word ^ (length & 1) << 7 ^ (length & 2) << 14 ^ (length & 8) << 20;
  }
  const uint64_t first = LoadEight(name);
  const uint64_t last = LoadEight(name + length - 8);
  return ((first | kCaseBits) ^ std::rotl(last | kCaseBits, 13) ^ length) | kLong;
}
constexpr uint64_t NameKey(std::string_view name) { return NameKey(name.data(), name.size()); }

// The names of one list of parameters; ordinary lists are short.
class WalkedNames {
 public:
  // False: the name may have stood before, or there are too many.
  bool Add(uint64_t key, const Limits& limits) {
    if (count_ == kMost || count_ >= limits.params_per_value) return false;
    for (uint32_t i = 0; i < count_; ++i) {
      if (keys_[i] == key) return false;
    }
    keys_[count_++] = key;
    return true;
  }

 private:
  static constexpr uint32_t kMost = 16;
  uint32_t count_ = 0;
  std::array<uint64_t, kMost> keys_;
};

struct WalkedParam {
  uint64_t name;  // its key
  Slice name_text;
  Slice value;
};

// The parameter whose separator stands at `*at`; moves `*at` to the mark behind it. The value may
// be a quoted string if `quoted` says so.
bool WalkParam(const Walk& walk, uint32_t* at, bool quoted, WalkedParam* param);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_WALK_PARTS_H_
