#include <cstring>

#include "sip/walk_uri.h"

namespace sipward::sip {
namespace {

// Whether the display can be mistaken for another address. `text` stands without its quotes and has
// neither an at sign nor a colon. A telephone number deceives unless it is the user itself.
bool IsHarmless(const char* base, Slice text, const Uri& uri) {
  constexpr uint32_t kFewestDigits = 7;
  if (text.length < kFewestDigits || IsAlpha(base[text.offset])) return true;
  return text.length == uri.user.length &&
         std::memcmp(base + text.offset, base + uri.user.offset, text.length) == 0;
}

// What can make a display look like another address.
constexpr CharSet kDeceiving("@:");

// Tokens with single spaces between them: the offset behind the last, or 0. `*at` moves to the mark
// that ends them.
uint32_t WalkTokens(const Walk& walk, uint32_t* at) {
  for (uint32_t begin = *at;;) {
    const uint32_t stop = walk.Next(begin);
    if (stop == begin) return 0;
    *at = stop;
    if (!walk.IsSpace(stop)) return stop;
    *at = stop + 1;
    if (walk.Is(*at, '<')) return stop;
    begin = *at;
  }
}

bool IsOrdinaryParam(const char* base, const WalkedParam& param, AddressRole role, Slice* tag) {
  const bool quoted = param.value.present() && base[param.value.offset] == '"';
  if (param.name == NameKey("tag")) {
    if (!param.value.present() || quoted) return false;
    *tag = param.value;
    return true;
  }
  if (role != AddressRole::kContact && role != AddressRole::kUnknown) return true;
  // q and expires have grammars of their own.
  if (param.name == NameKey("q")) return false;
  if (param.name != NameKey("expires")) return true;
  if (!param.value.present() || param.value.length > 9) return false;
  for (const char c : param.value.In(base)) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

bool WalkParams(const Walk& walk, uint32_t at, AddressRole role, const Limits& limits,
                NameAddr* out) {
  if (at == walk.end) return true;
  if (!walk.Is(at, ';')) return false;
  out->params = Between(at + 1, walk.end);
  WalkedNames names;
  for (WalkedParam param; at != walk.end;) {
    if (!walk.Is(at, ';') || !WalkParam(walk, &at, true, &param) ||
        !names.Add(param.name, limits) || !IsOrdinaryParam(walk.base, param, role, &out->tag)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool WalkNameAddr(const Marks& marks, const char* base, Slice text, const Limits& limits,
                  AddressRole role, NameAddr* out) {
  if (text.empty() || base[text.offset] == '*' || !marks.Cover(text.end())) return false;
  const Walk walk{marks, base, text.end()};
  out->text = text;
  out->display = out->params = out->tag = Slice{};
  out->is_star = false;
  out->in_brackets = true;
  uint32_t at = text.offset;
  Slice shown;
  if (base[at] == '"') {
    const uint32_t behind = WalkQuoted(walk, at, kDeceiving);
    if (behind == 0) return false;
    out->display = Between(at, behind);
    shown = Trim(base, Between(at + 1, behind - 1));
    at = behind;
    if (walk.IsSpace(at)) ++at;
  } else if (base[at] != '<') {
    const uint32_t stop = WalkTokens(walk, &at);
    if (stop == 0) return false;
    if (walk.Is(at, ':')) {
      out->in_brackets = false;
    } else {
      out->display = shown = Between(text.offset, stop);
    }
  }
  if (!out->in_brackets) {
    if (role == AddressRole::kNameAddr) return false;
    at = WalkSipUri(walk, text.offset, UriPlace::kBare, limits, &out->uri);
    return at != 0 && WalkParams(walk, at, role, limits, out);
  }
  if (!walk.Is(at, '<')) return false;
  at = WalkSipUri(walk, at + 1, UriPlace::kBracketed, limits, &out->uri);
  if (at == 0 || !walk.Is(at, '>')) return false;
  if (shown.present() && !IsHarmless(base, shown, out->uri)) return false;
  return WalkParams(walk, at + 1, role, limits, out);
}

}  // namespace sipward::sip
