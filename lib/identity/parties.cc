#include "identity/parties.h"

#include "base/ascii.h"

namespace sipward::identity {
namespace {

bool IsTel(std::string_view uri) { return EqualsIgnoreCase(uri.substr(0, 4), "tel:"); }

// ATIS-1000074 section 5.2.1: P-Asserted-Identity, a tel URI before others, else From.
void ReadCaller(const Request& request, const Policy& policy, RequestParty* caller) {
  if (policy.profile == Profile::kShaken) {
    for (const bool tel : {true, false}) {
      for (const std::string_view uri : request.asserted) {
        if (IsTel(uri) != tel) continue;
        caller->Read(uri, policy.digit_users);
        if (caller->usable()) return;
      }
    }
  }
  caller->Read(request.from, policy.digit_users);
}

}  // namespace

void RequestParty::Clear() { main_ = uri_ = {}; }

void RequestParty::Read(std::string_view uri, DigitUsers digit_users) {
  main_ = Canonicalize(uri, digit_users, main_text_);
  uri_ = {};
  if (main_.kind == PartyKind::kTn && digit_users == DigitUsers::kAreNumbers) {
    uri_ = Canonicalize(uri, DigitUsers::kAreUris, uri_text_);
  }
}

bool RequestParty::Is(const Party& claim) const {
  return claim.usable() && (claim == main_ || claim == uri_);
}

bool RequestParty::IsAmong(const Claims& claims) const {
  return (main_.usable() && claims.HasDest(main_)) || (uri_.usable() && claims.HasDest(uri_));
}

void RequestParties::Read(const Request& request, const Policy& policy) {
  caller.Clear();
  ReadCaller(request, policy, &caller);
  called.Read(request.to, policy.digit_users);
  target.Read(request.request_uri, policy.digit_users);
}

}  // namespace sipward::identity
