// Digest credentials checked, and asked for (RFC 7616, RFC 8760).
//
//   sipward::AuthOptions options("example.org", key);
//   auto authenticator = sipward::Authenticator::Create(options, &state).value();
//   sipward::AuthRequest request;
//   request.set_source(source).set_wall(now).set_monotonic(monotonic);
//   auto found = authenticator.Check(message, request).value();
//   if (found.pending()) found = authenticator.Check(message, request, Find(found.user)).value();
//   if (const auto event = authenticator.event()) inspector.Inspect(*event);
//   if (!found.success() && found.sip_code != 0) ... authenticator.Challenge(request, found.stale)
#ifndef SIPWARD_AUTH_H_
#define SIPWARD_AUTH_H_

#include <sipward.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sipward/event.h"
#include "sipward/handle.h"
#include "sipward/message_view.h"
#include "sipward/packet.h"
#include "sipward/result.h"
#include "sipward/state.h"
#include "sipward/status.h"

namespace sipward {

enum class AuthOutcome : uint8_t {
  kPending = SIPWARD_AUTH_PENDING,  // nothing yet: check again with the account of `user`
  kSuccess = SIPWARD_AUTH_SUCCESS,
  kFail = SIPWARD_AUTH_FAIL,
  kChallenged = SIPWARD_AUTH_CHALLENGED,  // there are no credentials for the realm
  kExempt = SIPWARD_AUTH_EXEMPT,          // ACK and CANCEL: nothing was checked
};

// What of the source a nonce is good for.
enum class NonceBinding : uint8_t {
  kNetwork = SIPWARD_NONCE_OF_NETWORK,  // its /24, or its /64
  kHost = SIPWARD_NONCE_OF_HOST,        // its address, or its /64 for IPv6
  kAnybody = SIPWARD_NONCE_OF_ANYBODY,
};

// What a host asks for. 0 in a number is the default.
struct AuthOptions {
  // `key`: the secret of nonces, 16 octets or more; workers that have the same take each other's.
  AuthOptions(std::string given_realm, std::string given_key)
      : realm(std::move(given_realm)), key(std::move(given_key)) {}

  std::string realm;
  std::string key;
  uint32_t flags = 0;       // SIPWARD_AUTH_PROXY ...
  uint32_t algorithms = 0;  // SIPWARD_DIGEST_... [SHA-256 and MD5]
  NonceBinding binding = NonceBinding::kNetwork;
  std::chrono::seconds lifetime{0};  // of a nonce, up to a day [5 minutes]
  uint32_t late = 0;     // how far a nonce count may lie behind the highest, up to 63 [16]
  uint32_t nonces = 0;   // that are remembered [16,384]
  uint32_t clients = 0;  // that are remembered [65,536]
};

// What a request says of its sender. Texts are views: they must live as long as what a check found
// is read. For a message only source and times count. Reusable.
class AuthRequest {
 public:
  using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;
  using MonotonicTime =
      std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

  AuthRequest() noexcept { request_.struct_size = sizeof request_; }

  AuthRequest& set_source(const Endpoint& source) noexcept {
    std::copy(source.address.begin(), source.address.end(), request_.source.address);
    request_.source.port = source.port;
    return *this;
  }
  AuthRequest& set_wall(WallTime time) noexcept {
    request_.wall_ns = time.time_since_epoch().count();
    return *this;
  }
  AuthRequest& set_monotonic(MonotonicTime time) noexcept {
    request_.monotonic_ns = time.time_since_epoch().count();
    return *this;
  }
  // A value of Authorization, or of Proxy-Authorization; at most 16.
  AuthRequest& AddCredentials(detail::Borrowed value) {
    credentials_.push_back({value.data(), value.size()});
    return *this;
  }
  AuthRequest& set_method(detail::Borrowed text) noexcept { return Set(text, &request_.method); }
  AuthRequest& set_request_uri(detail::Borrowed uri) noexcept {
    return Set(uri, &request_.request_uri);
  }
  AuthRequest& set_body(detail::Borrowed body) noexcept { return Set(body, &request_.body); }
  // Nobody has the body, which is not the same as none.
  AuthRequest& set_body_unseen() noexcept {
    request_.flags = SIPWARD_AUTH_BODY_UNSEEN;
    return *this;
  }
  // Call-ID, number of CSeq and branch of the topmost Via tell a retransmission from a replay.
  AuthRequest& set_call_id(detail::Borrowed id) noexcept { return Set(id, &request_.call_id); }
  AuthRequest& set_cseq(detail::Borrowed number) noexcept { return Set(number, &request_.cseq); }
  AuthRequest& set_branch(detail::Borrowed text) noexcept { return Set(text, &request_.branch); }
  // The value of User-Agent.
  AuthRequest& set_client(detail::Borrowed name) noexcept { return Set(name, &request_.client); }
  void ClearCredentials() noexcept { credentials_.clear(); }

  // Valid until this is changed.
  sipward_auth_request c_request() const noexcept {
    sipward_auth_request out = request_;
    out.credentials = credentials_.data();
    out.credential_count = credentials_.size();
    return out;
  }

 private:
  AuthRequest& Set(detail::Borrowed text, sipward_text* to) noexcept {
    *to = {text.data(), text.size()};
    return *this;
  }

  sipward_auth_request request_{};
  std::vector<sipward_text> credentials_;
};

// What the host knows of a user: a password, or HA1 for the algorithms that it offers. Views.
class AuthAccount {
 public:
  // There is no such user; that takes as long as a wrong password.
  static AuthAccount Unknown() noexcept {
    AuthAccount account;
    account.account_.unknown = 1;
    return account;
  }
  static AuthAccount Password(detail::Borrowed password) noexcept {
    AuthAccount account;
    return account.Set(password, &account.account_.password);
  }
  // Hexadecimal digits; what is empty is not known.
  static AuthAccount Ha1(detail::Borrowed md5, detail::Borrowed sha_256,
                         detail::Borrowed sha_512_256 = {}) noexcept {
    AuthAccount account;
    account.Set(md5, &account.account_.ha1_md5);
    account.Set(sha_256, &account.account_.ha1_sha_256);
    return account.Set(sha_512_256, &account.account_.ha1_sha_512_256);
  }
  // The user's name: needed where the request has a hash of it.
  AuthAccount& set_user(detail::Borrowed user) noexcept { return Set(user, &account_.user); }

  const sipward_auth_account& c_account() const noexcept { return account_; }

 private:
  AuthAccount() noexcept { account_.struct_size = sizeof account_; }
  AuthAccount& Set(detail::Borrowed text, sipward_text* to) noexcept {
    *to = {text.data(), text.size()};
    return *this;
  }

  sipward_auth_account account_{};
};

// What a reason means.
struct AuthReason {
  AuthOutcome outcome = AuthOutcome::kFail;
  uint32_t sip_code = 0;  // of the answer, 407 for 401 at a proxy; 0: none
  bool stale = false;
  std::string_view fact;  // what rules know as `reason` on auth: "wrong_password"
  std::string_view text;  // a sentence without its full stop

  // Nothing if no reason has this name.
  static std::optional<AuthReason> Find(std::string_view name) noexcept {
    sipward_auth_reason_info info{};
    info.struct_size = sizeof info;
    if (sipward_auth_reason(name.data(), name.size(), &info) != SIPWARD_OK) return {};
    return AuthReason{static_cast<AuthOutcome>(info.outcome), info.sip_code, info.stale != 0,
                      detail::View(info.fact), detail::View(info.text)};
  }
};

// What a check noticed without refusing for it.
struct AuthFlag {
  std::string_view name;  // "DOWNGRADED"
  std::string_view text;  // a sentence without its full stop

  // Of `flags`, bits 1 << SIPWARD_AUTH_FLAG_..., in their order.
  static std::vector<AuthFlag> Of(uint32_t flags) {
    std::vector<AuthFlag> found;
    sipward_text name{};
    sipward_text text{};
    for (uint32_t i = 0; sipward_auth_flag(i, &name, &text) == SIPWARD_OK; ++i) {
      if ((flags >> i & 1) != 0) found.push_back({detail::View(name), detail::View(text)});
    }
    return found;
  }
};

// What came of a check. Texts live until the next, and as long as what was checked.
struct AuthFound {
  AuthOutcome outcome = AuthOutcome::kFail;
  std::string_view reason;  // "OK", or of the first step that failed: "NONCE_STALE"
  uint32_t sip_code = 0;    // of the answer; 0: none
  bool stale = false;       // of the challenge that goes with it
  uint32_t flags = 0;       // 1 << SIPWARD_AUTH_FLAG_...
  bool user_hashed = false;
  std::string_view fact;  // as in AuthReason
  // Of the credentials; with user_hashed `user` is a hash.
  std::string_view user, realm, nonce, uri, response, algorithm, qop, nc;

  bool success() const noexcept { return outcome == AuthOutcome::kSuccess; }
  bool pending() const noexcept { return outcome == AuthOutcome::kPending; }
};

// One thread's; workers make theirs after they were forked.
class Authenticator {
 public:
  // `state`, which may be null, is where nonces and clients are remembered, so that replays and
  // downgrades are found. kStateFull: it has no room. kUnsupported if the library was built without
  // identity.
  static Result<Authenticator> Create(const AuthOptions& options, const State* state) {
    sipward_auth_options given{};
    given.struct_size = sizeof given;
    given.flags = options.flags;
    given.realm = {options.realm.data(), options.realm.size()};
    given.key = {options.key.data(), options.key.size()};
    given.algorithms = options.algorithms;
    given.binding = static_cast<uint32_t>(options.binding);
    given.lifetime_s = static_cast<uint64_t>(options.lifetime.count());
    given.late = options.late;
    given.nonces = options.nonces;
    given.clients = options.clients;
    given.state = state != nullptr ? state->c_state() : nullptr;
    sipward_authenticator* authenticator = nullptr;
    const Status status = Status::FromC(sipward_authenticator_create(&given, &authenticator));
    if (!status.ok()) return Error{status};
    return Authenticator(authenticator);
  }

  // The key of nonces that are made from now on; those of the key before stay good.
  Status SetKey(std::string_view key) noexcept {
    return Status::FromC(
        sipward_authenticator_set_key(authenticator_.get(), key.data(), key.size()));
  }

  // Costs a BLAKE2b without an account, and three hashes with one.
  Result<AuthFound> Check(const AuthRequest& request,
                          const std::optional<AuthAccount>& account = {}) {
    const sipward_auth_request given = request.c_request();
    sipward_auth_result found{};
    found.struct_size = sizeof found;
    return Found(
        sipward_authenticator_check(authenticator_.get(), &given, Pointer(account), &found), found);
  }
  // Of a request that was parsed; of `request` source and times count. kEnd: it is no request.
  Result<AuthFound> Check(MessageView message, const AuthRequest& request,
                          const std::optional<AuthAccount>& account = {}) {
    const sipward_auth_request given = request.c_request();
    sipward_auth_result found{};
    found.struct_size = sizeof found;
    const int32_t status = sipward_authenticator_check_message(
        authenticator_.get(), message.c_message(), &given, Pointer(account), &found);
    return Found(status, found);
  }

  // What the last check came to, for Inspector::Inspect; nothing if it came to nothing. Texts live
  // as those of what was found.
  std::optional<HostEvent> event() const noexcept {
    sipward_host_event out{};
    out.struct_size = sizeof out;
    if (sipward_authenticator_event(authenticator_.get(), &out) != SIPWARD_OK) return {};
    return HostEvent(out);
  }

  // Header lines with a new nonce for the source of `request`, with their line ends: one for each
  // algorithm, the strongest first.
  Result<std::string> Challenge(const AuthRequest& request, bool stale = false) {
    const sipward_auth_request given = request.c_request();
    std::array<char, 4096> lines;
    size_t size = 0;
    const Status status = Status::FromC(sipward_authenticator_challenge(
        authenticator_.get(), &given, stale ? 1 : 0, lines.data(), lines.size(), &size));
    if (!status.ok()) return Error{status};
    return std::string(lines.data(), size);
  }

  const sipward_authenticator* c_authenticator() const noexcept { return authenticator_.get(); }

 private:
  explicit Authenticator(sipward_authenticator* authenticator) noexcept
      : authenticator_(authenticator) {}

  static const sipward_auth_account* Pointer(const std::optional<AuthAccount>& account) noexcept {
    return account ? &account->c_account() : nullptr;
  }
  static Result<AuthFound> Found(int32_t status, const sipward_auth_result& found) {
    if (status != SIPWARD_OK) return Error{Status::FromC(status)};
    AuthFound out;
    out.outcome = static_cast<AuthOutcome>(found.outcome);
    out.reason = detail::View(found.reason);
    out.sip_code = found.sip_code;
    out.stale = found.stale != 0;
    out.flags = found.flags;
    out.user_hashed = found.user_hashed != 0;
    out.fact = detail::View(found.fact);
    out.user = detail::View(found.user);
    out.realm = detail::View(found.realm);
    out.nonce = detail::View(found.nonce);
    out.uri = detail::View(found.uri);
    out.response = detail::View(found.response);
    out.algorithm = detail::View(found.algorithm);
    out.qop = detail::View(found.qop);
    out.nc = detail::View(found.nc);
    return out;
  }

  detail::Handle<sipward_authenticator, sipward_authenticator_destroy> authenticator_;
};

// HA1 of an algorithm (SIPWARD_DIGEST_...) in hexadecimal digits, which a host may keep in place of
// a password; without a password the hash by which a request may name its user.
inline Result<std::string> AuthHash(uint32_t algorithm, std::string_view user,
                                    std::string_view realm, std::string_view password = {}) {
  const auto c_text = [](std::string_view text) { return sipward_text{text.data(), text.size()}; };
  const sipward_text texts[] = {c_text(user), c_text(realm), c_text(password)};
  std::array<char, 64> digits;
  size_t size = 0;
  const Status status = Status::FromC(sipward_auth_hash(algorithm, &texts[0], &texts[1], &texts[2],
                                                        digits.data(), digits.size(), &size));
  if (!status.ok()) return Error{status};
  return std::string(digits.data(), size);
}

}  // namespace sipward

#endif  // SIPWARD_AUTH_H_
