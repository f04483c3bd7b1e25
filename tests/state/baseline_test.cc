#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

constexpr Nanos kWeek = 7 * kDay;

// One key with a value every ten minutes; wall time and monotonic time go together.
class Series {
 public:
  explicit Series(Nanos half_life)
      : region_(NewRegion()), table_(*region_->Open(Spec(TableKind::kBaseline, half_life))) {}

  double Score(double value) { return region_->Zscore(table_, Key("a"), value, now_, now_); }
  // The score that the value had before it was learnt.
  double Play(double value) {
    now_ += 10 * kMinute;
    const double score = Score(value);
    region_->Learn(table_, Key("a"), value, now_, now_);
    return score;
  }
  double Noise() { return normal_(random_); }
  Nanos now() const { return now_; }
  void Leap(Nanos by) { now_ += by; }

 private:
  std::unique_ptr<Region> region_;
  Region::Table table_;
  Nanos now_ = 0;
  std::mt19937_64 random_{31};
  std::normal_distribution<double> normal_;
};

TEST(Baseline, SaysNothingUntilEightValuesWereLearnt) {
  Series series(30 * kDay);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(series.Play(100 + i % 2), 0) << i;
  EXPECT_EQ(series.Play(100), 0) << "a little was forgotten already";
  EXPECT_NE(series.Play(1000), 0);
}

class LevelsTest : public ::testing::TestWithParam<double> {};

TEST_P(LevelsTest, AFlatSeriesWithNoiseScoresLittle) {
  const double level = GetParam();
  Series series(kDay);
  double sum = 0, squares = 0, most = 0;
  constexpr int kCount = 20000;
  for (int i = 0; i < 500; ++i) series.Play(level + level / 10 * series.Noise());
  for (int i = 0; i < kCount; ++i) {
    const double score = series.Play(level + level / 10 * series.Noise());
    sum += score;
    squares += score * score;
    most = std::max(most, std::abs(score));
  }
  EXPECT_NEAR(sum / kCount, 0, 0.1);
  EXPECT_NEAR(std::sqrt(squares / kCount), 1, 0.1);
  EXPECT_LT(most, 5.5);
  EXPECT_GT(series.Score(2 * level), 8);
  EXPECT_LT(series.Score(0), -8);
}

INSTANTIATE_TEST_SUITE_P(Levels, LevelsTest, ::testing::Values(0.001, 30.0, 4e9));

TEST(Baseline, AStepScoresHighAndIsUsualAfterSomeHalfLives) {
  Series series(kDay);
  for (int i = 0; i < 2000; ++i) series.Play(100 + 5 * series.Noise());
  EXPECT_GT(series.Play(200), 15);
  double score = 0;
  for (Nanos until = series.now() + 4 * kDay; series.now() < until;) {
    score = series.Play(200 + 5 * series.Noise());
  }
  EXPECT_LT(std::abs(score), 3);
  EXPECT_LT(std::abs(series.Score(200)), 1.5);
}

TEST(Baseline, AnOutlierMovesTheLevelByNoMoreThanTheClip) {
  Series series(kDay), same(kDay);
  for (int i = 0; i < 2000; ++i) {
    series.Play(100 + 5 * series.Noise());
    same.Play(100 + 5 * same.Noise());
  }
  series.Play(1e12);
  same.Play(100);
  // A day's weight is 144 / ln 2 values. Within the clip, the deviation itself grows by 8/2 shares.
  const double share = std::log(2.0) / 144;
  const double level_moved = same.Score(100) - series.Score(100);
  EXPECT_GT(level_moved, 0);
  EXPECT_LT(level_moved, 3 * share * 1.1);
  EXPECT_NEAR(series.Score(130) / same.Score(130), 1, 0.05);
}

TEST(Baseline, AConstantSeriesNoticesAChange) {
  Series series(kDay);
  for (int i = 0; i < 500; ++i) EXPECT_NEAR(series.Play(5), 0, 1e-9);
  EXPECT_NEAR(series.Score(6), 64.0 / 5, 0.01) << "a deviation is at least 1/64 of the level";
}

bool Office(Nanos now) {
  return now / kDay % 7 < 5 && now % kDay >= 8 * kHour && now % kDay < 16 * kHour;
}

TEST(Baseline, LearnsTheWeek) {
  Series series(2 * kDay);
  const auto usual = [&](Nanos now) { return (Office(now) ? 180.0 : 20.0) + 5 * series.Noise(); };
  double squares = 0;
  int count = 0;
  while (series.now() < 10 * kWeek) {
    const double score = series.Play(usual(series.now() + 10 * kMinute));
    if (series.now() < 8 * kWeek) continue;
    squares += score * score;
    ++count;
  }
  const double deviation = std::sqrt(squares / count);
  // Monday, three o'clock in the morning, with the traffic of the office; and the office as usual.
  series.Leap(3 * kHour);
  const double at_night = series.Score(180);
  series.Leap(7 * kHour);
  const double by_day = series.Score(180);
  std::printf("after ten weeks: scores deviate by %.2f, night %.1f, day %.1f\n", deviation,
              at_night, by_day);
  EXPECT_LT(deviation, 1.5);
  EXPECT_GT(at_night, 10);
  EXPECT_LT(std::abs(by_day), 3);
}

TEST(Baseline, NewOfficeHoursFadeWithinSevenDays) {
  Series series(2 * kDay);
  const auto usual = [&](Nanos now, Nanos shift) {
    return (Office(now - shift) ? 180.0 : 20.0) + 5 * series.Noise();
  };
  while (series.now() < 10 * kWeek) series.Play(usual(series.now() + 10 * kMinute, 0));
  int first = 0, later = 0;
  while (series.now() < 11 * kWeek) {
    if (series.Play(usual(series.now() + 10 * kMinute, 4 * kHour)) > 6) ++first;
  }
  while (series.now() < 12 * kWeek) {
    if (series.Play(usual(series.now() + 10 * kMinute, 4 * kHour)) > 6) ++later;
  }
  std::printf("new office hours: %d alarms in the first week, %d in the second\n", first, later);
  EXPECT_GT(first, 5);
  EXPECT_LT(later, 5);
}

TEST(Baseline, ASetClockLosesNothing) {
  for (const Nanos leap : {-30 * kDay, -kHour, kHour}) {
    Series series(30 * kDay);
    for (int i = 0; i < 2000; ++i) series.Play(100 + 5 * series.Noise());
    series.Leap(leap);
    EXPECT_GT(series.Score(200), 10) << leap;
    for (int i = 0; i < 100; ++i) EXPECT_LT(std::abs(series.Play(100 + 5 * series.Noise())), 6);
  }
}

TEST(Baseline, TakesAnyValueAndTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const auto region = NewRegion();
  for (const Nanos half_life : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kBaseline, half_life));
    for (int round = 0; round < 5; ++round) {
      for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
        for (const double value :
             {0.0, 1e308, -1e308, kInfinity, -kInfinity, std::nan(""), 1e-308}) {
          region->Learn(table, Key("a"), value, now, ~now);
          const double score = region->Zscore(table, Key("a"), value, ~now, now);
          ASSERT_TRUE(score >= -100 && score <= 100);
        }
      }
    }
  }
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  region->Learn(count, Key("a"), 1, 0, 0);
  EXPECT_EQ(region->Zscore(count, Key("a"), 1, 0, 0), 0);
}

TEST(Baseline, CostsAtMost128BytesAKey) {
  EXPECT_LE(TableBytes(Spec(TableKind::kBaseline, kDay, 1 << 17)) -
                TableBytes(Spec(TableKind::kBaseline, kDay, 1 << 16)),
            uint64_t{128} << 16);
}

}  // namespace
}  // namespace sipward::state
