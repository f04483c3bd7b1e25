#include "auth/reason.h"

#include <array>

namespace sipward::auth {
namespace {

constexpr std::array<ReasonInfo, kReasons> kReasonTable = {{
#define SIPWARD_AUTH_REASON(symbol, name, outcome, fact, code, stale, text) \
  {name, Outcome::outcome, facts::AuthReason::fact, code, stale, text},
#include "auth/reason.def"
#undef SIPWARD_AUTH_REASON
}};
constexpr std::array<std::string_view, 5> kOutcomes = {"pending", "success", "fail", "challenged",
                                                       "exempt"};

}  // namespace

std::string_view OutcomeName(Outcome outcome) { return kOutcomes[static_cast<size_t>(outcome)]; }

const ReasonInfo& Describe(Reason reason) { return kReasonTable[static_cast<size_t>(reason)]; }

std::optional<Reason> FindReason(std::string_view name) {
  for (size_t i = 0; i < kReasons; ++i) {
    if (kReasonTable[i].name == name) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

}  // namespace sipward::auth
