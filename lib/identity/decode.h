// A token taken apart for people: nothing of it is verified, and what is wrong in one part hides no
// other. Not for the path of a call: it allocates.
#ifndef SIPWARD_IDENTITY_DECODE_H_
#define SIPWARD_IDENTITY_DECODE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/flags.h"
#include "identity/policy.h"
#include "identity/reason.h"

namespace sipward::identity {

struct DecodedPart {
  Reason reason = Reason::kNotChecked;  // kOk: base64 and JSON are right
  std::string json;                     // as it was encoded, as far as that can be told
  bool canonical = false;
};

struct DecodedToken {
  Reason reason = Reason::kOk;  // the first that a verification would give, up to the claims
  FlagSet flags;
  std::string info, ppt;  // of the header value, or of a bare token
  bool compact = false;
  DecodedPart header, payload;
  size_t signature_octets = 0;
  std::string signature;  // octets

  // Of claims that were read.
  bool has_claims = false;
  int64_t iat = 0;
  std::string orig, div;  // "tn 12155550101", "uri sip:..."
  std::vector<std::string> dest;
  std::string attest, origid, nam, crn;
  std::string opt;  // a token within
};

// Of one value of an Identity header, or of a token alone.
DecodedToken Decode(std::string_view value, const Policy& policy);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_DECODE_H_
