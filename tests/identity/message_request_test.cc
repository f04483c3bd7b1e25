// What a message says to the check: the same result as from its parts.
#include "identity/message_request.h"

#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class MessageRequestTest : public VerifyFixture {
 protected:
  std::string Message(std::string_view more) const {
    return "INVITE sip:+12025550102@example.com;user=phone SIP/2.0\r\n"
           "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
           "From: \"A\" <sip:anonymous@anonymous.invalid>;tag=7\r\n"
           "To: <tel:+12025550102>\r\n"
           "P-Asserted-Identity: <sip:+12025550199@x>, <tel:+1-202-555-0101>\r\n"
           "Call-ID: c@example.net\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n"
           "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n" +
           std::string(more);
  }
  std::string_view Check(const std::string& text) {
    text_ = text;
    message_.Parse(text_, {});
    request_ = reader_.Read(message_, kNow * kSecond, 0);
    verifier_ = std::make_unique<Verifier>(policy_, source_);
    return Describe(verifier_->Verify(request_).reason).name;
  }

  std::string text_;
  sip::Message message_;
  MessageRequest reader_;
};

TEST_F(MessageRequestTest, ReadsWhoCallsAndWhoIsCalled) {
  EXPECT_EQ(Check(Message("Identity: " + Shaken() + "\r\n\r\n")), "OK");
  EXPECT_EQ(verifier_->Verify(request_).flags, FlagSet());
  EXPECT_EQ(request_.date, kNow);
  EXPECT_EQ(request_.call_id, "c@example.net");
  EXPECT_EQ(request_.from_tag, "7");
  EXPECT_EQ(Check(Message("\r\n")), "NO_IDENTITY");
}

TEST_F(MessageRequestTest, ReadsEveryIdentityAndSeesTooMany) {
  std::string lines;
  for (int i = 0; i < 8; ++i) lines += "Identity: " + Shaken(kNow - i) + "\r\n";
  EXPECT_EQ(Check(Message(lines + "\r\n")), "OK");
  EXPECT_EQ(verifier_->Verify(request_).headers.size(), 8u);
  EXPECT_EQ(Check(Message(lines + "y: x\r\n\r\n")), "IDENTITY_COUNT");
}

TEST_F(MessageRequestTest, HoldsPrioritiesBodyAndKeysAgainstTheirClaims) {
  const auto with = [this](std::string_view claim) {
    return "Identity: " + Value("", Claims("", "12025550102", kNow, claim)) + "\r\n";
  };
  const std::string rph = with(R"(,"rph":{"auth":["ets.0"]})");
  EXPECT_EQ(Check(Message(rph + "Resource-Priority: ets.0\r\n\r\n")), "OK");
  EXPECT_EQ(Check(Message(rph + "Resource-Priority: ets.0, wps.1\r\n\r\n")), "RPH_MISMATCH");
  const std::string sdp =
      "v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
      "a=fingerprint:sha-256 AA:0B\r\nm=audio 9 RTP/AVP 0\r\n";
  const std::string typed = "Content-Type: application/sdp\r\n\r\n" + sdp;
  EXPECT_EQ(Check(Message(with(R"(,"mky":[{"alg":"sha-256","dig":"AA0B"}])") + typed)), "OK");
  EXPECT_EQ(Check(Message(with(R"(,"mky":[{"alg":"sha-256","dig":"AA0C"}])") + typed)),
            "MKY_MISMATCH");
  const std::string msgi = with(R"(,"msgi":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")");
  EXPECT_EQ(Check(Message(msgi + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello")),
            "OK");
  EXPECT_EQ(Check(Message(msgi + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhullo")),
            "MSGI_MISMATCH");
}

}  // namespace
}  // namespace sipward::identity
