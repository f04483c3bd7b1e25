#include "base/platform/lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <new>
#include <thread>

#include "base/platform/mapping.h"

namespace sipward::platform {
namespace {

struct Guarded {
  SharedLock lock;
  int64_t value;
};

class SharedLockTest : public ::testing::Test {
 protected:
  void SetUp() override {
    guarded_ = static_cast<Guarded*>(MapAnonymous(sizeof(Guarded), Sharing::kAcrossFork));
    ASSERT_NE(guarded_, nullptr);
    ASSERT_TRUE(guarded_->lock.Init(Sharing::kAcrossFork));
  }
  void TearDown() override { Unmap(guarded_, sizeof(Guarded)); }

  Guarded* guarded_ = nullptr;
};

TEST_F(SharedLockTest, ExcludesThreads) {
  constexpr int kTimes = 20000;
  const auto work = [&] {
    for (int i = 0; i < kTimes; ++i) {
      ASSERT_EQ(guarded_->lock.Lock(), SharedLock::Result::kHeld);
      ++guarded_->value;
      guarded_->lock.Unlock();
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(guarded_->value, 2 * kTimes);
}

TEST_F(SharedLockTest, TellsOnceThatAHolderDied) {
  const pid_t child = fork();
  if (child == 0) {
    guarded_->lock.Lock();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(guarded_->lock.Lock(), SharedLock::Result::kHeldAfterDeath);
  guarded_->lock.Unlock();
  EXPECT_EQ(guarded_->lock.Lock(), SharedLock::Result::kHeld);
  guarded_->lock.Unlock();
}

}  // namespace
}  // namespace sipward::platform
