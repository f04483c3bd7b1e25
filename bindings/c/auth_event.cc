#include "auth_event.h"

#include <algorithm>

namespace sipward::c {

using facts::FieldId;

std::string_view FactName(facts::AuthReason reason) {
  return facts::EnumValueName(facts::Type::kAuthReason, static_cast<int64_t>(reason));
}

sipward_fact& AuthEvent::Add(FieldId id, uint32_t kind) {
  sipward_fact& fact = facts_[event_.fact_count++];
  fact = {};
  fact.field = static_cast<uint32_t>(id);
  fact.kind = kind;
  return fact;
}

void AuthEvent::AddText(FieldId id, std::string_view text) {
  if (text.empty()) return;
  sipward_fact& fact = Add(id, SIPWARD_FACT_TEXT);
  fact.text = text.data();
  fact.text_size = text.size();
}

void AuthEvent::Fill(const auth::Request& request, const auth::Result& result,
                     const auth::Credential* known) {
  using auth::Outcome;
  event_ = {};
  if (result.outcome == Outcome::kPending || result.outcome == Outcome::kExempt) return;
  const bool success = result.outcome == Outcome::kSuccess;
  event_.kind = SIPWARD_EVENT_AUTH;
  event_.flags = success ? uint32_t{SIPWARD_EVENT_PROVEN} : 0;
  event_.wall_ns = request.wall;
  event_.monotonic_ns = request.monotonic;
  AddText(FieldId::kResult, auth::OutcomeName(result.outcome));
  if (!success) AddText(FieldId::kAuthReason, FactName(auth::Describe(result.reason).fact));
  sipward_fact& source = Add(FieldId::kSrcIp, SIPWARD_FACT_ADDRESS);
  std::copy(request.source.bytes.begin(), request.source.bytes.end(), source.address);
  const bool named = known != nullptr && !known->user.empty();
  if (success) {
    Add(FieldId::kSrcAuthenticated, SIPWARD_FACT_INTEGER).integer = 1;
    AddText(FieldId::kAccount, named ? known->user : result.user);
  }
  AddText(FieldId::kUserAgent, request.client);
  AddText(FieldId::kAuthScheme, result.scheme);
  AddText(FieldId::kAuthUser, result.user);
  AddText(FieldId::kAuthRealm, result.realm);
  AddText(FieldId::kAuthNonce, result.nonce);
  AddText(FieldId::kAuthUri, result.uri);
  AddText(FieldId::kAuthResponse, result.response);
  AddText(FieldId::kAuthAlgorithm, result.algorithm_text);
  AddText(FieldId::kAuthQop, result.qop);
  AddText(FieldId::kAuthNc, result.nc);
}

sipward_host_event AuthEvent::ToC() const {
  sipward_host_event out = event_;
  out.facts = facts_.data();
  return out;
}

}  // namespace sipward::c
