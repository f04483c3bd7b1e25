// What a fetcher of certificates asks before it connects, and what it finds known.
#include "guard.h"
#include "handles.h"
#include "identity/identity.h"
#include "reason_out.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace identity = sipward::identity;

extern "C" {

int32_t sipward_trust_find(const sipward_trust* trust, const char* url, size_t size, int64_t now_s,
                           uint32_t* state, sipward_text* reason) {
  if (!Usable(trust) || !UsableBytes(url, size) || size == 0 || !Usable(state) ||
      !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    const identity::Lookup lookup = trust->store->Find(View(url, size), now_s);
    switch (lookup.state) {
      case identity::Lookup::State::kMissing:
        *state = SIPWARD_CERTIFICATE_MISSING;
        break;
      case identity::Lookup::State::kFound:
        *state = lookup.refresh ? SIPWARD_CERTIFICATE_STALE : SIPWARD_CERTIFICATE_FRESH;
        break;
      case identity::Lookup::State::kFailed:
        *state = SIPWARD_CERTIFICATE_FAILED;
        if (reason != nullptr) *reason = Text(identity::Describe(lookup.reason).name);
        break;
    }
    return SIPWARD_OK;
  });
}

int32_t sipward_certificate_url_check(const char* url, size_t size, uint32_t flags,
                                      sipward_text* reason) {
  if (!UsableBytes(url, size) || (flags & ~uint32_t{SIPWARD_URL_ANY_PORT}) != 0 ||
      !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    identity::X5uPolicy policy;
    policy.any_port = (flags & SIPWARD_URL_ANY_PORT) != 0;
    return Said(identity::CheckX5u(View(url, size), policy), reason);
  });
}

int32_t sipward_certificate_endpoint_check(const sipward_endpoint* endpoint, sipward_text* reason) {
  if (!Usable(endpoint) || endpoint->reserved != 0 || !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const auto ip = sipward::IpAddress::FromV6(endpoint->address);
  return Said(
      identity::IsPublicAddress(ip) ? identity::Reason::kOk : identity::Reason::kX5uAddressDenied,
      reason);
}

}  // extern "C"
