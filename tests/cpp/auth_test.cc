// Digest credentials and one-time codes.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "sample.h"

namespace sipward {
namespace {

constexpr char kKey[] = "a secret of at least sixteen octets";
constexpr char kPolicy[] = R"(version 1
rule guesses { on auth where result == fail and reason == wrong_password
  when src.ip == "192.0.2.7" and (auth.user ?? "") == "alice" then reject 403 }
rule known { on auth where result == success when (account ?? "") == "alice" then alert }
)";

// H(a:b:c): an HA1 is one of any texts.
std::string HashOf(std::string_view a, std::string_view b, std::string_view c) {
  return AuthHash(SIPWARD_DIGEST_SHA_256, a, b, c).value();
}

std::string Answer(const std::string& nonce, std::string_view password) {
  const std::string ha1 = HashOf("alice", "example.org", password);
  const std::string rest = "00000001:c:auth:" + HashOf("REGISTER", "sip:example.org", "");
  return "Digest username=\"alice\", realm=\"example.org\", nonce=\"" + nonce +
         "\", uri=\"sip:example.org\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c\", "
         "response=\"" +
         HashOf(ha1, nonce, rest) + "\"";
}

std::string NonceOf(const std::string& challenges) {
  const size_t at = challenges.find("nonce=\"") + 7;
  return challenges.substr(at, challenges.find('"', at) - at);
}

class AuthTest : public testing::Test {
 protected:
  AuthTest() {
    request_.set_source(Endpoint::V4({192, 0, 2, 7}, 5060));
    request_.set_wall(AuthRequest::WallTime(std::chrono::hours(438'000)));
    request_.set_method("REGISTER").set_request_uri("sip:example.org").set_client("Phone/1");
    request_.set_call_id("1@host").set_cseq("1").set_branch("z9hG4bK1").set_body("");
  }

  State state_ = State::Create({}).value();
  Authenticator authenticator_ =
      Authenticator::Create(AuthOptions("example.org", kKey), &state_).value();
  AuthRequest request_;
};

TEST_F(AuthTest, AnAnswerToAChallengeIsChecked) {
  const AuthFound none = authenticator_.Check(request_).value();
  EXPECT_EQ(none.outcome, AuthOutcome::kChallenged);
  EXPECT_EQ(none.sip_code, 401u);
  EXPECT_FALSE(none.success() || none.pending());
  const std::string challenges = authenticator_.Challenge(request_).value();
  const std::string value = Answer(NonceOf(challenges), "open sesame");
  request_.AddCredentials(value);
  const AuthFound pending = authenticator_.Check(request_).value();
  EXPECT_TRUE(pending.pending());
  EXPECT_EQ(pending.user, "alice");
  EXPECT_FALSE(authenticator_.event());
  EXPECT_EQ(authenticator_.Check(request_, AuthAccount::Unknown()).value().reason, "UNKNOWN_USER");
  const AuthFound found =
      authenticator_.Check(request_, AuthAccount::Password("open sesame")).value();
  EXPECT_TRUE(found.success());
  EXPECT_EQ(found.flags, 0u);
  EXPECT_EQ(found.algorithm, "SHA-256");
  const std::string ha1 = HashOf("alice", "example.org", "open sesame");
  const AuthFound again = authenticator_.Check(request_, AuthAccount::Ha1("", ha1)).value();
  ASSERT_EQ(AuthFlag::Of(again.flags).size(), 1u);
  EXPECT_EQ(AuthFlag::Of(again.flags)[0].name, "RETRANSMISSION");
  request_.set_cseq("2");
  const AuthFound replayed = authenticator_.Check(request_, AuthAccount::Ha1("", ha1)).value();
  EXPECT_EQ(replayed.fact, "replayed_nonce");
  EXPECT_TRUE(replayed.stale);
  EXPECT_NE(authenticator_.Challenge(request_, true).value().find("stale=true"), std::string::npos);
  ASSERT_TRUE(authenticator_.SetKey("the second secret of the host").ok());
  ASSERT_TRUE(authenticator_.SetKey("the third secret of the host").ok());
  EXPECT_EQ(authenticator_.Check(request_).value().reason, "NONCE_FORGED");
  EXPECT_EQ(authenticator_.SetKey("short"), StatusCode::kArgument);
}

TEST_F(AuthTest, WhatCameOfItIsAnEvent) {
  const Rules rules = Rules::FromText("test.ward", kPolicy).value();
  const Engine engine = Engine::Create(rules, state_).value();
  Inspector inspector = Inspector::Create(engine).value();
  EXPECT_FALSE(authenticator_.event());
  const std::string nonce = NonceOf(authenticator_.Challenge(request_).value());
  const std::string value = Answer(nonce, "open sesame");
  request_.AddCredentials(value);
  ASSERT_TRUE(authenticator_.Check(request_, AuthAccount::Password("guess")).ok());
  EXPECT_EQ(inspector.Inspect(authenticator_.event().value()).action(), Action::kReject);
  ASSERT_TRUE(authenticator_.Check(request_, AuthAccount::Password("open sesame")).ok());
  const HostEvent event = authenticator_.event().value();
  EXPECT_TRUE(event.proven);
  EXPECT_EQ(event.kind(), EventKind::kAuth);
  EXPECT_EQ(inspector.Inspect(event).action(), Action::kFlag);
}

TEST_F(AuthTest, OfAMessageItsOwnHeadersCount) {
  Message message = Message::Create().value();
  ASSERT_TRUE(message.Parse(sample::kOptions).ok());
  const AuthFound found = authenticator_.Check(message, request_).value();
  EXPECT_EQ(found.reason, "NO_CREDENTIALS");
  request_.set_body_unseen();
  request_.ClearCredentials();
  EXPECT_EQ(authenticator_.Check(request_).value().reason, "NO_CREDENTIALS");
}

TEST(AuthNames, SayWhatTheyMean) {
  const auto reason = AuthReason::Find("NONCE_STALE");
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->outcome, AuthOutcome::kFail);
  EXPECT_TRUE(reason->stale);
  EXPECT_EQ(reason->fact, "stale_nonce");
  EXPECT_FALSE(AuthReason::Find("FINE"));
  AuthOptions options("a\"b", kKey);
  EXPECT_EQ(Authenticator::Create(options, nullptr).error().status, StatusCode::kArgument);
}

// RFC 6238 appendix B.
TEST_F(AuthTest, ACodeCountsOnce) {
  constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  EXPECT_EQ(MakeCode(kSecret, 59 / 30, 8).value(), "94287082");
  EXPECT_EQ(MakeCode("1", 1).error().status, StatusCode::kCredential);
  CodeOptions options;
  options.digits = 8;
  SecondFactor factor = SecondFactor::Create(options, state_).value();
  const AuthRequest::WallTime wall{std::chrono::seconds(59)};
  const AuthRequest::MonotonicTime now{};
  CodeAttempt attempt{"alice", kSecret, "94287082", "1@host"};
  EXPECT_EQ(factor.Check(attempt, wall, now).value(), CodeResult::kRight);
  EXPECT_EQ(factor.Check(attempt, wall, now).value(), CodeResult::kRight);
  attempt.use = "2@host";
  EXPECT_EQ(factor.Check(attempt, wall, now).value(), CodeResult::kUsed);
  attempt.code = "94287083";
  EXPECT_EQ(factor.Check(attempt, wall, now).value(), CodeResult::kWrong);
  const auto dialled = SplitCode("+4930123*492039");
  ASSERT_TRUE(dialled);
  EXPECT_EQ(dialled->number, "+4930123");
  EXPECT_EQ(dialled->code, "492039");
  EXPECT_FALSE(SplitCode("+4930123"));
}

}  // namespace
}  // namespace sipward
