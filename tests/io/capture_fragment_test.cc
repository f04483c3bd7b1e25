#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "io/fragments.h"
#include "tests/io/capture_builder.h"

namespace sipward::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint8_t kUdp = 17;
constexpr uint8_t kFragmentHeader = 44;
constexpr uint32_t kMore = 0x2000;
constexpr size_t kStep = 64;

// `datagram` in fragments of kStep bytes.
std::vector<std::string> Fragments4(std::string_view datagram, uint16_t id) {
  std::vector<std::string> fragments;
  for (size_t at = 0; at < datagram.size(); at += kStep) {
    const bool last = at + kStep >= datagram.size();
    const uint32_t place = static_cast<uint32_t>(at / 8) | (last ? 0 : kMore);
    fragments.push_back(Ipv4(kUdp, datagram.substr(at, kStep), id, static_cast<uint16_t>(place)));
  }
  return fragments;
}

std::vector<std::string> Fragments6(std::string_view datagram, uint32_t id) {
  std::vector<std::string> fragments;
  for (size_t at = 0; at < datagram.size(); at += kStep) {
    const uint32_t more = at + kStep >= datagram.size() ? 0 : 1;
    fragments.push_back(
        Ipv6(kFragmentHeader, std::string("\x11\x00", 2) + Be16(static_cast<uint32_t>(at) | more) +
                                  Be32(id) + std::string(datagram.substr(at, kStep))));
  }
  return fragments;
}

Read ReadFrames(const std::vector<std::string>& frames) {
  CaptureBuilder capture;
  for (const std::string& frame : frames) capture.Add(frame);
  return ReadAll(capture.bytes());
}

TEST(CaptureFragment, AnyOrderGivesTheDatagramAtTheLastArrival) {
  for (std::vector<std::string> fragments :
       {Fragments4(Udp(Request("a", 100)), 7), Fragments6(Udp(Request("a", 100)), 7)}) {
    std::vector<size_t> order(fragments.size());
    std::iota(order.begin(), order.end(), size_t{0});
    ASSERT_GE(order.size(), 4u);
    for (int turn = 0; turn < 100; ++turn) {
      std::vector<std::string> frames;
      for (const size_t i : order) frames.push_back(fragments[i]);
      const Read read = ReadFrames(frames);
      ASSERT_EQ(read.messages.size(), 1u);
      EXPECT_EQ(read.messages[0].bytes, Request("a", 100));
      EXPECT_EQ(read.messages[0].frame, frames.size());
      EXPECT_EQ(read.statistics.reassembled_datagrams, 1u);
      std::next_permutation(order.rbegin(), order.rend(), std::greater<>());
      std::rotate(order.begin(), order.begin() + 1, order.end());
    }
  }
}

TEST(CaptureFragment, DatagramsThatMixAreKeptApart) {
  const auto first = Fragments4(Udp(Request("first")), 1);
  const auto second = Fragments4(Udp(Request("second")), 2);
  std::vector<std::string> frames;
  for (size_t i = 0; i < first.size(); ++i) {
    frames.push_back(second[i]);
    frames.push_back(first[i]);
  }
  ASSERT_EQ(first.size(), second.size());
  EXPECT_THAT(ReadFrames(frames).call_ids, ElementsAre("second", "first"));
}

TEST(CaptureFragment, RepeatedFragmentsDoNoHarm) {
  std::vector<std::string> frames = Fragments4(Udp(Request("a")), 1);
  frames.insert(frames.begin(), frames[1]);
  frames.insert(frames.begin(), frames[1]);
  EXPECT_THAT(ReadFrames(frames).call_ids, ElementsAre("a"));
}

TEST(CaptureFragment, WhereFragmentsDifferTheFirstStays) {
  const std::string udp = Udp(Request("right"));
  std::vector<std::string> frames = Fragments4(udp, 1);
  std::string wrong = udp.substr(kStep, 2 * kStep);
  std::fill(wrong.begin(), wrong.end(), 'x');
  frames.insert(frames.begin() + 2, Ipv4(kUdp, wrong, 1, static_cast<uint16_t>(kMore | kStep / 8)));
  const Read read = ReadFrames(frames);
  ASSERT_EQ(read.messages.size(), 1u);
  std::string expected = Request("right");
  // Bytes kStep .. 2*kStep came before; those behind it are of the overlapping fragment.
  std::fill_n(expected.begin() + 2 * kStep - 8, kStep, 'x');
  EXPECT_EQ(read.messages[0].bytes, expected);
}

TEST(CaptureFragment, MissingFragmentGivesNothing) {
  std::vector<std::string> frames = Fragments4(Udp(Request("a")), 1);
  frames.erase(frames.begin() + 1);
  const Read read = ReadFrames(frames);
  EXPECT_EQ(read.end, CaptureStatus::kEnd);
  EXPECT_THAT(read.messages, IsEmpty());
}

TEST(CaptureFragment, OldFragmentsAreGivenUp) {
  const auto fragments = Fragments4(Udp(Request("a")), 1);
  CaptureBuilder capture;
  capture.Add(fragments[0], 1);
  for (size_t i = 1; i < fragments.size(); ++i) {
    capture.Add(fragments[i], FragmentTable::kTimeoutNs + 2);
  }
  const Read read = ReadAll(capture.bytes());
  EXPECT_THAT(read.messages, IsEmpty());
  EXPECT_EQ(read.statistics.dropped_fragments, 1u);
}

TEST(CaptureFragment, TooManyDatagramsGiveUpTheOldest) {
  CaptureBuilder capture;
  const auto first = Fragments4(Udp(Request("oldest")), 0);
  const auto kept = Fragments4(Udp(Request("kept")), 1);
  capture.Add(first[0]).Add(kept[0]);
  for (uint32_t id = 2; id < FragmentTable::kMostDatagrams + 1; ++id) {
    capture.Add(Fragments4(Udp(Request("other")), static_cast<uint16_t>(id))[0]);
  }
  for (size_t i = 1; i < kept.size(); ++i) capture.Add(kept[i]);
  for (size_t i = 1; i < first.size(); ++i) capture.Add(first[i]);
  const Read read = ReadAll(capture.bytes());
  EXPECT_THAT(read.call_ids, ElementsAre("kept"));
  EXPECT_GE(read.statistics.dropped_fragments, 1u);
}

TEST(CaptureFragment, ImpossibleFragmentsAreDropped) {
  const std::string piece(64, 'x');
  const std::vector<std::string> frames = {
      Ipv4(kUdp, piece, 1, 0x1FFF),         // ends beyond 65535
      Ipv4(kUdp, "", 1, 8),                 // nothing in it
      Ipv4(kUdp, "1234567", 1, kMore | 8),  // not the last, and not a multiple of 8
      Ipv4(kUdp, piece, 2, 16),
      Ipv4(kUdp, piece, 2, kMore | 64),  // behind the last
      Ipv4(kUdp, piece, 2, 8),           // a second, earlier end
  };
  const Read read = ReadFrames(frames);
  EXPECT_EQ(read.statistics.dropped_fragments, 5u);
  EXPECT_THAT(read.messages, IsEmpty());
}

TEST(CaptureFragment, AtomicIpv6FragmentIsWhole) {
  const std::string header = std::string("\x11\x00\x00\x00", 4) + Be32(9);
  EXPECT_THAT(ReadFrames({Ipv6(kFragmentHeader, header + Udp(Request("a")))}).call_ids,
              ElementsAre("a"));
}

TEST(CaptureFragment, FragmentsInsideATunnelInFragments) {
  const auto inner = Fragments4(Udp(Request("inside", 200)), 5);
  CaptureBuilder capture;
  for (size_t i = 0; i < inner.size(); ++i) {
    const auto id = static_cast<uint16_t>(100 + i);
    const std::string_view packet = inner[i];
    capture.Add(Ipv4(4, packet.substr(0, 40), id, kMore));
    capture.Add(Ipv4(4, packet.substr(40), id, 5));
  }
  const Read read = ReadAll(capture.bytes());
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_EQ(read.messages[0].bytes, Request("inside", 200));
}

TEST(FragmentTable, ManyTinyFragmentsStayInTheBudget) {
  FragmentTable table;
  std::string payload;
  uint8_t protocol = 0;
  uint64_t dropped = 0;
  uint64_t added = 0;
  for (uint32_t id = 0; id < 1000; ++id) {
    FragmentKey key{};
    key.id = id;
    for (uint32_t offset = 0; offset < 4096; offset += 16) {
      table.Add({key, 17, offset, false, "12345678"}, {++added, 0}, &payload, &protocol, &dropped);
    }
  }
  // 256,000 pieces of 8 bytes would cost twice the budget.
  EXPECT_GT(dropped, added / 3);
  EXPECT_LT(dropped, added);
}

}  // namespace
}  // namespace sipward::io
