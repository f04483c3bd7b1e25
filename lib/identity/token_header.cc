// The protected header of a token (RFC 8225 section 4, RFC 7515 section 4).
#include "identity/claims.h"

namespace sipward::identity {
namespace {

// How the key is found is a matter of x5u alone: whoever could name it otherwise could bring his
// own.
constexpr std::string_view kKeyHints[] = {"jwk", "jku", "x5c", "kid"};

Reason CheckBase(const JsonValue& header, FlagSet* flags) {
  const JsonValue alg = header.Find("alg");
  if (!alg.is_string() || alg.text() != "ES256") return Reason::kAlgUnsupported;
  const JsonValue typ = header.Find("typ");
  if (!typ.is_string() || typ.text() != "passport") return Reason::kTypInvalid;
  for (const std::string_view hint : kKeyHints) {
    if (header.Find(hint).present()) flags->Add(Flag::kKeyHintIgnored);
  }
  const JsonValue x5u = header.Find("x5u");
  return x5u.is_string() && !x5u.text().empty() ? Reason::kOk : Reason::kX5uMissing;
}

// RFC 7515 section 4.1.11: what is critical must be understood, and nothing of it is. RFC 7797
// wants b64 to be critical, so that whoever does not know it refuses it.
Reason CheckCritical(const JsonValue& header) {
  const bool asks = header.Find("crit").present() || header.Find("b64").present();
  return asks ? Reason::kCritUnsupported : Reason::kOk;
}

}  // namespace

Reason CheckTokenHeader(const JsonValue& header, const HeaderValue& value, FlagSet* flags) {
  const Reason reason = CheckBase(header, flags);
  if (reason != Reason::kOk) return reason;
  if (header.Find("x5u").text() != value.info) return Reason::kInfoX5uMismatch;
  const JsonValue ppt = header.Find("ppt");
  const bool same = ppt.present()
                        ? ppt.is_string() && !ppt.text().empty() && ppt.text() == value.ppt_text
                        : value.ppt_text.empty();
  if (!same) return Reason::kPptMismatch;
  return CheckCritical(header);
}

Reason ReadTokenHeader(const JsonValue& header, const HeaderPolicy& policy, HeaderValue* value,
                       FlagSet* flags) {
  const Reason reason = CheckBase(header, flags);
  if (reason != Reason::kOk) return reason;
  value->info = header.Find("x5u").text();
  const JsonValue ppt = header.Find("ppt");
  if (ppt.present() && (!ppt.is_string() || ppt.text().empty())) return Reason::kPptMismatch;
  value->ppt_text = ppt.text();
  value->ppt = FindPpt(value->ppt_text);
  if ((policy.ppts & SetOf(value->ppt)) == 0) return Reason::kPptUnsupported;
  return CheckCritical(header);
}

}  // namespace sipward::identity
