#include "base/platform/mapping.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <limits>

namespace sipward::platform {
namespace {

constexpr uint64_t kBytes = 1 << 20;

// What the parent finds in the first byte after a child has written 7 there.
int AfterChildWrites(Sharing sharing) {
  auto* memory = static_cast<unsigned char*>(MapAnonymous(kBytes, sharing));
  const pid_t child = fork();
  if (child == 0) {
    memory[0] = 7;
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  const int found = memory[0];
  Unmap(memory, kBytes);
  return found;
}

TEST(Mapping, IsZeroedToTheLastByte) {
  auto* memory = static_cast<unsigned char*>(MapAnonymous(kBytes, Sharing::kPrivate));
  ASSERT_NE(memory, nullptr);
  for (uint64_t i = 0; i < kBytes; ++i) ASSERT_EQ(memory[i], 0) << i;
  memory[kBytes - 1] = 1;
  Unmap(memory, kBytes);
}

TEST(Mapping, IsSharedAcrossForkOnlyIfAsked) {
  EXPECT_EQ(AfterChildWrites(Sharing::kAcrossFork), 7);
  EXPECT_EQ(AfterChildWrites(Sharing::kPrivate), 0);
}

TEST(Mapping, IsNullIfItCannotBeHad) {
  EXPECT_EQ(MapAnonymous(std::numeric_limits<uint64_t>::max() / 2, Sharing::kPrivate), nullptr);
}

}  // namespace
}  // namespace sipward::platform
