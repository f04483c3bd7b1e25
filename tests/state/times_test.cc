#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

// The age of the latest event in the window.
std::optional<Nanos> AgeOf(const NaiveKey<Nanos>& naive, Nanos now, Nanos window) {
  const auto times = naive.Within(now, window);
  if (times.empty()) return std::nullopt;
  return naive.At(now) - *std::max_element(times.begin(), times.end());
}

class TimesTest : public ::testing::TestWithParam<Nanos> {};

TEST_P(TimesTest, AreExact) {
  constexpr uint64_t kKeys = 20;
  const Nanos window = GetParam();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kTime, window));
  std::vector<NaiveKey<Nanos>> naive(kKeys, NaiveKey<Nanos>(window));
  WildClock clock(window, 13);
  int absent = 0;
  for (int i = 0; i < 20000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % kKeys;
    const auto age = AgeOf(naive[key], now, window);
    absent += age ? 0 : 1;
    ASSERT_EQ(region->Since(table, Key(key), now), age) << i;
    if (clock.Random() % 3 == 0) continue;
    ASSERT_EQ(region->Touch(table, Key(key), now), age) << i;
    const Nanos at = naive[key].Arrive(now);
    naive[key].Add(at, at);
  }
  EXPECT_GT(absent, 50);
}

INSTANTIATE_TEST_SUITE_P(Windows, TimesTest, ::testing::Values(kMinute, Nanos{1001}, 30 * kDay));

TEST(Times, TakeAKeyAsNewWhenTheWindowHasPassed) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kTime, kDay));
  EXPECT_FALSE(region->Touch(table, Key("a"), 0));
  EXPECT_EQ(region->Touch(table, Key("a"), kDay - 1), kDay - 1);
  EXPECT_FALSE(region->Touch(table, Key("a"), 2 * kDay - 1));
  region->Reset(table, Key("a"));
  EXPECT_FALSE(region->Since(table, Key("a"), 2 * kDay - 1));
}

TEST(Times, TakeAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kTime, window));
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      EXPECT_GE(region->Touch(table, Key("a"), now).value_or(0), 0);
      EXPECT_GE(region->Since(table, Key("a"), ~now).value_or(0), 0);
    }
  }
}

// 32 bytes a key: what lib/README.md compares with a rotating Bloom filter.
TEST(Times, CostAHeadAKey) {
  const TableSpec small = Spec(TableKind::kTime, kDay, 1 << 16);
  const TableSpec large = Spec(TableKind::kTime, kDay, 1 << 17);
  EXPECT_EQ(TableBytes(large) - TableBytes(small), uint64_t{32} << 16);
}

}  // namespace
}  // namespace sipward::state
