#include "auth/authenticator.h"

#include <sodium/randombytes.h>

#include <algorithm>
#include <array>
#include <utility>

#include "auth/credentials.h"
#include "auth/digest_uri.h"
#include "auth/hasher.h"
#include "auth/memory.h"
#include "auth/response.h"

namespace sipward::auth {

struct Authenticator::Impl {
  Impl(const Policy& given, std::string_view secret, uint64_t first)
      : policy(given), sealer(given.realm, given.binding, given.lifetime, secret), counter(first) {}
  ~Impl() {
    if (memory) memory->Close();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Reason Judge(const Request& request, const Credential* known);
  Reason Choose(const Request& request);
  Reason JudgeForm(const Request& request);
  Reason JudgeNonce(const Request& request) const;
  Reason JudgePast(const Request& request, const Credential& known);
  void Flagged(Flag flag) { result.flags |= 1u << static_cast<unsigned>(flag); }
  void Show(Reason reason);

  const Policy policy;
  NonceSealer sealer;
  uint64_t counter;
  Hasher hasher;
  std::optional<Memory> memory;
  // Of the last check: those that count, and room to read others.
  std::array<Credentials, 2> room;
  Credentials* chosen = nullptr;
  Result result;
};

namespace {

constexpr std::array<FlagInfo, kFlags> kFlagTable = {{
#define SIPWARD_AUTH_FLAG(symbol, name, text) {name, text},
#include "auth/flag.def"
#undef SIPWARD_AUTH_FLAG
}};

// Of several credentials for the realm those count that can be right, and of these the strongest.
bool IsBetter(const Credentials& one, const Credentials& than, Algorithms offered) {
  const auto rank = [offered](const Credentials& credentials) {
    if (credentials.reason == Reason::kOtherRealm) return -1;
    if (credentials.reason != Reason::kOk) return 0;
    if (!offered.Has(credentials.algorithm)) return 1;
    return 2 + static_cast<int>(StrengthOf(credentials.algorithm));
  };
  return rank(one) > rank(than);
}

}  // namespace

const FlagInfo& Describe(Flag flag) { return kFlagTable[static_cast<size_t>(flag)]; }

Reason Authenticator::Impl::Choose(const Request& request) {
  chosen = nullptr;
  bool several = false;
  for (const std::string_view value : request.credentials) {
    Credentials* next = chosen == room.data() ? &room[1] : room.data();
    if (!ReadCredentials(value, policy.realm, next)) continue;
    if (chosen != nullptr) {
      const bool ours = next->reason != Reason::kOtherRealm;
      several = several || (ours && chosen->reason != Reason::kOtherRealm);
      if (!IsBetter(*next, *chosen, policy.offered)) continue;
    }
    chosen = next;
  }
  if (several) Flagged(Flag::kSeveral);
  return chosen == nullptr ? Reason::kNoCredentials : chosen->reason;
}

Reason Authenticator::Impl::JudgeForm(const Request& request) {
  if (!policy.offered.Has(chosen->algorithm)) return Reason::kAlgorithmNotOffered;
  if (chosen->qop == Qop::kNone) {
    if (!policy.without_qop) return Reason::kQopMissing;
    Flagged(Flag::kWithoutQop);
  }
  if (chosen->qop == Qop::kAuthInt && !policy.integrity) return Reason::kQopNotOffered;
  const UriMatch match = CompareUris(chosen->uri, request.request_uri);
  if (match == UriMatch::kDifferent && !policy.any_uri) return Reason::kUriMismatch;
  if (match != UriMatch::kSame) Flagged(Flag::kUriDiffers);
  return Reason::kOk;
}

Reason Authenticator::Impl::JudgeNonce(const Request& request) const {
  switch (sealer.Check(chosen->nonce, request.source, request.wall)) {
    case NonceState::kGood:
      return Reason::kOk;
    case NonceState::kStale:
      return Reason::kNonceStale;
    case NonceState::kElsewhere:
      return Reason::kNonceElsewhere;
    case NonceState::kForged:
      break;
  }
  return Reason::kNonceForged;
}

// Only what is right changes what is remembered.
Reason Authenticator::Impl::JudgePast(const Request& request, const Credential& known) {
  if (!memory) {
    Flagged(Flag::kReplayUnknown);
    return Reason::kOk;
  }
  switch (memory->TakeCount(*chosen, request, policy.late)) {
    case state::Taken::kNew:
      break;
    case state::Taken::kSame:
      Flagged(Flag::kRetransmission);
      break;
    case state::Taken::kSeen:
      return Reason::kReplayed;
    case state::Taken::kLate:
      return Reason::kCountLate;
  }
  const std::string_view user = known.user.empty() ? chosen->name() : known.user;
  if (memory->CouldDoBetter(user, request.client, StrengthOf(chosen->algorithm), policy,
                            request.monotonic)) {
    Flagged(Flag::kDowngraded);
    if (policy.refuses_downgrade) return Reason::kDowngraded;
  }
  return Reason::kOk;
}

Reason Authenticator::Impl::Judge(const Request& request, const Credential* known) {
  if (request.method == "ACK" || request.method == "CANCEL") return Reason::kExempt;
  if (const Reason reason = Choose(request); reason != Reason::kOk) return reason;
  if (const Reason reason = JudgeForm(request); reason != Reason::kOk) return reason;
  if (const Reason reason = JudgeNonce(request); reason != Reason::kOk) return reason;
  if (known == nullptr) return Reason::kPending;
  const Reason response = CheckResponse(*chosen, *known, request, &hasher);
  return response == Reason::kOk ? JudgePast(request, *known) : response;
}

void Authenticator::Impl::Show(Reason reason) {
  constexpr uint16_t kUnauthorized = 401;
  constexpr uint16_t kProxyAuthenticationRequired = 407;
  const ReasonInfo& info = Describe(reason);
  result.reason = reason;
  result.outcome = info.outcome;
  result.stale = info.stale;
  const bool asks = info.sip_code == kUnauthorized;
  result.sip_code = asks && policy.proxy ? kProxyAuthenticationRequired : info.sip_code;
  if (chosen == nullptr) return;
  const bool named = reason != Reason::kMalformed && reason != Reason::kOtherRealm &&
                     reason != Reason::kAlgorithmUnknown && reason != Reason::kDuplicateParameter;
  if (named) result.algorithm = chosen->algorithm;
  result.user_hashed = chosen->user_hashed;
  result.scheme = chosen->scheme;
  result.user = chosen->name();
  result.realm = chosen->realm;
  result.nonce = chosen->nonce;
  result.uri = chosen->uri;
  result.response = chosen->response;
  result.algorithm_text = chosen->algorithm_text;
  result.qop = chosen->qop_text;
  result.nc = chosen->nc;
}

Authenticator::Authenticator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Authenticator::~Authenticator() = default;

std::unique_ptr<Authenticator> Authenticator::Create(const Policy& policy, std::string_view secret,
                                                     state::Region* region, uint64_t counter) {
  if (counter == 0) randombytes_buf(&counter, sizeof counter);
  auto impl = std::make_unique<Impl>(policy, secret, counter);
  if (region != nullptr) {
    impl->memory = Memory::Open(region, policy);
    if (!impl->memory) return nullptr;
  }
  return std::unique_ptr<Authenticator>(new Authenticator(std::move(impl)));
}

const Result& Authenticator::Check(const Request& request, const Credential* known) {
  impl_->result = {};
  impl_->chosen = nullptr;
  impl_->Show(impl_->Judge(request, known));
  return impl_->result;
}

void Authenticator::SetKey(std::string_view secret) { impl_->sealer.SetKey(secret); }

void Authenticator::MakeNonce(const IpAddress& source, Nanos wall,
                              std::span<char, kNonceChars> out) {
  impl_->sealer.Make(source, wall, impl_->counter++, out);
}

size_t Authenticator::Challenge(const IpAddress& source, Nanos wall, bool stale,
                                std::span<char> out) {
  std::array<char, kNonceChars> nonce;
  MakeNonce(source, wall, nonce);
  return WriteChallenges(impl_->policy, {nonce.data(), nonce.size()}, stale, out);
}

const Policy& Authenticator::policy() const { return impl_->policy; }

}  // namespace sipward::auth
