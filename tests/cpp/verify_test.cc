// Identity headers checked without an engine, as a host does it in C++.
#include "sipward/verify.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "sipward/message.h"
#include "tests/identity/made_pki.h"

namespace sipward {
namespace {

constexpr std::string_view kUrl = "https://certs.example.net/1234.pem";

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    EXPECT_EQ(trust_.SetAnchors(pki_.anchor(), Now()), "");
    EXPECT_EQ(trust_.Provide(kUrl, leaf_.pem, Now()), "");
    request_.set_now(Now()).AddIdentity(value_).set_from("tel:+12025550101");
    request_.set_to("tel:+12025550102").set_request_uri("tel:+12025550102");
    request_.set_unseen(SIPWARD_UNSEEN_DATE);
  }
  static TrustStore::Time Now() {
    return TrustStore::Time(std::chrono::seconds(identity::MadePki::kNow));
  }

  const identity::MadePki pki_;
  const identity::MadeLeaf leaf_ = pki_.MakeLeaf();
  const std::string value_ =
      identity::SignToken(
          leaf_,
          R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + std::string(kUrl) + "\"}",
          R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" +
              std::to_string(identity::MadePki::kNow) +
              R"(,"orig":{"tn":"12025550101"},"origid":"6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"})") +
      ";info=<" + std::string(kUrl) + ">;alg=ES256;ppt=shaken";
  const TrustStore trust_ = TrustStore::Create().value();
  IdentityRequest request_;
};

TEST_F(VerifyTest, TellsWhoCallsAndByWhoseWord) {
  Verifier verifier = Verifier::Create(trust_).value();
  const IdentityVerdict found = verifier.Check(request_).value();
  EXPECT_TRUE(found.verified());
  EXPECT_EQ(found.reason, "OK");
  EXPECT_EQ(found.attest, "A");
  EXPECT_EQ(found.spc, "1234");
  EXPECT_EQ(found.iat, Now());
  EXPECT_EQ(found.flags, 0u);
  EXPECT_EQ(found.ToCheck().c_check()->iat, identity::MadePki::kNow);
  EXPECT_EQ(verifier.header(0)->x5u, kUrl);
  EXPECT_FALSE(verifier.header(1).has_value());
  EXPECT_FALSE(verifier.ReasonHeader(0).has_value());
}

TEST_F(VerifyTest, SaysWhatFailed) {
  CallerPolicy policy;
  policy.codes = {Answer("ORIG_MISMATCH", 608)};
  Verifier verifier = Verifier::Create(trust_, policy).value();
  request_.set_from("tel:+12025550199");
  const IdentityVerdict found = verifier.Check(request_).value();
  EXPECT_EQ(found.result, IdentityResult::kFailed);
  EXPECT_EQ(found.reason, "ORIG_MISMATCH");
  EXPECT_EQ(found.sip_code, 608u);
  EXPECT_EQ(IdentityReason::Find(found.reason)->stage, "match");
  EXPECT_FALSE(IdentityReason::Find("NONSENSE").has_value());
  EXPECT_EQ(verifier.ReasonHeader(0)->substr(0, 23), "Reason: STIR;cause=608;");
  request_.set_date("x");
  EXPECT_EQ(verifier.Check(request_).error().status, Status(StatusCode::kMalformed));
}

TEST_F(VerifyTest, AStoreForEachHeaderAndAMissingCertificate) {
  const TrustStore strangers = TrustStore::Create().value();
  Verifier verifier = Verifier::Create({&strangers, &trust_}).value();
  const IdentityVerdict found = verifier.Check(request_).value();
  EXPECT_TRUE(found.pending());
  EXPECT_EQ(found.missing, kUrl);
}

TEST_F(VerifyTest, OfAMessage) {
  Message message = Message::Create().value();
  const std::string text =
      "INVITE sip:+12025550102@example.com;user=phone SIP/2.0\r\n"
      "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
      "From: <sip:+12025550101@example.com;user=phone>;tag=1\r\n"
      "To: <sip:+12025550102@example.com;user=phone>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
      "Identity: " +
      value_ + "\r\nContent-Length: 0\r\n\r\n";
  ASSERT_TRUE(message.Parse(text).ok());
  const State state = State::Create({}).value();
  Verifier verifier = Verifier::Create(trust_, {}, &state).value();
  IdentityRequest times;
  times.set_now(Now()).set_monotonic(std::chrono::seconds(5));
  EXPECT_TRUE(verifier.Check(message, times)->verified());
  const std::vector<IdentityFlag> flags = IdentityFlag::Of(verifier.header(0)->flags);
  ASSERT_EQ(flags.size(), 1u);
  EXPECT_EQ(flags[0].name, "DATE_MISSING");
  // The same token in another call.
  times.set_call_id("another");
  EXPECT_EQ(verifier.Check(message, times)->reason, "REPLAY");
}

}  // namespace
}  // namespace sipward
