// Counts the allocations of this program: reading a message makes none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "tests/sip/support.h"

namespace {
size_t allocations = 0;
}  // namespace

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace sipward::sip {
namespace {

TEST(Allocation, TheCounterCounts) {
  const size_t before = allocations;
  auto one = std::make_unique<Message>();
  EXPECT_GT(allocations, before);
}

TEST(Allocation, ReadingAMessageMakesNone) {
  Message message;
  const std::string broken = InviteWith("From: <<>>\r\nbad line\r\nX-A: \x01\xFF\r\n");
  const size_t before = allocations;
  for (std::string_view text : {kInvite, kResponse, std::string_view(broken)}) {
    message.Parse(text, {});
    TouchEverything(message);
  }
  EXPECT_EQ(allocations, before);
}

TEST(Allocation, FramingMakesNoneBeyondItsBuffer) {
  StreamFramer framer;
  const size_t before = allocations;
  std::string_view message;
  size_t framed = 0;
  for (int i = 0; i < 100; ++i) {
    framer.Push(kInvite);
    while (framer.Next(&message) == StreamFramer::Status::kMessage) ++framed;
  }
  EXPECT_EQ(framed, 100u);
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace sipward::sip
