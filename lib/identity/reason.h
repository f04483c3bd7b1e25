// Why a check of an Identity header failed: where in it, and what that means to the caller.
#ifndef SIPWARD_IDENTITY_REASON_H_
#define SIPWARD_IDENTITY_REASON_H_

#include <cstdint>
#include <string_view>

#include "facts/facts.h"

namespace sipward::identity {

using Reason = facts::IdentityReason;

// The steps of a verification in their order: cheap refusals come before dear ones. The first that
// fails gives the reason.
enum class Stage : uint8_t {
  kNone,        // of no step
  kCollect,     // how many headers there are
  kHeader,      // the header value and its parameters
  kToken,       // base64url, JSON and the header of the token
  kClaims,      // the payload of the token
  kFreshness,   // when it was signed
  kMatch,       // who calls, and who is called
  kCredential,  // URL, certificate, chain, what it covers, revocation
  kSignature,
  kSet,     // what several headers say together
  kReplay,  // whether it came before
};
// "header", "claims" and so on; "" of kNone.
std::string_view StageName(Stage stage);

struct ReasonInfo {
  std::string_view name;  // "IAT_STALE"
  Stage stage;
  uint16_t sip_code;      // of the answer, unless a policy has another; 0: none
  std::string_view text;  // a sentence without its full stop
};
const ReasonInfo& Describe(Reason reason);

// The reason phrase that RFC 8224 section 6.2.2 and its neighbours have for such a code; "" if it
// is none of identity.
std::string_view SipPhrase(uint16_t code);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_REASON_H_
