// Identity headers made, and tokens taken apart, as a host does it in C++.
#include "sipward/sign.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "sipward/verify.h"
#include "tests/identity/pki_files.h"

namespace sipward {
namespace {

constexpr std::string_view kUrl = "https://cert.example.com/a.pem";

TrustStore::Time Now() { return TrustStore::Time(std::chrono::seconds(identity::kPkiNow)); }

class SignTest : public testing::Test {
 protected:
  SignTest() {
    options_.key = key_;
    options_.certificates = chain_;
    options_.x5u = kUrl;
    options_.now = Now();
    call_.orig = "12155551212";
    call_.dest = {"12155551299"};
    call_.attest = "A";
    call_.now = Now();
  }

  const std::string key_ = identity::PkiFile("spc.key");
  const std::string chain_ = identity::PkiFile("spc.chain.pem");
  SignerOptions options_;
  Passport call_;
};

TEST_F(SignTest, WhatIsSignedCanBeRead) {
  const Signer signer = Signer::Create(options_).value();
  const std::string value = signer.Sign(call_).value();
  const Token token = Token::Read(value).value();
  const Token::Parts parts = token.parts();
  EXPECT_EQ(parts.reason, "OK");
  EXPECT_EQ(parts.ppt, "shaken");
  EXPECT_EQ(parts.info, kUrl);
  EXPECT_EQ(parts.orig, "tn 12155551212");
  ASSERT_EQ(parts.dest.size(), 1u);
  EXPECT_EQ(parts.dest[0], "tn 12155551299");
  EXPECT_EQ(parts.iat, Now());
  EXPECT_EQ(parts.origid.size(), 36u);
  EXPECT_TRUE(parts.payload.canonical);
  EXPECT_EQ(parts.signature.size(), 64u);
  call_.compact = true;
  const std::string compact = signer.Sign(call_).value();
  EXPECT_EQ(compact.substr(0, 2), "..");
  EXPECT_TRUE(Token::Read(compact).value().parts().compact);
}

TEST_F(SignTest, SaysWhyItDoesNotSign) {
  std::string_view reason;
  const Signer signer = Signer::Create(options_, &reason).value();
  EXPECT_EQ(reason, "");
  call_.attest = "D";
  EXPECT_EQ(signer.Sign(call_, &reason).error().status, Status(StatusCode::kSign));
  EXPECT_EQ(reason, "ATTEST_INVALID");
  options_.x5u = "https://127.0.0.1/a.pem";
  EXPECT_EQ(Signer::Create(options_, &reason).error().status, Status(StatusCode::kCredential));
  EXPECT_EQ(reason, "X5U_ADDRESS_DENIED");
}

TEST_F(SignTest, AKeyMayStayElsewhere) {
  int asked = 0;
  options_.key = {};
  options_.sign = [&asked](const SignerOptions::Digest&, SignerOptions::Signature*) {
    ++asked;
    return false;
  };
  std::string_view reason;
  EXPECT_FALSE(Signer::Create(options_, &reason).ok());
  EXPECT_EQ(reason, "KEY_FAILED");
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace sipward
