// Leases against a model that knows who holds one, and until when.
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

constexpr Nanos kLongest = kHour;
constexpr Nanos kStep = (kLongest + 10) / 11;

struct Tables {
  explicit Tables(Region* region, Nanos longest = kLongest, uint32_t capacity = 1024)
      : counters(*region->Open(Spec(TableKind::kConcurrent, longest, capacity))),
        leases(*region->Open(Spec(TableKind::kLease, longest, capacity))) {}
  Region::Table counters, leases;
};

class NaiveLeases {
 public:
  explicit NaiveLeases(Nanos longest) : step_((longest + 10) / 11), times_(longest) {}

  int64_t Acquire(uint64_t call, Nanos lease, Nanos now) {
    const Nanos at = Arrive(now);
    // At least as long as it was taken for, then to the end of a step.
    Nanos end = at + lease + 1;
    while (end % step_ != 0) end += step_ - (end % step_ + step_) % step_;
    const auto held = ends_.find(call);
    ends_[call] = held == ends_.end() ? end : std::max(held->second, end);
    return Count(now);
  }
  int64_t Release(uint64_t call, Nanos now) {
    if (!ends_.empty()) Arrive(now);
    ends_.erase(call);
    return Count(now);
  }
  int64_t Count(Nanos now) const {
    if (times_.StartsAnew(now)) return 0;
    return std::count_if(ends_.begin(), ends_.end(),
                         [&](const auto& held) { return held.second > times_.At(now); });
  }

 private:
  Nanos Arrive(Nanos now) {
    if (times_.StartsAnew(now)) ends_.clear();
    const Nanos at = times_.Arrive(now);
    std::erase_if(ends_, [&](const auto& held) { return held.second <= at; });
    return at;
  }
  Nanos step_;
  NaiveKey<int64_t> times_;
  std::map<uint64_t, Nanos> ends_;
};

class ConcurrentTest : public ::testing::TestWithParam<Nanos> {};

// Calls begin, are retransmitted, refreshed, end, end twice, end before they begin, or never end.
TEST_P(ConcurrentTest, IsExact) {
  constexpr uint64_t kKeys = 3;
  constexpr uint64_t kCalls = 40;
  const Nanos longest = GetParam();
  const auto region = NewRegion();
  const Tables tables(region.get(), longest);
  std::vector<NaiveLeases> naive(kKeys, NaiveLeases(longest));
  WildClock clock(longest, 16);
  int64_t most = 0;
  for (int i = 0; i < 40000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % kKeys;
    const uint64_t call = clock.Random() % kCalls;
    // At least one lease lives at any time, so that the model need not know when the table forgets.
    naive[key].Acquire(kCalls, longest, now);
    region->Acquire(tables.counters, tables.leases, Key(key), Key(kCalls), longest, now);
    int64_t expected, value;
    if (clock.Random() % 2 == 0) {
      const auto lease = static_cast<Nanos>(clock.Random() % static_cast<uint64_t>(longest + 1));
      expected = naive[key].Acquire(call, lease, now);
      value = region->Acquire(tables.counters, tables.leases, Key(key), Key(call), lease, now);
    } else {
      expected = naive[key].Release(call, now);
      value = region->Release(tables.counters, tables.leases, Key(key), Key(call), now);
    }
    ASSERT_EQ(value, expected) << i;
    most = std::max(most, value);
    const Nanos later = now + static_cast<Nanos>(clock.Random() % static_cast<uint64_t>(longest));
    ASSERT_EQ(region->CountLeases(tables.counters, Key(key), later), naive[key].Count(later)) << i;
  }
  EXPECT_GT(most, 10);
  for (uint64_t key = 0; key < kKeys; ++key) {
    const Nanos behind = clock.Next() + 100 * longest;
    EXPECT_EQ(region->CountLeases(tables.counters, Key(key), behind), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Longest, ConcurrentTest, ::testing::Values(kHour, Nanos{1001}, 30 * kDay));

TEST(Concurrent, ComesBackToZeroWhenEveryCallEnds) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  for (uint64_t call = 0; call < 100; ++call) {
    for (int times = 0; times < 3; ++times) {
      EXPECT_EQ(region->Acquire(tables.counters, tables.leases, Key("a"), Key(call), kMinute, 0),
                static_cast<int64_t>(call) + 1);
    }
  }
  for (uint64_t call = 0; call < 100; ++call) {
    for (int times = 0; times < 3; ++times) {
      EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(call), 1),
                99 - static_cast<int64_t>(call));
    }
  }
}

TEST(Concurrent, CallsThatNeverEndComeDownByThemselves) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  for (uint64_t call = 0; call < 50; ++call) {
    region->Acquire(tables.counters, tables.leases, Key("a"), Key(call), 20 * kMinute, 0);
  }
  EXPECT_EQ(region->CountLeases(tables.counters, Key("a"), 20 * kMinute), 50);
  EXPECT_EQ(region->CountLeases(tables.counters, Key("a"), 20 * kMinute + kStep), 0);
}

TEST(Concurrent, ARefreshLengthensALease) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  for (Nanos now = 0; now < 10 * kHour; now += 20 * kMinute) {
    EXPECT_EQ(region->Acquire(tables.counters, tables.leases, Key("a"), Key(1), 30 * kMinute, now),
              1);
  }
  EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(1), 10 * kHour), 0);
}

TEST(Concurrent, KeysOfOneCallHaveALeaseEach) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  region->Acquire(tables.counters, tables.leases, Key("a"), Key(1), kMinute, 0);
  region->Acquire(tables.counters, tables.leases, Key("b"), Key(1), kMinute, 0);
  EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(1), 0), 0);
  EXPECT_EQ(region->CountLeases(tables.counters, Key("b"), 0), 1);
}

TEST(Concurrent, AForgottenCounterIsNotTakenFromByOlderLeases) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  region->Acquire(tables.counters, tables.leases, Key("a"), Key(1), kMinute, 0);
  region->Acquire(tables.counters, tables.leases, Key("a"), Key(2), kMinute, 0);
  region->Reset(tables.counters, Key("a"));
  EXPECT_EQ(region->Acquire(tables.counters, tables.leases, Key("a"), Key(3), kMinute, 0), 1);
  EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(1), 0), 1);
  EXPECT_EQ(region->Acquire(tables.counters, tables.leases, Key("a"), Key(2), kMinute, 0), 2)
      << "a refresh takes a lease of the new counter";
  EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(2), 0), 1);
}

// Tables far too small: more may be counted than is held, until it ends; never less than nothing,
// never more than was taken.
TEST(Concurrent, SurvivesEvictionOfCountersAndLeases) {
  const auto region = NewRegion();
  const Tables tables(region.get(), kMinute, 16);
  std::mt19937_64 random(17);
  std::vector<Nanos> taken;
  Nanos now = 0;
  for (int i = 0; i < 100000; ++i) {
    now += static_cast<Nanos>(random() % 20) * kMillisecond;
    const uint64_t key = random() % 60;
    const uint64_t call = random() % 20;
    const bool begins = random() % 2 == 0;
    const int64_t value =
        begins ? region->Acquire(tables.counters, tables.leases, Key(key), Key(call), kSecond, now)
               : region->Release(tables.counters, tables.leases, Key(key), Key(call), now);
    if (begins) taken.push_back(now);
    ASSERT_GE(value, begins ? 1 : 0);
    const auto since = std::upper_bound(taken.begin(), taken.end(), now - 7 * kSecond);
    ASSERT_LE(value, taken.end() - since);
  }
  EXPECT_GT(region->stats().evictions, 1000u);
  for (uint64_t key = 0; key < 60; ++key) {
    EXPECT_EQ(region->CountLeases(tables.counters, Key(key), now + 7 * kSecond), 0);
  }
}

TEST(Concurrent, TakesAnyTimeAndTheSmallestTables) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion(64 << 10);
  for (const Nanos longest : {Nanos{1}, kMinute, kLast}) {
    const Tables tables(region.get(), longest, 1);
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      for (const Nanos lease : {kFirst, Nanos{-1}, Nanos{0}, kMinute, kLast}) {
        const int64_t value =
            region->Acquire(tables.counters, tables.leases, Key("a"), Key(1), lease, now);
        EXPECT_GE(value, 0);
        EXPECT_LE(value, 1) << longest << " " << now << " " << lease;
      }
      EXPECT_EQ(region->Release(tables.counters, tables.leases, Key("a"), Key(1), now), 0);
    }
  }
}

TEST(Concurrent, OnTablesOfOtherKindsDoesNothing) {
  const auto region = NewRegion();
  const Tables tables(region.get());
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  EXPECT_EQ(region->Acquire(count, tables.leases, Key("a"), Key(1), kMinute, 0), 0);
  EXPECT_EQ(region->Acquire(tables.counters, count, Key("a"), Key(1), kMinute, 0), 0);
  EXPECT_EQ(region->Release(tables.counters, count, Key("a"), Key(1), 0), 0);
  EXPECT_EQ(region->Release(Region::Table{}, Region::Table{}, Key("a"), Key(1), 0), 0);
  EXPECT_EQ(region->CountLeases(tables.leases, Key("a"), 0), 0);
}

}  // namespace
}  // namespace sipward::state
