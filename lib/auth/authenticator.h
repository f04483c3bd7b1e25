// Checks the Digest credentials of requests.
#ifndef SIPWARD_AUTH_AUTHENTICATOR_H_
#define SIPWARD_AUTH_AUTHENTICATOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "auth/challenge.h"
#include "auth/policy.h"
#include "auth/reason.h"
#include "auth/request.h"
#include "state/state.h"

namespace sipward::auth {

// What a check noticed without refusing for it.
enum class Flag : uint8_t {
#define SIPWARD_AUTH_FLAG(symbol, name, text) symbol,
#include "auth/flag.def"
#undef SIPWARD_AUTH_FLAG
};
inline constexpr size_t kFlags = 0
#define SIPWARD_AUTH_FLAG(symbol, name, text) +1
#include "auth/flag.def"
#undef SIPWARD_AUTH_FLAG
    ;
struct FlagInfo {
  std::string_view name;
  std::string_view text;  // a sentence without its full stop
};
const FlagInfo& Describe(Flag flag);

// Views into the request, but for `user` where it was decoded: that lives until the next check.
struct Result {
  Outcome outcome = Outcome::kFail;
  Reason reason = Reason::kMalformed;
  uint16_t sip_code = 0;  // of the answer; 0: none
  bool stale = false;     // of the challenge that goes with it
  uint32_t flags = 0;     // 1 << Flag
  bool user_hashed = false;
  std::optional<Algorithm> algorithm;
  // Of the credentials; with user_hashed `user` is a hash of it.
  std::string_view scheme, user, realm, nonce, uri, response, algorithm_text, qop, nc;
};

// One thread's. Workers with the same policy, key and state are one.
class Authenticator {
 public:
  // `secret` makes the key of nonces, at least kLeastNonceKey octets. `region` may be null:
  // then nothing is known of what came before. `counter`: where the numbers of nonces begin;
  // workers must not begin at the same. Null: the region has no room.
  static std::unique_ptr<Authenticator> Create(const Policy& policy, std::string_view secret,
                                               state::Region* region, uint64_t counter);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // Without `known` up to where the account is needed; then the outcome is kPending, and the caller
  // looks for `user` and checks again. Costs a BLAKE2b until then, and three hashes behind it.
  // Allocates nothing but inside libcrypto.
  const Result& Check(const Request& request, const Credential* known);

  void SetKey(std::string_view secret);
  // A new nonce for this source.
  void MakeNonce(const IpAddress& source, Nanos wall, std::span<char, kNonceChars> out);
  // Header lines with a challenge for each algorithm, the strongest first. As WriteChallenges.
  size_t Challenge(const IpAddress& source, Nanos wall, bool stale, std::span<char> out);

  const Policy& policy() const;

 private:
  struct Impl;
  explicit Authenticator(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_AUTHENTICATOR_H_
