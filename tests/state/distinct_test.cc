#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Distinct, IsExactUpTo16ItemsInASlidingWindow) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kMinute));
  std::mt19937_64 random(9);
  std::map<uint64_t, Nanos> last;
  Nanos now = 0;
  for (int i = 0; i < 20000; ++i) {
    // Whole multiples of a unit of time, so that the answer is exact and not only to 1/4096 of the
    // window.
    now += static_cast<Nanos>(random() % 1200) * (kMinute / 4096);
    const uint64_t item = random() % 16;
    last[item] = now;
    const auto live = std::count_if(last.begin(), last.end(), [&](const auto& entry) {
      return (now / (kMinute / 4096)) - (entry.second / (kMinute / 4096)) <
             kMinute / (kMinute / 4096);
    });
    ASSERT_EQ(region->AddItem(table, Key("a"), Item(item), now), live) << i;
    ASSERT_EQ(region->CountItems(table, Key("a"), now), live);
  }
}

// Standard errors: 3.7 % of linear counting at worst, 3.25 % of HyperLogLog. The mean of the runs'
// errors is allowed one of them, each single run five.
TEST(Distinct, ErrorStaysWithinTheSketchs) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kHour));
  for (const int64_t items : {17, 50, 200, 340, 380, 700, 2000, 10000, 50000}) {
    double sum = 0, squares = 0;
    constexpr int kRuns = 12;
    for (uint64_t run = 0; run < kRuns; ++run) {
      const Hash128 key = Key(run * 1000003 + static_cast<uint64_t>(items));
      int64_t value = 0;
      for (int64_t i = 0; i < items; ++i) {
        value = region->AddItem(table, key, Item(static_cast<uint64_t>(i) + run * 77777777), 0);
      }
      const double error =
          (static_cast<double>(value) - static_cast<double>(items)) / static_cast<double>(items);
      EXPECT_LE(std::abs(error), 5 * 0.037) << items;
      sum += error;
      squares += error * error;
      region->Reset(table, key);
    }
    EXPECT_LE(std::abs(sum / kRuns), 0.037) << items;
    EXPECT_LE(std::sqrt(squares / kRuns), 1.7 * 0.037) << items;
  }
  EXPECT_EQ(region->stats().sketches_refused, 0u);
}

TEST(Distinct, RepeatedItemsDoNotCount) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kHour));
  int64_t value = 0;
  for (uint64_t i = 0; i < 100000; ++i) value = region->AddItem(table, Key("a"), Item(i % 1000), 0);
  EXPECT_NEAR(static_cast<double>(value), 1000, 5 * 0.037 * 1000);
}

TEST(Distinct, AnEvenStreamOfNewItemsIsCountedByTheWindow) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kMinute));
  uint64_t item = 0;
  for (Nanos now = 0; now < 10 * kMinute; now += 60 * kMillisecond) {  // 1000 a window
    const int64_t value = region->AddItem(table, Key("a"), Item(++item), now);
    if (now > 2 * kMinute) {
      ASSERT_NEAR(static_cast<double>(value), 1000, 180) << now;
    }
  }
}

TEST(Distinct, ForgetsAndBecomesExactAgain) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kMinute));
  for (uint64_t i = 0; i < 5000; ++i) region->AddItem(table, Key("a"), Item(i), 0);
  EXPECT_GT(region->CountItems(table, Key("a"), 59 * kSecond), 4000);
  EXPECT_LT(region->CountItems(table, Key("a"), 118 * kSecond), 300);
  EXPECT_EQ(region->CountItems(table, Key("a"), 180 * kSecond), 0);
  EXPECT_EQ(region->AddItem(table, Key("a"), Item(1), 240 * kSecond), 1);
}

TEST(Distinct, CountingAddsNothing) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kMinute));
  EXPECT_EQ(region->CountItems(table, Key("a"), 0), 0);
  EXPECT_EQ(region->stats().insertions, 0u);
}

TEST(Distinct, WithoutASketchLinearCountingGoesOnAndIsCounted) {
  const auto region = NewRegion();
  // 32 entries share one sketch.
  const auto table = *region->Open(Spec(TableKind::kDistinct, kHour, 32));
  for (uint64_t i = 0; i < 5000; ++i) region->AddItem(table, Key("first"), Item(i), 0);
  int64_t value = 0;
  for (uint64_t i = 0; i < 800; ++i) value = region->AddItem(table, Key("second"), Item(i), 0);
  EXPECT_NEAR(static_cast<double>(value), 800, 5 * 0.04 * 800);
  EXPECT_GE(region->stats().sketches_refused, 1u);
  for (uint64_t i = 800; i < 50000; ++i) value = region->AddItem(table, Key("second"), Item(i), 0);
  EXPECT_EQ(value, 3194);
  EXPECT_NEAR(static_cast<double>(region->CountItems(table, Key("first"), 0)), 5000,
              5 * 0.0325 * 5000);
}

TEST(Distinct, AForgottenEntryGivesItsSketchBack) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kHour, 32));
  for (uint64_t round = 0; round < 20; ++round) {
    int64_t value = 0;
    for (uint64_t i = 0; i < 5000; ++i) value = region->AddItem(table, Key(round), Item(i), 0);
    EXPECT_NEAR(static_cast<double>(value), 5000, 5 * 0.0325 * 5000);
    region->Reset(table, Key(round));
  }
  EXPECT_EQ(region->stats().sketches_refused, 0u);
}

TEST(Distinct, ASmallEntryYieldsItsSketchToALargeOne) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kHour, 32));
  for (uint64_t i = 0; i < 20; ++i) region->AddItem(table, Key("small"), Item(i), 0);
  for (uint64_t i = 0; i < 900; ++i) region->AddItem(table, Key("large"), Item(i), 0);
  int64_t value = 0;  // at the start of its next generation the large one asks again
  for (uint64_t i = 0; i < 9000; ++i) value = region->AddItem(table, Key("large"), Item(i), kHour);
  EXPECT_NEAR(static_cast<double>(value), 9000, 5 * 0.0325 * 9000);
  EXPECT_NEAR(static_cast<double>(region->CountItems(table, Key("small"), kHour)), 20, 3);
}

TEST(Distinct, TimeBackwardsForgetsNothingAndInventsNothing) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kDistinct, kMinute));
  for (uint64_t i = 0; i < 5; ++i) {
    EXPECT_EQ(region->AddItem(table, Key("a"), Item(i), kHour - static_cast<Nanos>(i) * kSecond),
              static_cast<int64_t>(i) + 1);
  }
  EXPECT_EQ(region->AddItem(table, Key("a"), Item(9), kMinute), 1);  // set back far: begins anew
}

TEST(Distinct, TakesAnyTimeAndAnyItem) {
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, Nanos{4095}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kDistinct, window));
    for (const Nanos now : {Nanos{0}, kLast, std::numeric_limits<Nanos>::min(), kLast - 1}) {
      for (uint64_t i = 0; i < 100; ++i) {
        const int64_t value = region->AddItem(table, Key("a"), i % 3 == 0 ? i : Item(i), now);
        ASSERT_GE(value, 1);
        ASSERT_LE(value, 250);
      }
      ASSERT_GE(region->AddItem(table, Key("a"), 0, now), 1);
      ASSERT_GE(region->AddItem(table, Key("a"), ~uint64_t{0}, now), 1);
    }
  }
}

}  // namespace
}  // namespace sipward::state
