#include <gtest/gtest.h>

#include <cstdio>
#include <limits>
#include <map>
#include <random>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

// The published score on counters that never share a place, in the table's fixed point: every tick
// halves all recent counts, every 1024 ticks halve all totals and the number of ticks.
class NaiveBurst {
 public:
  double Add(uint64_t source, uint64_t destination, uint64_t tick) {
    while (tick_ < tick) NextTick();
    return std::max({Count(&edges_[{source, destination}]), Count(&sources_[source]),
                     Count(&destinations_[destination])});
  }

 private:
  struct Counter {
    uint64_t recent = 0, total = 0;
  };
  double Count(Counter* counter) {
    counter->recent += 256;
    counter->total += 256;
    if (tick_ < 1) return 0;
    const double a = static_cast<double>(counter->recent) / 256;
    const double s = static_cast<double>(counter->total) / 256;
    const double t = static_cast<double>(ticks_);
    return a <= s / t ? 0 : (a - s / t) * (a - s / t) * t * t / (s * (t - 1));
  }
  void NextTick() {
    ++tick_;
    const bool halve = tick_ % 1024 == 0;
    if (halve) ticks_ /= 2;
    ++ticks_;
    const auto age = [&](auto* counters) {
      for (auto& [name, counter] : *counters) {
        counter.recent /= 2;
        if (halve) counter.total /= 2;
      }
    };
    age(&edges_);
    age(&sources_);
    age(&destinations_);
  }
  uint64_t tick_ = 0;
  uint64_t ticks_ = 1;
  std::map<std::pair<uint64_t, uint64_t>, Counter> edges_;
  std::map<uint64_t, Counter> sources_, destinations_;
};

double AddEdge(Region* region, Region::Table table, uint64_t source, uint64_t destination,
               Nanos now) {
  return region->AddEdge(table, Item(source * 1000003 + destination), Item(source),
                         Item(destination), now);
}

TEST(Burst, IsThePublishedScoreWhereNothingCollides) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kBurst, kSecond, 1 << 16));
  NaiveBurst naive;
  std::mt19937_64 random(21);
  uint64_t tick = 0;
  for (int i = 0; i < 30000; ++i) {
    if (random() % 8 == 0) tick += random() % 3;
    const uint64_t source = random() % 6;
    const uint64_t destination = random() % 6;
    const Nanos now = static_cast<Nanos>(tick) * kSecond + static_cast<Nanos>(random() % 1000);
    ASSERT_EQ(AddEdge(region.get(), table, source, destination, now),
              naive.Add(source, destination, tick))
        << i;
  }
  EXPECT_GT(tick, 3000u) << "totals were halved some times";
}

// A share of pairs in which a member of the cluster scores higher.
double AreaUnderCurve(std::vector<double> normal, const std::vector<double>& cluster) {
  std::sort(normal.begin(), normal.end());
  double higher = 0;
  for (const double score : cluster) {
    const auto [low, high] = std::equal_range(normal.begin(), normal.end(), score);
    higher += static_cast<double>(low - normal.begin()) + static_cast<double>(high - low) / 2;
  }
  return higher / static_cast<double>(normal.size()) / static_cast<double>(cluster.size());
}

// Synthetic: 100 callers who call their own few callees and now and then any of 2,000; one caller
// who suddenly calls five numbers forty times a tick for three ticks.
TEST(Burst, AMicroclusterStandsAboveOrdinaryEdges) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kBurst, kMinute, 1 << 12));
  std::mt19937_64 random(22);
  std::vector<double> normal, cluster;
  for (uint64_t tick = 0; tick < 300; ++tick) {
    const Nanos now = static_cast<Nanos>(tick) * kMinute;
    for (int i = 0; i < 200; ++i) {
      const uint64_t source = random() % 100;
      const bool usual = random() % 10 != 0;
      const uint64_t destination = 1000 + (usual ? source * 5 + random() % 5 : random() % 2000);
      const double score = AddEdge(region.get(), table, source, destination, now);
      if (tick >= 20) normal.push_back(score);
    }
    if (tick < 200 || tick >= 203) continue;
    for (uint64_t i = 0; i < 200; ++i) {
      cluster.push_back(AddEdge(region.get(), table, 50, 5000 + i % 5, now));
    }
  }
  const double area = AreaUnderCurve(normal, cluster);
  std::printf("synthetic microcluster: AUC %.3f\n", area);
  EXPECT_GT(area, 0.9);
}

TEST(Burst, ReadsWithoutAdding) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kBurst, kSecond, 1024));
  EXPECT_EQ(region->ReadEdge(table, 1, 2, 3, 0), 0);
  for (int tick = 0; tick < 20; ++tick) region->AddEdge(table, 1, 2, 3, tick * kSecond);
  double added = 0;
  for (int i = 0; i < 50; ++i) added = region->AddEdge(table, 1, 2, 3, 20 * kSecond);
  EXPECT_GT(added, 10);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(region->ReadEdge(table, 1, 2, 3, 20 * kSecond), added);
  EXPECT_LT(region->ReadEdge(table, 1, 2, 3, 22 * kSecond), added);
  region->Reset(table, Key("a"));
  EXPECT_EQ(region->ReadEdge(table, 1, 2, 3, 20 * kSecond), added);
}

// An even stream, whatever its clock does, never stands out.
TEST(Burst, WildClocksMakeNoBurst) {
  for (const Nanos leap : {-kDay, -10 * kSecond, -kSecond, kMinute, kHour, 400 * kDay}) {
    const auto region = NewRegion();
    const auto table = *region->Open(Spec(TableKind::kBurst, kSecond, 1024));
    Nanos now = kDay;
    double most = 0;
    for (int tick = 0; tick < 200; ++tick) {
      now += kSecond;
      if (tick == 100) now += leap;
      for (int i = 0; i < 10; ++i) {
        const double score = AddEdge(region.get(), table, 1, static_cast<uint64_t>(i), now);
        if (tick > 10) most = std::max(most, score);
      }
    }
    // Half of the mean above it is what the recent count always is at the end of a tick.
    EXPECT_LT(most, 40) << leap;
  }
}

TEST(Burst, CountsTooMuchRatherThanTooLittleWhenFull) {
  const auto region = NewRegion();
  const auto small = *region->Open(Spec(TableKind::kBurst, kSecond, 16));
  const auto large = *region->Open(Spec(TableKind::kBurst, kSecond, 1 << 16));
  EXPECT_EQ(TableBytes(Spec(TableKind::kBurst, kSecond, 1 << 16)) -
                TableBytes(Spec(TableKind::kBurst, kSecond, 1 << 15)),
            uint64_t{64} << 15);
  std::mt19937_64 random(23);
  for (int i = 0; i < 20000; ++i) {
    const Nanos now = i * 10 * kMillisecond;
    const uint64_t source = random() % 500;
    const double score = AddEdge(region.get(), small, source, random() % 500, now);
    ASSERT_GE(score, 0);
    ASSERT_TRUE(std::isfinite(score));
    ASSERT_TRUE(std::isfinite(AddEdge(region.get(), large, source, random() % 500, now)));
  }
}

TEST(Burst, TakesAnyTimeAndOtherKinds) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos tick : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kBurst, tick, 16));
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      EXPECT_TRUE(std::isfinite(region->AddEdge(table, 1, 2, 3, now)));
      EXPECT_TRUE(std::isfinite(region->ReadEdge(table, 1, 2, 3, ~now)));
    }
  }
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  EXPECT_EQ(region->AddEdge(count, 1, 2, 3, 0), 0);
  EXPECT_EQ(region->AddEdge(Region::Table{}, 1, 2, 3, 0), 0);
}

}  // namespace
}  // namespace sipward::state
