#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

using testing::ElementsAre;
using Status = StreamFramer::Status;

struct Framed {
  std::vector<std::string> messages;
  std::vector<uint64_t> offsets;
  bool failed = false;
  AnomalyId error{};
  size_t pending = 0;

  friend bool operator==(const Framed&, const Framed&) = default;
};

// Pushes pieces that end at the given places and takes all messages after each.
Framed Frame(std::string_view stream, const std::vector<size_t>& cuts, uint32_t limit = 65'536) {
  StreamFramer framer(limit);
  Framed framed;
  size_t at = 0;
  const auto take = [&] {
    std::string_view message;
    Status status;
    while ((status = framer.Next(&message)) == Status::kMessage) {
      framed.messages.emplace_back(message);
      framed.offsets.push_back(framer.message_offset());
    }
    framed.failed = status == Status::kError;
  };
  std::vector<size_t> ends = cuts;
  ends.push_back(stream.size());
  for (size_t end : ends) {
    while (at < end) {
      at += framer.Push(stream.substr(at, end - at));
      take();
    }
  }
  if (framed.failed) {
    framed.error = framer.error()->id;
  } else {
    framed.pending = framer.pending();
  }
  return framed;
}

std::vector<size_t> EveryByte(size_t size) {
  std::vector<size_t> cuts;
  for (size_t i = 1; i < size; ++i) cuts.push_back(i);
  return cuts;
}

std::string Short(std::string_view length_line, std::string_view body = "") {
  return "OPTIONS sip:a SIP/2.0\r\nX: y\r\n" + std::string(length_line) + "\r\n" +
         std::string(body);
}

TEST(StreamFramer, CutsMessagesByContentLength) {
  const std::string stream = std::string(kInvite) + std::string(kResponse) + std::string(kInvite);
  const Framed framed = Frame(stream, {});
  EXPECT_THAT(framed.messages, ElementsAre(kInvite, kResponse, kInvite));
  EXPECT_THAT(framed.offsets, ElementsAre(0u, kInvite.size(), kInvite.size() + kResponse.size()));
  EXPECT_EQ(framed.pending, 0u);
}

TEST(StreamFramer, AnySplitGivesTheSameMessages) {
  const std::string stream = "\r\n\r\n" + std::string(kInvite) + "\r\n" + std::string(kResponse) +
                             "\r\n\r\n" + Short("l : \r\n 3\r\n", "abc") + "OPTIONS";
  const Framed whole = Frame(stream, {});
  ASSERT_EQ(whole.messages.size(), 3u);
  EXPECT_EQ(whole.pending, 7u);
  for (size_t cut = 1; cut < stream.size(); ++cut) {
    ASSERT_EQ(Frame(stream, {cut}), whole) << "split at " << cut;
  }
  EXPECT_EQ(Frame(stream, EveryByte(stream.size())), whole);
}

TEST(StreamFramer, HonoursCompactFoldedAndSpacedContentLength) {
  for (const char* line :
       {"l: 3\r\n", "L:3\r\n", "Content-Length \t: 3\r\n", "content-length:\r\n 3\r\n",
        "CONTENT-LENGTH: 003 \r\n", "Content-Length: 3\r\nl: 3\r\n", "l: 3\n"}) {
    const std::string message = Short(line, "abc");
    const Framed framed = Frame(message + message, {});
    EXPECT_THAT(framed.messages, ElementsAre(message, message)) << line;
  }
}

TEST(StreamFramer, ALineThatContinuesNothingIsNoContentLength) {
  const Framed framed = Frame("OPTIONS sip:a SIP/2.0\r\n l: 3\r\n\r\nabc", {});
  EXPECT_TRUE(framed.failed);
  EXPECT_EQ(framed.error, AnomalyId::kContentLengthMissingOnStream);
}

TEST(StreamFramer, EndsTheStreamWhereNobodyCanTellTheNextMessage) {
  const struct {
    const char* line;
    AnomalyId id;
  } cases[] = {{"", AnomalyId::kContentLengthMissingOnStream},
               {"l: \r\n", AnomalyId::kContentLengthNotDigits},
               {"l: -1\r\n", AnomalyId::kContentLengthNotDigits},
               {"l: 3 4\r\n", AnomalyId::kContentLengthNotDigits},
               {"l: 4294967296\r\n", AnomalyId::kContentLengthOverflow},
               {"l: 3\r\nContent-Length: 4\r\n", AnomalyId::kContentLengthConflict},
               {"l: 65536\r\n", AnomalyId::kMessageTooLong}};
  for (const auto& [line, id] : cases) {
    const std::string stream = std::string(kResponse) + Short(line, "abc");
    const Framed framed = Frame(stream, {});
    EXPECT_THAT(framed.messages, ElementsAre(kResponse)) << line;
    EXPECT_TRUE(framed.failed) << line;
    EXPECT_EQ(framed.error, id) << line;
    EXPECT_EQ(Frame(stream, EveryByte(stream.size())), framed) << line;
  }
}

TEST(StreamFramer, AnErrorIsFinal) {
  StreamFramer framer(4'096);
  std::string_view message;
  const std::string bad = Short("");
  EXPECT_EQ(framer.Push(bad), bad.size());
  EXPECT_EQ(framer.Next(&message), Status::kError);
  EXPECT_EQ(framer.Push(kResponse), kResponse.size());
  EXPECT_EQ(framer.Next(&message), Status::kError);
  ASSERT_NE(framer.error(), nullptr);
  EXPECT_EQ(framer.error()->id, AnomalyId::kContentLengthMissingOnStream);
}

TEST(StreamFramer, TheLimitHoldsAtItsValueAndRefusesOneBeyond) {
  const std::string message = Short("l: 3\r\n", "abc");
  const auto size = static_cast<uint32_t>(message.size());
  const std::string stream = message + "\r\n" + message + message;
  const Framed fits = Frame(stream, {}, size);
  EXPECT_THAT(fits.messages, ElementsAre(message, message, message));
  EXPECT_EQ(Frame(stream, EveryByte(stream.size()), size), fits);
  const Framed beyond = Frame(stream, {}, size - 1);
  EXPECT_TRUE(beyond.failed);
  EXPECT_EQ(beyond.error, AnomalyId::kMessageTooLong);
  EXPECT_EQ(Frame(stream, EveryByte(stream.size()), size - 1), beyond);
}

TEST(StreamFramer, AnEndlessHeadIsTooLong) {
  const Framed framed = Frame("OPTIONS sip:a SIP/2.0\r\nX: " + std::string(5'000, 'a'), {}, 1'000);
  EXPECT_TRUE(framed.failed);
  EXPECT_EQ(framed.error, AnomalyId::kMessageTooLong);
}

TEST(StreamFramer, MoreHeadersThanAMessageMayHaveEndTheStream) {
  std::string head = "OPTIONS sip:a SIP/2.0\r\n";
  for (int i = 0; i < 300; ++i) head += "X: y\r\n";
  const Framed framed = Frame(head + "l: 0\r\n\r\n", {});
  EXPECT_TRUE(framed.failed);
  EXPECT_EQ(framed.error, AnomalyId::kHeaderTooMany);
}

TEST(StreamFramer, TellsThatAMessageWasCutOff) {
  StreamFramer framer;
  std::string_view message;
  framer.Push(kInvite.substr(0, kInvite.size() - 1));
  EXPECT_EQ(framer.Next(&message), Status::kNeedMore);
  EXPECT_EQ(framer.pending(), kInvite.size() - 1);
  framer.Push("o");
  ASSERT_EQ(framer.Next(&message), Status::kMessage);
  EXPECT_EQ(message, kInvite);
  EXPECT_EQ(framer.pending(), 0u);
}

TEST(StreamFramer, TakesWhatFitsAndTheRestAfterNext) {
  const std::string message = Short("l: 3\r\n", "abc");
  StreamFramer framer(static_cast<uint32_t>(message.size() + 4));
  std::string_view got;
  EXPECT_EQ(framer.Push(message + message), message.size() + 4);
  EXPECT_EQ(framer.Push("x"), 0u);
  ASSERT_EQ(framer.Next(&got), Status::kMessage);
  EXPECT_EQ(got, message);
  EXPECT_EQ(framer.Next(&got), Status::kNeedMore);
  EXPECT_EQ(framer.Push(std::string_view(message).substr(4)), message.size() - 4);
  ASSERT_EQ(framer.Next(&got), Status::kMessage);
  EXPECT_EQ(got, message);
}

TEST(StreamFramer, SkipsLineFeedsBetweenMessages) {
  const std::string message = Short("l: 3\r\n", "abc");
  const Framed framed = Frame("\n" + message + "\n\r\n\n" + message + "\r", {});
  EXPECT_THAT(framed.messages, ElementsAre(message, message));
  EXPECT_EQ(framed.pending, 1u);
}

TEST(StreamFramer, TheEmptyLineMayEndInLineFeedAlone) {
  const std::string message = "OPTIONS sip:a SIP/2.0\nl: 3\n\nabc";
  const Framed framed = Frame(message + message, {});
  EXPECT_THAT(framed.messages, ElementsAre(message, message));
}

TEST(StreamFramer, AskedAgainWithoutNewBytesItNeedsMore) {
  StreamFramer framer;
  std::string_view message;
  framer.Push("OPTIONS sip:a SIP/2.0");
  EXPECT_EQ(framer.Next(&message), Status::kNeedMore);
  EXPECT_EQ(framer.Next(&message), Status::kNeedMore);
  framer.Push("\r\nl: 0\r\n\r\n");
  EXPECT_EQ(framer.Next(&message), Status::kMessage);
}

TEST(StreamFramer, MovesWithItsState) {
  StreamFramer first(4'096);
  first.Push(kInvite.substr(0, 100));
  StreamFramer second = std::move(first);
  second.Push(kInvite.substr(100));
  std::string_view message;
  ASSERT_EQ(second.Next(&message), Status::kMessage);
  EXPECT_EQ(message, kInvite);
  StreamFramer third;
  third.Push("OPTIONS");
  third = std::move(second);
  EXPECT_EQ(third.pending(), 0u);
}

}  // namespace
}  // namespace sipward::sip
