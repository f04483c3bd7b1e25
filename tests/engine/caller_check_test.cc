// The library checks the caller itself: for whom, when, how often, and what becomes of it.
#include "tests/engine/caller_check_fixture.h"

namespace sipward::engine {
namespace {

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
