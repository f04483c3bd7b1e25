#include <gtest/gtest.h>

#include <string>

#include "facts/facts.h"

namespace sipward::facts {
namespace {

constexpr std::string_view kRegister =
    "REGISTER sip:registrar.example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.7:5071;branch=z9hG4bKabc\r\n"
    "Max-Forwards: 70\r\n"
    "From: \"+1 (202) 555-0100\" <sip:+1-202-555-0100@example.com>;tag=a1\r\n"
    "To: <sip:alice@example.com>\r\n"
    "Call-ID: one@192.0.2.7\r\n"
    "CSeq: 7 REGISTER\r\n"
    "X-Site: north\r\n"
    "Contact: <sip:alice@192.0.2.7:5071>, <sip:alice@192.0.2.8>\r\n"
    "Authorization: Digest username=\"alice\", realm=\"example.com\", nonce=\"n\", "
    "uri=\"sip:registrar.example.com\", "
    "response=\"0123456789abcdef0123456789abcdef\"\r\n"
    "Content-Length: 0\r\n\r\n";

class MessageEventTest : public testing::Test {
 protected:
  MessageEvent& Make(std::string_view bytes, bool emergency = false) {
    packet_.bytes = bytes;
    packet_.source = *IpAddress::Parse("192.0.2.7");
    packet_.destination = *IpAddress::Parse("2001:db8:1:2:3::4");
    packet_.source_port = 5071;
    packet_.destination_port = 5060;
    message_.Parse(bytes, {});
    message_.Validate();
    event_.Reset(message_, packet_, emergency);
    return event_;
  }
  std::string Text(FieldId id) { return std::string(event_.Get(id).str()); }
  int64_t Int(FieldId id) {
    EXPECT_EQ(event_.Get(id).kind, Value::Kind::kInt) << Describe(id).name;
    return event_.Get(id).i;
  }

  Packet packet_;
  sip::Message message_;
  MessageEvent event_;
};

TEST_F(MessageEventTest, ReadsARequest) {
  Make(kRegister);
  EXPECT_EQ(event_.kind(), EventKind::kRequest);
  EXPECT_EQ(Int(FieldId::kMethod), static_cast<int64_t>(sip::Method::kRegister));
  EXPECT_EQ(Text(FieldId::kRuriHost), "registrar.example.com");
  EXPECT_FALSE(event_.Get(FieldId::kRuriUser).present());
  EXPECT_EQ(Text(FieldId::kFromUser), "+1-202-555-0100");
  EXPECT_EQ(Text(FieldId::kFromDigits), "12025550100");
  EXPECT_EQ(Text(FieldId::kFromDisplay), "+1 (202) 555-0100");
  EXPECT_EQ(Text(FieldId::kToDigits), "");
  EXPECT_EQ(Int(FieldId::kContactCount), 2);
  EXPECT_EQ(Text(FieldId::kContactHost), "192.0.2.7");
  EXPECT_EQ(Int(FieldId::kCseqNumber), 7);
  EXPECT_EQ(Int(FieldId::kMaxForwards), 70);
  EXPECT_EQ(Int(FieldId::kViaPort), 5071);
  EXPECT_EQ(Int(FieldId::kAuthPresent), 1);
  EXPECT_EQ(Text(FieldId::kAuthUser), "alice");
  EXPECT_FALSE(event_.Get(FieldId::kAuthQop).present());
  EXPECT_EQ(Text(FieldId::kHeaderOrder),
            "via max-forwards from to call-id cseq x contact authorization content-length");
  EXPECT_EQ(event_.Header("x-site").str(), "north");
  EXPECT_FALSE(event_.Header("X-Nowhere").present());
  EXPECT_EQ(Int(FieldId::kInDialog), 0);
}

TEST_F(MessageEventTest, ReadsThePacket) {
  packet_.account = "alice";
  Make(kRegister, true);
  EXPECT_EQ(event_.Get(FieldId::kSrcIp).address().ToString(), "192.0.2.7");
  EXPECT_EQ(event_.Get(FieldId::kSrcNet).address().ToString(), "192.0.2.0");
  EXPECT_EQ(event_.Get(FieldId::kSrcNet).bits, 24);
  EXPECT_EQ(event_.Get(FieldId::kDstNet).address().ToString(), "2001:db8:1:2::");
  EXPECT_EQ(event_.Get(FieldId::kDstNet).bits, 64);
  EXPECT_EQ(Int(FieldId::kSrcPort), 5071);
  EXPECT_EQ(Int(FieldId::kEmergency), 1);
  EXPECT_EQ(Text(FieldId::kAccount), "alice");
  EXPECT_FALSE(event_.Get(FieldId::kTrunk).present());
}

TEST_F(MessageEventTest, TakesTheMethodOfAResponseFromCseq) {
  Make(
      "SIP/2.0 404 Not Found\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKabc\r\nFrom: "
      "<sip:a@example.com>;tag=1\r\n"
      "To: <sip:b@example.com>;tag=2\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: "
      "0\r\n\r\n");
  EXPECT_EQ(event_.kind(), EventKind::kResponse);
  EXPECT_EQ(Int(FieldId::kCode), 404);
  EXPECT_EQ(Text(FieldId::kReason), "Not Found");
  EXPECT_EQ(Int(FieldId::kMethod), static_cast<int64_t>(sip::Method::kOptions));
  EXPECT_EQ(Int(FieldId::kInDialog), 1);
}

TEST_F(MessageEventTest, HasNothingOfAMessageThatIsNone) {
  Make("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
  EXPECT_EQ(event_.kind(), EventKind::kRequest);
  EXPECT_EQ(Int(FieldId::kMalformed), 1);
  EXPECT_FALSE(event_.Get(FieldId::kFromUri).present());
  EXPECT_FALSE(event_.Get(FieldId::kCallId).present());
  EXPECT_EQ(Int(FieldId::kViaCount), 0);
  EXPECT_TRUE(event_.HasAnomaly(sip::AnomalyId::kStartMalformed));
}

// Every field gives a value of its declared type, or none if it is optional, whatever the message.
TEST_F(MessageEventTest, KeepsTheDeclaredTypes) {
  for (const std::string_view bytes :
       {kRegister, std::string_view(""), std::string_view("SIP/2.0 200 OK\r\n\r\n")}) {
    Make(bytes);
    for (int i = 0; i < kFieldCount; ++i) {
      const FieldInfo& info = Describe(static_cast<FieldId>(i));
      if ((info.events & kOnMessages) == 0) continue;
      const Value& value = event_.Get(static_cast<FieldId>(i));
      if (!value.present()) {
        EXPECT_TRUE(info.optional) << info.name;
        continue;
      }
      const Value::Kind expected = info.type == Type::kString  ? Value::Kind::kString
                                   : info.type == Type::kIp    ? Value::Kind::kIp
                                   : info.type == Type::kCidr  ? Value::Kind::kCidr
                                   : info.type == Type::kFloat ? Value::Kind::kFloat
                                                               : Value::Kind::kInt;
      EXPECT_EQ(value.kind, expected) << info.name;
    }
  }
}

TEST(FieldTest, NamesAreUniqueAndFound) {
  for (int i = 0; i < kFieldCount; ++i) {
    const FieldInfo& info = Describe(static_cast<FieldId>(i));
    EXPECT_EQ(FindField(info.name, info.events), static_cast<FieldId>(i)) << info.name;
  }
  EXPECT_EQ(FindField("reason", kOnResponses), FieldId::kReason);
  EXPECT_EQ(FindField("reason", kOnAuth), FieldId::kAuthReason);
  EXPECT_FALSE(FindField("no.such.field"));
}

TEST(EnumTest, FindsMethodsTransportsAndDirections) {
  EXPECT_EQ(FindEnumValue("INVITE")->type, Type::kMethod);
  EXPECT_EQ(FindEnumValue("tls")->value, static_cast<int64_t>(Transport::kTls));
  EXPECT_EQ(EnumValueName(Type::kDirection, 2), "outbound");
  EXPECT_FALSE(FindEnumValue("invite"));
  EXPECT_EQ(EnumValueName(Type::kTransport, 99), "");
}

TEST(PacketTest, UdpAloneProvesNothing) {
  Packet packet;
  EXPECT_FALSE(packet.strong_evidence());
  packet.transport = Transport::kTcp;
  EXPECT_TRUE(packet.strong_evidence());
  packet.transport = Transport::kUdp;
  packet.registered = true;
  EXPECT_FALSE(packet.strong_evidence()) << "the host knows it by the address that is forged";
  packet.authenticated = true;
  EXPECT_TRUE(packet.strong_evidence());
}

}  // namespace
}  // namespace sipward::facts
