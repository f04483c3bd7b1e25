#include "identity/parties.h"

#include <algorithm>

#include "base/ascii.h"

namespace sipward::identity {
namespace {

bool IsTel(std::string_view uri) { return EqualsIgnoreCase(uri.substr(0, 4), "tel:"); }

// ATIS-1000074 section 5.2.1: P-Asserted-Identity, a tel URI before others, else From.
void SetCaller(const Request& request, const Policy& policy, RequestParty* caller) {
  if (policy.profile == Profile::kShaken) {
    for (const bool tel : {true, false}) {
      for (const std::string_view uri : request.asserted) {
        if (IsTel(uri) != tel) continue;
        caller->Set(uri, policy.digit_users);
        if (caller->usable()) return;
      }
    }
  }
  caller->Set(request.from, policy.digit_users);
}

}  // namespace

void RequestParty::Set(std::string_view uri, DigitUsers digit_users) {
  source_ = uri;
  digit_users_ = digit_users;
  has_party_ = has_uri_ = false;
}

const Party& RequestParty::party() const {
  if (!has_party_) party_ = Canonicalize(source_, digit_users_, party_text_);
  has_party_ = true;
  return party_;
}

const Party& RequestParty::uri() const {
  if (!has_uri_) uri_ = Canonicalize(source_, DigitUsers::kAreUris, uri_text_);
  has_uri_ = true;
  return uri_;
}

bool RequestParty::Is(const Party& claim) const {
  if (!claim.usable() || !usable()) return false;
  return claim == party() || (claim.kind == PartyKind::kUri && claim == uri());
}

bool RequestParty::IsAmong(const Claims& claims) const {
  const auto dests = claims.dests();
  return std::any_of(dests.begin(), dests.end(), [this](const Party& dest) { return Is(dest); });
}

void RequestParties::Set(const Request& request, const Policy& policy) {
  SetCaller(request, policy, &caller);
  called.Set(request.to, policy.digit_users);
  target.Set(request.request_uri, policy.digit_users);
}

}  // namespace sipward::identity
