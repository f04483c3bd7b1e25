// What a host asks of Digest credentials.
#ifndef SIPWARD_AUTH_POLICY_H_
#define SIPWARD_AUTH_POLICY_H_

#include <cstdint>
#include <string>

#include "auth/algorithm.h"
#include "auth/nonce.h"
#include "base/time.h"

namespace sipward::auth {

struct Policy {
  std::string realm;  // IsRealm
  // SHA-256, and MD5 for what knows no better (RFC 8760 section 2.4).
  Algorithms offered{1u << static_cast<unsigned>(Algorithm::kSha256) |
                     1u << static_cast<unsigned>(Algorithm::kMd5)};
  bool proxy = false;              // Proxy-Authorization, and 407
  bool integrity = false;          // qop auth-int is offered too
  bool user_hash = false;          // userhash is offered
  bool without_qop = false;        // credentials as of RFC 2069 are taken: they count no requests
  bool any_uri = false;            // one that is not the Request-URI is flagged, not refused
  bool refuses_downgrade = false;  // a client that could do better is refused, not flagged
  Binding binding = Binding::kNetwork;
  Nanos lifetime = 5 * kMinute;  // of a nonce
  // How far a nonce count may lie behind the highest: messages overtake each other.
  uint32_t late = 16;
  Nanos remembers = 90 * kDay;  // what a client could do
  // Of the tables in the state.
  uint32_t nonces = 16'384;
  uint32_t clients = 65'536;
};

inline constexpr Nanos kLongestLife = kDay;
inline constexpr size_t kLongestRealm = 255;

// Printable ASCII or UTF-8 without quotes and backslashes, so that it reads alike for everybody;
// not empty.
bool IsRealm(std::string_view text);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_POLICY_H_
