// The library checks the caller itself: for whom, when, how often, and what becomes of it.
#include "identity/identity.h"
#include "tests/engine/fixture.h"
#include "tests/identity/made_pki.h"

namespace sipward::engine {
namespace {

constexpr std::string_view kUrl = "https://certs.example.net/1234.pem";

constexpr std::string_view kPolicy = R"(version 1
rule scan.agent { on request when (user_agent ?? "") == "scanner" then drop }
rule forged { on request where method == INVITE when identity.result == failed then reject 438 "Forged" }
rule again { on request where method == INVITE when identity.reason == REPLAY then tag "replay" }
rule good { on request where method == INVITE when (identity.attest ?? "") == "A" and (identity.spc ?? "") == "1234" then tag "good" }
rule unsigned { on request where method == INVITE when identity.result == none then tag "unsigned" }
rule waiting { on request where method == INVITE when identity.result == pending then tag "unchecked" }
)";

using Texts = std::vector<std::string>;

class CallerCheckTest : public EngineTest {
 protected:
  static constexpr int64_t kNow = identity::MadePki::kNow;

  CallerCheckTest()
      : leaf_(pki().MakeLeaf()), store_(std::make_shared<identity::TrustStore>(HashSecret{})) {
    EXPECT_EQ(store_->SetAnchors(pki().anchor(), kNow), identity::Reason::kOk);
    packet_.wall = packet_.monotonic = kNow * kSecond;
    Load(kPolicy, {.trust = {.store = store_, .policy = nullptr, .cache = cache_}});
  }

  static const identity::MadePki& pki() {
    static const identity::MadePki made;
    return made;
  }
  void Provide(int64_t fetched_at = kNow) {
    EXPECT_EQ(store_->ProvideCertificate(kUrl, leaf_.pem, fetched_at, -1), identity::Reason::kOk);
  }
  std::string Token(int64_t iat = kNow - 2) const {
    return identity::SignToken(
        leaf_,
        R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + std::string(kUrl) + "\"}",
        R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" + std::to_string(iat) +
            R"(,"orig":{"tn":"12025550101"},"origid":"6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"})");
  }
  static RequestText With(const std::string& token) {
    return {.from_user = "+12025550101",
            .to_user = "+12025550102",
            .extra = "Identity: " + token + ";info=<" + std::string(kUrl) +
                     ">;alg=ES256;ppt=shaken\r\n"};
  }
  static std::string Forged(std::string token) {
    char& octet = token[token.rfind('.') + 3];
    octet = octet == 'A' ? 'B' : 'A';
    return token;
  }
  // The packet inspected last, once more.
  const Verdict& Repeat() { return Inspect(std::string_view(text_)); }
  uint64_t checked() const { return engine_->statistics().checked; }
  Texts Tags() const {
    Texts tags;
    for (uint32_t i = 0; i < verdict_.tag_count; ++i) tags.emplace_back(verdict_.tags[i].text);
    return tags;
  }

  const identity::MadeLeaf leaf_;
  std::shared_ptr<identity::TrustStore> store_;
  const std::shared_ptr<const identity::TokenCache> cache_ =
      std::make_shared<identity::TokenCache>(64);
};

TEST_F(CallerCheckTest, RulesReadWhatItFound) {
  Provide();
  Inspect(With(Token()));
  EXPECT_EQ(Tags(), Texts{"good"});
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(Inspect(With(Forged(Token()))).action, Action::kReject);
  EXPECT_EQ(verdict_.sip_code, 438);
  EXPECT_EQ(Inspect(With(Token(kNow - 1000))).action, Action::kReject);
  EXPECT_EQ(checked(), 3u);
}

TEST_F(CallerCheckTest, WhoSignsNothingIsNotChecked) {
  Inspect(RequestText{});
  EXPECT_EQ(Tags(), Texts{"unsigned"});
  EXPECT_EQ(checked(), 0u);
}

TEST_F(CallerCheckTest, NothingIsCheckedForWhatIsRefusedOrWhatNoRuleAsksOf) {
  Provide();
  RequestText request = With(Token());
  request.user_agent = "scanner";
  EXPECT_EQ(Inspect(request).action, Action::kDrop);
  request = With(Token());
  request.method = "OPTIONS";
  EXPECT_EQ(Inspect(request).action, Action::kAllow);
  request = With(Forged(Token()));
  request.uri = "urn:service:sos";
  EXPECT_EQ(Inspect(request).action, Action::kFlag);
  EXPECT_EQ(Tags(), Texts{"unchecked"});
  EXPECT_TRUE(verdict_.emergency);
  EXPECT_EQ(checked(), 0u);
  // No token was looked at, let alone verified.
  EXPECT_EQ(cache_->statistics().hits + cache_->statistics().misses, 0u);
}

TEST_F(CallerCheckTest, WaitsForTheCertificateThatIsMissing) {
  EXPECT_TRUE(Inspect(With(Token())).pending);
  EXPECT_EQ(verdict_.certificate_url, kUrl);
  const uint64_t ticket = verdict_.ticket;
  // Sent again, it waits under the same ticket.
  EXPECT_TRUE(Repeat().pending);
  EXPECT_EQ(verdict_.ticket, ticket);
  Provide();
  ASSERT_TRUE(ResumeWith(ticket));
  EXPECT_EQ(Tags(), Texts{"good"});
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(verdict_.certificate_url, "");
}

TEST_F(CallerCheckTest, WhatIsOldIsUsedAndItsUrlTold) {
  Provide(kNow - 24 * 3600);  // for a day, unless the server says otherwise
  packet_.wall += kSecond;
  Inspect(With(Token()));
  EXPECT_EQ(Tags(), Texts{"good"});
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(verdict_.certificate_url, kUrl);
  // It could not be had anew: not again at once.
  store_->ProvideFailure(kUrl, identity::Reason::kX5uTimeout, kNow);
  Inspect(With(Token(kNow - 1)));
  EXPECT_EQ(Tags(), Texts{"good"});
  EXPECT_EQ(verdict_.certificate_url, "");
  Provide();
  Inspect(With(Token(kNow - 2)));
  EXPECT_EQ(verdict_.certificate_url, "");
}

TEST_F(CallerCheckTest, WithoutTheCertificateRulesSeeThatItIsPending) {
  EXPECT_TRUE(Inspect(With(Token())).pending);
  ASSERT_TRUE(ResumeWith(verdict_.ticket));
  EXPECT_EQ(Tags(), Texts{"unchecked"});
  EXPECT_EQ(verdict_.action, Action::kFlag);
  EXPECT_FALSE(verdict_.pending);
  EXPECT_EQ(verdict_.certificate_url, kUrl);  // for the next call
}

TEST_F(CallerCheckTest, AFetchThatFailedIsAFailure) {
  EXPECT_TRUE(Inspect(With(Token())).pending);
  store_->ProvideFailure(kUrl, identity::Reason::kX5uTimeout, kNow);
  ASSERT_TRUE(ResumeWith(verdict_.ticket));
  EXPECT_EQ(verdict_.action, Action::kReject);
}

TEST_F(CallerCheckTest, WhatIsSentAgainHasItsAnswerWithoutAnotherCheck) {
  Provide();
  EXPECT_EQ(Inspect(With(Forged(Token()))).action, Action::kReject);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Repeat().action, Action::kReject);
  EXPECT_EQ(Inspect(With(Token())).action, Action::kFlag);
  for (int i = 0; i < 5; ++i) EXPECT_LE(Repeat().action, Action::kFlag);
  EXPECT_EQ(checked(), 2u);
}

TEST_F(CallerCheckTest, ATokenIsGoodForOneCall) {
  Provide();
  RequestText request = With(Token());
  Inspect(request);
  EXPECT_EQ(Tags(), Texts{"good"});
  // A branch of a fork is another transaction of the same call.
  Inspect(request);
  EXPECT_EQ(Tags(), Texts{"good"});
  request.call_id = "another@192.0.2.66";
  EXPECT_EQ(Inspect(request).action, Action::kReject);
  EXPECT_EQ(Tags(), Texts{"replay"});
}

TEST_F(CallerCheckTest, ATokenThatComesAgainInItsCallIsVerifiedOnce) {
  Provide();
  const RequestText request = With(Token());
  for (int i = 0; i < 4; ++i) {
    Inspect(request);
    EXPECT_EQ(Tags(), Texts{"good"});
  }
  const RequestText forged = With(Forged(Token()));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Inspect(forged).action, Action::kReject);
  EXPECT_EQ(checked(), 7u);
  EXPECT_EQ(cache_->statistics().hits, 5u);
  EXPECT_EQ(cache_->statistics().misses, 2u);
}

TEST_F(CallerCheckTest, WhatTheHostFoundComesFirst) {
  const facts::Identity found{.result = facts::IdentityResult::kFailed};
  packet_.identity = &found;
  EXPECT_EQ(Inspect(With(Token())).action, Action::kReject);
  EXPECT_EQ(checked(), 0u);
}

TEST_F(CallerCheckTest, ASmallRegionSaysWhatDidNotFit) {
  const auto rules = Compile("version 1\n");
  uint64_t bytes = 1 << 20;
  while (Engine::Create(rules, state::Region::Create(bytes, {}), {}) == nullptr) bytes += 1 << 20;
  Misfit misfit;
  EXPECT_EQ(Engine::Create(rules, state::Region::Create(bytes, {}),
                           {.trust = {.store = store_, .policy = nullptr}}, &misfit),
            nullptr);
  EXPECT_EQ(misfit.signature, "identity.replay");
  EXPECT_GT(misfit.bytes, misfit.room);
}

}  // namespace
}  // namespace sipward::engine
