// Calls of which it is known when they end, against a model that keeps every one.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

constexpr Nanos kLongest = kHour;

class NaiveCalls {
 public:
  explicit NaiveCalls(Nanos longest) : longest_(longest), times_(longest) {}

  int64_t Add(Nanos length, Nanos now) {
    const Nanos end = now + std::min(length, longest_);
    if (end <= times_.At(now)) return Count(now);
    if (times_.StartsAnew(now)) ends_.clear();
    const Nanos at = times_.Arrive(now);
    std::erase_if(ends_, [&](Nanos one) { return one <= at; });
    ends_.push_back(end);
    return Count(now);
  }
  int64_t Count(Nanos now) const {
    if (times_.StartsAnew(now)) return 0;
    return std::count_if(ends_.begin(), ends_.end(),
                         [&](Nanos end) { return end > times_.At(now); });
  }

 private:
  Nanos longest_;
  NaiveKey<int64_t> times_;
  std::vector<Nanos> ends_;
};

class EndsTest : public ::testing::TestWithParam<Nanos> {};

TEST_P(EndsTest, IsExactWhileThereAreFewEnds) {
  constexpr uint64_t kKeys = 3;
  const Nanos longest = GetParam();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kEnds, longest));
  std::vector<NaiveCalls> naive(kKeys, NaiveCalls(longest));
  WildClock clock(longest, 17);
  int64_t most = 0;
  for (int i = 0; i < 40000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % kKeys;
    const Nanos later = now + static_cast<Nanos>(clock.Random() % static_cast<uint64_t>(longest));
    if (naive[key].Count(now) < 16) {
      const auto length = static_cast<Nanos>(clock.Random() % static_cast<uint64_t>(longest + 9));
      const int64_t expected = naive[key].Add(length, now);
      ASSERT_EQ(region->AddCall(table, Key(key), length, now), expected) << i;
      most = std::max(most, expected);
    }
    ASSERT_EQ(region->CountCalls(table, Key(key), later), naive[key].Count(later)) << i;
  }
  EXPECT_EQ(most, 16);
}

INSTANTIATE_TEST_SUITE_P(Longest, EndsTest, ::testing::Values(kHour, Nanos{1001}, 30 * kDay));

TEST(Ends, OfManyCallsNoneIsLostAndFewCountTooLong) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kEnds, kLongest));
  WildClock random(kLongest, 5);
  NaiveCalls naive(kLongest);
  double over = 0, all = 0;
  for (Nanos now = 0; now < 10 * kHour; now += 5 * kSecond) {
    // Some 36 at a time.
    const Nanos length = static_cast<Nanos>(random.Random() % (6 * kMinute)) + 1;
    const int64_t exact = naive.Add(length, now);
    const int64_t said = region->AddCall(table, Key("a"), length, now);
    ASSERT_GE(said, exact);
    over += static_cast<double>(said - exact);
    all += static_cast<double>(exact);
  }
  EXPECT_LT(over / all, 0.1);
  EXPECT_EQ(region->CountCalls(table, Key("a"), 11 * kHour), 0);
}

TEST(Ends, CallsThatEndTogetherTakeOnePlace) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kEnds, kLongest));
  for (int64_t i = 1; i <= 1000; ++i) {
    EXPECT_EQ(region->AddCall(table, Key("a"), kMinute, 0), i);
  }
  EXPECT_EQ(region->CountCalls(table, Key("a"), kMinute - 1), 1000);
  EXPECT_EQ(region->CountCalls(table, Key("a"), kMinute), 0);
}

TEST(Ends, NothingRunsOver) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kEnds, kLast));
  for (const Nanos now : {kFirst, Nanos{-1}, Nanos{0}, kLast}) {
    for (const Nanos length : {kFirst, Nanos{0}, Nanos{1}, kLast}) {
      const int64_t count = region->AddCall(table, Key("a"), length, now);
      EXPECT_GE(count, 0);
      EXPECT_LE(count, 16);
    }
  }
}

}  // namespace
}  // namespace sipward::state
