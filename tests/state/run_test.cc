#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

// Groups of numbers, each number by itself; a group is gone when it has not grown for a window.
class NaiveRuns {
 public:
  explicit NaiveRuns(Nanos window) : window_(window) {}

  size_t Groups(Nanos at) {
    std::erase_if(groups_, [&](const Group& g) { return at - g.grown >= window_; });
    return groups_.size();
  }
  int64_t Add(int64_t number, Nanos at) {
    Groups(at);
    Group made{{number}, at};
    for (const Group& group : groups_) {
      if (std::count(group.numbers.begin(), group.numbers.end(), number) != 0) return Size(group);
    }
    std::erase_if(groups_, [&](const Group& group) {
      const bool touches = std::any_of(
          group.numbers.begin(), group.numbers.end(),
          [&](int64_t other) { return std::max(other, number) - std::min(other, number) == 1; });
      if (touches) {
        made.numbers.insert(made.numbers.end(), group.numbers.begin(), group.numbers.end());
      }
      return touches;
    });
    groups_.push_back(made);
    return Size(made);
  }
  int64_t Longest(Nanos at) const {
    int64_t longest = 0;
    for (const Group& group : groups_) {
      if (at - group.grown < window_) longest = std::max(longest, Size(group));
    }
    return longest;
  }
  void Clear() { groups_.clear(); }

 private:
  struct Group {
    std::vector<int64_t> numbers;
    Nanos grown;
  };
  static int64_t Size(const Group& group) { return static_cast<int64_t>(group.numbers.size()); }
  Nanos window_;
  std::vector<Group> groups_;
};

class RunTest : public ::testing::TestWithParam<Nanos> {};

// While there are no more groups than places; afterwards the key starts again.
TEST_P(RunTest, IsExactInAnyOrderAndAtAnyTime) {
  const Nanos window = GetParam();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRun, window));
  NaiveRuns naive(window);
  NaiveKey<int64_t> times(window);
  WildClock clock(window, 15);
  int64_t longest = 0;
  for (int i = 0; i < 40000; ++i) {
    const Nanos now = clock.Next();
    if (times.StartsAnew(now)) naive.Clear();
    const Nanos at = times.Arrive(now);
    const int64_t number = static_cast<int64_t>(clock.Random() % 30) - 15;
    const int64_t expected = naive.Add(number, at);
    if (naive.Groups(at) > 8) {
      naive.Clear();
      times = NaiveKey<int64_t>(window);
      region->Reset(table, Key("a"));
      continue;
    }
    ASSERT_EQ(region->AddRun(table, Key("a"), number, now), expected) << i;
    const Nanos later = now + static_cast<Nanos>(clock.Random() % static_cast<uint64_t>(window));
    ASSERT_EQ(region->LongestRun(table, Key("a"), later), naive.Longest(times.At(later))) << i;
    longest = std::max(longest, expected);
  }
  EXPECT_GT(longest, 8);
}

INSTANTIATE_TEST_SUITE_P(Windows, RunTest, ::testing::Values(kMinute, Nanos{1001}, 30 * kDay));

TEST(Run, JoinsWhatANumberTouchesOnBothSides) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRun, kMinute));
  EXPECT_EQ(region->AddRun(table, Key("a"), 7, 0), 1);
  EXPECT_EQ(region->AddRun(table, Key("a"), 5, 0), 1);
  EXPECT_EQ(region->AddRun(table, Key("a"), 6, 0), 3);
  EXPECT_EQ(region->AddRun(table, Key("a"), 6, 0), 3);
  EXPECT_EQ(region->LongestRun(table, Key("a"), 0), 3);
  region->Reset(table, Key("a"));
  EXPECT_EQ(region->LongestRun(table, Key("a"), 0), 0);
}

TEST(Run, ThatOnlyRepeatsIsGoneAfterAWindow) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRun, kMinute));
  region->AddRun(table, Key("a"), 1, 0);
  region->AddRun(table, Key("a"), 2, kSecond);
  EXPECT_EQ(region->AddRun(table, Key("a"), 2, kMinute), 2);
  EXPECT_EQ(region->AddRun(table, Key("a"), 2, kMinute + kSecond), 1);
}

// A number alone outlasts seven others, two in a row outlast any.
TEST(Run, SurvivesScatteredNumbersInBetween) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRun, kHour));
  int64_t run = 0;
  for (int64_t i = 0; i < 100; ++i) {
    run = region->AddRun(table, Key("a"), 496170000000 + i, i * kSecond);
    for (int64_t j = 0; j < (i == 0 ? 7 : 20); ++j) {
      region->AddRun(table, Key("a"), (i * 20 + j) * 1000003, i * kSecond + j);
    }
  }
  EXPECT_EQ(run, 100);
}

TEST(Run, GoesToTheEndsOfTheNumbers) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRun, kMinute));
  EXPECT_EQ(region->AddRun(table, Key("a"), kMost, 0), 1);
  EXPECT_EQ(region->AddRun(table, Key("a"), kLeast, 0), 1) << "the ends do not touch";
  EXPECT_EQ(region->AddRun(table, Key("a"), kMost - 1, 0), 2);
  EXPECT_EQ(region->AddRun(table, Key("a"), kLeast + 1, 0), 2);
  EXPECT_EQ(region->AddRun(table, Key("a"), kMost, 0), 2);
  EXPECT_EQ(region->AddRun(table, Key("a"), 0, 0), 1);
}

TEST(Run, TakesAnyTime) {
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, kMinute, kMost}) {
    const auto table = *region->Open(Spec(TableKind::kRun, window));
    for (const Nanos now : {Nanos{0}, kMost, kLeast, kMost - 1, kLeast + 1, Nanos{-1}}) {
      EXPECT_EQ(region->AddRun(table, Key("a"), 1, now), 1);
    }
  }
}

}  // namespace
}  // namespace sipward::state
