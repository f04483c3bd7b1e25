// Rates and counts against an oracle that remembers every event.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

class Oracle {
 public:
  void Add(Nanos at, int64_t amount) { events_.emplace_back(at, amount); }
  // Sum over (now - length, now].
  int64_t Sum(Nanos now, Nanos length) const {
    int64_t sum = 0;
    for (auto event = events_.rbegin(); event != events_.rend() && event->first > now - length;
         ++event) {
      sum += event->second;
    }
    return sum;
  }

 private:
  std::vector<std::pair<Nanos, int64_t>> events_;
};

struct Run {
  TableKind kind;
  Nanos window;
  Nanos start;
};

// Calls check(value, oracle, now) behind every event.
template <class Check>
void PlayRandomEvents(const Run& run, Check check) {
  constexpr uint64_t kKeys = 7;
  std::mt19937_64 random(static_cast<uint64_t>(run.window) + 5);
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(run.kind, run.window));
  std::vector<Oracle> oracles(kKeys);
  Nanos now = run.start;
  for (int i = 0; i < 20000; ++i) {
    // Mostly dense, now and then a pause of up to three windows.
    const Nanos pause = random() % 100 == 0 ? 3 * run.window : run.window / 50;
    now += static_cast<Nanos>(random() % static_cast<uint64_t>(std::max<Nanos>(pause, 1)));
    const uint64_t key = random() % kKeys;
    const auto amount = static_cast<int64_t>(random() % 5);
    oracles[key].Add(now, amount);
    check(region->Add(table, Key(key), amount, now), oracles[key], now);
  }
}

class WindowsTest : public ::testing::TestWithParam<std::pair<Nanos, Nanos>> {};

TEST_P(WindowsTest, CountLiesBetweenTheTrueValuesOfASlightlyShorterAndLongerWindow) {
  const Nanos window = GetParam().first;
  const Nanos start = GetParam().second;
  const Nanos slack = window / 12 + 1;
  PlayRandomEvents({TableKind::kCount, window, start},
                   [&](int64_t value, const Oracle& oracle, Nanos now) {
                     ASSERT_GE(value, oracle.Sum(now, window - slack));
                     ASSERT_LE(value, oracle.Sum(now, window + slack));
                   });
}

TEST_P(WindowsTest, RateLiesBetweenTheCurrentBucketAndTwoWindows) {
  const Nanos window = GetParam().first;
  const Nanos start = GetParam().second;
  PlayRandomEvents({TableKind::kRate, window, start},
                   [&](int64_t value, const Oracle& oracle, Nanos now) {
                     const Nanos into = ((now % window) + window) % window;
                     ASSERT_GE(value, oracle.Sum(now, into + 1));
                     ASSERT_LE(value, oracle.Sum(now, into + 1 + window));
                   });
}

INSTANTIATE_TEST_SUITE_P(Windows, WindowsTest,
                         ::testing::Values(std::pair(kMinute, Nanos{0}),
                                           std::pair(2 * kSecond, -5 * kHour),
                                           std::pair(kDay, 1'700'000'000 * kSecond),
                                           std::pair(Nanos{1001}, Nanos{17})));

TEST(Rate, IsRightForAnEvenStream) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRate, kSecond));
  int64_t value = 0;
  for (Nanos now = 0; now < 10 * kSecond; now += kMillisecond) {
    value = region->Add(table, Key("a"), 1, now);
    if (now > kSecond) {
      ASSERT_NEAR(static_cast<double>(value), 1000, 2);
    }
  }
}

TEST(Count, ForgetsWhatIsOlderThanTheWindow) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute));
  region->Add(table, Key("a"), 5, 0);
  EXPECT_EQ(region->Add(table, Key("a"), 0, 54 * kSecond), 5);
  EXPECT_EQ(region->Add(table, Key("a"), 0, 61 * kSecond), 0);
}

TEST(Count, SumsMoneyOfEitherSign) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute));
  EXPECT_EQ(region->Add(table, Key("a"), 1'500'000, 0), 1'500'000);
  EXPECT_EQ(region->Add(table, Key("a"), -2'000'000, 1), -500'000);
}

TEST(Count, SaturatesInsteadOfOverflowing) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const auto region = NewRegion();
  for (const TableKind kind : {TableKind::kCount, TableKind::kRate}) {
    const auto table = *region->Open(Spec(kind, kMinute));
    for (int i = 0; i < 8; ++i) {
      EXPECT_EQ(region->Add(table, Key("a"), kMost, i * 6 * kSecond), kMost);
    }
  }
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(region->Add(table, Key("b"), kLeast, i * kSecond), kLeast);
}

TEST(Rate, IgnoresNegativeAmounts) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRate, kMinute));
  EXPECT_EQ(region->Add(table, Key("a"), -3, 0), 0);
  EXPECT_EQ(region->Add(table, Key("a"), 3, 0), 3);
  EXPECT_EQ(region->Add(table, Key("a"), -3, 0), 3);
}

TEST(Windows, TakeAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const TableKind kind : {TableKind::kCount, TableKind::kRate}) {
    for (const Nanos window : {Nanos{1}, kMinute, kLast}) {
      const auto table = *region->Open(Spec(kind, window));
      for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
        const int64_t value = region->Add(table, Key("a"), 1, now);
        EXPECT_GE(value, 1);
        EXPECT_LE(value, 6);
      }
    }
  }
}

class BackwardsTest : public ::testing::TestWithParam<TableKind> {};

TEST_P(BackwardsTest, AnEventThatIsLateCountsAsTheLatest) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(GetParam(), kMinute));
  EXPECT_EQ(region->Add(table, Key("a"), 1, 100 * kSecond), 1);
  EXPECT_EQ(region->Add(table, Key("a"), 1, 99 * kSecond), 2);
  EXPECT_EQ(region->Add(table, Key("a"), 1, 41 * kSecond), 3);
  EXPECT_EQ(region->Add(table, Key("a"), 1, 101 * kSecond), 4);
}

// The worst that a set-back clock may do: what came during two windows is taken for one, and
// nothing below zero ever.
TEST_P(BackwardsTest, AClockSetBackMakesNoBurst) {
  const Nanos window = 10 * kSecond;
  for (Nanos back = 0; back <= 40 * kSecond; back += 500 * kMillisecond) {
    const auto region = NewRegion();
    const auto table = *region->Open(Spec(GetParam(), window));
    Nanos now = 1000 * kSecond;
    int64_t most = 0;
    for (int i = 0; i < 100; ++i) {  // one event a second throughout
      now += kSecond;
      if (i == 40) now -= back;
      const int64_t value = region->Add(table, Key("a"), 1, now);
      ASSERT_GE(value, 1);
      most = std::max(most, value);
    }
    EXPECT_LE(most, 2 * 10 + 2) << back;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, BackwardsTest,
                         ::testing::Values(TableKind::kCount, TableKind::kRate));

}  // namespace
}  // namespace sipward::state
