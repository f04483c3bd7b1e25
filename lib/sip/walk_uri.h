// Internal to the walks.
#ifndef SIPWARD_SIP_WALK_URI_H_
#define SIPWARD_SIP_WALK_URI_H_

#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {

// `sip` or `sips` in letters of any case, and an octet behind it.
[[gnu::always_inline]] inline UriScheme WalkScheme(const char* at, uint32_t length) {
  if (length != 3 && length != 4) return UriScheme::kOther;
  constexpr uint64_t kSip = 's' | 'i' << 8 | 'p' << 16;
  const uint64_t word = LoadFour(at) | 0x20202020u;
  if (length == 4) return word == (kSip | 's' << 24) ? UriScheme::kSips : UriScheme::kOther;
  return (word & 0xFFFFFF) == kSip ? UriScheme::kSip : UriScheme::kOther;
}

// The sip or sips URI that begins at `begin`. The first mark at or behind it was taken; afterwards,
// the one that ends the URI. What that is, the caller judges: an at sign or a question mark there
// means that it was no ordinary URI.
[[gnu::always_inline]] inline bool WalkSipUri(Walk& walk, uint32_t begin, UriPlace place,
                                              const Limits& limits, Uri* out) {
  if (!walk.Is(':')) return false;
  const UriScheme kind = WalkScheme(walk.base + begin, walk.at - begin);
  if (kind == UriScheme::kOther) return false;
  *out = Uri{};
  out->scheme = Between(begin, walk.at);
  out->kind = kind;

  uint32_t host = walk.at + 1;
  walk.Next();
  if (walk.Is('@')) {
    if (walk.at == host) return false;
    out->user = Between(host, walk.at);
    host = walk.at + 1;
    walk.Next();
  }
  if (!WalkHostPort(walk, host, out)) return false;
  if (place != UriPlace::kBare && walk.Is(';')) {
    const uint32_t params = walk.at + 1;
    WalkedNames names(limits);
    for (WalkedParam param; walk.Is(';');) {
      if (!WalkParam(walk, false, &param) || !names.Add(param.name)) return false;
    }
    out->params = Between(params, walk.at);
  }
  out->text = Between(begin, walk.at);
  return out->text.length <= limits.uri_bytes;
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_WALK_URI_H_
