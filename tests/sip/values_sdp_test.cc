#include <gtest/gtest.h>

#include <memory>

#include "sip/body.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

using namespace std::string_view_literals;

std::string SdpNames(std::string_view body, const Limits& limits = {}) {
  const Text text(body);
  AnomalyLog kept = EmptyLog();
  const auto sdp = std::make_unique<Sdp>();
  ParseSdp(text.base(), text.slice(), limits, kept, sdp.get());
  AnomalyLog checked = EmptyLog();
  ParseSdp(text.base(), text.slice(), limits, checked, nullptr);
  EXPECT_EQ(Names(kept), Names(checked)) << "the same whether it is kept or not";
  return Names(kept);
}

constexpr std::string_view kHead =
    "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";
constexpr size_t kHeadSize = 58;

// The anomalies of `lines` behind the head, with offsets from there.
std::string Behind(std::string_view lines, const Limits& limits = {}) {
  const std::string names = SdpNames(std::string(kHead) + std::string(lines), limits);
  std::string out;
  for (size_t at = 0; at < names.size();) {
    const size_t sign = names.find('@', at);
    size_t end = names.find(' ', sign);
    if (end == names.npos) end = names.size();
    out += names.substr(at, sign + 1 - at);
    out += std::to_string(std::stol(names.substr(sign + 1, end - sign)) - long{kHeadSize});
    at = end;
    if (at < names.size()) out += names[at++];
  }
  return out;
}

TEST(SdpTest, TheHeadOfTheseTestsIsGood) {
  EXPECT_EQ(kHead.size(), kHeadSize);
  EXPECT_EQ(Behind(""), "");
}

TEST(SdpTest, WellFormedDescriptionsRaiseNothing) {
  EXPECT_EQ(
      SdpNames(
          "v=0\r\no=- 1 18446744073709551615 IN IP4 192.0.2.1\r\ns=-\r\ni=x\r\nu=x\r\ne=x\r\n"
          "p=x\r\nc=IN IP4 224.2.1.1/127/3\r\nb=AS:64\r\nt=0 0\r\nr=1\r\nt=1 2\r\nz=0 0\r\n"
          "k=x\r\na=x\r\nm=audio 65535/2 RTP/AVP 0\r\ni=x\r\nc=IN IP6 ff15::101/3\r\nb=AS:1\r\n"
          "b=TIAS:2\r\na=x\r\na=y:z\r\n"),
      "");
  EXPECT_EQ(SdpNames("v=0\no=- 1 1 IN IP4 h.example.com\ns=\nt=0 0\nm=audio 1 RTP/AVP 0\n"
                     "c=IN IP4 192.0.2.1"),
            "");
  EXPECT_EQ(SdpNames(""), "");
  EXPECT_EQ(Behind("m=message 7394 TCP/MSRP *\nm=image 5000 udptl t38\n"
                   "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n"),
            "");
}

TEST(SdpTest, NamesMissingLines) {
  EXPECT_EQ(SdpNames("v=0\r\n"), "sdp.missing_line@0");
  EXPECT_EQ(SdpNames("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n"),
            "sdp.missing_line@43");
}

TEST(SdpTest, NamesLinesOutOfOrder) {
  EXPECT_EQ(SdpNames("v=0\ns=-\no=- 1 1 IN IP4 192.0.2.1\nt=0 0\n"), "sdp.order@8");
  EXPECT_EQ(SdpNames("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\ns=-\nt=0 0\n"), "sdp.order@33");
  EXPECT_EQ(SdpNames("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nr=0\nt=0 0\n"), "sdp.order@33");
  EXPECT_EQ(Behind("y=1\n"), "sdp.order@0");
}

TEST(SdpTest, NumericFieldsLongerThanTheirTypeAreNamed) {
  EXPECT_EQ(Behind("m=audio 65536 RTP/AVP 0\n"), "sdp.overflow@8");
  EXPECT_EQ(Behind("t=0 18446744073709551616\n"), "sdp.overflow@4");
  EXPECT_EQ(Behind("t=000000000000000000001 0\n"), "sdp.overflow@2");
  EXPECT_EQ(SdpNames("v=0\no=- 99999999999999999999999 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"),
            "sdp.overflow@8");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nc=IN IP4 224.2.1.1/256\n"), "sdp.overflow@39");
  EXPECT_EQ(Behind("a=rtpmap:128 x/8000\n"), "sdp.overflow@9");
  EXPECT_EQ(Behind("a=candidate:1 1 UDP 1 192.0.2.1 65536 typ host\n"), "sdp.overflow@32");
}

// CVE-2018-1000098: the format was taken for a payload type and overran a table.
TEST(SdpTest, APayloadTypeOf32BitsIsNamed) {
  EXPECT_EQ(Behind("m=audio 17000 RTP/AVP 4294967296\n"), "sdp.overflow@22");
  EXPECT_EQ(Behind("m=audio 17000 RTP/AVP 0 127\n"), "");
  EXPECT_EQ(Behind("m=audio 17000 RTP/AVP 0 128\n"), "sdp.overflow@24");
  EXPECT_EQ(Behind("m=x 17000 TCP/x 4294967296\n"), "");
}

// CVE-2018-1000099: a NUL inside of "a=fmtp\0:".
TEST(SdpTest, ANulInTheNameOfAnAttributeIsNamed) {
  EXPECT_EQ(Behind("a=fmtp\0:0 x\n"sv), "sdp.attribute_malformed@2 sdp.nul@6");
}

TEST(SdpTest, NamesNulAndLinesThatAreNone) {
  EXPECT_EQ(SdpNames("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=\0\nt=0 0\n"sv), "sdp.nul@31");
  EXPECT_EQ(Behind("m =x\n"), "sdp.malformed@0");
  EXPECT_EQ(Behind("a=x:y\r\ra=y\r\n"), "sdp.bare_cr@5");
  EXPECT_EQ(Behind("a=x:y\r"), "sdp.bare_cr@5");
}

TEST(SdpTest, FieldsThatBreakTheirGrammarAreNamed) {
  EXPECT_EQ(SdpNames("v=1\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"), "sdp.field_malformed@2");
  EXPECT_EQ(SdpNames("v=0\no=- 1 x IN IP4 192.0.2.1\ns=-\nt=0 0\n"), "sdp.field_malformed@10");
  EXPECT_EQ(SdpNames("v=0\no=- 1  1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"), "sdp.field_malformed@10");
  EXPECT_EQ(Behind("t=x 0\n"), "sdp.field_malformed@2");
  EXPECT_EQ(Behind("m=audio 1\n"), "sdp.field_malformed@9");
  EXPECT_EQ(Behind("m=audio 1/0 RTP/AVP 0\n"), "sdp.field_malformed@10");
  EXPECT_EQ(Behind("m=audio -1 RTP/AVP 0\n"), "sdp.field_malformed@8");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nb=AS\n"), "sdp.field_malformed@24");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nc=IN IP4\n"), "sdp.field_malformed@28");
}

// sngrep (2024): an address longer than the array that it was copied to.
TEST(SdpTest, AnAddressLongerThanAnyIsBad) {
  const std::string line = "m=audio 1 RTP/AVP 0\nc=IN IP4 ";
  EXPECT_EQ(Behind(line + "192.0.2.2"), "");
  EXPECT_EQ(Behind(line + "host.example.com"), "");
  EXPECT_EQ(Behind(line + std::string(4096, '1')), "sdp.address_bad@29");
  EXPECT_EQ(Behind(line + "192.0.2.256"), "sdp.address_bad@29");
  EXPECT_EQ(Behind(line + "192.0.2.01"), "sdp.address_bad@29");
  EXPECT_EQ(Behind(line + "2001:db8::1"), "sdp.address_bad@29");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nc=IN IP6 192.0.2.1"), "sdp.address_bad@29");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nc=IN IP6 [2001:db8::1]"), "sdp.address_brackets@29");
  EXPECT_EQ(Behind("m=audio 1 RTP/AVP 0\nc=TN RFC2543 192.0.2.1.1"), "");
  EXPECT_EQ(Behind(line + "x!\nm=audio 1 RTP/AVP 0\nc=IN IP4 x!\n"),
            "sdp.address_bad@29 sdp.address_bad@61");
}

TEST(SdpTest, AttributesThatBreakTheirGrammarAreNamed) {
  for (const std::string_view line :
       {"a=b c", "a=", "a=:x", "a=x:", "a=rtpmap", "a=rtpmap:0 PCMU/", "a=fmtp:0", "a=setup:both",
        "a=sendrecv:1", "a=ice-ufrag:abc", "a=fingerprint:sha-1 ab:cd", "a=crypto:1 x"}) {
    if (line == "a=") continue;
    EXPECT_EQ(Behind(line), "sdp.attribute_malformed@2") << line;
  }
  EXPECT_EQ(Behind("a="), "sdp.attribute_malformed@2");
  EXPECT_EQ(Behind("a=Setup:both"), "") << "names are compared with regard to case";
}

TEST(SdpTest, AttributesThatContradictEachOtherAreNamed) {
  EXPECT_EQ(Behind("a=sendrecv\na=sendrecv\n"), "");
  EXPECT_EQ(Behind("a=sendrecv\na=inactive\n"), "sdp.attribute_conflict@13");
  EXPECT_EQ(Behind("a=sendrecv\nm=audio 1 RTP/AVP 0\na=inactive\n"), "");
  EXPECT_EQ(Behind("a=setup:active\na=setup:passive\n"), "sdp.attribute_conflict@23");
  EXPECT_EQ(Behind("a=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000\na=rtpmap:0 PCMU/8000\n"), "");
  EXPECT_EQ(Behind("a=rtpmap:0 PCMU/8000\na=rtpmap:0 PCMA/8000\n"), "sdp.attribute_conflict@31");
  EXPECT_EQ(Behind("a=ice-pwd:0123456789012345678901\na=ice-pwd:0123456789012345678902\n"),
            "sdp.attribute_conflict@43");
  EXPECT_EQ(Behind("a=fingerprint:sha-1 AB\na=fingerprint:sha-1 AB\na=fingerprint:sha-256 CD\n"),
            "");
  EXPECT_EQ(Behind("a=fingerprint:sha-1 AB\na=fingerprint:SHA-1 AC\n"),
            "sdp.fingerprint_conflict@37");
}

TEST(SdpTest, MoreMediaThanTheLimitIsNamedOnce) {
  Limits limits;
  limits.sdp_media = 2;
  const std::string media = "m=audio 1 RTP/AVP 0\n";
  EXPECT_EQ(Behind(media + media, limits), "");
  EXPECT_EQ(Behind(media + media + media + media, limits), "sdp.too_many_media@40");
}

TEST(SdpTest, MoreAttributesThanTheLimitIsNamedOnce) {
  Limits limits;
  limits.sdp_attributes = 2;
  EXPECT_EQ(Behind("a=x\na=x\n", limits), "");
  EXPECT_EQ(Behind("a=x\nm=audio 1 RTP/AVP 0\na=x\na=x\na=x\n", limits),
            "sdp.too_many_attributes@30");
  std::string bandwidths = "m=audio 1 RTP/AVP 0\n";
  for (size_t i = 0; i <= Sdp::kMaxBandwidths; ++i) bandwidths += "b=AS:1\n";
  EXPECT_EQ(Behind(bandwidths), "sdp.too_many_attributes@470");
}

class SdpFieldsTest : public testing::Test {
 protected:
  const Sdp& Read(std::string_view body) {
    text_ = std::make_unique<Text>(body);
    AnomalyLog log = EmptyLog();
    ParseSdp(text_->base(), text_->slice(), Limits{}, log, sdp_.get());
    return *sdp_;
  }
  std::string In(Slice slice) const {
    return slice.present() ? std::string(slice.In(text_->base())) : "(absent)";
  }

  std::unique_ptr<Text> text_;
  std::unique_ptr<Sdp> sdp_ = std::make_unique<Sdp>();
};

TEST_F(SdpFieldsTest, EverythingIsThere) {
  const Sdp& sdp = Read(
      "v=0\r\no=alice 2890844526 2890844527 IN IP6 2001:db8::1\r\ns=call\r\n"
      "c=IN IP4 224.2.36.42/127/3\r\nb=X-Y:128\r\nt=2873397496 "
      "2873404696\r\na=recvonly\r\na=tool:x\r\n"
      "m=audio 49170/2 RTP/AVP 0 8\r\nc=IN IP6 ff15::101/3\r\nb=AS:64\r\na=sendonly\r\n"
      "a=rtpmap:0 PCMU/8000\r\nm=video 0 UDP/TLS/RTP/SAVPF 31\r\na=inactive\r\n");
  EXPECT_EQ(In(sdp.version), "0");
  EXPECT_EQ(In(sdp.name), "call");
  EXPECT_EQ(In(sdp.origin.text), "alice 2890844526 2890844527 IN IP6 2001:db8::1");
  EXPECT_EQ(In(sdp.origin.username), "alice");
  EXPECT_EQ(In(sdp.origin.session_id), "2890844526");
  EXPECT_EQ(In(sdp.origin.version), "2890844527");
  EXPECT_EQ(In(sdp.origin.nettype), "IN");
  EXPECT_EQ(In(sdp.origin.addrtype), "IP6");
  EXPECT_EQ(In(sdp.origin.address), "2001:db8::1");
  EXPECT_EQ(In(sdp.start_time), "2873397496");
  EXPECT_EQ(In(sdp.stop_time), "2873404696");
  EXPECT_EQ(In(sdp.connection.address), "224.2.36.42");
  EXPECT_EQ(In(sdp.connection.ttl), "127");
  EXPECT_EQ(In(sdp.connection.count), "3");
  EXPECT_EQ(sdp.connection.kind, HostKind::kIpv4);
  EXPECT_EQ(sdp.direction, SdpDirection::kRecvonly);
  ASSERT_EQ(sdp.session_attributes().size(), 2u);
  EXPECT_EQ(In(sdp.session_attributes()[1].name), "tool");
  EXPECT_EQ(In(sdp.session_attributes()[1].value), "x");
  ASSERT_EQ(sdp.bandwidths().size(), 2u);
  EXPECT_EQ(In(sdp.bandwidths()[0].type), "X-Y");
  EXPECT_EQ(sdp.bandwidths()[0].media, -1);
  EXPECT_EQ(In(sdp.bandwidths()[1].value), "64");
  EXPECT_EQ(sdp.bandwidths()[1].media, 0);
}

TEST_F(SdpFieldsTest, MediaHaveTheirOwn) {
  const Sdp& sdp = Read(std::string(kHead) +
                        "m=audio 49170/2 RTP/AVP 0 8\r\nc=IN IP6 ff15::101/3\r\na=sendonly\r\n"
                        "a=rtpmap:0 PCMU/8000\r\nm=video 0 UDP/TLS/RTP/SAVPF 31\r\na=inactive\r\n");
  ASSERT_EQ(sdp.media().size(), 2u);
  const SdpMedia& audio = sdp.media()[0];
  EXPECT_EQ(In(audio.text), "audio 49170/2 RTP/AVP 0 8");
  EXPECT_EQ(In(audio.type), "audio");
  EXPECT_EQ(In(audio.port), "49170");
  EXPECT_EQ(audio.port_number, 49170);
  EXPECT_EQ(In(audio.count), "2");
  EXPECT_EQ(In(audio.proto), "RTP/AVP");
  EXPECT_EQ(In(audio.formats), "0 8");
  EXPECT_EQ(In(audio.connection.address), "ff15::101");
  EXPECT_EQ(In(audio.connection.count), "3");
  EXPECT_EQ(In(audio.connection.ttl), "(absent)");
  EXPECT_EQ(audio.direction, SdpDirection::kSendonly);
  ASSERT_EQ(sdp.attributes_of(audio).size(), 2u);
  EXPECT_EQ(sdp.attributes_of(audio)[1].id, SdpAttributeId::kRtpmap);
  EXPECT_EQ(sdp.attributes_of(audio)[1].media, 0);
  const SdpMedia& video = sdp.media()[1];
  EXPECT_EQ(video.port_number, 0);
  EXPECT_EQ(In(video.proto), "UDP/TLS/RTP/SAVPF");
  EXPECT_FALSE(video.connection.text.present());
  ASSERT_EQ(sdp.attributes_of(video).size(), 1u);
  EXPECT_EQ(video.direction, SdpDirection::kInactive);
}

TEST_F(SdpFieldsTest, WhatIsBrokenIsReadAsFarAsItGoes) {
  const Sdp& sdp = Read(
      "v=0\no=a 1\ns=-\nc=IN IP4  10.0.0.1/x\nt=0\nm=audio\nm=video x RTP/AVP  0\n"
      "a=b c:d\n");
  EXPECT_EQ(In(sdp.origin.session_id), "1");
  EXPECT_EQ(In(sdp.origin.version), "(absent)");
  EXPECT_EQ(In(sdp.connection.address), "10.0.0.1");
  EXPECT_EQ(In(sdp.connection.ttl), "x");
  EXPECT_EQ(In(sdp.start_time), "0");
  ASSERT_EQ(sdp.media().size(), 2u);
  EXPECT_EQ(In(sdp.media()[0].port), "(absent)");
  EXPECT_EQ(sdp.media()[1].port_number, -1);
  EXPECT_EQ(In(sdp.media()[1].formats), " 0");
  EXPECT_EQ(In(sdp.attributes()[0].name), "b c");
  EXPECT_EQ(In(sdp.attributes()[0].value), "d");
}

// Of what stands twice the first is kept, and nothing of an earlier description stays.
TEST_F(SdpFieldsTest, TheFirstOfTwoIsKept) {
  EXPECT_EQ(In(Read("o=a 1 1 IN IP4 x.y\no=b 1 1 IN IP4 x.y\n").origin.username), "a");
  EXPECT_EQ(In(Read(std::string(kHead) + "c=IN IP4 192.0.2.9\n").connection.address), "192.0.2.1");
  const Sdp& sdp = Read("v=0\n");
  EXPECT_FALSE(sdp.origin.text.present());
  EXPECT_FALSE(sdp.connection.text.present());
  EXPECT_TRUE(sdp.media().empty());
  EXPECT_TRUE(sdp.attributes().empty());
}

}  // namespace
}  // namespace sipward::sip::values_test
