#include <gtest/gtest.h>

#include "sip/sdp_attribute.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

struct ReadCase {
  std::string_view value;
  bool good;
  std::string_view found;
};

TEST(SdpAttributeTest, Rtpmap) {
  for (const ReadCase& c : std::initializer_list<ReadCase>{
           {"0 PCMU/8000", true, "type=0 name=PCMU rate=8000"},
           {"97 opus/48000/2", true, "type=97 name=opus rate=48000 params=2"},
           {"101 telephone-event/8000", true, "type=101 name=telephone-event rate=8000"},
           {"00 PCMU/8000", false, "type=00 name=PCMU rate=8000"},
           {"0  PCMU/8000", false, "type=0 name=PCMU rate=8000"},
           {"31 LPC", true, "type=31 name=LPC"},
           {"0 PCMU/", false, "type=0 name=PCMU rate="},
           {"0 PCMU/8000/", false, "type=0 name=PCMU rate=8000 params="},
           {"0 PCMU/8000 ", false, "type=0 name=PCMU rate=8000"},
           {"x", false, "type=x"},
           {"", false, ""}}) {
    const Text text(c.value);
    SdpRtpmap r;
    EXPECT_EQ(ReadRtpmap(text.base(), text.slice(), &r), c.good) << c.value;
    EXPECT_EQ(Show(text.base(), {{"type", r.payload_type},
                                 {"name", r.encoding},
                                 {"rate", r.clock_rate},
                                 {"params", r.parameters}}),
              c.found);
  }
  SdpRtpmap r;
  EXPECT_FALSE(ReadRtpmap("", Slice{}, &r));
}

TEST(SdpAttributeTest, Fmtp) {
  for (const ReadCase& c :
       std::initializer_list<ReadCase>{{"101 0-16", true, "format=101 params=0-16"},
                                       {"111 minptime=10; useinbandfec=1", true,
                                        "format=111 params=minptime=10; useinbandfec=1"},
                                       {"101", false, "format=101"},
                                       {"101 ", false, "format=101 params="},
                                       {" x", false, "format= params=x"}}) {
    const Text text(c.value);
    SdpFmtp f;
    EXPECT_EQ(ReadFmtp(text.base(), text.slice(), &f), c.good) << c.value;
    EXPECT_EQ(Show(text.base(), {{"format", f.format}, {"params", f.parameters}}), c.found);
  }
}

TEST(SdpAttributeTest, Crypto) {
  for (const ReadCase& c : std::initializer_list<ReadCase>{
           {"1 AES_CM_128_HMAC_SHA1_80 inline:d0Rm|2^20|1:4", true,
            "tag=1 suite=AES_CM_128_HMAC_SHA1_80 keys=inline:d0Rm|2^20|1:4 method=inline "
            "info=d0Rm|2^20|1:4"},
           {"1 F8 \t inline:a;inline:b KDR=1 UNENCRYPTED_SRTP", true,
            "tag=1 suite=F8 keys=inline:a;inline:b method=inline info=a params=KDR=1 "
            "UNENCRYPTED_SRTP"},
           {"1234567890 F8 inline:a", false,
            "tag=1234567890 suite=F8 keys=inline:a method=inline info=a"},
           {"1 F8 inline:", false, "tag=1 suite=F8 keys=inline: method=inline info="},
           {"1 F8 inline", false, "tag=1 suite=F8 keys=inline method=inline"},
           {"1 F-8 inline:a;", false, "tag=1 suite=F-8 keys=inline:a; method=inline info=a"},
           {"1 F8", false, "tag=1 suite=F8"}}) {
    const Text text(c.value);
    SdpCrypto r;
    EXPECT_EQ(ReadCrypto(text.base(), text.slice(), &r), c.good) << c.value;
    EXPECT_EQ(Show(text.base(), {{"tag", r.tag},
                                 {"suite", r.suite},
                                 {"keys", r.key_params},
                                 {"method", r.key_method},
                                 {"info", r.key_info},
                                 {"params", r.session_params}}),
              c.found);
  }
}

TEST(SdpAttributeTest, Fingerprint) {
  for (const ReadCase& c :
       std::initializer_list<ReadCase>{{"sha-256 4A:AD:B9", true, "hash=sha-256 value=4A:AD:B9"},
                                       {"sha-1 4a:ad", false, "hash=sha-1 value=4a:ad"},
                                       {"sha-1 4A:A", false, "hash=sha-1 value=4A:A"},
                                       {"sha-1 4AAD", false, "hash=sha-1 value=4AAD"},
                                       {"sha-1", false, "hash=sha-1"}}) {
    const Text text(c.value);
    SdpFingerprint f;
    EXPECT_EQ(ReadFingerprint(text.base(), text.slice(), &f), c.good) << c.value;
    EXPECT_EQ(Show(text.base(), {{"hash", f.hash}, {"value", f.value}}), c.found);
  }
}

TEST(SdpAttributeTest, Candidate) {
  for (const ReadCase& c : std::initializer_list<ReadCase>{
           {"1 1 UDP 2130706431 192.0.2.1 8998 typ host", true,
            "f=1 c=1 t=UDP p=2130706431 a=192.0.2.1 port=8998 type=host"},
           {"2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 10.0.1.1 rport 8998", true,
            "f=2 c=1 t=UDP p=1694498815 a=192.0.2.3 port=45664 type=srflx ra=10.0.1.1 rp=8998"},
           {"a/+ 256 tcp 1 2001:db8::1 9 TYP host tcptype active generation 0", true,
            "f=a/+ c=256 t=tcp p=1 a=2001:db8::1 port=9 type=host ext=tcptype active generation 0"},
           {"1 1 UDP 1 192.0.2.1 1 typ relay raddr x rport 2 raddr y", true,
            "f=1 c=1 t=UDP p=1 a=192.0.2.1 port=1 type=relay ra=x rp=2 ext=raddr y"},
           {"1 1 UDP 1 192.0.2.1 1 typ relay rport x", true,
            "f=1 c=1 t=UDP p=1 a=192.0.2.1 port=1 type=relay ext=rport x"},
           {"1 1 UDP 1 192.0.2.1 1 typ host gene", false,
            "f=1 c=1 t=UDP p=1 a=192.0.2.1 port=1 type=host"},
           {"1 1 UDP 1 192.0.2.1 1 host", false, "f=1 c=1 t=UDP p=1 a=192.0.2.1 port=1"},
           {"- 1 UDP", false, "f=- c=1 t=UDP"},
           {"", false, ""}}) {
    const Text text(c.value);
    SdpCandidate r;
    EXPECT_EQ(ReadCandidate(text.base(), text.slice(), &r), c.good) << c.value;
    EXPECT_EQ(Show(text.base(), {{"f", r.foundation},
                                 {"c", r.component},
                                 {"t", r.transport},
                                 {"p", r.priority},
                                 {"a", r.address},
                                 {"port", r.port},
                                 {"type", r.type},
                                 {"ra", r.related_address},
                                 {"rp", r.related_port},
                                 {"ext", r.extensions}}),
              c.found);
  }
}

TEST(SdpAttributeTest, SetupAndIce) {
  const auto setup = [](std::string_view value) {
    return ReadSetup(value.data(), {0, static_cast<uint32_t>(value.size())});
  };
  EXPECT_EQ(setup("active"), SdpSetup::kActive);
  EXPECT_EQ(setup("passive"), SdpSetup::kPassive);
  EXPECT_EQ(setup("actpass"), SdpSetup::kActpass);
  EXPECT_EQ(setup("holdconn"), SdpSetup::kHoldconn);
  EXPECT_EQ(setup("Active"), SdpSetup::kNone);
  EXPECT_EQ(ReadSetup("", Slice{}), SdpSetup::kNone);
  const auto slice = [](const std::string& text) {
    return Slice{0, static_cast<uint32_t>(text.size())};
  };
  for (const size_t length : {3u, 4u, 21u, 22u, 256u, 257u}) {
    const std::string text(length, '+');
    EXPECT_EQ(IsIceUfrag(text.data(), slice(text)), length >= 4 && length <= 256);
    EXPECT_EQ(IsIcePwd(text.data(), slice(text)), length >= 22 && length <= 256);
  }
  for (const std::string text : {"ice2", "ice2 trickle", "rtp+ecn"}) {
    EXPECT_TRUE(IsIceOptions(text.data(), slice(text)));
  }
  for (const std::string text : {"", " ice2", "ice2  x", "ice2 ", "a-b"}) {
    EXPECT_FALSE(IsIceOptions(text.data(), slice(text)));
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
