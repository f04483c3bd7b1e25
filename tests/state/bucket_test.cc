#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

class BucketTest : public ::testing::Test {
 protected:
  bool Take(Nanos period, uint32_t burst, Nanos now) {
    return region_->Take(table_, Key("a"), period, burst, now);
  }

  std::unique_ptr<Region> region_ = NewRegion();
  Region::Table table_ = *region_->Open(Spec(TableKind::kBucket, 0));
};

TEST_F(BucketTest, GivesTheBurstAndThenOneEachPeriod) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take(kSecond, 3, 0)) << i;
  EXPECT_FALSE(Take(kSecond, 3, 0));
  EXPECT_FALSE(Take(kSecond, 3, kSecond - 1));
  EXPECT_TRUE(Take(kSecond, 3, kSecond));
  EXPECT_FALSE(Take(kSecond, 3, kSecond));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take(kSecond, 3, kHour)) << i;
  EXPECT_FALSE(Take(kSecond, 3, kHour));
}

// The oracle counts tokens in integer units of 1/period.
TEST_F(BucketTest, IsExact) {
  constexpr Nanos kPeriod = 1000;
  constexpr int64_t kBurst = 5;
  std::mt19937_64 random(3);
  Nanos now = 0, last = 0;
  int64_t level = kBurst * kPeriod;
  for (int i = 0; i < 100000; ++i) {
    now += static_cast<Nanos>(random() % (i % 1000 < 500 ? 1500 : 900));
    level = std::min(kBurst * kPeriod, level + (now - last));
    last = now;
    const bool expected = level >= kPeriod;
    if (expected) level -= kPeriod;
    ASSERT_EQ(Take(kPeriod, kBurst, now), expected) << i;
  }
}

TEST_F(BucketTest, TimeBackwardsGivesNoTokensAndTakesNone) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take(kSecond, 3, kMinute));
  EXPECT_FALSE(Take(kSecond, 3, kMinute - kSecond));
  EXPECT_FALSE(Take(kSecond, 3, kMinute - 2 * kSecond));
  EXPECT_TRUE(Take(kSecond, 3, kMinute + kSecond));
  EXPECT_FALSE(Take(kSecond, 3, kMinute + kSecond));
}

TEST_F(BucketTest, AClockSetBackFarDoesNotLockTheKeyOut) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take(kSecond, 3, kDay));
  EXPECT_TRUE(Take(kSecond, 3, 0));
}

TEST_F(BucketTest, HandlesTheLimits) {
  EXPECT_FALSE(Take(kSecond, 0, 0));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Take(0, 1, 0));
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  EXPECT_TRUE(Take(kLast, 1, 0));
  EXPECT_FALSE(Take(kLast, 1, 1));
  EXPECT_TRUE(region_->Take(table_, Key("b"), kSecond, ~0u, kLast));
  EXPECT_TRUE(region_->Take(table_, Key("c"), kSecond, 1, std::numeric_limits<Nanos>::min()));
}

}  // namespace
}  // namespace sipward::state
