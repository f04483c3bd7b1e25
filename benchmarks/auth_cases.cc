#include <array>
#include <string>
#include <string_view>

#include "auth/auth.h"
#include "benchmarks/workload.h"
#include "state/state.h"

namespace sipward::bench {
namespace {

constexpr Nanos kWall = 1'800'000'000 * kSecond;
constexpr std::string_view kRealm = "example.org";
constexpr std::string_view kUri = "sip:example.org";

class AuthWorkload : public Workload {
 protected:
  AuthWorkload() {
    auth::Policy policy;
    policy.realm = kRealm;
    authenticator_ =
        auth::Authenticator::Create(policy, "a secret of the benchmarks", region_.get(), 1);
    source_ = IpAddress::FromV4(0xC0000207);
  }
  std::string Nonce() {
    std::array<char, auth::kNonceChars> nonce;
    authenticator_->MakeNonce(source_, kWall, nonce);
    return {nonce.data(), nonce.size()};
  }
  double Bytes() const override { return auth::kNonceChars; }

  const std::unique_ptr<state::Region> region_ = state::Region::Create(uint64_t{64} << 20, {});
  std::unique_ptr<auth::Authenticator> authenticator_;
  IpAddress source_;
};

class NonceWorkload final : public AuthWorkload {
 public:
  void Run(uint64_t messages) override {
    std::array<char, auth::kNonceChars> nonce;
    for (uint64_t i = 0; i < messages; ++i) {
      authenticator_->MakeNonce(source_, kWall, nonce);
      Use(nonce);
    }
  }
};

// Credentials of one client, with counts that grow.
class CheckWorkload final : public AuthWorkload {
 public:
  CheckWorkload(auth::Strength strength, std::string_view algorithm, bool known)
      : known_(known), nonce_(Nonce()) {
    const auto hash = [strength](std::string_view a, std::string_view b, std::string_view c) {
      const auth::HashText text =
          c.empty() ? MakeUserHash(strength, a, b) : MakeHa1(strength, a, b, c);
      return std::string(text.digits.data(), text.size);
    };
    ha1_ = hash("alice", kRealm, "open sesame");
    const std::string rest = "00000001:c:auth:" + hash("REGISTER", kUri, "");
    value_ = "Digest username=\"alice\", realm=\"example.org\", nonce=\"" + nonce_ +
             "\", uri=\"sip:example.org\", response=\"" + hash(ha1_, nonce_, rest) +
             "\", algorithm=" + std::string(algorithm) + ", qop=auth, nc=00000001, cnonce=\"c\"";
    view_ = value_;
    request_.credentials = {&view_, 1};
    request_.method = "REGISTER";
    request_.request_uri = kUri;
    request_.body = "";
    request_.call_id = "1@192.0.2.7";
    request_.cseq = "1";
    request_.branch = "z9hG4bK1";
    request_.client = "Phone/1.0";
    request_.source = source_;
    request_.wall = kWall;
    account_.ha1[static_cast<size_t>(strength)] = ha1_;
  }
  void Run(uint64_t messages) override {
    for (uint64_t i = 0; i < messages; ++i) {
      const auth::Result& result = authenticator_->Check(request_, known_ ? &account_ : nullptr);
      Use(result.reason);
      right_ = right_ && result.reason == (known_ ? auth::Reason::kOk : auth::Reason::kPending);
    }
  }
  double Bytes() const override { return static_cast<double>(value_.size()); }
  std::string Outcome() override { return right_ ? "" : "refused"; }

 private:
  bool known_;
  bool right_ = true;
  std::string nonce_, ha1_, value_;
  std::string_view view_;
  auth::Request request_;
  auth::Credential account_;
};

}  // namespace

void AddAuthCases(Catalogue& rows) {
  rows.push_back({"identity", "nonce", "sipward", "a nonce made: two BLAKE2b",
                  [] { return std::make_unique<NonceWorkload>(); }});
  rows.push_back(
      {"identity", "digest-pending", "sipward",
       "Authenticator::Check without an account: credentials read, nonce judged",
       [] { return std::make_unique<CheckWorkload>(auth::Strength::kSha256, "SHA-256", false); }});
  rows.push_back({"identity", "digest-md5", "sipward",
                  "the same with HA1: two hashes, count and client looked up in the state", [] {
                    return std::make_unique<CheckWorkload>(auth::Strength::kMd5, "MD5", true);
                  }});
  rows.push_back(
      {"identity", "digest-sha256", "sipward", "as digest-md5",
       [] { return std::make_unique<CheckWorkload>(auth::Strength::kSha256, "SHA-256", true); }});
}

}  // namespace sipward::bench
