#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <set>
#include <thread>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Threads, LoseNoUpdate) {
  constexpr int kThreads = 2;
  constexpr int kTimes = 20000;
  constexpr uint64_t kKeys = 5;
  const auto region = NewRegion();
  const auto count = *region->Open(Spec(TableKind::kCount, kHour));
  const auto rate = *region->Open(Spec(TableKind::kRate, kHour));
  const auto work = [&] {
    for (int i = 0; i < kTimes; ++i) {
      const Hash128 key = Key(static_cast<uint64_t>(i) % kKeys);
      region->Add(count, key, 1, i);
      region->Add(rate, key, 2, i);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  for (uint64_t key = 0; key < kKeys; ++key) {
    EXPECT_EQ(region->Add(count, Key(key), 0, kTimes), kThreads * kTimes / static_cast<int>(kKeys));
    EXPECT_EQ(region->Add(rate, Key(key), 0, kTimes),
              2 * kThreads * kTimes / static_cast<int>(kKeys));
  }
}

// The same calls begin and end on both threads, in no order.
TEST(Threads, TakeALeaseOnceAndGiveItBackOnce) {
  constexpr uint64_t kKeys = 3;
  constexpr uint64_t kCalls = 50;
  const auto region = NewRegion();
  const auto counters = *region->Open(Spec(TableKind::kConcurrent, kHour));
  const auto leases = *region->Open(Spec(TableKind::kLease, kHour));
  const auto work = [&](uint64_t seed) {
    for (uint64_t i = 1; i <= 30000; ++i) {
      const Hash128 key = Key(i * seed % kKeys);
      const Hash128 call = Key(i * i * seed % kCalls);
      const auto now = static_cast<Nanos>(i) * kMillisecond;
      const int64_t value = i % 3 != 0 ? region->Acquire(counters, leases, key, call, kMinute, now)
                                       : region->Release(counters, leases, key, call, now);
      ASSERT_GE(value, 0);
      ASSERT_LE(value, static_cast<int64_t>(kCalls));
    }
  };
  std::thread other(work, 3);
  work(5);
  other.join();
  for (uint64_t key = 0; key < kKeys; ++key) {
    EXPECT_GT(region->CountLeases(counters, Key(key), 30 * kSecond), 0);
    for (uint64_t call = 0; call < kCalls; ++call) {
      region->Release(counters, leases, Key(key), Key(call), 30 * kSecond);
    }
    EXPECT_EQ(region->CountLeases(counters, Key(key), 30 * kSecond), 0);
  }
}

TEST(Threads, MayUseEveryKindAtOnceAndOpenTables) {
  const auto region = NewRegion();
  const auto work = [&](uint64_t seed) {
    const auto distinct = region->Open(Spec(TableKind::kDistinct, kMinute, 64));
    const auto score = region->Open(Spec(TableKind::kScore, kMinute, 64));
    const auto bucket = region->Open(Spec(TableKind::kBucket, 0, 64));
    const auto member = region->Open(Spec(TableKind::kMember, 0, 64));
    const auto ban = region->Open(Spec(TableKind::kBan, 0, 64));
    const auto mean = region->Open(Spec(TableKind::kMean, kMinute, 64));
    const auto extreme = region->Open(Spec(TableKind::kExtreme, kMinute, 64));
    const auto time = region->Open(Spec(TableKind::kTime, kMinute, 64));
    const auto last = region->Open(Spec(TableKind::kLast, 0, 64));
    const auto run = region->Open(Spec(TableKind::kRun, kMinute, 64));
    const auto baseline = region->Open(Spec(TableKind::kBaseline, kMinute, 64));
    const auto burst = region->Open(Spec(TableKind::kBurst, kMillisecond, 64));
    ASSERT_TRUE(distinct && score && bucket && member && ban);
    ASSERT_TRUE(mean && extreme && time && last && run && baseline && burst);
    for (uint64_t i = 0; i < 5000; ++i) {
      const Hash128 key = Key(i % 100);
      const auto now = static_cast<Nanos>(i) * kMillisecond;
      ASSERT_GE(region->AddItem(*distinct, key, Item(i * seed), now), 1);
      ASSERT_GT(region->AddScore(*score, key, 1, now), 0);
      region->Take(*bucket, key, kMillisecond, 5, now);
      region->Insert(*member, key, now + kSecond, now);
      region->Contains(*member, key, now);
      region->Ban(*ban, key, "203.0.113.1", "rule", now + kSecond, now);
      BanInfo info;
      if (region->IsBanned(*ban, key, now, &info)) {
        ASSERT_EQ(info.key, "203.0.113.1");
      }
      ASSERT_GE(region->AddMean(*mean, key, 1, now).count, 1);
      ASSERT_TRUE(region->AddExtreme(*extreme, key, static_cast<int64_t>(i), now));
      ASSERT_GE(region->Touch(*time, key, now).value_or(0), 0);
      LastValue value;
      if (region->SwapLast(*last, key, 1, seed == 3 ? "three" : "five", now, &value)) {
        ASSERT_TRUE(value.text() == "three" || value.text() == "five");
      }
      ASSERT_GE(region->AddRun(*run, key, static_cast<int64_t>(i % 300), now), 1);
      region->Learn(*baseline, key, 1, now, now);
      ASSERT_LE(region->Zscore(*baseline, key, 1, now, now), 100);
      ASSERT_GE(region->AddEdge(*burst, Item(i % 20), Item(i % 4), Item(i % 5), now), 0);
      ASSERT_LE(region->pressure(now), 1);
      if (i % 1000 == 0) region->ForEachBan(*ban, now, [](const BanInfo&) {});
      if (i % 100 == 0) region->Reset(*distinct, key);
    }
    ASSERT_GT(region->stats().insertions, 0u);
  };
  std::thread other(work, 3);
  work(5);
  other.join();
}

// A copy that is made meanwhile holds for each key what had been counted at some moment of it.
TEST(Threads, SnapshotWhileOthersCount) {
  constexpr uint64_t kKeys = 40;
  const auto region = NewRegion(4 << 20);
  const auto count = *region->Open(Spec(TableKind::kCount, kHour));
  const auto distinct = *region->Open(Spec(TableKind::kDistinct, kHour, 256));
  std::array<std::atomic<int64_t>, kKeys> begun{}, ended{};
  std::atomic<bool> stop{false};
  const auto work = [&](uint64_t seed) {
    for (uint64_t i = seed; !stop.load(); ++i) {
      const uint64_t key = i * seed % kKeys;
      begun[key].fetch_add(1);
      region->Add(count, Key(key), 1, 0);
      ended[key].fetch_add(1);
      region->AddItem(distinct, Key(key), Item(i), 0);
    }
  };
  std::thread first(work, 3), second(work, 5);
  for (int round = 0; round < 20; ++round) {
    std::array<int64_t, kKeys> least{};
    for (uint64_t key = 0; key < kKeys; ++key) least[key] = ended[key].load();
    std::vector<char> bytes(region->SnapshotBytes());
    const uint64_t size = region->Snapshot(bytes.data(), bytes.size(), {});
    ASSERT_GT(size, 0u);
    const auto copy = NewRegion(4 << 20);
    ASSERT_EQ(copy->Restore({bytes.data(), size}, {}), "");
    const auto copied = *copy->Open(Spec(TableKind::kCount, kHour));
    for (uint64_t key = 0; key < kKeys; ++key) {
      const int64_t value = copy->Add(copied, Key(key), 0, 0);
      ASSERT_GE(value, least[key]);
      ASSERT_LE(value, begun[key].load());
    }
  }
  stop.store(true);
  first.join();
  second.join();
}

// Each thread begins with other tables, so that all of them make some at the same time.
void OpenEachTableOnce() {
  constexpr size_t kThreads = 4;
  constexpr size_t kTables = 240;
  const auto region = NewRegion();
  std::barrier begin(static_cast<ptrdiff_t>(kThreads));
  std::vector<std::vector<uint64_t>> opened(kThreads, std::vector<uint64_t>(kTables));
  const auto work = [&](size_t self) {
    begin.arrive_and_wait();
    for (size_t i = 0; i < kTables; ++i) {
      const size_t number = (i + self * kTables / kThreads) % kTables;
      TableSpec spec = Spec(TableKind::kCount, kHour, 64);
      spec.signature = std::to_string(number);
      opened[self][number] = region->Open(spec).value_or(Region::Table{}).offset;
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  for (const auto& offsets : opened) ASSERT_EQ(offsets, opened[0]);
  const std::set<uint64_t> different(opened[0].begin(), opened[0].end());
  ASSERT_EQ(different.size(), kTables);
  ASSERT_EQ(different.count(0), 0u);
}

TEST(Threads, OpenEachTableOnce) {
  for (int round = 0; round < 10; ++round) ASSERT_NO_FATAL_FAILURE(OpenEachTableOnce());
}

}  // namespace
}  // namespace sipward::state
