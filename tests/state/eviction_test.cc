#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Eviction, IsCounted) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  for (uint64_t i = 0; i < 64 * 200; ++i)
    region->Add(table, Key(i), 1, static_cast<Nanos>(i) * kMillisecond);
  const RegionStats stats = region->stats();
  EXPECT_GT(stats.evictions, 0u);
  EXPECT_EQ(stats.insertions - stats.evictions, 64u);
}

TEST(Eviction, ExpiredEntriesGoFirstAndAreNotCounted) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  for (uint64_t i = 0; i < 1000; ++i) region->Add(table, Key(i), 1, 0);
  const uint64_t before = region->stats().evictions;
  for (uint64_t i = 0; i < 20; ++i) {
    region->Add(table, Key(5000 + i), 1, kHour + static_cast<Nanos>(i) * kHour);
    EXPECT_EQ(region->Add(table, Key(5000 + i), 1, kHour + static_cast<Nanos>(i) * kHour), 2);
  }
  EXPECT_EQ(region->stats().evictions, before);
}

TEST(Eviction, AHeavyLivingKeyOutlastsASpray) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  region->Add(table, Key("heavy"), 1000, 0);
  Nanos now = 0;
  for (uint64_t i = 0; i < 100000; ++i) region->Add(table, Key(i), 1, now += 300 * kMicrosecond);
  EXPECT_EQ(region->Add(table, Key("heavy"), 0, now), 1000);
}

TEST(Eviction, ANewKeyBecomesHeavyInAFullTable) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  Nanos now = 0;
  for (uint64_t i = 0; i < 10000; ++i) region->Add(table, Key(i), 1, now += kMillisecond);
  int64_t value = 0;
  for (int i = 0; i < 1000; ++i) {
    value = region->Add(table, Key("new"), 1, now += kMillisecond);
    region->Add(table, Key(static_cast<uint64_t>(20000 + i)), 1, now += kMillisecond);
  }
  EXPECT_GE(value, 800);
}

// Who is let into a full bucket is drawn, but from what the region was made with.
TEST(Eviction, TheSameEventsGiveTheSameTable) {
  const auto run = [] {
    std::shared_ptr<Region> region = NewRegion();
    const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
    std::vector<int64_t> counts;
    for (uint64_t i = 0; i < 50000; ++i) {
      counts.push_back(region->Add(table, Key(i % 500), 1, static_cast<Nanos>(i) * kMillisecond));
    }
    EXPECT_GT(region->stats().evictions, 20u) << "too few are drawn to say anything";
    return std::pair(counts, region);
  };
  // Both regions live at once: they lie in different places.
  const auto first = run();
  const auto second = run();
  EXPECT_EQ(first.first, second.first);
}

// Slow attackers, one event every two seconds each, under 100,000 new keys a second in 131,072
// slots.
TEST(Eviction, SlowAttackersAreFoundInASpray) {
  constexpr uint64_t kAttackers = 200;
  constexpr int64_t kThreshold = 10;
  constexpr Nanos kGap = 10 * kMicrosecond;
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRate, kMinute, 131072));
  std::vector<bool> found(kAttackers);
  uint64_t accused = 0, sprayed = 0;
  uint64_t attacks = 0;
  for (Nanos now = 0; now < 75 * kSecond; now += kGap) {
    const uint64_t number = sprayed++;
    // Any 128 bits do for a key that is used once.
    const Hash128 key{number * 0x9e3779b97f4a7c15u ^ number >> 7, ~number * 0xff51afd7ed558ccdu};
    if (region->Add(table, key, 1, now) >= kThreshold) ++accused;
    while (static_cast<Nanos>(attacks) * (2 * kSecond / static_cast<Nanos>(kAttackers)) <= now) {
      const uint64_t attacker = attacks++ % kAttackers;
      if (region->Add(table, Key(attacker), 1, now) >= kThreshold) found[attacker] = true;
    }
  }
  int64_t recall = 0;
  for (const bool one : found) recall += one ? 1 : 0;
  std::printf("found %d of 200 among %llu keys\n", static_cast<int>(recall),
              static_cast<unsigned long long>(sprayed));
  EXPECT_GE(recall, 199);
  EXPECT_EQ(accused, 0u);
}

}  // namespace
}  // namespace sipward::state
