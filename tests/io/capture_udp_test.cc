#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/io/capture_builder.h"

namespace sipward::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint8_t kUdp = 17;

Read ReadDatagram(std::string_view payload, uint16_t source = 5060, uint16_t destination = 5060) {
  return ReadAll(CaptureBuilder().Add(Ipv4(kUdp, Udp(payload, source, destination))).bytes());
}

TEST(CaptureUdp, PacketSaysWhoWhereAndWhen) {
  constexpr int64_t kTime = 1'700'000'000'123'456'789;
  const Read read =
      ReadAll(CaptureBuilder().Add(Ipv4(kUdp, Udp(Request("a"), 5062, 5060)), kTime).bytes());
  ASSERT_EQ(read.messages.size(), 1u);
  const sipward_packet& packet = read.messages[0].packet;
  EXPECT_EQ(packet.struct_size, sizeof packet);
  EXPECT_EQ(packet.transport, uint32_t{SIPWARD_TRANSPORT_UDP});
  EXPECT_EQ(packet.wall_ns, kTime);
  EXPECT_EQ(packet.monotonic_ns, kTime);
  EXPECT_EQ(packet.source.port, 5062);
  EXPECT_EQ(packet.destination.port, 5060);
  EXPECT_EQ(packet.size, Request("a").size());
  EXPECT_EQ(read.messages[0].frame, 1u);
  EXPECT_FALSE(read.messages[0].truncated);
}

TEST(CaptureUdp, SipIsFoundOnAnyPort) {
  EXPECT_THAT(ReadDatagram(Request("a"), 4000, 4001).call_ids, ElementsAre("a"));
  EXPECT_EQ(ReadDatagram("SIP/2.0 200 OK\r\n\r\n", 4000, 4001).messages.size(), 1u);
  EXPECT_EQ(ReadDatagram("SIP/2.0 200\r\n\r\n", 4000, 4001).messages.size(), 1u);
  EXPECT_EQ(ReadDatagram("\r\n" + Request("a"), 4000, 4001).messages.size(), 1u);
}

TEST(CaptureUdp, OnOtherPortsTheStartLineMustBeCorrect) {
  for (const char* payload :
       {"NOTIFY * HTTP/1.1\r\n\r\n", "OPTIONS sip:a SIP/3.0\r\n\r\n", "SIP/2.0 20x OK\r\n\r\n",
        "SIP/2.0 2000 OK\r\n\r\n", "SIP/2.0", "OPTIONS sip:a", "OPTIONS  SIP/2.0\r\n",
        "OPTIONS sip:a b SIP/2.0\r\n", "O(P) sip:a SIP/2.0\r\n", " sip:a SIP/2.0\r\n", "\r\n"}) {
    const Read read = ReadDatagram(payload, 4000, 4001);
    EXPECT_THAT(read.messages, IsEmpty()) << payload;
    EXPECT_EQ(read.statistics.not_sip, 0u) << payload;
  }
}

TEST(CaptureUdp, OnSipPortsDamagedMessagesAreShown) {
  for (const char* payload :
       {"OPTIONS sip:a SIP/3.0\r\n\r\n", "OPTIONS  sip:a SIP/2.0\r\n\r\n", "INVITE sips:a\r\n\r\n",
        "sip/2.0 200 OK\r\n\r\n", "\r\n\r\nOPTIONS sip:a SIP/2.0\r\n\r\n", " x SIP/2.0"}) {
    EXPECT_EQ(ReadDatagram(payload, 5060, 4001).messages.size(), 1u) << payload;
    EXPECT_EQ(ReadDatagram(payload, 4001, 5061).messages.size(), 1u) << payload;
  }
}

TEST(CaptureUdp, KeepAlivesAndOtherProtocolsOnSipPortsAreCounted) {
  const std::string stun = Be16(1) + Be16(0) + Be32(0x2112A442) + std::string(12, 'x');
  const std::string hep = "HEP3" + Be16(900) + std::string(8, '\0') + Request("inside");
  for (const std::string& payload :
       {std::string("\r\n\r\n"), std::string(4, '\0'), std::string(), stun, hep, std::string("jaK"),
        "\xF8" + Request("compressed")}) {
    const Read read = ReadDatagram(payload);
    EXPECT_THAT(read.messages, IsEmpty());
    EXPECT_EQ(read.statistics.not_sip, 1u);
  }
}

TEST(CaptureUdp, DatagramIsOneMessageEvenIfItHoldsTwo) {
  const Read read = ReadDatagram(Request("a") + Request("b"));
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_EQ(read.messages[0].bytes, Request("a") + Request("b"));
}

TEST(CaptureUdp, LengthFieldIsFollowedAsFarAsThereAreBytes) {
  const std::string message = Request("a");
  const auto with_length = [&](size_t length) {
    std::string udp = Udp(message);
    udp.replace(4, 2, Be16(static_cast<uint32_t>(length)));
    return ReadAll(CaptureBuilder().Add(Ipv4(kUdp, udp)).bytes());
  };
  EXPECT_EQ(with_length(8 + message.size() - 10).messages.at(0).bytes,
            message.substr(0, message.size() - 10));
  EXPECT_EQ(with_length(8 + message.size() + 10).messages.at(0).bytes, message);
  EXPECT_FALSE(with_length(8 + message.size() + 10).messages.at(0).truncated);
  EXPECT_EQ(with_length(0).messages.at(0).bytes, message);
  EXPECT_THAT(with_length(7).messages, IsEmpty());
  EXPECT_EQ(with_length(7).statistics.dropped_malformed, 1u);
}

TEST(CaptureUdp, SnapshotLengthLeavesABeginningThatIsMarked) {
  const Read read =
      ReadAll(CaptureBuilder(kLinkRaw, 120).Add(Ipv4(kUdp, Udp(Request("a")))).bytes());
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_TRUE(read.messages[0].truncated);
  EXPECT_EQ(read.messages[0].bytes, Request("a").substr(0, 120 - 28));
  EXPECT_EQ(read.statistics.truncated_frames, 1u);
}

TEST(CaptureUdp, SnapshotLengthThatOnlyCutsPaddingMarksNothing) {
  const std::string packet = Ipv4(kUdp, Udp(Request("a")));
  const Read read = ReadAll(CaptureBuilder(kLinkRaw, static_cast<uint32_t>(packet.size()))
                                .Add(packet + std::string(10, '\0'))
                                .bytes());
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_FALSE(read.messages[0].truncated);
}

}  // namespace
}  // namespace sipward::io
