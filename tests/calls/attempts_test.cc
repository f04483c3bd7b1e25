// Registrations and attempts to authenticate.
#include <gtest/gtest.h>

#include "tests/calls/messages.h"

namespace sipward::calls {
namespace {

using facts::AuthReason;
using facts::EventKind;
using facts::Result;

Sent Request(uint32_t cseq, bool with_credentials, std::string nonce = "n1") {
  Sent sent{.method = "REGISTER", .cseq = cseq, .to_user = "alice"};
  sent.extra = "Contact: <sip:alice@192.0.2.1>\r\nExpires: 600\r\n";
  if (with_credentials) {
    sent.extra += "Authorization: Digest username=\"alice\", realm=\"r\", nonce=\"" + nonce +
                  "\", uri=\"sip:example.com\", response=\"0123456789abcdef0123456789abcdef\"\r\n";
  }
  return sent;
}

Sent Answer(int code, uint32_t cseq, std::string extra = {}) {
  return {.method = "REGISTER",
          .code = code,
          .cseq = cseq,
          .to_tag = "r",
          .to_user = "alice",
          .source = "192.0.2.2",
          .destination = "192.0.2.1",
          .extra = std::move(extra)};
}
std::string Challenge(std::string nonce, bool stale = false) {
  return "WWW-Authenticate: Digest realm=\"r\", nonce=\"" + nonce + "\"" +
         (stale ? ", stale=TRUE" : "") + "\r\n";
}

TEST(Attempts, OfAPhoneThatRegisters) {
  Watch watch;
  EXPECT_TRUE(watch.Take(Request(1, false)).empty());
  auto seen = watch.Take(Answer(401, 1, Challenge("n1")));
  ASSERT_EQ(NamesOf(seen), "auth");
  EXPECT_EQ(seen[0].result, Result::kChallenged);
  EXPECT_EQ(seen[0].reason, AuthReason::kNoCredentials);
  EXPECT_FALSE(seen[0].proven);
  EXPECT_EQ(seen[0].source, "192.0.2.1");
  EXPECT_TRUE(watch.Take(Request(2, true)).empty());
  seen = watch.Take(Answer(200, 2));
  ASSERT_EQ(NamesOf(seen), "auth register");
  EXPECT_EQ(seen[0].result, Result::kSuccess);
  EXPECT_EQ(seen[0].user, "alice");
  EXPECT_TRUE(seen[0].proven) << "it has a nonce that was sent to that host";
  EXPECT_EQ(seen[1].result, Result::kSuccess);
  EXPECT_EQ(seen[1].aor, "sip:alice@example.com");
  EXPECT_TRUE(watch.Take(Answer(200, 2)).empty()) << "sent again";
}

TEST(Attempts, FailForReasons) {
  struct Case {
    int code;
    bool stale;
    AuthReason reason;
  };
  for (const Case& one :
       {Case{401, false, AuthReason::kWrongPassword}, Case{401, true, AuthReason::kStaleNonce},
        Case{403, false, AuthReason::kWrongPassword}, Case{404, false, AuthReason::kUnknownUser}}) {
    Watch watch;
    watch.Take(Request(1, true));
    const auto seen =
        watch.Take(Answer(one.code, 1, one.code == 401 ? Challenge("n2", one.stale) : ""));
    ASSERT_EQ(NamesOf(seen), "auth register") << one.code;
    EXPECT_EQ(seen[0].result, Result::kFail);
    EXPECT_EQ(seen[0].reason, one.reason);
    EXPECT_EQ(seen[1].result, Result::kFail);
  }
}

// A nonce proves the host that it was sent to, and no other.
TEST(Attempts, AreProvenByTheirNonceAlone) {
  Watch watch;
  watch.Take(Request(1, false));
  watch.Take(Answer(401, 1, Challenge("n1")));
  Sent other = Request(2, true);
  other.source = "203.0.113.9";
  watch.Take(other);
  Sent answer = Answer(401, 2, Challenge("n3"));
  answer.destination = "203.0.113.9";
  EXPECT_FALSE(watch.Take(answer).at(0).proven);
  watch.Take(Request(3, true, "invented"));
  EXPECT_FALSE(watch.Take(Answer(401, 3, Challenge("n4"))).at(0).proven);
  watch.Take(Request(4, true, "n4"));
  EXPECT_TRUE(watch.Take(Answer(401, 4, Challenge("n5"))).at(0).proven);
}

TEST(Attempts, OfCallsAreSeenToo) {
  Watch watch;
  Sent invite{.extra =
                  "Proxy-Authorization: Digest username=\"eve\", realm=\"r\", nonce=\"n\", "
                  "uri=\"sip:bob@example.com\", response=\"00\"\r\n"};
  EXPECT_EQ(NamesOf(watch.Take(invite)), "call_start");
  Sent refused{.code = 407,
               .to_tag = "b",
               .source = "192.0.2.2",
               .destination = "192.0.2.1",
               .extra = "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n2\"\r\n"};
  const auto seen = watch.Take(refused);
  ASSERT_EQ(NamesOf(seen), "auth");
  EXPECT_EQ(seen[0].user, "eve");
  EXPECT_EQ(seen[0].reason, AuthReason::kWrongPassword);
}

TEST(Attempts, ThatNobodyAnswersAreForgotten) {
  Watch watch;
  watch.Take(Request(1, true));
  Sent late = Answer(200, 1);
  late.at = kMinute;
  EXPECT_TRUE(watch.Take(late).empty());
}

TEST(Attempts, AnswersWithoutARequestSayNothing) {
  Watch watch;
  EXPECT_TRUE(watch.Take(Answer(401, 1, Challenge("n"))).empty());
  EXPECT_TRUE(watch.Take(Answer(200, 1)).empty());
}

}  // namespace
}  // namespace sipward::calls
