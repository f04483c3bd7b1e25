// The library checks callers: what a host writes for it, with certificates that the test makes.
#include "sipward/trust.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "sample.h"
#include "tests/identity/made_pki.h"

namespace sipward {
namespace {

constexpr std::string_view kUrl = "https://certs.example.net/1234.pem";
constexpr char kPolicy[] = R"(version 1
rule forged { on request when identity.result == failed then reject 438 "Invalid Identity Header" }
rule known { on request when (identity.attest ?? "") == "A" and (identity.spc ?? "") == "1234" then tag "known" }
)";

class TrustTest : public testing::Test {
 protected:
  TrustTest() {
    EXPECT_EQ(trust_.SetAnchors(pki_.anchor(), now()), "");
    packet_.wall += std::chrono::seconds(identity::MadePki::kNow);
  }
  static TrustStore::Time now() {
    return TrustStore::Time(std::chrono::seconds(identity::MadePki::kNow));
  }
  std::string Token(int64_t age = 0) const {
    return identity::SignToken(
        leaf_,
        R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + std::string(kUrl) + "\"}",
        R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" +
            std::to_string(identity::MadePki::kNow - age) +
            R"(,"orig":{"tn":"12025550101"},"origid":"6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"})");
  }
  static std::string Invite(std::string_view token, std::string_view call_id) {
    return "INVITE sip:+12025550102@example.com SIP/2.0\r\n"
           "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK" +
           std::string(call_id) +
           "\r\nMax-Forwards: 70\r\nFrom: <sip:+12025550101@example.com>;tag=1\r\n"
           "To: <sip:+12025550102@example.com>\r\nCall-ID: " +
           std::string(call_id) + "\r\nCSeq: 1 INVITE\r\nIdentity: " + std::string(token) +
           ";info=<" + std::string(kUrl) + ">;alg=ES256;ppt=shaken\r\nContent-Length: 0\r\n\r\n";
  }
  Verdict Inspect(std::string_view token, std::string_view call_id) {
    text_ = Invite(token, call_id);
    packet_.bytes = text_;
    return inspector_.Inspect(packet_);
  }

  const identity::MadePki pki_;
  const identity::MadeLeaf leaf_ = pki_.MakeLeaf();
  const TrustStore trust_ = [] {
    TrustOptions options;
    options.key_tables = 1;
    return TrustStore::Create(options).value();
  }();
  const Engine engine_ = [this] {
    const Rules rules = Rules::FromText("test.ward", kPolicy).value();
    EngineOptions options;
    options.trust = &trust_;
    return Engine::Create(rules, State::Create({}).value(), options).value();
  }();
  Inspector inspector_ = Inspector::Create(engine_).value();
  Packet packet_;
  std::string text_;
};

TEST_F(TrustTest, AMissingCertificateIsProvidedAndTheVerdictGoesOn) {
  const Verdict first = Inspect(Token(), "a");
  ASSERT_TRUE(first.pending());
  EXPECT_EQ(first.certificate_url(), kUrl);
  EXPECT_EQ(trust_.Provide(first.certificate_url(), leaf_.pem, now()), "");
  Verdict verdict;
  ASSERT_TRUE(inspector_.Resume(packet_, first.ticket(), verdict).ok());
  EXPECT_FALSE(verdict.pending());
  ASSERT_EQ(verdict.tag_count(), 1u);
  EXPECT_EQ(verdict.TagAt(0)->text, "known");
  // The next call finds it, but not with the same token.
  EXPECT_EQ(Inspect(Token(), "b").action(), Action::kReject);
  EXPECT_EQ(Inspect(Token(1), "c").tag_count(), 1u);
  EXPECT_EQ(engine_.statistics().identity_checks, 4u);
}

TEST_F(TrustTest, AKeyThatVerifiesOftenHasATable) {
  EXPECT_EQ(trust_.Provide(kUrl, leaf_.pem, now()), "");
  for (int64_t i = 0; i < 50; ++i) {
    EXPECT_EQ(Inspect(Token(i), "t" + std::to_string(i)).tag_count(), 1u);
  }
  const sipward_trust_statistics counted = trust_.statistics();
  EXPECT_EQ(counted.certificates, 1u);
  EXPECT_EQ(counted.key_tables, 1u);
  EXPECT_GT(counted.table_comparisons, 0u);
  EXPECT_EQ(counted.table_disagreements, 0u);
}

TEST_F(TrustTest, AForgedTokenIsRefused) {
  EXPECT_EQ(trust_.Provide(kUrl, leaf_.pem, now()), "");
  std::string token = Token();
  token[token.rfind('.') + 3] ^= 1;
  const Verdict verdict = Inspect(token, "d");
  EXPECT_EQ(verdict.action(), Action::kReject);
  EXPECT_EQ(verdict.sip_code(), 438u);
}

TEST_F(TrustTest, SaysWhatIsWrongWithWhatItIsGiven) {
  EXPECT_EQ(trust_.SetAnchors("nonsense", now()), "CERT_MALFORMED");
  EXPECT_EQ(trust_.SetCrls({"nonsense"}), "CRL_MALFORMED");
  EXPECT_EQ(trust_.Provide(kUrl, "nonsense", now()), "CERT_MALFORMED");
  EXPECT_EQ(Inspect(Token(), "e").action(), Action::kReject);
  EXPECT_TRUE(trust_.ProvideFailure("https://x.example/", "X5U_TIMEOUT", now()).ok());
  EXPECT_EQ(trust_.ProvideFailure("https://x.example/", "SIG_INVALID", now()),
            Status(StatusCode::kArgument));
}

TEST(CallerPolicy, IsWhatTheEngineIsAskedFor) {
  CallerPolicy policy;
  policy.compact = policy.passed_c = true;
  policy.window = std::chrono::seconds(10);
  policy.cached_tokens = 64;
  const sipward_caller_policy c = policy.ToC();
  EXPECT_EQ(c.flags, uint32_t{SIPWARD_CALLER_COMPACT} | uint32_t{SIPWARD_CALLER_PASSED_C});
  EXPECT_EQ(c.window_s, 10u);
  EXPECT_EQ(c.div_span_s, 300u);
  EXPECT_EQ(c.cached_tokens, 64u);
  policy.cached_tokens = 0;
  EXPECT_NE(policy.ToC().flags & SIPWARD_CALLER_UNCACHED, 0u);
}

}  // namespace
}  // namespace sipward
