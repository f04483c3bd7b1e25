// What a host demands of Identity headers.
#ifndef SIPWARD_IDENTITY_POLICY_H_
#define SIPWARD_IDENTITY_POLICY_H_

#include <array>
#include <cstdint>

#include "identity/canonical.h"
#include "identity/claims.h"
#include "identity/header_value.h"
#include "identity/json.h"
#include "identity/reason.h"
#include "identity/x5u.h"

namespace sipward::identity {

inline constexpr size_t kReasonCount = 0
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) +1
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
    ;

// The SIP code that answers a reason, where it is not that of the table.
class CodeMap {
 public:
  void Set(Reason reason, uint16_t code) { codes_[static_cast<size_t>(reason)] = code; }
  uint16_t Of(Reason reason) const {
    const uint16_t code = codes_[static_cast<size_t>(reason)];
    return code != 0 ? code : Describe(reason).sip_code;
  }

 private:
  std::array<uint16_t, kReasonCount> codes_{};
};

// Whose word counts for the caller and what Date means.
enum class Profile : uint8_t {
  kShaken,   // ATIS-1000074: P-Asserted-Identity before From; Date is only flagged
  kRfc8224,  // From alone; a Date that is missing or out of the window refuses
};

struct Policy {
  static constexpr uint32_t kMostHeaders = 8;
  static constexpr uint32_t kMostDiv = 5;

  Profile profile = Profile::kShaken;
  bool require = false;             // a request without an Identity that counts is answered 428
  uint32_t headers = kMostHeaders;  // not more
  uint32_t div_depth = kMostDiv;    // tokens within each other in opt; not more
  int64_t window = 60;              // seconds that a token is good for
  int64_t skew = 60;                // seconds that it may be ahead
  int64_t div_span = 300;           // seconds from the first to the last token of a chain
  bool best_of = false;             // one token that holds for the caller is enough
  bool check_mky = true;            // against the session description
  bool passed_b = false;            // TN-Validation-Passed for attestation B too
  bool passed_c = false;            // and for C
  // Of the TokenCache that whoever verifies by this makes; 0: none.
  uint32_t cached_tokens = 1024;
  DigitUsers digit_users = DigitUsers::kAreNumbers;
  HeaderPolicy header = {};
  ClaimPolicy claims = {};
  JsonLimits json = {};
  X5uPolicy x5u = {};
  CodeMap codes = {};
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_POLICY_H_
