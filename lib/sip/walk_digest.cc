#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// Where the value of this parameter is kept, or null.
Slice* FieldOf(const char* base, const WalkedParam& param, Digest* out) {
  switch (param.name) {
    case NameKey("username"):
      return &out->username;
    case NameKey("realm"):
      return &out->realm;
    case NameKey("nonce"):
      return &out->nonce;
    case NameKey("uri"):
      return &out->uri;
    case NameKey("response"):
      return &out->response;
    case NameKey("cnonce"):
      return &out->cnonce;
    case NameKey("opaque"):
      return &out->opaque;
    case NameKey("qop"):
      return &out->qop;
    case NameKey("nc"):
      return &out->nc;
    case NameKey("stale"):
      return &out->stale;
    case NameKey("domain"):
      return &out->domain;
    default:
      break;
  }
  constexpr std::string_view kAlgorithm = "algorithm";  // too long for a key of its own
  if (param.name_text.length != kAlgorithm.size()) return nullptr;
  return EqualsIgnoreCase(param.name_text.In(base), kAlgorithm) ? &out->algorithm : nullptr;
}

bool HasWhatItNeeds(const Digest& digest) {
  if (!digest.realm.present()) return false;
  const bool with_qop = digest.response.present() && digest.qop.present();
  return !with_qop || (digest.nc.present() && digest.cnonce.present());
}

}  // namespace

bool WalkDigest(const Marks& marks, const char* base, Slice text, const Limits& limits,
                Digest* out) {
  constexpr std::string_view kScheme = "Digest ";
  if (text.length <= kScheme.size() || !marks.Cover(text.end()) ||
      std::memcmp(base + text.offset, kScheme.data(), kScheme.size()) != 0) {
    return false;
  }
  *out = Digest{};
  out->text = text;
  out->scheme = {text.offset, static_cast<uint32_t>(kScheme.size()) - 1};
  WalkedNames names(limits);
  // The mark before a name: the space behind the scheme, or the last one behind a comma.
  Walk walk(marks, base, out->scheme.end(), text.end());
  walk.Next();
  for (WalkedParam param;;) {
    if (!WalkParam(walk, true, &param) || !names.Add(param.name) || !param.value.present()) {
      return false;
    }
    Slice* const field = FieldOf(base, param, out);
    if (field != nullptr) *field = Unquote(base, param.value);
    if (walk.at == walk.end) return HasWhatItNeeds(*out);
    if (!walk.Is(',')) return false;
    while (walk.at + 1 < walk.end && base[walk.at + 1] == ' ') walk.Next();
  }
}

}  // namespace sipward::sip
