#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

Mean MeanOf(const std::vector<int64_t>& values) {
  Mean mean;
  for (const int64_t value : values) mean.sum += value;
  mean.count = static_cast<int64_t>(values.size());
  return mean;
}

class MeanTest : public ::testing::TestWithParam<Nanos> {};

// Values of one sign, so that a longer window never holds less.
TEST_P(MeanTest, LiesBetweenThoseOfASlightlyShorterAndLongerWindow) {
  constexpr uint64_t kKeys = 5;
  const Nanos window = GetParam();
  const Nanos slack = window / 12 + 1;
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kMean, window));
  std::vector<NaiveKey<int64_t>> naive(kKeys, NaiveKey<int64_t>(window));
  WildClock clock(window, 11);
  for (int i = 0; i < 20000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % kKeys;
    const auto value = static_cast<int64_t>(clock.Random() % 1000);
    Mean mean;
    if (clock.Random() % 3 == 0) {
      mean = region->ReadMean(table, Key(key), now);
    } else {
      naive[key].Add(naive[key].Arrive(now), value);
      mean = region->AddMean(table, Key(key), value, now);
    }
    const Mean least = MeanOf(naive[key].Within(now, window - slack));
    const Mean most = MeanOf(naive[key].Within(now, window + slack));
    ASSERT_GE(mean.sum, least.sum) << i;
    ASSERT_LE(mean.sum, most.sum) << i;
    ASSERT_GE(mean.count, least.count) << i;
    ASSERT_LE(mean.count, most.count) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Windows, MeanTest, ::testing::Values(kMinute, Nanos{1001}, 30 * kDay));

TEST(Mean, OfMoneyIsExactAndHasEitherSign) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kMean, kHour));
  std::mt19937_64 random(3);
  int64_t sum = 0;
  for (int i = 1; i <= 1000; ++i) {
    const int64_t money = static_cast<int64_t>(random() % 2'000'000'000'000) - 1'000'000'000'000;
    sum += money;
    const Mean mean = region->AddMean(table, Key("a"), money, i * kSecond);
    ASSERT_EQ(mean.sum, sum);
    ASSERT_EQ(mean.count, i);
  }
}

TEST(Mean, ServesARatio) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kMean, kHour));
  for (int i = 0; i < 30; ++i) region->AddMean(table, Key("a"), i % 3 == 0 ? 1 : 0, i);
  const Mean mean = region->ReadMean(table, Key("a"), 30);
  EXPECT_EQ(mean.sum, 10);
  EXPECT_EQ(mean.count, 30);
}

TEST(Mean, SaturatesInsteadOfOverflowing) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kMean, kMinute));
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(region->AddMean(table, Key("a"), kMost, i * 6 * kSecond).sum, kMost);
    EXPECT_EQ(region->AddMean(table, Key("b"), kLeast, i * 6 * kSecond).sum, kLeast);
  }
}

TEST(Mean, OfNothingAndAfterReset) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kMean, kMinute));
  EXPECT_EQ(region->ReadMean(table, Key("a"), 0).count, 0);
  region->AddMean(table, Key("a"), 5, 0);
  EXPECT_EQ(region->ReadMean(table, Key("a"), 0).sum, 5);
  region->Reset(table, Key("a"));
  EXPECT_EQ(region->ReadMean(table, Key("a"), 0).sum, 0);
}

TEST(Mean, TakesAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kMean, window));
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      const Mean mean = region->AddMean(table, Key("a"), 1, now);
      EXPECT_GE(mean.count, 1);
      EXPECT_EQ(mean.count, mean.sum);
      EXPECT_LE(region->ReadMean(table, Key("a"), ~now).count, 6);
    }
  }
}

}  // namespace
}  // namespace sipward::state
