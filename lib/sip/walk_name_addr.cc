#include <cstring>

#include "sip/walk_uri.h"

namespace sipward::sip {
namespace {

bool Same(const char* base, Slice a, Slice b) {
  return a.length == b.length && std::memcmp(base + a.offset, base + b.offset, a.length) == 0;
}

// Whether the display can be mistaken for another address. `text` stands without its quotes and has
// no colon, and one at sign at `at_sign` or, if that is 0, none: then it repeats user and host or
// deceives. A telephone number deceives unless it is the user itself.
bool IsHarmless(const char* base, Slice text, uint32_t at_sign, const Uri& uri) {
  if (at_sign != 0) {
    return at_sign > text.offset && at_sign < text.end() &&
           Same(base, Between(text.offset, at_sign), uri.user) &&
           Same(base, Between(at_sign + 1, text.end()), uri.host);
  }
  constexpr uint32_t kFewestDigits = 7;
  if (text.length < kFewestDigits || IsAlpha(base[text.offset])) return true;
  return Same(base, text, uri.user);
}

// Which displays a walk takes. They are two functions, because one that can do both has no
// registers left and is slower for all.
enum class Shown : uint8_t {
  kNoAddress,      // without at signs
  kQuotedAddress,  // in quotes, with one at sign
};

// What can make a display look like another address.
constexpr CharSet kDeceiving("@:");

// The opening quote of a display was taken; takes the closing one.
template <Shown kShown>
[[gnu::always_inline]] inline bool WalkQuotedDisplay(Walk& walk, uint32_t* at_sign) {
  if constexpr (kShown == Shown::kQuotedAddress) {
    if (WalkQuoted(walk, kDeceiving) || walk.at == walk.end || !walk.Is('@')) return false;
    *at_sign = walk.at;
  }
  return WalkQuoted(walk, kDeceiving);
}

// Tokens with single spaces between them, from `begin` on: the offset behind the last, or 0. Takes
// the mark that ends them.
[[gnu::always_inline]] inline uint32_t WalkTokens(Walk& walk, uint32_t begin) {
  for (;;) {
    const uint32_t stop = walk.Next();
    if (stop == begin) return 0;
    if (!walk.IsSpace()) return stop;
    begin = stop + 1;
    if (walk.base[begin] == '<') {
      walk.Next();
      return stop;
    }
  }
}

[[gnu::always_inline]] inline bool IsOrdinaryParam(const char* base, const WalkedParam& param,
                                                   AddressRole role, Slice* tag) {
  const bool quoted = param.value.present() && base[param.value.offset] == '"';
  if (param.name == NameKey("tag")) {
    if (!param.value.present() || quoted) return false;
    *tag = param.value;
    return true;
  }
  if (role != AddressRole::kContact && role != AddressRole::kUnknown) return true;
  // q and expires have grammars of their own.
  if (param.name == NameKey("q")) return IsQvalue(param.value.In(base));
  if (param.name != NameKey("expires")) return true;
  if (!param.value.present() || param.value.length > 9) return false;
  for (const char c : param.value.In(base)) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

[[gnu::always_inline]] inline bool WalkParams(Walk& walk, AddressRole role, const Limits& limits,
                                              NameAddr* out) {
  if (walk.at == walk.end) return true;
  out->params = Between(walk.at + 1, walk.end);
  WalkedNames names(limits);
  for (WalkedParam param; walk.at != walk.end;) {
    if (!walk.Is(';') || !WalkParam(walk, true, &param) || !names.Add(param.name) ||
        !IsOrdinaryParam(walk.base, param, role, &out->tag)) {
      return false;
    }
  }
  return true;
}

// What stands before the URI: nothing, or a display name and a bracket. Takes the mark that ends
// the scheme of the URI; `*begin` is where that begins, `*shown` the display without its quotes,
// `*at_sign` where one stands in it.
template <Shown kShown>
[[gnu::always_inline]] inline bool WalkDisplay(Walk& walk, uint32_t* begin, Slice* shown,
                                               uint32_t* at_sign, NameAddr* out) {
  const char* base = walk.base;
  const uint32_t first = *begin;
  if (base[first] == '"') {
    walk.Next();
    if (!WalkQuotedDisplay<kShown>(walk, at_sign)) return false;
    out->display = Between(first, walk.at + 1);
    *shown = Trim(base, Between(first + 1, walk.at));
    uint32_t bracket = walk.at + 1;
    if (bracket < walk.end && base[bracket] == ' ') {
      walk.Next();
      ++bracket;
    }
    if (walk.Next() != bracket) return false;
  } else if (base[first] == '<') {
    walk.Next();
  } else {
    const uint32_t stop = WalkTokens(walk, first);
    if (stop == 0) return false;
    if (walk.Is(':')) {
      out->in_brackets = false;
      return true;
    }
    out->display = *shown = Between(first, stop);
  }
  if (!walk.Is('<')) return false;
  *begin = walk.at + 1;
  walk.Next();
  return true;
}

bool WalkQuotedAddress(const Marks& marks, const char* base, Slice text, const Limits& limits,
                       AddressRole role, NameAddr* out);

template <Shown kShown>
[[gnu::always_inline]] inline bool WalkShown(const Marks& marks, const char* base, Slice text,
                                             const Limits& limits, AddressRole role,
                                             NameAddr* out) {
  if (text.empty() || base[text.offset] == '*' || !marks.Cover(text.end())) return false;
  Walk walk(marks, base, text.offset, text.end());
  out->text = text;
  out->display = out->params = out->tag = Slice{};
  out->is_star = false;
  out->in_brackets = true;
  uint32_t begin = text.offset;
  Slice shown;
  uint32_t at_sign = 0;
  if (!WalkDisplay<kShown>(walk, &begin, &shown, &at_sign, out)) {
    return kShown == Shown::kNoAddress && base[text.offset] == '"' &&
           WalkQuotedAddress(marks, base, text, limits, role, out);
  }
  const UriPlace place = out->in_brackets ? UriPlace::kBracketed : UriPlace::kBare;
  if (!WalkSipUri(walk, begin, place, limits, &out->uri)) return false;
  if (out->in_brackets) {
    const uint32_t behind = walk.at + 1;
    if (!walk.Is('>') || walk.Next() != behind) return false;
    if (shown.present() &&
        (role == AddressRole::kInfo || !IsHarmless(base, shown, at_sign, out->uri))) {
      return false;
    }
  } else if (role == AddressRole::kNameAddr || role == AddressRole::kInfo) {
    return false;
  }
  return WalkParams(walk, role, limits, out);
}

[[gnu::noinline]] bool WalkQuotedAddress(const Marks& marks, const char* base, Slice text,
                                         const Limits& limits, AddressRole role, NameAddr* out) {
  return WalkShown<Shown::kQuotedAddress>(marks, base, text, limits, role, out);
}

}  // namespace

bool WalkNameAddr(const Marks& marks, const char* base, Slice text, const Limits& limits,
                  AddressRole role, NameAddr* out) {
  return WalkShown<Shown::kNoAddress>(marks, base, text, limits, role, out);
}

}  // namespace sipward::sip
