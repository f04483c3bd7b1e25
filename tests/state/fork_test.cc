// Processes that share a region, and are killed inside it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <new>
#include <random>
#include <thread>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Fork, ChildrenCountInTheSameRegion) {
  const auto region =
      Region::Create(Region::kDefaultBytes, TestSecret(), platform::Sharing::kAcrossFork);
  ASSERT_NE(region, nullptr);
  const auto table = *region->Open(Spec(TableKind::kCount, kHour));
  const pid_t child = fork();
  if (child == 0) {
    for (int i = 0; i < 1000; ++i) region->Add(table, Key("a"), 1, i);
    _exit(0);
  }
  for (int i = 0; i < 1000; ++i) region->Add(table, Key("a"), 1, i);
  waitpid(child, nullptr, 0);
  EXPECT_EQ(region->Add(table, Key("a"), 0, 1000), 2000);
}

TEST(Fork, APrivateRegionIsCopied) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kHour));
  const pid_t child = fork();
  if (child == 0) {
    region->Add(table, Key("a"), 1, 0);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(region->Add(table, Key("a"), 0, 0), 0);
}

// Each worker says before an update that it begins and afterwards that it ended, so the true count
// is known to one.
struct Progress {
  std::atomic<int64_t> begun;
  std::atomic<int64_t> ended;
};

[[noreturn]] void Work(Region* region, Region::Table count, Region::Table distinct,
                       Progress* progress) {
  for (uint64_t i = 0;; ++i) {
    progress->begun.fetch_add(1);
    region->Add(count, Key("shared"), 1, 0);
    progress->ended.fetch_add(1);
    region->AddItem(distinct, Key(i % 50), Item(i), 0);
  }
}

TEST(Fork, KilledWorkersNeitherHangNorCorruptTheOthers) {
  constexpr int kKills = 60;
  const auto region =
      Region::Create(Region::kDefaultBytes, TestSecret(), platform::Sharing::kAcrossFork);
  ASSERT_NE(region, nullptr);
  const auto count = *region->Open(Spec(TableKind::kCount, kHour));
  const auto distinct = *region->Open(Spec(TableKind::kDistinct, kHour, 64));
  auto* progress =
      new (platform::MapAnonymous(sizeof(Progress), platform::Sharing::kAcrossFork)) Progress{};
  std::mt19937 random(1);
  for (int kill_number = 0; kill_number < kKills; ++kill_number) {
    const pid_t child = fork();
    if (child == 0) Work(region.get(), count, distinct, progress);
    std::this_thread::sleep_for(std::chrono::microseconds(2000 + random() % 8000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    region->Add(count, Key("parent"), 1, 0);
  }
  const int64_t value = region->Add(count, Key("shared"), 0, 0);
  EXPECT_GT(value, kKills);
  EXPECT_GE(value, progress->ended.load());
  EXPECT_LE(value, progress->begun.load());
  EXPECT_EQ(region->Add(count, Key("parent"), 0, 0), kKills);
  platform::Unmap(progress, sizeof(Progress));
}

[[noreturn]] void CallAndHangUp(Region* region, Region::Table counters, Region::Table leases) {
  for (uint64_t i = 0;; ++i) {
    const auto lease = static_cast<Nanos>(i % 50) * kMinute;  // a refresh moves it
    region->Acquire(counters, leases, Key("shared"), Key(i % 20), lease, 0);
    region->Release(counters, leases, Key("shared"), Key((i + 10) % 20), 0);
  }
}

// What is held is counted; beyond that at most one lease for each worker that was killed, until it
// ends.
TEST(Fork, KilledWorkersLoseNoLease) {
  constexpr int kKills = 60;
  const auto region =
      Region::Create(Region::kDefaultBytes, TestSecret(), platform::Sharing::kAcrossFork);
  ASSERT_NE(region, nullptr);
  const auto counters = *region->Open(Spec(TableKind::kConcurrent, kHour));
  const auto leases = *region->Open(Spec(TableKind::kLease, kHour));
  std::mt19937 random(2);
  for (int kill_number = 0; kill_number < kKills; ++kill_number) {
    const pid_t child = fork();
    if (child == 0) CallAndHangUp(region.get(), counters, leases);
    std::this_thread::sleep_for(std::chrono::microseconds(2000 + random() % 4000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  EXPECT_GE(region->CountLeases(counters, Key("shared"), 0), 9);
  for (uint64_t call = 0; call < 20; ++call) {
    region->Release(counters, leases, Key("shared"), Key(call), 0);
  }
  const int64_t left = region->CountLeases(counters, Key("shared"), 0);
  EXPECT_GE(left, 0);
  EXPECT_LE(left, kKills);
  EXPECT_EQ(region->CountLeases(counters, Key("shared"), kHour), 0);
}

}  // namespace
}  // namespace sipward::state
