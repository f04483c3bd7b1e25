// The body of a message: found by its headers, read at the first question.
#include <gtest/gtest.h>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kSdpText =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\n";

std::string With(std::string_view headers, std::string_view body) {
  return "INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
         "Max-Forwards: 70\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>\r\n"
         "Call-ID: 1\r\nCSeq: 1 INVITE\r\n" +
         std::string(headers) + "\r\n" + std::string(body);
}

std::string Part(std::string_view headers, std::string_view body) {
  return "--b\r\n" + std::string(headers) + "\r\n" + std::string(body) + "\r\n";
}

std::string Names(const Message& message) {
  std::string names;
  for (const Anomaly& anomaly : message.anomalies()) {
    if (!names.empty()) names += ' ';
    names += Describe(anomaly.id).name;
  }
  return names;
}

class MessageBodyTest : public testing::Test {
 protected:
  std::string Validated(const std::string& text, const ParseOptions& options = {}) {
    text_ = text;
    message_.Parse(text_, options);
    message_.Validate();
    return Names(message_);
  }
  std::string In(Slice slice) const { return std::string(slice.In(text_.data())); }

  std::string text_;
  Message message_;
};

TEST_F(MessageBodyTest, NothingIsReadBeforeItIsAskedFor) {
  text_ = With("Content-Type: application/sdp\r\n", "nonsense");
  message_.Parse(text_, {});
  EXPECT_EQ(Names(message_), "");
  EXPECT_EQ(message_.body_kind(), BodyKind::kSdp);
  EXPECT_EQ(Names(message_), "");
  ASSERT_NE(message_.sdp(), nullptr);
  const int before = message_.anomalies().size();
  EXPECT_GT(before, 0);
  message_.Validate();
  EXPECT_EQ(message_.anomalies().size(), before) << "read once";
}

TEST_F(MessageBodyTest, TheBodyItselfIsTheDescription) {
  EXPECT_EQ(Validated(With("c: Application/SDP\r\n", kSdpText)), "");
  EXPECT_EQ(In(message_.body_type().subtype), "SDP");
  ASSERT_NE(message_.sdp(), nullptr);
  EXPECT_EQ(In(message_.sdp()->media()[0].port), "9");
  EXPECT_EQ(message_.text(), nullptr);
  EXPECT_TRUE(message_.parts().empty());
}

TEST_F(MessageBodyTest, WithoutABodyThereIsNone) {
  EXPECT_EQ(Validated(With("Content-Type: application/sdp\r\n", "")), "");
  EXPECT_EQ(message_.body_kind(), BodyKind::kNone);
  EXPECT_EQ(message_.sdp(), nullptr);
  Validated("");
  EXPECT_EQ(message_.body_kind(), BodyKind::kNone);
}

TEST_F(MessageBodyTest, TheDescriptionIsFoundInAPart) {
  const std::string body =
      Part("Content-Type: application/pidf+xml\r\n", "<x/>") +
      Part("Content-Type: multipart/alternative;boundary=in\r\n",
           "--in\r\nContent-Type: text/plain\r\n\r\nhi\r\n--in\r\nContent-Type: "
           "application/sdp\r\n\r\n" +
               std::string(kSdpText) + "\r\n--in--") +
      "--b--";
  EXPECT_EQ(Validated(With("Content-Type: multipart/mixed;boundary=b\r\n", body)), "");
  EXPECT_EQ(message_.parts().size(), 4u);
  ASSERT_NE(message_.sdp(), nullptr);
  EXPECT_EQ(In(message_.sdp()->text), kSdpText);
  ASSERT_NE(message_.text(), nullptr);
  EXPECT_EQ(In(message_.text()->text), "hi");
}

TEST_F(MessageBodyTest, TwoDescriptionsForOnePurposeAreNamed) {
  const std::string type = "Content-Type: application/sdp\r\n";
  const std::string early = type + "Content-Disposition: early-session\r\n";
  const std::string other(std::string(kSdpText) + "a=other");
  const std::string head = "Content-Type: multipart/mixed;boundary=b\r\n";
  EXPECT_EQ(Validated(With(head, Part(early, kSdpText) + Part(type, other) + "--b--")), "");
  EXPECT_EQ(In(message_.sdp()->text), other) << "the one of the session";
  EXPECT_EQ(Validated(With(head, Part(type, other) + Part(type, kSdpText) + "--b--")),
            "sdp.duplicate");
  EXPECT_EQ(In(message_.sdp()->text), other) << "the first";
  EXPECT_EQ(Validated(With(head, Part(early, kSdpText) + "--b--")), "");
  EXPECT_EQ(In(message_.sdp()->text), kSdpText) << "the only one";
  EXPECT_EQ(Validated(With(head, Part(type, other) + Part(early, "nonsense") + "--b--")),
            "sdp.malformed sdp.missing_line")
      << "the others are checked";
}

TEST_F(MessageBodyTest, EncodedBodiesAreNotRead) {
  const std::string type = "Content-Type: application/sdp\r\n";
  EXPECT_EQ(Validated(With(type + "Content-Encoding: gzip\r\n", "nonsense")), "body.encoded");
  EXPECT_EQ(message_.body_kind(), BodyKind::kOpaque);
  EXPECT_EQ(message_.sdp(), nullptr);
  EXPECT_EQ(Validated(With(type + "Content-Encoding: identity\r\n", kSdpText)), "");
}

TEST_F(MessageBodyTest, TextIsHeldAgainstItsCharset) {
  EXPECT_EQ(Validated(With("Content-Type: text/plain\r\n", "h\xC3\xA9")), "");
  EXPECT_EQ(In(message_.text()->text), "h\xC3\xA9");
  EXPECT_EQ(Validated(With("Content-Type: text/plain;charset=us-ascii\r\n", "h\xC3\xA9")),
            "body.text_invalid");
  EXPECT_EQ(message_.text()->charset, Charset::kAscii);
}

TEST_F(MessageBodyTest, LimitsRefuse) {
  ParseOptions options;
  options.limits.sdp_attributes = 1;
  EXPECT_EQ(
      Validated(With("Content-Type: application/sdp\r\n", std::string(kSdpText) + "a=x\r\na=y"),
                options),
      "sdp.too_many_attributes");
  EXPECT_EQ(message_.status(), ParseStatus::kLimit);
  options.limits.body_parts = 1;
  const std::string parts = Part("", "x") + Part("", "y") + "--b--";
  EXPECT_EQ(Validated(With("Content-Type: multipart/mixed;boundary=b\r\n", parts), options),
            "body.too_many_parts");
  EXPECT_EQ(message_.status(), ParseStatus::kLimit);
}

}  // namespace
}  // namespace sipward::sip
