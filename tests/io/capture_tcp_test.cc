#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/tcp_streams.h"
#include "tests/io/capture_builder.h"

namespace sipward::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint8_t kTcp = 6;
constexpr uint32_t kIsn = 0xFFFFFFF0;  // the sequence numbers of the tests wrap
constexpr uint32_t kData = kIsn + 1;

std::string Segment(uint32_t sequence, std::string_view payload, uint8_t flags = kAck,
                    uint16_t source = 40000, uint16_t destination = 5060) {
  return Ipv4(kTcp, Tcp(sequence, payload, flags, source, destination));
}

class CaptureTcp : public ::testing::Test {
 public:
  CaptureTcp& Syn(uint32_t isn = kIsn) {
    capture_.Add(Segment(isn, "", kSyn));
    return *this;
  }
  // Bytes `begin` to `end` of `stream`.
  CaptureTcp& Send(std::string_view stream, size_t begin, size_t end, uint8_t flags = kAck) {
    capture_.Add(
        Segment(kData + static_cast<uint32_t>(begin), stream.substr(begin, end - begin), flags));
    return *this;
  }
  Read Finish() { return ReadAll(capture_.bytes()); }

  CaptureBuilder capture_;
};

TEST_F(CaptureTcp, OneSegmentMayHoldManyMessages) {
  const std::string stream = Request("a", 10) + Request("b") + Request("c", 5);
  const Read read = Syn().Send(stream, 0, stream.size()).Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("a", "b", "c"));
  for (const auto& message : read.messages) {
    EXPECT_EQ(message.frame, 2u);
    EXPECT_EQ(message.packet.transport, uint32_t{SIPWARD_TRANSPORT_TCP});
    EXPECT_EQ(message.packet.source.port, 40000);
    EXPECT_FALSE(message.unframed);
  }
  EXPECT_EQ(read.messages[0].bytes, Request("a", 10));
  EXPECT_EQ(read.statistics.unfinished_bytes, 0u);
}

TEST_F(CaptureTcp, SplitAtEveryByteGivesTheSameMessages) {
  const std::string stream = Request("a", 20) + Request("b");
  for (size_t split = 1; split < stream.size(); ++split) {
    capture_ = CaptureBuilder();
    const Read read = Syn().Send(stream, 0, split).Send(stream, split, stream.size()).Finish();
    ASSERT_THAT(read.call_ids, ElementsAre("a", "b")) << split;
    EXPECT_EQ(read.messages[0].bytes, Request("a", 20));
    EXPECT_EQ(read.messages[0].frame, split >= Request("a", 20).size() ? 2u : 3u) << split;
    EXPECT_EQ(read.messages[1].frame, 3u);
  }
}

TEST_F(CaptureTcp, OneByteASegmentGivesTheSameMessages) {
  const std::string stream = "\r\n\r\n" + Request("a", 20) + "\r\n" + Request("b");
  Syn();
  for (size_t i = 0; i < stream.size(); ++i) Send(stream, i, i + 1);
  EXPECT_THAT(Finish().call_ids, ElementsAre("a", "b"));
}

TEST_F(CaptureTcp, OneByteASegmentOnAnyPort) {
  const std::string stream = Request("a", 20) + Request("b");
  capture_.Add(Segment(kIsn, "", kSyn, 40000, 40001));
  for (uint32_t i = 0; i < stream.size(); ++i) {
    capture_.Add(Segment(kData + i, std::string_view(stream).substr(i, 1), kAck, 40000, 40001));
  }
  EXPECT_THAT(Finish().call_ids, ElementsAre("a", "b"));
}

TEST_F(CaptureTcp, OutOfOrderSegmentsWaitForTheHole) {
  const std::string stream = Request("a", 300) + Request("b") + Request("c");
  const Read read = Syn()
                        .Send(stream, 200, 300)
                        .Send(stream, 300, stream.size())
                        .Send(stream, 100, 200)
                        .Send(stream, 0, 100)
                        .Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("a", "b", "c"));
  EXPECT_EQ(read.messages[0].bytes, Request("a", 300));
  EXPECT_EQ(read.messages[2].frame, 5u);
  EXPECT_EQ(read.statistics.tcp_gaps, 0u);
}

TEST_F(CaptureTcp, RetransmissionsAndOverlapsCountOnce) {
  const std::string stream = Request("a", 100) + Request("b");
  const Read read = Syn()
                        .Send(stream, 0, 100)
                        .Send(stream, 0, 100)
                        .Send(stream, 50, 150)
                        .Send(stream, 200, 250)
                        .Send(stream, 120, 280)
                        .Send(stream, 280, stream.size())
                        .Send(stream, 0, stream.size())
                        .Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("a", "b"));
  EXPECT_EQ(read.messages[0].bytes, Request("a", 100));
}

TEST_F(CaptureTcp, WhereOverlapsDifferTheFirstBytesStay) {
  const std::string stream = Request("a", 100);
  const std::string other(stream.size(), 'x');
  const Read read = Syn()
                        .Send(stream, 50, 100)
                        .Send(stream, 0, 50)
                        .Send(other, 0, 100)
                        .Send(stream, 150, 200)
                        .Send(stream, 100, 150)
                        .Send(other, 150, 200)
                        .Send(stream, 200, stream.size())
                        .Finish();
  ASSERT_EQ(read.messages.size(), 1u);
  EXPECT_EQ(read.messages[0].bytes, stream);
}

TEST_F(CaptureTcp, ConnectionWithoutItsBeginningStartsAtAMessage) {
  const std::string stream = Request("a", 50) + Request("b") + Request("c");
  const size_t b = Request("a", 50).size();
  const size_t c = b + Request("b").size();
  const Read read = Send(stream, 100, b).Send(stream, b, c).Send(stream, c, stream.size()).Finish();
  EXPECT_THAT(read.call_ids, ElementsAre("b", "c"));
}

TEST_F(CaptureTcp, GapIsSkippedToTheNextMessage) {
  const std::string stream = Request("a", 100) + Request("b") + Request("c");
  const size_t b = Request("a", 100).size();
  const size_t c = b + Request("b").size();
  // Bytes 100 to 200 of a are lost, and c comes at the end of the capture.
  const Read read = Syn()
                        .Send(stream, 0, 100)
                        .Send(stream, 200, b)
                        .Send(stream, b, c)
                        .Send(stream, c, stream.size())
                        .Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("b", "c"));
  EXPECT_EQ(read.messages[0].frame, 4u);
  EXPECT_EQ(read.messages[1].frame, 5u);
  EXPECT_EQ(read.statistics.tcp_gaps, 1u);
  EXPECT_EQ(read.statistics.unfinished_bytes, 100u);
}

TEST_F(CaptureTcp, GapIsGivenUpAfterAWhile) {
  const std::string stream = Request("a") + Request("b") + Request("c");
  const size_t size = Request("a").size();
  Syn().Send(stream, 0, 10).Send(stream, size, 2 * size);
  capture_.Add(
      Segment(kData + static_cast<uint32_t>(2 * size), std::string_view(stream).substr(2 * size)),
      TcpStreams::kLongestWaitNs + 1'000'000'000);
  // Too late now.
  Send(stream, 10, size);
  const Read read = Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("b", "c"));
  EXPECT_EQ(read.messages[0].frame, 3u);
  EXPECT_EQ(read.messages[1].frame, 4u);
}

TEST_F(CaptureTcp, ManySegmentsBehindAGapAreNotKeptForever) {
  std::string stream = Request("lost");
  const size_t lost = stream.size();
  for (int i = 0; i < 2 * TcpStreams::kMostWaitingSegments; ++i) stream += Request("kept");
  const size_t size = Request("kept").size();
  Syn();
  for (size_t at = lost; at < stream.size(); at += size) Send(stream, at, at + size);
  const Read read = Finish();
  EXPECT_EQ(read.messages.size(), size_t{2 * TcpStreams::kMostWaitingSegments});
  EXPECT_EQ(read.statistics.tcp_gaps, 1u);
}

TEST_F(CaptureTcp, PortReuseBeginsANewStream) {
  const std::string first = Request("first");
  const std::string second = Request("second");
  Syn().Send(first, 0, 50);
  capture_.Add(Segment(1000, "", kSyn)).Add(Segment(1001, second));
  const Read read = Finish();
  EXPECT_THAT(read.call_ids, ElementsAre("second"));
  EXPECT_EQ(read.statistics.unfinished_bytes, 50u);
}

TEST_F(CaptureTcp, RepeatedSynChangesNothing) {
  const std::string stream = Request("a");
  EXPECT_THAT(
      Syn().Syn().Send(stream, 0, 50).Syn().Send(stream, 50, stream.size()).Finish().call_ids,
      ElementsAre("a"));
}

TEST_F(CaptureTcp, FinEndsAnUnfinishedMessage) {
  const std::string stream = Request("a") + Request("b");
  const size_t cut = Request("a").size() + 30;
  const Read read = Syn().Send(stream, 0, cut, kAck | kFin).Finish();
  EXPECT_THAT(read.call_ids, ElementsAre("a"));
  EXPECT_EQ(read.statistics.unfinished_bytes, 30u);
}

TEST_F(CaptureTcp, ResetWithAGuessedSequenceNumberHidesNothing) {
  const std::string stream = Request("a");
  Syn().Send(stream, 0, 50);
  capture_.Add(Segment(kData + 5000, "", kRst));
  EXPECT_THAT(Send(stream, 50, stream.size()).Finish().call_ids, ElementsAre("a"));
}

TEST_F(CaptureTcp, SegmentFarOutsideTheWindowIsDropped) {
  const std::string stream = Request("a");
  Syn().Send(stream, 0, 50);
  capture_.Add(Segment(kData + 0x40000000, "far away"));
  const Read read = Send(stream, 50, stream.size()).Finish();
  EXPECT_THAT(read.call_ids, ElementsAre("a"));
  EXPECT_EQ(read.statistics.dropped_tcp_segments, 1u);
}

TEST_F(CaptureTcp, DirectionsAreSeparate) {
  const std::string stream = Request("a");
  Syn().Send(stream, 0, 50);
  capture_.Add(Segment(5, Request("back"), kAck, 5060, 40000));
  const Read read = Send(stream, 50, stream.size()).Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("back", "a"));
  EXPECT_EQ(read.messages[0].packet.source.port, 5060);
}

TEST_F(CaptureTcp, StreamThatCannotBeCutIsShownAndLeft) {
  std::string bad = Request("bad");
  bad.erase(bad.find("Content-Length"), std::string_view("Content-Length: 0\r\n").size());
  const std::string stream = bad + Request("good");
  const Read read =
      Syn().Send(stream, 0, bad.size()).Send(stream, bad.size(), stream.size()).Finish();
  ASSERT_THAT(read.call_ids, ElementsAre("bad", "good"));
  EXPECT_EQ(read.messages[0].bytes, bad);
  EXPECT_TRUE(read.messages[0].unframed);
  EXPECT_FALSE(read.messages[1].unframed);
}

TEST_F(CaptureTcp, SnapshotLengthLeavesABeginningThatIsMarked) {
  CaptureBuilder capture(kLinkRaw, 140);
  const std::string stream = Request("a") + Request("b");
  const size_t size = Request("a").size();
  capture.Add(Segment(kIsn, "", kSyn))
      .Add(Segment(kData, std::string_view(stream).substr(0, size)))
      .Add(Segment(kData + static_cast<uint32_t>(size), std::string_view(stream).substr(size)));
  const Read read = ReadAll(capture.bytes());
  ASSERT_EQ(read.messages.size(), 2u);
  EXPECT_TRUE(read.messages[0].truncated);
  EXPECT_EQ(read.messages[0].bytes, Request("a").substr(0, 100));
  EXPECT_EQ(read.messages[1].bytes, Request("b").substr(0, 100));
}

TEST_F(CaptureTcp, OtherProtocolsAreNotMessages) {
  const std::string tls = "\x16\x03\x01" + std::string(200, 'x');
  const Read read = Syn().Send(tls, 0, 100).Send(tls, 100, tls.size()).Finish();
  EXPECT_THAT(read.messages, IsEmpty());
  EXPECT_EQ(read.statistics.not_sip, 2u);
  const Read http = ReadAll(CaptureBuilder()
                                .Add(Segment(kIsn, "", kSyn, 40000, 80))
                                .Add(Segment(kData, "GET / HTTP/1.1\r\n\r\n", kAck, 40000, 80))
                                .bytes());
  EXPECT_THAT(http.messages, IsEmpty());
  EXPECT_EQ(http.statistics.not_sip, 0u);
}

TEST_F(CaptureTcp, UnfinishedMessagesOfManyConnectionsAreBounded) {
  const std::string stream = Request("a");
  const auto most = static_cast<uint16_t>(TcpStreams::kMostUnfinished);
  const std::string_view begin = std::string_view(stream).substr(0, 50);
  const std::string_view rest = std::string_view(stream).substr(50);
  for (uint16_t i = 0; i < 2 * most; ++i) {
    const auto port = static_cast<uint16_t>(10000 + i);
    capture_.Add(Segment(kIsn, "", kSyn, port)).Add(Segment(kData, begin, kAck, port));
  }
  for (uint16_t i = 0; i < 2 * most; ++i) {
    capture_.Add(Segment(kData + 50, rest, kAck, static_cast<uint16_t>(10000 + i)));
  }
  const Read read = Finish();
  EXPECT_GT(read.messages.size(), size_t{most} / 2);
  EXPECT_LE(read.messages.size(), size_t{most});
  EXPECT_EQ(read.statistics.unfinished_bytes, 50 * (2 * most - read.messages.size()));
}

}  // namespace
}  // namespace sipward::io
