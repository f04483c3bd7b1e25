#include "sip/walk_uri.h"

#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// `sip:` or `sips:` in letters of any case: the length of the scheme, or 0.
uint32_t SchemeLength(const char* base, Slice text) {
  if (text.length < 6) return 0;
  const char* at = base + text.offset;
  if (ToLower(at[0]) != 's' || ToLower(at[1]) != 'i' || ToLower(at[2]) != 'p') return 0;
  if (at[3] == ':') return 3;
  return ToLower(at[3]) == 's' && at[4] == ':' ? 4 : 0;
}

}  // namespace

uint32_t WalkSipUri(const Walk& walk, uint32_t begin, UriPlace place, const Limits& limits,
                    Uri* out) {
  const char* base = walk.base;
  const uint32_t scheme = SchemeLength(base, Between(begin, walk.end));
  if (scheme == 0) return 0;
  *out = Uri{};
  out->scheme = {begin, scheme};
  out->kind = scheme == 3 ? UriScheme::kSip : UriScheme::kSips;

  uint32_t host = begin + scheme + 1;
  uint32_t at = walk.Next(host);
  if (walk.Is(at, '@')) {
    if (at == host) return 0;
    out->user = Between(host, at);
    host = at + 1;
  }
  at = WalkHostPort(walk, host, out);
  if (at == 0) return 0;
  if (place != UriPlace::kBare && walk.Is(at, ';')) {
    const uint32_t params = at + 1;
    WalkedNames names;
    for (WalkedParam param; walk.Is(at, ';');) {
      if (!WalkParam(walk, &at, false, &param) || !names.Add(param.name, limits)) return 0;
    }
    out->params = Between(params, at);
  }
  out->text = Between(begin, at);
  return out->text.length <= limits.uri_bytes ? at : 0;
}

bool WalkUri(const Marks& marks, const char* base, Slice text, UriPlace place, const Limits& limits,
             Uri* out) {
  if (!marks.Cover(text.end())) return false;
  const Walk walk{marks, base, text.end()};
  return WalkSipUri(walk, text.offset, place, limits, out) == text.end();
}

}  // namespace sipward::sip
