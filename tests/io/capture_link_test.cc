#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/capture_builder.h"

namespace sipward::io {
namespace {

using ::testing::ElementsAre;

constexpr uint8_t kUdp = 17;

struct Layer {
  const char* name;
  uint32_t link_type;
  std::string header;
  bool ipv6;
};

std::string Macs() { return std::string(12, '\x02'); }

std::vector<Layer> Layers() {
  const std::string sll(14, '\0');
  const std::string sll2(18, '\0');
  const auto pppoe = [](const std::string& ip) {
    return Be16(0x1100) + Be16(7) + Be16(static_cast<uint32_t>(ip.size() + 2));
  };
  const std::string ip = Ipv4(kUdp, Udp(Request("here")));
  return {
      {"ethernet", kLinkEthernet, Macs() + Be16(0x0800), false},
      {"ethernet_ipv6", kLinkEthernet, Macs() + Be16(0x86DD), true},
      {"vlan", kLinkEthernet, Macs() + Be16(0x8100) + Be16(5) + Be16(0x0800), false},
      {"qinq", kLinkEthernet,
       Macs() + Be16(0x88A8) + Be16(5) + Be16(0x8100) + Be16(6) + Be16(0x86DD), true},
      {"pppoe", kLinkEthernet, Macs() + Be16(0x8864) + pppoe(ip) + Be16(0x0021), false},
      {"cooked_v1", kLinkSll, sll + Be16(0x0800), false},
      {"cooked_v1_ipv6", kLinkSll, sll + Be16(0x86DD), true},
      {"cooked_v2", kLinkSll2, Be16(0x0800) + sll2, false},
      {"cooked_v2_ipv6", kLinkSll2, Be16(0x86DD) + sll2, true},
      {"raw", kLinkRaw, "", false},
      {"raw_ipv6", kLinkRaw, "", true},
      {"ipv4", kLinkIpv4, "", false},
      {"ipv6", kLinkIpv6, "", true},
      {"null", kLinkNull, Le32(2), false},
      {"null_bsd_ipv6", kLinkNull, Le32(30), true},
      {"loop", kLinkLoop, Be32(2), false},
      {"ppp", kLinkPpp, Be16(0xFF03) + Be16(0x0021), false},
      {"ppp_ipv6", kLinkPpp, Be16(0x0057), true},
  };
}

TEST(CaptureLink, EveryLinkLayerLeadsToTheMessage) {
  for (const Layer& layer : Layers()) {
    SCOPED_TRACE(layer.name);
    const std::string udp = Udp(Request("here"));
    const std::string ip = layer.ipv6 ? Ipv6(kUdp, udp) : Ipv4(kUdp, udp);
    const Read read = ReadAll(CaptureBuilder(layer.link_type).Add(layer.header + ip).bytes());
    EXPECT_EQ(read.end, CaptureStatus::kEnd) << read.error;
    ASSERT_THAT(read.call_ids, ElementsAre("here"));
    EXPECT_EQ(read.messages[0].bytes, Request("here"));
    EXPECT_EQ(read.messages[0].packet.source.address[15], 1);
    EXPECT_EQ(read.messages[0].packet.destination.address[15], 2);
    EXPECT_EQ(read.messages[0].packet.source.address[10], layer.ipv6 ? 0x00 : 0xFF);
  }
}

TEST(CaptureLink, EveryLinkLayerSurvivesEveryLength) {
  for (const Layer& layer : Layers()) {
    SCOPED_TRACE(layer.name);
    const std::string udp = Udp(Request("here"));
    const std::string frame = layer.header + (layer.ipv6 ? Ipv6(kUdp, udp) : Ipv4(kUdp, udp));
    CaptureBuilder capture(layer.link_type);
    for (size_t length = 0; length <= frame.size(); ++length) capture.Add(frame.substr(0, length));
    const Read read = ReadAll(capture.bytes());
    EXPECT_EQ(read.end, CaptureStatus::kEnd);
    EXPECT_EQ(read.statistics.frames, frame.size() + 1);
    EXPECT_EQ(read.messages.back().bytes, Request("here"));
    EXPECT_GT(read.statistics.dropped_malformed, 0u);
  }
}

TEST(CaptureLink, FramesThatAreNotIpAreCounted) {
  const Read read = ReadAll(
      CaptureBuilder(kLinkEthernet).Add(Macs() + Be16(0x0806) + std::string(28, 'a')).bytes());
  EXPECT_EQ(read.end, CaptureStatus::kEnd);
  EXPECT_EQ(read.statistics.not_ip, 1u);
}

TEST(CaptureLink, ShortFramesWithEthernetPaddingEndWhereIpSays) {
  const std::string ip = Ipv4(kUdp, Udp(Request("here")));
  const Read read = ReadAll(CaptureBuilder(kLinkEthernet)
                                .Add(Macs() + Be16(0x0800) + ip + std::string(20, '\0'))
                                .bytes());
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_EQ(read.messages[0].bytes, Request("here"));
}

TEST(CaptureTunnel, InnermostAddressesCount) {
  const std::string inner4 = Ipv4(kUdp, Udp(Request("inner")));
  const std::string inner6 = Ipv6(kUdp, Udp(Request("inner")));
  const std::string gre_key = Be16(0x2000) + Be16(0x0800) + Be32(7);
  const std::string gre_bridge = Be16(0) + Be16(0x6558) + Macs() + Be16(0x86DD);
  for (const std::string& packet :
       {Ipv4(4, inner4), Ipv4(41, inner6), Ipv6(4, inner4), Ipv6(41, inner6),
        Ipv4(47, Be16(0) + Be16(0x0800) + inner4), Ipv4(47, gre_key + inner4),
        Ipv4(47, gre_bridge + inner6), Ipv4(4, Ipv4(4, inner4))}) {
    const Read read = ReadAll(CaptureBuilder().Add(packet).bytes());
    ASSERT_THAT(read.call_ids, ElementsAre("inner"));
  }
}

TEST(CaptureTunnel, EndlessNestingIsGivenUp) {
  std::string packet = Ipv4(kUdp, Udp(Request("deep")));
  for (int i = 0; i < 50; ++i) packet = Ipv4(4, packet);
  const Read read = ReadAll(CaptureBuilder().Add(packet).bytes());
  EXPECT_TRUE(read.messages.empty());
  EXPECT_EQ(read.statistics.dropped_nesting, 1u);
}

TEST(CaptureIpv6, ExtensionHeadersAreWalked) {
  const std::string udp = Udp(Request("behind"));
  const std::string routing = std::string("\x3C\x00", 2) + std::string(6, '\0');
  const std::string destination = std::string("\x33\x01", 2) + std::string(14, '\0');
  const std::string authentication = std::string("\x11\x04", 2) + std::string(22, '\0');
  const std::string hop = std::string("\x2B\x00", 2) + std::string(6, '\0');
  const Read read = ReadAll(
      CaptureBuilder().Add(Ipv6(0, hop + routing + destination + authentication + udp)).bytes());
  ASSERT_THAT(read.call_ids, ElementsAre("behind"));
}

TEST(CaptureIpv6, TooManyExtensionHeadersAreGivenUp) {
  std::string headers;
  for (int i = 0; i < 100; ++i) headers += std::string("\x3C\x00", 2) + std::string(6, '\0');
  const Read read = ReadAll(CaptureBuilder().Add(Ipv6(60, headers)).bytes());
  EXPECT_EQ(read.statistics.dropped_nesting, 1u);
}

TEST(CaptureIpv4, OptionsAreSkipped) {
  std::string packet = Ipv4(kUdp, Udp(Request("options")));
  packet[0] = '\x47';
  packet.insert(20, std::string(8, '\x01'));
  const uint32_t total = static_cast<uint32_t>(packet.size());
  packet.replace(2, 2, Be16(total));
  EXPECT_THAT(ReadAll(CaptureBuilder().Add(packet).bytes()).call_ids, ElementsAre("options"));
}

}  // namespace
}  // namespace sipward::io
