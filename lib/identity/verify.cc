#include "identity/verify.h"

#include <algorithm>

#include "identity/chain.h"
#include "identity/es256.h"
#include "identity/token.h"

namespace sipward::identity {
namespace {

constexpr size_t kMostTokens = size_t{2} * Policy::kMostHeaders;

int64_t Distance(int64_t a, int64_t b) { return a < b ? b - a : a - b; }

}  // namespace

struct Verifier::Scratch {
  Scratch(const Policy& the_policy, const CredentialSource& the_source, ReplayMemory* the_replay,
          const TokenCache* the_cache)
      : policy(the_policy), source(the_source), replay(the_replay), cache(the_cache) {
    for (size_t i = 0; i < kMostTokens; ++i) tokens[i] = &pool[i];
  }

  TokenSpan all() const { return {tokens.data(), count}; }

  void Run(const Request& the_request);
  bool Collect();
  void ReadHeaders();
  void ReadInner(uint8_t index);
  Reason JudgeCredential(Token* token);
  void CheckFreshness();
  void CheckDate(Token* token) const;
  void CheckParties();
  void CheckCredentials();
  void CheckTogether();
  void CheckReplay();
  Reason ReasonOf(const Token& token) const;
  void ReportHeaders();
  void ReportChains();
  void Report();
  void ReportVerified();
  std::string_view Verstat() const;

  const Policy& policy;
  const CredentialSource& source;
  ReplayMemory* const replay;
  const TokenCache* const cache;

  const Request* request = nullptr;
  RequestParties parties;
  std::array<Token, kMostTokens> pool;
  std::array<Token*, kMostTokens> tokens;
  size_t count = 0;    // of tokens: those of headers, then those within them
  size_t headers = 0;  // of them, those of headers
  TokenScratch scratch;
  Chain chain;
  std::array<HeaderResult, Policy::kMostHeaders> header_results;
  std::array<UsedChain, kMostTokens> used_chains;
  Result result;
};

bool Verifier::Scratch::Collect() {
  const auto identity = request->identity;
  count = headers = 0;
  if (identity.size() > std::min(policy.headers, Policy::kMostHeaders)) {
    result.reason = Reason::kIdentityCount;
    return false;
  }
  if (identity.empty()) {
    result.reason = Reason::kNoIdentity;
    return false;
  }
  for (size_t i = 0; i < identity.size(); ++i) {
    Token& token = pool[i];
    token.Clear(i);
    const auto before = identity.first(i);
    token.duplicate = std::find(before.begin(), before.end(), identity[i]) != before.end();
    if (token.duplicate) token.flags.Add(Flag::kDuplicateIdentity);
  }
  count = headers = identity.size();
  return true;
}

// Step "token" and "claims" of what stands in opt, and what stands in that.
void Verifier::Scratch::ReadInner(uint8_t index) {
  const uint8_t top = index;
  for (uint32_t depth = 1; pool[index].value.ppt == Ppt::kDivO; ++depth) {
    Token& outer = pool[index];
    if (depth > std::min(policy.div_depth, Policy::kMostDiv) || count == kMostTokens) {
      pool[top].reason = Reason::kOptInvalid;
      return;
    }
    const auto at = static_cast<uint8_t>(count++);
    Token& inner = pool[at];
    inner.Clear(outer.position);
    inner.outer = index;
    outer.inner = at;
    const bool full =
        CutToken(outer.claims.opt, &inner.value) == Reason::kOk && !inner.value.compact();
    inner.reason =
        full ? ReadToken(*request, parties, policy, scratch, &inner) : Reason::kOptInvalid;
    // A diversion without what it diverts says too little to stand within another.
    const bool right = inner.ok() && (inner.is_base() || inner.value.ppt == Ppt::kDivO);
    if (!right) {
      pool[top].reason = Reason::kOptInvalid;
      return;
    }
    pool[top].flags.Add(inner.flags);
    index = at;
  }
}

void Verifier::Scratch::ReadHeaders() {
  for (size_t i = 0; i < headers; ++i) {
    Token& token = pool[i];
    if (token.duplicate) continue;
    if (cache != nullptr && cache->Find(request->identity[i], &token)) continue;
    token.reason = ReadHeaderValue(request->identity[i], policy.header, &token.value);
    token.flags.Add(token.value.flags);
    token.ignored = token.reason == Reason::kPptUnsupported;
    if (token.ok()) token.reason = ReadToken(*request, parties, policy, scratch, &token);
    if (token.ok() && token.value.ppt == Ppt::kDivO) ReadInner(static_cast<uint8_t>(i));
  }
}

void Verifier::Scratch::CheckDate(Token* token) const {
  if (!request->knows_date) return;
  const bool refuses = policy.profile == Profile::kRfc8224;
  if (!request->date) {
    token->flags.Add(Flag::kDateMissing);
    if (refuses) token->reason = Reason::kDateStale;
    return;
  }
  if (Distance(request->now, *request->date) > policy.window) {
    token->flags.Add(Flag::kDateStale);
    if (refuses) token->reason = Reason::kDateStale;
  }
  if (Distance(token->claims.iat, *request->date) > policy.window) {
    token->flags.Add(Flag::kDateIatSkew);
  }
}

// Of a call that was diverted, the latest token must be fresh; the others are held against it.
void Verifier::Scratch::CheckFreshness() {
  const bool diverted = HasDiversion(all());
  for (Token* token : all()) {
    if (!token->ok() || !token->counts()) continue;
    const int64_t iat = token->claims.iat;
    const bool last = diverted ? token->outer == kNoToken && token->diverts() &&
                                     parties.target.IsAmong(token->claims)
                               : token->outer == kNoToken;
    if (last && request->now - iat > policy.window) {
      token->reason = Reason::kIatStale;
    } else if (iat - request->now > policy.skew) {
      token->reason = Reason::kIatFuture;
    } else if (last) {
      CheckDate(token);
    }
  }
}

void Verifier::Scratch::CheckParties() {
  const bool diverted = HasDiversion(all());
  bool arrives = false;  // some diversion leads to the called party
  for (const Token* token : all()) {
    arrives = arrives || (token->counts() && token->outer == kNoToken && token->diverts() &&
                          token->ok() && parties.target.IsAmong(token->claims));
  }
  for (Token* token : all()) {
    if (!token->ok() || !token->counts()) continue;
    if (token->diverts()) {
      if (token->outer == kNoToken && !arrives) token->reason = Reason::kDestMismatch;
      continue;
    }
    if (!parties.caller.usable()) {
      token->reason = Reason::kOrigSourceMissing;
    } else if (!parties.caller.Is(token->claims.orig)) {
      token->reason = Reason::kOrigMismatch;
    } else if (!diverted && !parties.called.IsAmong(token->claims)) {
      token->reason = Reason::kDestMismatch;
    }
  }
}

// What was said of the token before is so with the same credential alone.
Reason Verifier::Scratch::JudgeCredential(Token* token) {
  if (token->remembered && token->judged_by == token->credential->id()) return token->judged;
  token->judged = CheckCredential(*token, policy, scratch);
  if (token->judged == Reason::kOk) token->judged = CheckSignature(*token);
  token->judged_by = token->credential->id();
  const bool whole = token->outer == kNoToken && token->inner == kNoToken;
  if (cache != nullptr && whole && token->stands_alone && token->signature_size == kEs256Size) {
    cache->Keep(request->identity[token->position], *token);
  }
  return token->judged;
}

void Verifier::Scratch::CheckCredentials() {
  for (Token* token : all()) {
    if (!token->ok() || !token->counts()) continue;
    // Of what is remembered it was right.
    if (!token->remembered) token->reason = CheckX5u(token->value.info, policy.x5u);
    if (!token->ok()) continue;
    Lookup found = source.Find(token->position, token->value.info, request->now);
    token->flags.Add(found.flags);
    token->missing = found.state == Lookup::State::kMissing;
    if (token->missing) continue;
    token->chain = std::move(found.chain);
    if (found.state == Lookup::State::kFailed) {
      token->reason = found.reason;
      continue;
    }
    if (found.refresh && result.stale.empty()) result.stale = token->value.info;
    token->credential = std::move(found.credential);
    token->reason = JudgeCredential(token);
  }
}

// What a header says, with what stands in it.
Reason Verifier::Scratch::ReasonOf(const Token& token) const {
  const Token* at = &token;
  while (at->ok() && at->inner != kNoToken) at = &pool[at->inner];
  return at->reason;
}

// The set is judged only if every part of it holds: otherwise that is the reason.
void Verifier::Scratch::CheckTogether() {
  bool some_base = false;
  for (const Token* token : all()) some_base = some_base || (token->is_base() && token->ok());
  for (const Token* token : all()) {
    if (!token->counts()) continue;
    const bool spare = policy.best_of && some_base && token->is_base();
    if (token->missing || (!token->ok() && !spare)) return;
  }
  chain = CheckSet(all(), parties, policy);
}

void Verifier::Scratch::CheckReplay() {
  if (replay == nullptr || chain.base == kNoToken) return;
  for (size_t i = 0; i < headers; ++i) {
    Token& token = pool[i];
    if (!token.ok() || !token.counts()) continue;
    switch (replay->Take(token.signed_octets, request->call_id, request->from_tag,
                         request->monotonic)) {
      case ReplayMemory::Seen::kNew:
        break;
      case ReplayMemory::Seen::kSameCall:
        token.flags.Add(Flag::kRetransmission);
        break;
      case ReplayMemory::Seen::kUnknown:
        token.flags.Add(Flag::kReplayUnknown);
        break;
      case ReplayMemory::Seen::kOtherCall:
        token.reason = Reason::kReplay;
        break;
    }
  }
}

void Verifier::Scratch::ReportHeaders() {
  for (size_t i = 0; i < headers; ++i) {
    const Token& token = pool[i];
    HeaderResult& header = header_results[i];
    header = {};
    header.flags = token.flags;
    header.ignored = token.ignored;
    header.duplicate = token.duplicate;
    header.ppt = token.value.ppt;
    header.token = token.value.token;
    header.x5u = token.value.info;
    bool missing = false;
    for (const Token* at = &token; !missing; at = &pool[at->inner]) {
      missing = at->missing;
      header.flags.Add(at->flags);
      if (at->inner == kNoToken) break;
    }
    result.flags.Add(header.flags);
    const Reason reason = ReasonOf(token);
    header.reason =
        reason == Reason::kOk && (missing || token.duplicate) ? Reason::kNotChecked : reason;
    if (reason == Reason::kOk) continue;
    header.stage = Describe(reason).stage;
    header.sip_code = policy.codes.Of(reason);
  }
  result.headers = {header_results.data(), headers};
}

void Verifier::Scratch::ReportChains() {
  size_t size = 0;
  for (const Token* token : all()) {
    if (token->chain == nullptr) continue;
    const std::string_view url = token->value.info;
    const auto end = used_chains.begin() + static_cast<std::ptrdiff_t>(size);
    const auto at = std::find_if(used_chains.begin(), end, [&](const UsedChain& used) {
      return used.certificates == token->chain.get() && used.x5u == url;
    });
    if (at == end) used_chains[size++] = {url, 0, token->chain.get()};
    at->headers |= uint32_t{1} << token->position;
  }
  result.chains = {used_chains.data(), size};
}

std::string_view Verifier::Scratch::Verstat() const {
  switch (result.result) {
    case facts::IdentityResult::kFailed:
      if (result.reason == Reason::kCertUnavailable) break;
      return parties.caller.party().kind == PartyKind::kTn ? "TN-Validation-Failed"
                                                           : "No-TN-Validation";
    case facts::IdentityResult::kVerified: {
      const bool passed = result.attest == "A" || (result.attest == "B" && policy.passed_b) ||
                          (result.attest == "C" && policy.passed_c);
      const bool number = pool[chain.base].claims.orig.kind == PartyKind::kTn;
      if (passed && number) return "TN-Validation-Passed";
      break;
    }
    case facts::IdentityResult::kNone:
    case facts::IdentityResult::kPending:
      break;
  }
  return "No-TN-Validation";
}

void Verifier::Scratch::ReportVerified() {
  result.result = facts::IdentityResult::kVerified;
  result.reason = Reason::kOk;
  const Token& base = pool[chain.base];
  result.attest = base.claims.attest;
  result.origid = base.claims.origid;
  result.spc = base.credential->spc();
  result.issuer = base.credential->issuer();
  result.age = request->now - base.claims.iat;
  result.div_count = chain.div_count;
  for (size_t i = 0; i < headers; ++i) {
    const Token& token = pool[i];
    if (!token.ok() || !token.counts()) continue;
    if (result.nam.empty()) result.nam = token.claims.nam;
    if (result.crn.empty()) result.crn = token.claims.crn;
  }
}

void Verifier::Scratch::Report() {
  ReportHeaders();
  const bool spare_bases = policy.best_of && chain.base != kNoToken;
  const Token* missing = nullptr;
  Reason worst = Reason::kOk;
  Reason ignored = Reason::kNoIdentity;
  bool counted = false;
  for (const Token* token : all()) {
    if (token->missing && missing == nullptr) missing = token;
    if (token->outer != kNoToken || token->duplicate) continue;
    if (token->ignored) {
      ignored = Reason::kPptUnsupported;
      continue;
    }
    counted = true;
    const Reason reason = ReasonOf(*token);
    if (reason == Reason::kOk || (spare_bases && token->is_base())) continue;
    if (worst == Reason::kOk || Describe(reason).stage < Describe(worst).stage) worst = reason;
  }
  if (!counted) {
    result.result = facts::IdentityResult::kNone;
    result.reason = ignored;
    return;
  }
  if (ignored == Reason::kPptUnsupported) result.flags.Add(Flag::kPptIgnored);
  if (worst != Reason::kOk) {
    result.result = facts::IdentityResult::kFailed;
    result.reason = worst;
  } else if (missing != nullptr) {
    result.result = facts::IdentityResult::kPending;
    result.missing = missing->value.info;
  } else if (chain.base != kNoToken) {
    ReportVerified();
  } else {
    result.result = facts::IdentityResult::kFailed;
    result.reason = Reason::kInternal;
  }
}

void Verifier::Scratch::Run(const Request& the_request) {
  request = &the_request;
  result = {};
  chain = {};
  parties.Set(*request, policy);
  if (Collect()) {
    ReadHeaders();
    CheckFreshness();
    CheckParties();
    CheckCredentials();
    CheckTogether();
    CheckReplay();
    ReportChains();
    Report();
  } else if (result.reason == Reason::kNoIdentity) {
    result.result = facts::IdentityResult::kNone;
  } else {
    result.result = facts::IdentityResult::kFailed;
  }
  const bool none = result.result == facts::IdentityResult::kNone;
  if (!none || policy.require) result.sip_code = policy.codes.Of(result.reason);
  result.verstat = Verstat();
}

Verifier::Verifier(const Policy& policy, const CredentialSource& source, ReplayMemory* replay,
                   const TokenCache* cache)
    : scratch_(std::make_unique<Scratch>(policy, source, replay, cache)) {}

Verifier::~Verifier() = default;

const Result& Verifier::Verify(const Request& request) {
  scratch_->Run(request);
  return scratch_->result;
}

}  // namespace sipward::identity
