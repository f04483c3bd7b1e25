#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// Where the value of this parameter is kept, or null.
Slice* FieldOf(const Walk& walk, const WalkedParam& param, Digest* out) {
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
  // Nine octets, so that the key alone does not prove it.
  constexpr std::string_view kAlgorithm = "algorithm";
  if (param.name != NameKey(kAlgorithm)) return nullptr;
  return EqualsIgnoreCase(param.name_text.In(walk.base), kAlgorithm) ? &out->algorithm : nullptr;
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
  const Walk walk{marks, base, text.end()};
  *out = Digest{};
  out->text = text;
  out->scheme = {text.offset, static_cast<uint32_t>(kScheme.size()) - 1};
  WalkedNames names;
  uint32_t at = out->scheme.end();
  for (WalkedParam param;;) {
    // `at` is before the name: at the space behind the scheme, or at the last one behind a comma.
    if (!WalkParam(walk, &at, true, &param) || !names.Add(param.name, limits) ||
        !param.value.present()) {
      return false;
    }
    Slice* const field = FieldOf(walk, param, out);
    if (field != nullptr) *field = Unquote(base, param.value);
    if (at == walk.end) return HasWhatItNeeds(*out);
    if (base[at] != ',') return false;
    while (walk.IsSpace(at + 1)) ++at;
  }
}

}  // namespace sipward::sip
