// The examples of the RFCs, and responses as they must be.
#include "auth/response.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

Reason CheckText(const std::string& value, std::string_view realm, const Credential& known,
                 const Request& request) {
  Credentials credentials;
  EXPECT_TRUE(ReadCredentials(value, realm, &credentials));
  EXPECT_EQ(credentials.reason, Reason::kOk);
  Hasher hasher;
  return CheckResponse(credentials, known, request, &hasher);
}

Request Get() {
  Request request;
  request.method = "GET";
  return request;
}

// RFC 7616 section 3.9.1.
TEST(Response, OfTheExamplesWithMd5AndSha256) {
  const std::string common =
      R"(Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", )"
      R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, )"
      R"(cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, )"
      R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", )";
  Credential known;
  known.password = "Circle of Life";
  for (
      const char* tail :
      {R"(algorithm=MD5, response="8ca523f5e9506fed4657c9700eebdbec")",
       R"(algorithm=SHA-256, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")",
       R"(response="8ca523f5e9506fed4657c9700eebdbec")",
       R"(algorithm="md5", response="8CA523F5E9506FED4657C9700EEBDBEC")"}) {
    EXPECT_EQ(CheckText(common + tail, "http-auth@example.org", known, Get()), Reason::kOk) << tail;
  }
  known.password = "Circle of life";
  EXPECT_EQ(CheckText(common + R"(response="8ca523f5e9506fed4657c9700eebdbec")",
                      "http-auth@example.org", known, Get()),
            Reason::kWrongPassword);
}

// RFC 7616 section 3.9.2 with the values of erratum 4897: those printed are of another hash, the
// first half of SHA-512, and are refused.
TEST(Response, OfTheExampleWithSha512_256AndUserHash) {
  const std::string common =
      R"(Digest realm="api@example.org", uri="/doe.json", algorithm=SHA-512-256, )"
      R"(nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", nc=00000001, )"
      R"(cnonce="NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v", qop=auth, userhash=true, )";
  Credential known;
  known.user = "J\xC3\xA4s\xC3\xB8n Doe";
  known.password = "Secret, or not?";
  EXPECT_EQ(
      CheckText(
          common +
              R"(username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b", )"
              R"(response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5")",
          "api@example.org", known, Get()),
      Reason::kOk);
  EXPECT_EQ(
      CheckText(
          common +
              R"(username="488869477bf257147b804c45308cd62ac4e25eb717b12b298c79e62dcea254ec", )"
              R"(response="ae66e67d6b427bd3f120414a82e4acff38e8ecd9101d6c861229025f607a79dd")",
          "api@example.org", known, Get()),
      Reason::kUserHashMismatch);
}

// RFC 2617 section 3.5, and the same without qop as RFC 2069 has it.
TEST(Response, OfTheOldExample) {
  const std::string common =
      R"(Digest username="Mufasa", realm="testrealm@host.com", uri="/dir/index.html", )"
      R"(nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", )";
  Credential known;
  known.password = "Circle Of Life";
  const std::string counted =
      common +
      R"(qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1")";
  EXPECT_EQ(CheckText(counted, "testrealm@host.com", known, Get()), Reason::kOk);
  const std::string bare = common + R"(response="670fd8c2df070c60b045671b8b24ff02")";
  EXPECT_EQ(CheckText(bare, "testrealm@host.com", known, Get()), Reason::kOk);
  known.password = {};
  known.ha1[0] = "939e7578ed9e3c518a452acee763bce9";
  EXPECT_EQ(CheckText(counted, "testrealm@host.com", known, Get()), Reason::kOk);
  known.ha1[0] = "939E7578ED9E3C518A452ACEE763BCE9";
  EXPECT_EQ(CheckText(counted, "testrealm@host.com", known, Get()), Reason::kOk);
  for (const char* none : {"", "939e7578", "939e7578ed9e3c518a452acee763bcex"}) {
    known.ha1[0] = none;
    EXPECT_EQ(CheckText(counted, "testrealm@host.com", known, Get()), Reason::kHa1Missing);
  }
}

TEST(Response, OfEveryAlgorithmAndQop) {
  for (const char* algorithm :
       {"MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"}) {
    for (const char* qop : {"auth", "auth-int", ""}) {
      Answer answer;
      answer.algorithm = algorithm;
      answer.qop = qop;
      answer.body = "v=0\r\n";
      Request request;
      request.method = answer.method;
      request.body = answer.body;
      Credential known;
      known.password = answer.password;
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, known, request), Reason::kOk) << algorithm;
      // The hash that the host keeps is the same for -sess.
      const std::string ha1 = answer.Ha1();
      Credential hashed;
      hashed.ha1[static_cast<size_t>(StrengthOf(*FindAlgorithm(algorithm)))] = ha1;
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, hashed, request), Reason::kOk);
      known.known = false;
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, known, request), Reason::kUnknownUser);
      hashed.known = false;
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, hashed, request), Reason::kUnknownUser);
      known.known = true;
      request.body = "v=0\r\ns=changed\r\n";
      const bool covered = answer.qop == "auth-int";
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, known, request),
                covered ? Reason::kWrongPassword : Reason::kOk);
      request.body.reset();
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, known, request),
                covered ? Reason::kBodyUnseen : Reason::kOk);
      request.method = "INVITE";
      request.body = answer.body;
      EXPECT_EQ(CheckText(answer.Value(), answer.realm, known, request), Reason::kWrongPassword);
    }
  }
}

}  // namespace
}  // namespace sipward::auth
