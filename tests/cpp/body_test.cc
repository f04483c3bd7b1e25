#include <gtest/gtest.h>

#include <string>

#include "sample.h"

namespace sipward {
namespace {

const char kBodies[] =
    "INVITE sip:bob@biloxi.example SIP/2.0\r\n"
    "Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds\r\n"
    "Max-Forwards: 70\r\nTo: <sip:bob@biloxi.example>\r\n"
    "From: <sip:alice@atlanta.example>;tag=1\r\nCall-ID: b@pc33.atlanta.example\r\n"
    "CSeq: 1 INVITE\r\nContent-Type: multipart/mixed;boundary=b;x=y\r\n\r\n"
    "--b\r\n\r\nhello\r\n"
    "--b\r\nContent-Type: application/sdp\r\nContent-ID: <1@a>\r\n\r\n"
    "v=0\r\no=alice 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=tool:t\r\n"
    "m=audio 9/2 RTP/AVP 96\r\nb=AS:64\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 x=1\r\n"
    "a=crypto:1 F8 inline:d0Rm\r\na=fingerprint:sha-1 4a\r\n"
    "a=candidate:1 1 UDP 1 192.0.2.1 8998 typ host\r\na=inactive\r\n"
    "a=setup:passive\r\nm=video x RTP/AVP 0\r\n"
    "\r\n--b--\r\n";

Message Parsed(std::string_view bytes) {
  Message message = Message::Create().value();
  static_cast<void>(message.Parse(bytes));
  return message;
}

TEST(Body, PartsAndText) {
  const Message message = Parsed(kBodies);
  const BodyView body = message.Body();
  const auto info = body.Info();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->kind, BodyKind::kMultipart);
  EXPECT_EQ(info->subtype, "mixed");
  EXPECT_EQ(info->part_count, 2u);
  std::string names;
  for (const Param& param : body.Info()->params()) names += std::string(param.name) + ' ';
  EXPECT_EQ(names, "boundary x ");
  std::string parts;
  for (const BodyPart& part : body.Parts()) {
    parts += std::string(part.content_id.data() == nullptr ? "none" : part.content_id) + ' ';
    EXPECT_FALSE(part.parent);
    EXPECT_EQ(part.depth, 1u);
  }
  EXPECT_EQ(parts, "none <1@a> ");
  ASSERT_TRUE(body.Text());
  EXPECT_EQ(body.Text()->text, "hello");
  EXPECT_EQ(body.Text()->charset, Charset::kUtf8);
}

TEST(Body, SessionAndMedia) {
  const Message message = Parsed(kBodies);
  const BodyView body = message.Body();
  const auto session = body.Session();
  ASSERT_TRUE(session);
  EXPECT_EQ(session->username, "alice");
  EXPECT_EQ(session->connection.address, "192.0.2.1");
  EXPECT_EQ(session->connection.kind, HostKind::kIpv4);
  EXPECT_EQ(session->connection.ttl.data(), nullptr);
  EXPECT_EQ(session->session_attribute_count, 1u);
  const auto audio = body.MediaAt(0);
  ASSERT_TRUE(audio);
  EXPECT_EQ(audio->port_number, 9);
  EXPECT_EQ(audio->port_count, "2");
  EXPECT_EQ(audio->direction, SdpDirection::kInactive);
  EXPECT_EQ(audio->first_attribute, 1u);
  EXPECT_FALSE(body.MediaAt(1)->port_number);
  int media = 0;
  for (const SdpMedia& medium : body.Media()) media += medium.proto == "RTP/AVP";
  EXPECT_EQ(media, 2);
  for (const SdpBandwidth& bandwidth : body.Bandwidths()) EXPECT_EQ(bandwidth.value, "64");
  EXPECT_EQ(body.BandwidthAt(0)->media, 0u);
}

TEST(Body, AttributesAreTakenApart) {
  const Message message = Parsed(kBodies);
  const BodyView body = message.Body();
  EXPECT_FALSE(body.AttributeAt(0)->media);
  std::string names;
  for (const SdpAttribute& attribute : body.Attributes()) {
    names += std::string(attribute.name) + (attribute.well_formed ? " " : "? ");
  }
  EXPECT_EQ(names, "tool rtpmap fmtp crypto fingerprint? candidate inactive setup ");
  EXPECT_EQ(body.RtpmapAt(1)->encoding, "opus");
  EXPECT_EQ(body.FmtpAt(2)->parameters, "x=1");
  EXPECT_EQ(body.CryptoAt(3)->key_info, "d0Rm");
  EXPECT_FALSE(body.FingerprintAt(4)->well_formed);
  EXPECT_EQ(body.CandidateAt(5)->type, "host");
  EXPECT_EQ(body.SetupAt(7)->role, SdpSetupRole::kPassive);
  EXPECT_TRUE(body.SetupAt(7)->well_formed);
  EXPECT_FALSE(body.CandidateAt(1)) << "another attribute";
  EXPECT_FALSE(body.CandidateAt(99));
}

TEST(Body, WithoutOneThereIsNothing) {
  const Message message = Parsed(sample::kInvite);
  EXPECT_TRUE(message.Body().Info()) << "of no known type";
  EXPECT_EQ(message.Body().Info()->kind, BodyKind::kOpaque);
  EXPECT_FALSE(message.Body().Session());
  EXPECT_FALSE(message.Body().Text());
  EXPECT_FALSE(message.Body().PartAt(0));
  EXPECT_FALSE(message.Body().AttributeAt(0));
}

}  // namespace
}  // namespace sipward
