// Identity headers verified and signed by sipward, every step of it being done.
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "benchmarks/passport.h"
#include "benchmarks/workload.h"
#include "identity/identity.h"

namespace sipward::bench {
namespace {

void Must(bool ok, const char* what) { MustOpenssl(ok, what); }

// What all rows have: the tokens in turn.
class TokenWorkload : public Workload {
 public:
  void Run(uint64_t tokens) override {
    for (uint64_t i = 0; i < tokens; ++i) {
      Handle(next_);
      next_ = next_ + 1 == passports_.all().size() ? 0 : next_ + 1;
    }
  }
  uint64_t Round() const override { return passports_.all().size(); }
  double Bytes() const override { return passports_.MeanSigningInput(); }

 protected:
  const Passports& passports() const { return passports_; }

 private:
  virtual void Handle(size_t index) = 0;

  Passports passports_;
  size_t next_ = 0;
};

// The requests that the tokens belong to, as a proxy would have them.
class VerifyWorkload : public TokenWorkload {
 protected:
  explicit VerifyWorkload(const identity::TrustPolicy& trust = {})
      : store_(HashSecret{}, trust), source_(store_) {
    Must(store_.SetAnchors(passports().anchor(), passports().now()) == identity::Reason::kOk,
         "anchors");
    Provide();
    region_ = state::Region::Create(1 << 20, HashSecret{});
    replay_ = identity::ReplayMemory::Open(region_.get(), 60, 1024);
    Must(replay_.has_value(), "a memory of tokens");
    for (const Passport& passport : passports().all()) {
      Call& call = calls_.emplace_back();
      call.from = "sip:+" + passport.orig + "@example.net;user=phone";
      call.to = "sip:+" + passport.dest + "@example.com;user=phone";
      call.id = passport.origid;
      call.identity = passport.identity;
    }
    for (size_t i = 0; i < calls_.size(); ++i) {
      Call& call = calls_[i];
      identity::Request& request = call.request;
      request.identity = {&call.identity, 1};
      request.from = call.from;
      request.to = request.request_uri = call.to;
      request.call_id = request.from_tag = call.id;
      request.now = passports().now() + 1;
    }
  }

  void Provide() {
    Must(store_.ProvideCertificate(Passports::kUrl, passports().certificate(), passports().now(),
                                   -1) == identity::Reason::kOk,
         "a certificate");
  }
  void Prepare(const identity::Policy& policy, const identity::TokenCache* cache = nullptr) {
    policy_ = policy;
    verifier_.emplace(policy_, source_, &*replay_, cache);
  }
  const identity::TrustStore& store() const { return store_; }
  void Handle(size_t index) override {
    const identity::Result& result = verifier_->Verify(calls_[index].request);
    Must(result.result == facts::IdentityResult::kVerified && result.attest == "A", "verifying");
  }

 private:
  struct Call {
    std::string from, to, id;
    std::string_view identity;
    identity::Request request;
  };

  identity::TrustStore store_;
  identity::StoreSource source_;
  std::unique_ptr<state::Region> region_;
  std::optional<identity::ReplayMemory> replay_;
  std::vector<Call> calls_;
  identity::Policy policy_;
  std::optional<identity::Verifier> verifier_;
};

class WarmWorkload final : public VerifyWorkload {
 public:
  WarmWorkload() { Prepare({}); }
};

class TableWorkload final : public VerifyWorkload {
 public:
  TableWorkload() : VerifyWorkload({.key_tables = 1}) {
    Prepare({});
    // Until the key has its table and the first of its verifications were done both ways.
    Run(16 * Round());
    Must(store().statistics().key_tables == 1, "a table");
  }
  std::string Outcome() override {
    const auto seen = store().statistics();
    return std::to_string(seen.table_disagreements) + " of " +
           std::to_string(seen.table_comparisons) + " compared with libcrypto differ";
  }
};

class CachedWorkload final : public VerifyWorkload {
 public:
  CachedWorkload() { Prepare({}, &cache_); }
  // Once each token was verified, all the others are out of the cache.
  std::string Outcome() override {
    const auto seen = cache_.statistics();
    return std::to_string(seen.misses) + " of the tokens were verified, " +
           (seen.hits > seen.misses ? "all others were not" : "too many");
  }

 private:
  identity::TokenCache cache_{1024};
};

class ColdWorkload final : public VerifyWorkload {
 public:
  ColdWorkload() { Prepare({}); }

 private:
  void Handle(size_t index) override {
    Provide();
    VerifyWorkload::Handle(index);
  }
};

class SignWorkload final : public TokenWorkload {
 public:
  explicit SignWorkload(bool verify) {
    identity::SignerPolicy policy;
    policy.verify = verify;
    identity::LocalKey::Read read = identity::LocalKey::FromPem(passports().PrivateKeyPem());
    identity::Signer::Made made = identity::Signer::Make(
        std::move(read.key), passports().certificate(), Passports::kUrl, policy, passports().now());
    Must(made.outcome.ok(), "a signer");
    signer_ = std::move(made.signer);
  }

 private:
  void Handle(size_t index) override {
    const Passport& call = passports().all()[index];
    const identity::Party dest[] = {{.kind = identity::PartyKind::kTn, .text = call.dest}};
    const identity::Passport passport{.ppt = identity::Ppt::kShaken,
                                      .orig = {.kind = identity::PartyKind::kTn, .text = call.orig},
                                      .dest = dest,
                                      .attest = "A",
                                      .origid = call.origid};
    Must(signer_->Sign(passport, passports().now(), &value_).ok(), "signing");
    Use(value_.size());
  }

  std::unique_ptr<identity::Signer> signer_;
  std::string value_;
};

}  // namespace

void AddIdentityCases(Catalogue& rows) {
  rows.push_back({"identity", "warm", "sipward",
                  "Verifier::Verify: token, claims, time and parties read and checked, certificate "
                  "found in the store with its chain, dates and revocation, signature verified, "
                  "token looked up among those seen",
                  [] { return std::make_unique<WarmWorkload>(); }});
  rows.push_back(
      {"identity", "table", "sipward",
       "as warm, with TrustPolicy::key_tables: the signature is verified with a table of "
       "the key, and one in 1,024 by libcrypto too",
       [] { return std::make_unique<TableWorkload>(); }});
  rows.push_back(
      {"identity", "cached", "sipward",
       "as warm, with tokens that came before: what they say and what their signature is "
       "worth is remembered, all else is judged anew",
       [] { return std::make_unique<CachedWorkload>(); }});
  rows.push_back({"identity", "cold", "sipward",
                  "as warm, and before it the certificate handed in as PEM, checked, and its path "
                  "to the anchor built and verified",
                  [] { return std::make_unique<ColdWorkload>(); }});
  rows.push_back({"identity", "sign", "sipward",
                  "Signer::Sign: claims checked, canonical JSON written, signed with a key that "
                  "stays in locked memory between signatures",
                  [] { return std::make_unique<SignWorkload>(false); }});
  rows.push_back({"identity", "sign-verified", "sipward",
                  "as sign, and what was signed is verified, as the Signer does unless told not to",
                  [] { return std::make_unique<SignWorkload>(true); }});
}

}  // namespace sipward::bench
