// Counts the allocations of this program: reading a message makes none.
#include <gtest/gtest.h>

#include "tests/sip/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward::sip {
namespace {

TEST(Allocation, TheCounterCounts) {
  const size_t before = testing_support::Allocations();
  auto one = std::make_unique<Message>();
  EXPECT_GT(testing_support::Allocations(), before);
}

TEST(Allocation, ReadingAMessageMakesNone) {
  Message message;
  const std::string broken = InviteWith("From: <<>>\r\nbad line\r\nX-A: \x01\xFF\r\n");
  const size_t before = testing_support::Allocations();
  for (std::string_view text : {kInvite, kResponse, std::string_view(broken)}) {
    message.Parse(text, {});
    TouchEverything(message);
  }
  EXPECT_EQ(testing_support::Allocations(), before);
}

TEST(Allocation, FramingMakesNoneBeyondItsBuffer) {
  StreamFramer framer;
  const size_t before = testing_support::Allocations();
  std::string_view message;
  size_t framed = 0;
  for (int i = 0; i < 100; ++i) {
    framer.Push(kInvite);
    while (framer.Next(&message) == StreamFramer::Status::kMessage) ++framed;
  }
  EXPECT_EQ(framed, 100u);
  EXPECT_EQ(testing_support::Allocations(), before);
}

}  // namespace
}  // namespace sipward::sip
