#include "sip/index.h"

#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <random>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

constexpr IndexTarget kTargets[] = {IndexTarget::kSse4, IndexTarget::kAvx2, IndexTarget::kNative};

class IndexTest : public testing::Test {
 protected:
  // Every target answers what the scalar twin answers, and so does the choice that IndexHead makes.
  void ExpectAgreement(std::string_view bytes, uint32_t from = 0) {
    IndexHeadScalar(bytes, from, &scalar_);
    for (IndexTarget target : kTargets) {
      if (!IndexTargetAvailable(target)) continue;
      IndexHeadOn(target, bytes, from, &other_);
      ASSERT_TRUE(scalar_ == other_)
          << "target " << static_cast<int>(target) << " on " << testing::PrintToString(bytes);
    }
    IndexHead(bytes, from, &other_);
    ASSERT_TRUE(scalar_ == other_);
    MarkTextScalar(bytes, from, &scalar_.marks);
    for (IndexTarget target : kTargets) {
      MarkTextOn(target, bytes, from, &other_.marks);
      ASSERT_TRUE(scalar_.marks == other_.marks);
    }
    MarkText(bytes, from, &other_.marks);
    ASSERT_TRUE(scalar_.marks == other_.marks);
  }

  HeadIndex& Index(std::string_view bytes) {
    IndexHead(bytes, 0, &other_);
    return other_;
  }

  HeadIndex scalar_;
  HeadIndex other_;
};

TEST_F(IndexTest, FindsLinesAndTheEndOfTheHead) {
  const HeadIndex& index = Index("A b:c\r\nd: e:f\r\n g\r\nh\n\r\nbody:\r\n");
  ASSERT_EQ(index.count, 3u);
  EXPECT_TRUE(index.complete);
  EXPECT_EQ(index.end, 23u);
  EXPECT_EQ(index.lines[0].begin, 0u);
  EXPECT_EQ(index.lines[0].end, 5u);
  EXPECT_EQ(index.lines[1].begin, 7u);
  EXPECT_EQ(index.lines[1].end, 17u);
  EXPECT_EQ(index.lines[1].flags, uint32_t{kLineIsFolded});
  EXPECT_EQ(index.lines[2].flags, uint32_t{kLineHasBareLf});
}

TEST_F(IndexTest, TheLineBehindTheStartLineContinuesNothing) {
  const HeadIndex& index = Index("start\r\n second\r\n fold\r\n\r\n");
  ASSERT_EQ(index.count, 2u);
  EXPECT_EQ(index.lines[1].begin, 7u);
  EXPECT_EQ(index.lines[1].flags, uint32_t{kLineIsFolded});
}

TEST_F(IndexTest, FlagsOctetsOnTheLineThatHoldsThem) {
  const HeadIndex& index = Index("a\r\nb\x01\r\nc\x7F\r\nd\xC3\xA9\r\ne\rf\r\ng\th\r\n\r\n");
  ASSERT_EQ(index.count, 6u);
  EXPECT_EQ(index.lines[0].flags, 0u);
  EXPECT_EQ(index.lines[1].flags, uint32_t{kLineHasControl});
  EXPECT_EQ(index.lines[2].flags, uint32_t{kLineHasControl});
  EXPECT_EQ(index.lines[3].flags, uint32_t{kLineHasHigh});
  EXPECT_EQ(index.lines[4].flags, uint32_t{kLineHasBareCr});
  EXPECT_EQ(index.lines[5].flags, 0u);
  EXPECT_EQ(index.flags, uint32_t{kLineHasControl | kLineHasHigh | kLineHasBareCr});
}

TEST_F(IndexTest, StopsAtTheLimitOfLines) {
  std::string many = "start\r\n";
  for (uint32_t i = 1; i < HeadIndex::kCapacity; ++i) many += "a: b\r\n";
  EXPECT_FALSE(Index(many + "\r\n").full);
  EXPECT_EQ(other_.count, HeadIndex::kCapacity);
  EXPECT_TRUE(other_.complete);
  EXPECT_TRUE(Index(many + "one: more\r\n\r\n").full);
  EXPECT_EQ(other_.end, many.size());
  EXPECT_FALSE(other_.complete);
  ExpectAgreement(many + "one: more\r\n\r\n");
  EXPECT_TRUE(Index(many + "one: more, and the end").full);
  EXPECT_EQ(other_.end, many.size());
  ExpectAgreement(many + "one: more, and the end");
}

TEST_F(IndexTest, DoesNotReadTheBody) {
  std::string text = "start\r\n\r\n" + std::string(100, 'x') + "\x01:\r\n";
  const HeadIndex& index = Index(text);
  EXPECT_EQ(index.end, 9u);
  EXPECT_EQ(index.flags, 0u);
}

// Heads that end around the last octet that has a mark, ordinary ones and such that are not.
TEST_F(IndexTest, AllTargetsAgreeOnHeadsLongerThanTheMarks) {
  const std::string_view line = "\r\nx: ab";
  for (const std::string_view odd : {"", "\r\n y", "\x01"}) {
    for (const size_t from : {0u, 7u}) {
      for (size_t size = Marks::kBytes - 66; size < Marks::kBytes + 70; ++size) {
        std::string head(from, '\n');
        head += "a b";
        head.append(size - 40, 'c').append(odd).append(line).append("\r\n\r\nbody");
        ExpectAgreement(head, static_cast<uint32_t>(from));
        ASSERT_FALSE(HasFatalFailure()) << size;
      }
    }
  }
}

TEST_F(IndexTest, SkipsPlainOctetsAsFarAsTheyHaveMarks) {
  const std::string head = std::string(Marks::kBytes + 100, 'a') + ": b\r\n\r\n";
  const Marks& marks = Index(head).marks;
  const auto name = static_cast<uint32_t>(head.size()) - 7;
  EXPECT_EQ(marks.SkipPlain(0, name), Marks::kBytes);
  EXPECT_EQ(marks.SkipPlain(70, 200), 200u);
  EXPECT_EQ(marks.SkipPlain(Marks::kBytes + 1, name), Marks::kBytes + 1);
  EXPECT_EQ(Index("ab%c: d\r\n\r\n").marks.SkipPlain(0, 4), 2u);
  EXPECT_EQ(Index("abc: d").marks.SkipPlain(0, 3), 0u);  // no head
}

TEST_F(IndexTest, HasATargetForTheVectorsOfThisProcessor) {
#if defined(__aarch64__)
  EXPECT_TRUE(IndexTargetAvailable(IndexTarget::kNative));
#elif defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2")) GTEST_SKIP();
  EXPECT_TRUE(IndexTargetAvailable(IndexTarget::kAvx2));
  EXPECT_TRUE(IndexTargetAvailable(IndexTarget::kSse4));
#else
  GTEST_SKIP();
#endif
}

TEST_F(IndexTest, AllTargetsAgreeOnRandomBytesOfEveryLengthAndAlignment) {
  std::mt19937 random(20230901);
  constexpr std::string_view kAlphabet = "\r\n\r\n\r\n\r\n:::  \tabcdef\x01\x7F\x80\xFF\"";
  GuardedPages pages(1);
  for (size_t length = 0; length <= 300; ++length) {
    for (int round = 0; round < 40; ++round) {
      std::string text(length, 'a');
      // From dense with line ends to nearly without.
      const unsigned sparse = 1u + static_cast<unsigned>(round % 8) * 6;
      for (char& c : text) {
        if (random() % sparse == 0) c = kAlphabet[random() % kAlphabet.size()];
      }
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement(pages.AtEnd(text)));
      const auto from = static_cast<uint32_t>(length == 0 ? 0 : random() % length);
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement(pages.AtBegin(text), from));
    }
  }
}

TEST_F(IndexTest, AllTargetsAgreeOnEveryPrefixOfOurMessages) {
  GuardedPages pages(1 << 16);
  for (const std::string& message : OwnMessages()) {
    for (size_t length = 0; length <= message.size(); ++length) {
      const std::string_view prefix = std::string_view(message).substr(0, length);
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement(pages.AtEnd(prefix)));
    }
  }
}

TEST_F(IndexTest, AllTargetsAgreeOnEveryMessageAtEveryAlignment) {
  std::vector<std::string> messages = OwnMessages();
  for (auto more : {CorpusMessages(), ProtosSample()}) {
    if (more.empty()) std::cout << "SKIPPED the corpora of AtEveryAlignment\n";
    std::move(more.begin(), more.end(), std::back_inserter(messages));
  }
  std::string room;
  for (const std::string& message : messages) {
    room.resize(message.size() + 128);
    char* const begin = room.data() + 64 - reinterpret_cast<uintptr_t>(room.data()) % 64;
    for (size_t shift = 0; shift < 64; ++shift) {
      std::copy(message.begin(), message.end(), begin + shift);
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement({begin + shift, message.size()}));
    }
  }
}

// Of messages up to 4 KB every prefix, of longer ones those up to 500 bytes and then every 997th.
TEST_F(IndexTest, AllTargetsAgreeOnPrefixesOfTheCorpora) {
  std::vector<std::string> messages = CorpusMessages();
  std::vector<std::string> protos = ProtosSample();
  std::move(protos.begin(), protos.end(), std::back_inserter(messages));
  if (messages.empty()) {
    std::cout << "SKIPPED IndexTest.AllTargetsAgreeOnPrefixesOfTheCorpora\n";
    GTEST_SKIP();
  }
  size_t prefixes = 0;
  for (const std::string& message : messages) {
    const size_t dense = message.size() > 4'000 ? 500 : message.size();
    for (size_t length = 0; length <= message.size(); length += length < dense ? 1 : 997) {
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement(std::string_view(message).substr(0, length)));
      ++prefixes;
    }
  }
  std::cout << "indexes: " << messages.size() << " messages, " << prefixes << " prefixes\n";
}

}  // namespace
}  // namespace sipward::sip
