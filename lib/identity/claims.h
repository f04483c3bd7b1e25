// What a token says (RFC 8225 and its extensions): its header and its claims, read out of JSON and
// checked for form. Nothing of it is believed before the signature is.
#ifndef SIPWARD_IDENTITY_CLAIMS_H_
#define SIPWARD_IDENTITY_CLAIMS_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "identity/canonical.h"
#include "identity/flags.h"
#include "identity/header_value.h"
#include "identity/json.h"
#include "identity/reason.h"

namespace sipward::identity {

// The limits of a payload: what stands in opt is as long as it is.
inline JsonLimits PayloadLimits(JsonLimits limits, Ppt ppt) {
  if (ppt == Ppt::kDivO) limits.text = Json::kMostText;
  return limits;
}

struct ClaimPolicy {
  uint32_t dest_entries = 32;  // not more: Claims::kMostDest
  uint32_t tn_digits = 15;     // with the prefixes of some countries up to 24
  bool lenient_plus = false;   // a number may begin with one plus sign, which is left out
};

// The protected header of a token whose Identity header is known: ALG_UNSUPPORTED, TYP_INVALID,
// X5U_MISSING, INFO_X5U_MISMATCH, PPT_MISMATCH, CRIT_UNSUPPORTED.
Reason CheckTokenHeader(const JsonValue& header, const HeaderValue& value, FlagSet* flags);
// The same of a token without an Identity header (`opt`): fills in info and ppt out of it.
// PPT_UNSUPPORTED too.
Reason ReadTokenHeader(const JsonValue& header, const HeaderPolicy& policy, HeaderValue* value,
                       FlagSet* flags);

struct Claims {
  static constexpr uint32_t kMostDest = 32;

  int64_t iat = 0;
  Party orig;
  std::array<Party, kMostDest> dest;
  uint32_t dest_count = 0;
  Party div;                        // of div and div-o
  std::string_view attest, origid;  // of shaken
  std::string_view opt;             // of div-o: the token that was diverted
  std::string_view nam, crn;        // of rcd, or beside others

  std::span<const Party> dests() const { return {dest.data(), dest_count}; }
  bool HasDest(const Party& party) const;
};

// The claims that every token of this type has, and those that may stand in any: what they say of
// themselves. Views into the document.
Reason ReadClaims(const JsonValue& payload, Ppt ppt, const ClaimPolicy& policy, Claims* out,
                  FlagSet* flags);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CLAIMS_H_
