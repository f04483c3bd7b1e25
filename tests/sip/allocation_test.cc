// Counts the allocations of this program: reading a message makes none.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/sip/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward::sip {
namespace {

TEST(Allocation, TheCounterCounts) {
  const size_t before = allocation_count();
  auto one = std::make_unique<Message>();
  EXPECT_GT(allocation_count(), before);
  EXPECT_GT(allocation_living(), 0);
}

TEST(Allocation, ReadingAMessageMakesNone) {
  Message message;
  const std::string broken = InviteWith("From: <<>>\r\nbad line\r\nX-A: \x01\xFF\r\n");
  const size_t before = allocation_count();
  for (std::string_view text : {kInvite, kResponse, std::string_view(broken)}) {
    message.Parse(text, {});
    Reading(message).All();
  }
  EXPECT_EQ(allocation_count(), before);
}

TEST(Allocation, ReadingTheCorporaMakesNone) {
  std::vector<std::string> texts = OwnMessages();
  const std::vector<std::string> corpus = CorpusMessages();
  const std::vector<std::string> protos = ProtosMessages();
  if (corpus.empty()) std::cout << "SKIPPED the corpora of ReadingTheCorporaMakesNone\n";
  texts.insert(texts.end(), corpus.begin(), corpus.end());
  texts.insert(texts.end(), protos.begin(), protos.end());
  Message message;
  uint64_t read = 0;
  const size_t before = allocation_count();
  for (const std::string& text : texts) {
    for (const Profile profile : {Profile::kTolerant, Profile::kStrict}) {
      read += ReadEverything(message, text, {.profile = profile});
    }
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(read, texts.size());
}

TEST(Allocation, FramingMakesNoneBeyondItsBuffer) {
  StreamFramer framer;
  const size_t before = allocation_count();
  std::string_view message;
  size_t framed = 0;
  for (int i = 0; i < 100; ++i) {
    framer.Push(kInvite);
    while (framer.Next(&message) == StreamFramer::Status::kMessage) ++framed;
  }
  EXPECT_EQ(framed, 100u);
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::sip
