#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

class ScoreTest : public ::testing::Test {
 protected:
  double Add(double points, Nanos now) { return region_->AddScore(table_, Key("a"), points, now); }

  std::unique_ptr<Region> region_ = NewRegion();
  Region::Table table_ = *region_->Open(Spec(TableKind::kScore, kHour));
};

TEST_F(ScoreTest, HalvesEveryHalfLife) {
  EXPECT_EQ(Add(80, 0), 80);
  EXPECT_NEAR(Add(0, kHour), 40, 1e-9);
  EXPECT_NEAR(Add(0, 2 * kHour), 20, 1e-9);
  EXPECT_NEAR(Add(10, 3 * kHour), 20, 1e-9);
}

TEST_F(ScoreTest, MatchesTheFormulaOverManySteps) {
  double expected = 0;
  Nanos now = 0;
  for (int i = 1; i <= 100000; ++i) {
    const Nanos step = (i % 7 == 0 ? kMinute : kSecond) + i;
    now += step;
    expected =
        expected * std::exp2(-static_cast<double>(step) / static_cast<double>(kHour)) + i % 3;
    ASSERT_NEAR(Add(i % 3, now), expected, 1e-6 * expected + 1e-9);
  }
}

// A step of one nanosecond is too small to change a double; a million of them must still add up.
TEST_F(ScoreTest, DoesNotDriftInTinySteps) {
  const auto table = *region_->Open(Spec(TableKind::kScore, 1000 * kDay));
  region_->AddScore(table, Key("b"), 1e9, 0);
  for (Nanos now = 0; now < 200000; ++now) region_->AddScore(table, Key("b"), 0, now);
  EXPECT_NEAR(region_->AddScore(table, Key("b"), 0, 1000 * kDay), 5e8, 1);
}

TEST_F(ScoreTest, IsGoneBehind64HalfLives) {
  Add(1e12, 0);
  EXPECT_EQ(Add(0, 64 * kHour), 0);
}

TEST_F(ScoreTest, StaysFinite) {
  for (const double points : {HUGE_VAL, -HUGE_VAL, std::nan(""), 1e300, -1e300, 1e300}) {
    EXPECT_TRUE(std::isfinite(Add(points, 0)));
  }
  for (int i = 0; i < 10000; ++i) ASSERT_LE(Add(1e300, 0), 1e15);
}

TEST_F(ScoreTest, TimeBackwardsNeitherGrowsNorIsNegative) {
  EXPECT_EQ(Add(50, 10 * kHour), 50);
  EXPECT_EQ(Add(0, 10 * kHour - kMinute), 50);
  EXPECT_EQ(Add(1, 9 * kHour), 51);
  EXPECT_EQ(Add(7, kHour), 7);  // set back by many half-lives: begins anew
}

TEST_F(ScoreTest, TakesAnyTime) {
  for (const Nanos now :
       {std::numeric_limits<Nanos>::min(), std::numeric_limits<Nanos>::max(), Nanos{0}}) {
    EXPECT_EQ(Add(1, now), 1);
  }
}

}  // namespace
}  // namespace sipward::state
