#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/io/capture_builder.h"

namespace sipward::io {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr uint8_t kUdp = 17;

// A directory that goes away with the test.
class CaptureError : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/capture_XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(std::string_view bytes) {
    const std::string path = folder_ + "/file";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string OpenError(const std::string& path) {
    CaptureReader reader;
    EXPECT_FALSE(reader.Open(path));
    CaptureItem item;
    EXPECT_EQ(reader.Next(&item), CaptureStatus::kError);
    EXPECT_THAT(reader.error(), StartsWith(path + ": "));
    EXPECT_EQ(reader.error().find('\n'), std::string::npos);
    return reader.error();
  }

  std::string folder_;
};

TEST_F(CaptureError, UnusableFilesSayWhy) {
  EXPECT_THAT(OpenError(folder_ + "/missing"), EndsWith("there is no such file"));
  EXPECT_THAT(OpenError(folder_), HasSubstr("is a directory"));
  EXPECT_THAT(OpenError(Write("")), EndsWith("is empty"));
  EXPECT_THAT(OpenError(Write("This is a text, and no capture at all.\n")),
              EndsWith("is not a pcap or pcapng capture"));
  EXPECT_THAT(OpenError(Write("\x1F\x8B\x08 compressed")), HasSubstr("unpack it first"));
  EXPECT_THAT(OpenError(Write(CaptureBuilder().bytes().substr(0, 20))), HasSubstr("cut off"));
  EXPECT_THAT(OpenError(Write(CaptureBuilder(147).bytes())), HasSubstr("link type"));
}

TEST_F(CaptureError, TwoBytesAreNoCapture) { OpenError(Write("ab")); }

TEST_F(CaptureError, CutOffFileIsAnErrorAfterTheMessagesBefore) {
  const std::string whole = CaptureBuilder()
                                .Add(Ipv4(kUdp, Udp(Request("a"))))
                                .Add(Ipv4(kUdp, Udp(Request("b"))))
                                .bytes();
  const size_t first = CaptureBuilder().Add(Ipv4(kUdp, Udp(Request("a")))).bytes().size();
  for (size_t size = first + 1; size < whole.size(); size += 7) {
    const Read read = ReadAll(whole.substr(0, size));
    EXPECT_EQ(read.end, CaptureStatus::kError) << size;
    EXPECT_EQ(read.call_ids, std::vector<std::string>{"a"});
    EXPECT_EQ(read.error, "test: the capture is cut off after 1 frames");
  }
  EXPECT_EQ(ReadAll(whole.substr(0, first)).end, CaptureStatus::kEnd);
}

TEST_F(CaptureError, DamagedFrameHeaderIsAnError) {
  std::string capture = CaptureBuilder().Add(Ipv4(kUdp, Udp(Request("a")))).bytes();
  capture += Le32(1) + Le32(1) + Le32(0x7FFFFFFF) + Le32(0x7FFFFFFF) + std::string(100, 'x');
  const Read read = ReadAll(capture);
  EXPECT_EQ(read.end, CaptureStatus::kError);
  EXPECT_THAT(read.error, HasSubstr("damaged after 1 frames"));
}

// Section header and interface blocks of pcapng, little-endian.
std::string PcapngBlock(uint32_t type, std::string body) {
  body.resize((body.size() + 3) / 4 * 4, '\0');
  const std::string size = Le32(static_cast<uint32_t>(12 + body.size()));
  return Le32(type) + size + body + size;
}
std::string PcapngStart() {
  return PcapngBlock(
      0x0A0D0D0A, Le32(0x1A2B3C4D) + std::string("\x01\x00\x00\x00", 4) + std::string(8, '\xFF'));
}
std::string PcapngInterface(uint32_t link_type) {
  return PcapngBlock(1, Le32(link_type) + Le32(65535));
}
std::string PcapngPacket(uint32_t interface, std::string_view frame) {
  const auto size = static_cast<uint32_t>(frame.size());
  return PcapngBlock(
      6, Le32(interface) + Le32(0) + Le32(1500) + Le32(size) + Le32(size) + std::string(frame));
}

TEST_F(CaptureError, PcapngIsReadToo) {
  const std::string ethernet = std::string(12, '\x02') + Be16(0x0800);
  const Read read =
      ReadAll(PcapngStart() + PcapngInterface(kLinkEthernet) + PcapngInterface(kLinkEthernet) +
              PcapngPacket(1, ethernet + Ipv4(kUdp, Udp(Request("a")))));
  EXPECT_EQ(read.end, CaptureStatus::kEnd) << read.error;
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_EQ(read.messages[0].packet.wall_ns, 1'500'000);
}

TEST_F(CaptureError, InterfacesOfDifferentLinkTypesAreRefused) {
  const Read read = ReadAll(
      PcapngStart() + PcapngInterface(kLinkRaw) + PcapngPacket(0, Ipv4(kUdp, Udp(Request("a")))) +
      PcapngInterface(kLinkEthernet) + PcapngPacket(1, Ipv4(kUdp, Udp(Request("b")))));
  EXPECT_EQ(read.end, CaptureStatus::kError);
  EXPECT_EQ(read.call_ids, std::vector<std::string>{"a"});
  EXPECT_THAT(read.error, HasSubstr("different link types"));
}

TEST_F(CaptureError, CutOffPcapngIsAnError) {
  const std::string whole =
      PcapngStart() + PcapngInterface(kLinkRaw) + PcapngPacket(0, Ipv4(kUdp, Udp(Request("a"))));
  const Read read = ReadAll(whole.substr(0, whole.size() - 5));
  EXPECT_EQ(read.end, CaptureStatus::kError);
  EXPECT_EQ(read.error, "test: the capture is cut off after 0 frames");
}

TEST_F(CaptureError, TimesOutOfRangeDoNotOverflow) {
  const auto packet = [](std::string_view frame) {
    const auto size = static_cast<uint32_t>(frame.size());
    return PcapngBlock(6, Le32(0) + Le32(0xFFFFFFFF) + Le32(0xFFFFFFFF) + Le32(size) + Le32(size) +
                              std::string(frame));
  };
  // Option if_tsresol: whole seconds.
  const std::string interface =
      PcapngBlock(1, Le32(kLinkRaw) + Le32(65535) +
                         std::string("\x09\x00\x01\x00\x00\x00\x00\x00", 8) + Le32(0));
  const Read read = ReadAll(PcapngStart() + interface + packet(Ipv4(kUdp, Udp(Request("a")))));
  ASSERT_EQ(read.messages.size(), 1u) << read.error;
  EXPECT_GE(read.messages[0].packet.wall_ns, 0);
}

TEST_F(CaptureError, ProgressReachesTheSizeOfTheFile) {
  CaptureBuilder capture;
  for (int i = 0; i < 1000; ++i) capture.Add(Ipv4(kUdp, Udp(Request("a"))));
  CaptureReader reader;
  ASSERT_TRUE(reader.Open(Write(capture.bytes())));
  EXPECT_EQ(reader.size(), capture.bytes().size());
  CaptureItem item;
  for (int i = 0; i < 600; ++i) ASSERT_EQ(reader.Next(&item), CaptureStatus::kMessage);
  EXPECT_GT(reader.position(), reader.size() / 4);
  EXPECT_LT(reader.position(), reader.size());
  while (reader.Next(&item) == CaptureStatus::kMessage) {
  }
  EXPECT_EQ(reader.position(), reader.size());
  EXPECT_EQ(reader.Next(&item), CaptureStatus::kEnd);
}

}  // namespace
}  // namespace sipward::io
