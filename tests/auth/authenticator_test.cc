// Every reason there is, by what brings it about.
#include "auth/authenticator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

TEST(Authenticator, TakesWhatIsRight) {
  Host host;
  const Result& result = host.Check(host.NewAnswer().Value());
  EXPECT_EQ(Describe(result.reason).name, "OK");
  EXPECT_EQ(result.outcome, Outcome::kSuccess);
  EXPECT_EQ(result.sip_code, 0);
  EXPECT_FALSE(result.stale);
  EXPECT_EQ(result.flags, 1u << static_cast<unsigned>(Flag::kReplayUnknown));
  EXPECT_EQ(result.user, "alice");
  EXPECT_EQ(result.realm, "example.org");
  EXPECT_EQ(result.uri, "sip:example.org");
  EXPECT_EQ(result.qop, "auth");
  EXPECT_EQ(result.nc, "00000001");
  EXPECT_EQ(result.algorithm, Algorithm::kSha256);
}

// What came of a change to credentials that are right, to the policy or to the host.
TEST(Authenticator, SaysEveryReason) {
  std::set<std::string_view> said;
  const auto expect = [&said](Host& host, const std::string& value, std::string_view name) {
    EXPECT_EQ(host.Why(value), name) << value;
    said.insert(name);
  };
  {
    Host host;
    expect(host, host.NewAnswer().Value(), "OK");
    expect(host, "Bearer x", "NO_CREDENTIALS");
    host.known = false;
    expect(host, host.NewAnswer().Value(), "PENDING");
    host.request.method = "ACK";
    expect(host, host.NewAnswer().Value(), "EXEMPT");
    host.request.method = "CANCEL";
    expect(host, host.NewAnswer().Value(), "EXEMPT");
  }
  const auto changed = [&](auto change, std::string_view name, Policy policy = {}) {
    Host host(policy);
    Answer answer = host.NewAnswer();
    change(answer, host);
    expect(host, answer.Value(), name);
  };
  changed([](Answer& a, Host&) { a.realm = "example.net"; }, "OTHER_REALM");
  changed([](Answer& a, Host&) { a.cnonce = "c\", nc=\"00000002"; }, "DUPLICATE_PARAMETER");
  changed([](Answer& a, Host&) { a.count = 0; }, "MALFORMED");
  changed([](Answer& a, Host&) { a.algorithm = "SHA-3"; }, "ALGORITHM_UNKNOWN");
  changed([](Answer& a, Host&) { a.algorithm = "SHA-512-256"; }, "ALGORITHM_NOT_OFFERED");
  changed([](Answer& a, Host&) { a.algorithm = "MD5-sess"; }, "ALGORITHM_NOT_OFFERED");
  changed([](Answer& a, Host&) { a.qop = ""; }, "QOP_MISSING");
  changed([](Answer& a, Host&) { a.qop = "auth-int"; }, "QOP_NOT_OFFERED");
  changed([](Answer& a, Host&) { a.uri = "sip:example.com"; }, "URI_MISMATCH");
  changed([](Answer& a, Host&) { a.nonce[9] = a.nonce[9] == 'A' ? 'B' : 'A'; }, "NONCE_FORGED");
  changed([](Answer&, Host& host) { host.request.wall += kHour; }, "NONCE_STALE");
  changed([](Answer&, Host& host) { host.request.source = *IpAddress::Parse("198.51.100.1"); },
          "NONCE_ELSEWHERE");
  changed([](Answer&, Host& host) { host.account.known = false; }, "UNKNOWN_USER");
  changed([](Answer&, Host& host) { host.account.password.reset(); }, "HA1_MISSING");
  changed([](Answer& a, Host&) { a.password = "guess"; }, "WRONG_PASSWORD");
  changed([](Answer& a, Host&) { a.method = "INVITE"; }, "WRONG_PASSWORD");
  changed([](Answer&, Host& host) { host.account.user = "bob"; }, "WRONG_PASSWORD");
  Policy policy;
  policy.user_hash = true;
  policy.integrity = true;
  changed([](Answer& a, Host& host) { a.hashed = true, host.account.user = "alice"; }, "OK",
          policy);
  changed([](Answer& a, Host& host) { a.hashed = true, host.account.user = "bob"; },
          "USERHASH_MISMATCH", policy);
  changed([](Answer& a, Host&) { a.qop = "auth-int"; }, "OK", policy);
  changed([](Answer& a, Host& host) { a.qop = "auth-int", host.request.body.reset(); },
          "BODY_UNSEEN", policy);
  changed([](Answer& a, Host&) { a.user_field = "username*=UTF-8''%61lice"; }, "OK", policy);
  // Of the past (past_test.cc), or of a libcrypto that has no MD5.
  for (const char* elsewhere : {"REPLAYED", "COUNT_LATE", "DOWNGRADED", "HASH_FAILED"}) {
    EXPECT_TRUE(FindReason(elsewhere));
    said.insert(elsewhere);
  }
  EXPECT_EQ(said.size(), kReasons);
}

// As rules know it, and as it is answered.
TEST(Reasons, SayWhatRulesAndAnswersNeed) {
  for (size_t i = 0; i < kReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    const ReasonInfo& info = Describe(reason);
    EXPECT_EQ(FindReason(info.name), reason);
    EXPECT_FALSE(info.text.empty());
    const bool refused = info.outcome == Outcome::kFail || info.outcome == Outcome::kChallenged;
    EXPECT_EQ(info.sip_code != 0, refused) << info.name;
    const bool stale = info.fact == facts::AuthReason::kStaleNonce ||
                       info.fact == facts::AuthReason::kReplayedNonce;
    EXPECT_EQ(info.stale, stale) << info.name;
    EXPECT_EQ(info.fact == facts::AuthReason::kNoCredentials, info.outcome == Outcome::kChallenged);
    EXPECT_FALSE(OutcomeName(info.outcome).empty());
  }
  EXPECT_FALSE(FindReason("FINE"));
}

TEST(Authenticator, AnswersWithTheCodeOfAProxy) {
  Policy policy;
  policy.proxy = true;
  Host host(policy);
  Answer answer = host.NewAnswer();
  answer.password = "guess";
  EXPECT_EQ(host.Check(answer.Value()).sip_code, 407);
  answer.uri = "sip:other";
  EXPECT_EQ(host.Check(answer.Value()).sip_code, 400);
  EXPECT_EQ(Host().Check("").sip_code, 401);
}

// The strongest of those that are offered counts, in any order; what is for others never.
TEST(Authenticator, ChoosesAmongSeveral) {
  Host host;
  Answer weak = host.NewAnswer(), strong = weak, unoffered = weak, other = weak;
  weak.algorithm = "MD5";
  weak.password = "guess";
  unoffered.algorithm = "SHA-512-256";
  other.realm = "example.net";
  std::vector<std::string> values = {weak.Value(), strong.Value(), unoffered.Value(),
                                     other.Value()};
  std::sort(values.begin(), values.end());
  int orders = 0;
  do {
    const Result& result = host.CheckAll(values);
    EXPECT_EQ(result.reason, Reason::kOk);
    EXPECT_EQ(result.algorithm, Algorithm::kSha256);
    EXPECT_NE(result.flags & 1u << static_cast<unsigned>(Flag::kSeveral), 0u);
    ++orders;
  } while (std::next_permutation(values.begin(), values.end()));
  EXPECT_EQ(orders, 24);
  const Result& one = host.CheckAll({other.Value(), strong.Value()});
  EXPECT_EQ(one.reason, Reason::kOk);
  EXPECT_EQ(one.flags & 1u << static_cast<unsigned>(Flag::kSeveral), 0u);
}

TEST(Authenticator, FlagsAUriThatDiffersInParameters) {
  constexpr auto kBit = 1u << static_cast<unsigned>(Flag::kUriDiffers);
  Host host;
  Answer answer = host.NewAnswer();
  answer.uri = "sip:example.org;transport=udp";
  EXPECT_EQ(host.Check(answer.Value()).reason, Reason::kOk);
  EXPECT_NE(host.Check(answer.Value()).flags & kBit, 0u);
  EXPECT_EQ(host.Check(host.NewAnswer().Value()).flags & kBit, 0u);
  Policy policy;
  policy.any_uri = true;
  Host behind_proxies(policy);
  answer = behind_proxies.NewAnswer();
  answer.uri = "sip:alice@example.com";
  EXPECT_EQ(behind_proxies.Check(answer.Value()).reason, Reason::kOk);
  EXPECT_NE(behind_proxies.Check(answer.Value()).flags & kBit, 0u);
}

TEST(Authenticator, TakesNoncesOfOtherWorkersAndOfTheKeyBefore) {
  Host one, other;
  const Answer answer = one.NewAnswer();
  EXPECT_EQ(other.Why(answer.Value()), "OK");
  other.authenticator->SetKey("the next secret of this host");
  EXPECT_EQ(other.Why(answer.Value()), "OK");
  other.authenticator->SetKey("and the one behind the next");
  EXPECT_EQ(other.Why(answer.Value()), "NONCE_FORGED");
}

}  // namespace
}  // namespace sipward::auth
