// What asks for credentials.
#ifndef SIPWARD_AUTH_CHALLENGE_H_
#define SIPWARD_AUTH_CHALLENGE_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "auth/policy.h"

namespace sipward::auth {

// Lines `WWW-Authenticate: Digest realm="...", ...`, or of Proxy-Authenticate, with their line
// ends: one for each algorithm that is offered, the strongest first (RFC 8760 section 2.4). Returns
// their size; nothing is written if `out` is smaller.
size_t WriteChallenges(const Policy& policy, std::string_view nonce, bool stale,
                       std::span<char> out);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_CHALLENGE_H_
