#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

class ExtremeTest : public ::testing::TestWithParam<Nanos> {};

TEST_P(ExtremeTest, LieBetweenThoseOfASlightlyShorterAndLongerWindow) {
  constexpr uint64_t kKeys = 5;
  const Nanos window = GetParam();
  const Nanos slack = window / 12 + 1;
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kExtreme, window));
  std::vector<NaiveKey<int64_t>> naive(kKeys, NaiveKey<int64_t>(window));
  WildClock clock(window, 12);
  int absent = 0;
  for (int i = 0; i < 20000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % kKeys;
    const auto value = static_cast<int64_t>(clock.Random() % 20001) - 10000;
    std::optional<Extremes> extremes;
    if (clock.Random() % 3 == 0) {
      extremes = region->ReadExtreme(table, Key(key), now);
    } else {
      naive[key].Add(naive[key].Arrive(now), value);
      extremes = region->AddExtreme(table, Key(key), value, now);
      ASSERT_TRUE(extremes);
    }
    const auto inner = naive[key].Within(now, window - slack);
    const auto outer = naive[key].Within(now, window + slack);
    if (!extremes) {
      ++absent;
      ASSERT_TRUE(inner.empty()) << i;
      continue;
    }
    ASSERT_FALSE(outer.empty()) << i;
    ASSERT_GE(extremes->least, *std::min_element(outer.begin(), outer.end())) << i;
    ASSERT_LE(extremes->most, *std::max_element(outer.begin(), outer.end())) << i;
    if (inner.empty()) continue;
    ASSERT_LE(extremes->least, *std::min_element(inner.begin(), inner.end())) << i;
    ASSERT_GE(extremes->most, *std::max_element(inner.begin(), inner.end())) << i;
  }
  EXPECT_GT(absent, 10);
}

INSTANTIATE_TEST_SUITE_P(Windows, ExtremeTest, ::testing::Values(kMinute, Nanos{1001}, 30 * kDay));

TEST(Extreme, OfOneValueIsThatValue) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kExtreme, kMinute));
  for (const int64_t value : {int64_t{0}, int64_t{-5}, kMost, kLeast}) {
    const auto extremes = region->AddExtreme(table, Key(static_cast<uint64_t>(value)), value, 0);
    ASSERT_TRUE(extremes);
    EXPECT_EQ(extremes->least, value);
    EXPECT_EQ(extremes->most, value);
  }
}

TEST(Extreme, IsAbsentWithoutValuesAndAfterReset) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kExtreme, kMinute));
  EXPECT_FALSE(region->ReadExtreme(table, Key("a"), 0));
  region->AddExtreme(table, Key("a"), 5, 0);
  EXPECT_TRUE(region->ReadExtreme(table, Key("a"), 54 * kSecond));
  EXPECT_FALSE(region->ReadExtreme(table, Key("a"), 61 * kSecond));
  region->Reset(table, Key("a"));
  EXPECT_FALSE(region->ReadExtreme(table, Key("a"), 0));
}

TEST(Extreme, TakesAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kExtreme, window));
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      const auto extremes = region->AddExtreme(table, Key("a"), 7, now);
      ASSERT_TRUE(extremes);
      EXPECT_EQ(extremes->least, 7);
      EXPECT_EQ(extremes->most, 7);
    }
  }
}

}  // namespace
}  // namespace sipward::state
