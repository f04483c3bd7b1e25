#include "facts/facts.h"

namespace sipward::facts {
namespace {

Value OfText(std::string_view text) { return text.empty() ? Value() : Value::String(text); }

std::string_view VerstatOf(const Identity& identity) {
  if (!identity.verstat.empty()) return identity.verstat;
  switch (identity.result) {
    case IdentityResult::kVerified:
      return identity.attest == "A" ? "TN-Validation-Passed" : "No-TN-Validation";
    case IdentityResult::kFailed:
      return "TN-Validation-Failed";
    case IdentityResult::kPending:
    case IdentityResult::kNone:
      break;
  }
  return "No-TN-Validation";
}

IdentityReason ReasonOf(const Identity& identity) {
  switch (identity.result) {
    case IdentityResult::kPending:
      return IdentityReason::kNotChecked;
    case IdentityResult::kNone:
      return IdentityReason::kNoIdentity;
    case IdentityResult::kVerified:
      return IdentityReason::kOk;
    case IdentityResult::kFailed:
      break;
  }
  const bool unsaid =
      identity.reason == IdentityReason::kOk || identity.reason == IdentityReason::kNotChecked;
  return unsaid ? IdentityReason::kOther : identity.reason;
}

}  // namespace

Value FactOf(const Identity& identity, FieldId id) {
  const bool verified = identity.result == IdentityResult::kVerified;
  switch (id) {
    case FieldId::kIdentityResult:
      return Value::Int(static_cast<int64_t>(identity.result));
    case FieldId::kIdentityReason:
      return Value::Int(static_cast<int64_t>(ReasonOf(identity)));
    case FieldId::kIdentityVerstat:
      return Value::String(VerstatOf(identity));
    case FieldId::kIdentityDivCount:
      return Value::Int(verified ? identity.div_count : 0);
    default:
      break;
  }
  if (!verified) return {};
  switch (id) {
    case FieldId::kIdentityAttest:
      return OfText(identity.attest);
    case FieldId::kIdentityOrigid:
      return OfText(identity.origid);
    case FieldId::kIdentitySpc:
      return OfText(identity.spc);
    case FieldId::kIdentityAge:
      return identity.age ? Value::Int(*identity.age) : Value();
    default:
      return {};
  }
}

}  // namespace sipward::facts
