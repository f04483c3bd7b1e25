// What came of a check, and why.
#ifndef SIPWARD_AUTH_REASON_H_
#define SIPWARD_AUTH_REASON_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "facts/facts.h"

namespace sipward::auth {

enum class Outcome : uint8_t {
  kPending,     // nothing yet: check again with what is known of the account
  kSuccess,     // the only one that proves anything
  kFail,        // and the answer is the reason's
  kChallenged,  // there were no credentials for us
  kExempt,      // no such request can be challenged: let its call decide
};
std::string_view OutcomeName(Outcome outcome);

enum class Reason : uint8_t {
#define SIPWARD_AUTH_REASON(symbol, name, outcome, fact, code, stale, text) symbol,
#include "auth/reason.def"
#undef SIPWARD_AUTH_REASON
};
inline constexpr size_t kReasons = 0
#define SIPWARD_AUTH_REASON(symbol, name, outcome, fact, code, stale, text) +1
#include "auth/reason.def"
#undef SIPWARD_AUTH_REASON
    ;

struct ReasonInfo {
  std::string_view name;  // "NONCE_STALE"
  Outcome outcome;
  facts::AuthReason fact;
  uint16_t sip_code;  // 0: none
  bool stale;         // a new challenge says that the client need not ask its user
  std::string_view text;
};
const ReasonInfo& Describe(Reason reason);
std::optional<Reason> FindReason(std::string_view name);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_REASON_H_
