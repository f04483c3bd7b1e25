#include "auth/credentials.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "auth/digest_uri.h"

namespace sipward::auth {
namespace {

constexpr const char* kGood =
    R"(Digest username="a", realm="r", nonce="n", uri="sip:r", response="0", qop=auth, nc=0000000f, cnonce="c")";

// What is found stands in the value, which is kept.
Reason Read(const std::string& value, Credentials* out) {
  static std::deque<std::string> kept;
  EXPECT_TRUE(ReadCredentials(kept.emplace_back(value), "r", out));
  return out->reason;
}

std::string Without(std::string text, const std::string& part, const std::string& instead = "") {
  const size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, part.size(), instead);
}

TEST(Credentials, AreTakenApart) {
  Credentials found;
  ASSERT_EQ(Read(kGood, &found), Reason::kOk);
  EXPECT_EQ(found.name(), "a");
  EXPECT_EQ(found.count, 15u);
  EXPECT_EQ(found.qop, Qop::kAuth);
  EXPECT_EQ(found.algorithm, Algorithm::kMd5);
  ASSERT_EQ(Read(Without(kGood, "qop=auth", "QOP=\"AUTH-INT\", userhash=TRUE"), &found),
            Reason::kOk);
  EXPECT_EQ(found.qop, Qop::kAuthInt);
  EXPECT_TRUE(found.user_hashed);
}

TEST(Credentials, OfOtherSchemesAreNone) {
  Credentials found;
  EXPECT_FALSE(ReadCredentials("Bearer abc", "r", &found));
  EXPECT_FALSE(ReadCredentials("", "r", &found));
  EXPECT_FALSE(ReadCredentials("\"", "r", &found));
}

TEST(Credentials, LackNothing) {
  Credentials found;
  for (const char* part : {"username=\"a\", ", "nonce=\"n\", ", "uri=\"sip:r\", ",
                           "response=\"0\", ", ", nc=0000000f", ", cnonce=\"c\""}) {
    EXPECT_EQ(Read(Without(kGood, part), &found), Reason::kMalformed) << part;
  }
  for (const char* count : {"nc=f", "nc=000000000f", "nc=0000000g", "nc=00000000"}) {
    EXPECT_EQ(Read(Without(kGood, "nc=0000000f", count), &found), Reason::kMalformed) << count;
  }
  EXPECT_EQ(Read(Without(kGood, "realm=\"r\", "), &found), Reason::kOtherRealm);
  EXPECT_EQ(Read(Without(kGood, "realm=\"r\"", "realm=\"R\""), &found), Reason::kOtherRealm);
  EXPECT_EQ(Read(Without(kGood, "qop=auth", "qop=auth-conf"), &found), Reason::kQopNotOffered);
  EXPECT_EQ(Read(std::string(kGood) + ", algorithm=SHA-1", &found), Reason::kAlgorithmUnknown);
  EXPECT_EQ(
      Read(Without(Without(kGood, ", cnonce=\"c\""), "qop=auth, nc=0000000f", "algorithm=MD5-sess"),
           &found),
      Reason::kMalformed);
  EXPECT_EQ(Read(std::string(kGood) + ", nonce=\"m\"", &found), Reason::kDuplicateParameter);
  EXPECT_EQ(Read(std::string(kGood) + std::string(Credentials::kLongest, ' '), &found),
            Reason::kMalformed);
}

// RFC 7616 section 3.4 with RFC 8187.
TEST(Credentials, SayNamesBeyondAscii) {
  const auto with = [](const std::string& user) { return Without(kGood, "username=\"a\"", user); };
  Credentials found;
  ASSERT_EQ(Read(with("username*=UTF-8''J%C3%A4s%c3%B8n%20Doe"), &found), Reason::kOk);
  EXPECT_EQ(found.name(), "J\xC3\xA4s\xC3\xB8n Doe");
  ASSERT_EQ(Read(with("username*=utf-8'en'x"), &found), Reason::kOk);
  EXPECT_EQ(found.name(), "x");
  const std::string longest(Credentials::kLongestUser, 'x');
  EXPECT_EQ(Read(with("username*=UTF-8''" + longest), &found), Reason::kOk);
  EXPECT_EQ(found.name(), longest);
  for (const std::string& bad :
       {std::string("username*=ISO-8859-1''x"), std::string("username*=UTF-8'x"),
        std::string("username*=UTF-8''%C"), std::string("username*=UTF-8''%GG"),
        std::string("username*=x"), "username*=UTF-8''" + longest + "x",
        std::string("username=\"a\", username*=UTF-8''a"),
        std::string("username*=UTF-8''a, userhash=true")}) {
    EXPECT_EQ(Read(with(bad), &found), Reason::kMalformed) << bad;
  }
}

TEST(DigestUri, ComparesWhatTheRequestIsFor) {
  constexpr const char* kUri = "sip:bob@example.org:5070;transport=tcp";
  EXPECT_EQ(CompareUris(kUri, kUri), UriMatch::kSame);
  EXPECT_EQ(CompareUris("anything", "anything"), UriMatch::kSame);
  EXPECT_EQ(CompareUris("sip:bob@EXAMPLE.org:5070", kUri), UriMatch::kAlike);
  EXPECT_EQ(CompareUris("tel:+4930123;phone-context=a", "tel:+4930123"), UriMatch::kAlike);
  for (const char* other :
       {"sips:bob@example.org:5070", "sip:Bob@example.org:5070", "sip:bob@example.org",
        "sip:bob@example.net:5070", "sip:example.org:5070", "tel:bob", "", "bob", "urn:x:bob"}) {
    EXPECT_EQ(CompareUris(other, kUri), UriMatch::kDifferent) << other;
    EXPECT_EQ(CompareUris(kUri, other), UriMatch::kDifferent) << other;
  }
  EXPECT_EQ(CompareUris("urn:service:sos", "urn:service:SOS"), UriMatch::kDifferent);
}

}  // namespace
}  // namespace sipward::auth
