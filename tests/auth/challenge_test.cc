#include "auth/challenge.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "auth/credentials.h"
#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

std::string Written(const Policy& policy, bool stale) {
  std::string out(WriteChallenges(policy, "n", stale, {}), '\0');
  EXPECT_EQ(WriteChallenges(policy, "n", stale, out), out.size());
  return out;
}

TEST(Challenge, NamesTheStrongestFirst) {
  Policy policy;
  policy.realm = "example.org";
  EXPECT_EQ(Written(policy, false),
            "WWW-Authenticate: Digest realm=\"example.org\", nonce=\"n\", algorithm=SHA-256, "
            "qop=\"auth\"\r\n"
            "WWW-Authenticate: Digest realm=\"example.org\", nonce=\"n\", algorithm=MD5, "
            "qop=\"auth\"\r\n");
  policy.offered = Only(Algorithm::kSha512_256);
  policy.proxy = policy.integrity = policy.user_hash = true;
  EXPECT_EQ(Written(policy, true),
            "Proxy-Authenticate: Digest realm=\"example.org\", nonce=\"n\", algorithm=SHA-512-256, "
            "qop=\"auth,auth-int\", charset=UTF-8, userhash=true, stale=true\r\n");
  policy.offered = Algorithms(0x3F);
  const std::string all = Written(policy, false);
  size_t at = 0;
  for (const char* name : {"=SHA-512-256,", "=SHA-512-256-sess,", "=SHA-256,", "=SHA-256-sess,",
                           "=MD5,", "=MD5-sess,"}) {
    at = all.find(name, at);
    ASSERT_NE(at, std::string::npos) << name;
  }
}

TEST(Challenge, WritesNothingThatDoesNotFit) {
  Policy policy;
  policy.realm = "r";
  std::string out(WriteChallenges(policy, "n", false, {}) - 1, 'x');
  EXPECT_EQ(WriteChallenges(policy, "n", false, out), out.size() + 1);
  EXPECT_EQ(out.find_first_not_of('x'), std::string::npos);
}

// Whatever is in the lines is what a client reads.
TEST(Challenge, IsReadBackByTheParser) {
  Host host;
  std::array<char, 1024> out;
  const size_t size = host.authenticator->Challenge(host.request.source, kWall, true, out);
  ASSERT_LE(size, out.size());
  const std::string text(out.data(), size);
  const std::string first = text.substr(text.find(':') + 1, text.find("\r\n") - text.find(':') - 1);
  sip::AnomalyLog log;
  sip::Digest digest;
  ASSERT_TRUE(
      sip::ParseDigest(first.data(), {0, static_cast<uint32_t>(first.size())}, {}, log, &digest));
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(digest.realm.In(first.data()), "example.org");
  EXPECT_EQ(digest.stale.In(first.data()), "true");
  Answer answer;
  answer.nonce = digest.nonce.In(first.data());
  EXPECT_EQ(host.Why(answer.Value()), "OK");
}

TEST(Realm, ReadsAlikeForEverybody) {
  for (const std::string& good : {std::string("r"), std::string("example.org, office"),
                                  std::string(kLongestRealm, 'x'), std::string("B\xC3\xBCro")}) {
    EXPECT_TRUE(IsRealm(good)) << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("a\"b"), std::string("a\\b"), std::string("a\r\nb"),
        std::string("a\x7F"), std::string(1, '\0'), std::string(kLongestRealm + 1, 'x')}) {
    EXPECT_FALSE(IsRealm(bad)) << bad;
  }
}

}  // namespace
}  // namespace sipward::auth
