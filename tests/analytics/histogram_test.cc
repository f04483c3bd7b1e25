// Against all values, sorted.
#include "analytics/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace sipward::analytics {
namespace {

using Fine = Histogram<uint64_t, kMillisecond / 64, 4, 25>;
using Coarse = Histogram<uint32_t, kMillisecond, 3, 18>;
using Tiny = Histogram<uint8_t, 1, 1, 4>;

TEST(Histogram, NothingIsZero) {
  const Fine times;
  EXPECT_EQ(times.count(), 0u);
  EXPECT_EQ(times.Quantile(0.5), 0);
  EXPECT_EQ(times.AtMost(kSecond), 0u);
  EXPECT_EQ(times.sum() + times.least() + times.most(), 0);
}

TEST(Histogram, BucketsLieEndToEnd) {
  Nanos end = 0;
  for (size_t i = 0; i < Fine::kBuckets; ++i) {
    EXPECT_EQ(Fine::BeginOf(i), end);
    EXPECT_GT(Fine::EndOf(i), end) << i;
    end = Fine::EndOf(i);
    EXPECT_EQ(Fine::BucketOf(end), i) << "its end is in it";
    EXPECT_EQ(Fine::BucketOf(Fine::BeginOf(i) + 1), i);
  }
  EXPECT_EQ(end, Fine::kLongest);
  EXPECT_EQ(Fine::BucketOf(INT64_MAX), Fine::kBuckets - 1);
  EXPECT_EQ(Fine::BucketOf(0), 0u);
  EXPECT_EQ(Fine::BucketOf(INT64_MIN), 0u);
}

// What the header says of the error, at every bucket: half of its width is the most that a time can
// be off.
TEST(Histogram, ErrorsAreAsStated) {
  for (size_t i = 16; i < Fine::kBuckets; ++i) {
    EXPECT_LE((Fine::EndOf(i) - Fine::BeginOf(i)) / 2 * 32, Fine::BeginOf(i)) << i;
  }
  for (size_t i = 8; i < Coarse::kBuckets; ++i) {
    EXPECT_LE((Coarse::EndOf(i) - Coarse::BeginOf(i)) / 2 * 16, Coarse::BeginOf(i)) << i;
  }
}

template <class Times>
void HoldAgainstSorted(double error, Nanos unit, uint32_t seed) {
  std::mt19937_64 random(seed);
  std::lognormal_distribution<double> like_times(17, 3);  // 24 ms, from microseconds to hours
  Times times;
  std::vector<Nanos> all;
  for (int i = 0; i < 5000; ++i) {
    const auto time = static_cast<Nanos>(std::min(like_times(random), 2e11));
    times.Add(time);
    all.push_back(time);
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(times.count(), all.size());
  EXPECT_EQ(times.least(), all.front());
  EXPECT_EQ(times.most(), all.back());
  for (const double share : {0.0, 0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<size_t>(std::max(1.0, std::ceil(share * 5000))) - 1;
    const auto truth = static_cast<double>(all[rank]);
    EXPECT_NEAR(static_cast<double>(times.Quantile(share)), truth,
                std::max(truth * error, static_cast<double>(unit) / 2) + 1)
        << share;
  }
  for (Nanos bound = unit; bound < 100 * kSecond; bound *= 2) {
    const auto below = std::upper_bound(all.begin(), all.end(), bound) - all.begin();
    EXPECT_EQ(times.AtMost(bound), static_cast<uint64_t>(below)) << bound;
  }
}

TEST(Histogram, QuantilesAreNearTheTruth) {
  for (uint32_t seed = 0; seed < 10; ++seed) {
    HoldAgainstSorted<Fine>(1.0 / 32, kMillisecond / 64, seed);
    HoldAgainstSorted<Coarse>(1.0 / 16, kMillisecond, seed);
  }
}

TEST(Histogram, AShareOutOfRangeIsTheNearest) {
  Fine times;
  times.Add(kSecond);
  times.Add(2 * kSecond);
  EXPECT_EQ(times.Quantile(-1), times.Quantile(0));
  EXPECT_EQ(times.Quantile(7), times.Quantile(1));
  EXPECT_NEAR(static_cast<double>(times.Quantile(0)), 1e9, 1e9 / 32);
  EXPECT_NEAR(static_cast<double>(times.Quantile(1)), 2e9, 2e9 / 32);
}

TEST(Histogram, WhatIsTooLongIsInTheLast) {
  Fine times;
  times.Add(INT64_MAX);
  times.Add(INT64_MAX);
  EXPECT_EQ(times.sum(), INT64_MAX) << "saturated";
  EXPECT_EQ(times.Quantile(0.5), INT64_MAX) << "within what came";
  EXPECT_EQ(times.AtMost(Fine::kLongest), 0u) << "it is longer than that";
  EXPECT_EQ(times.AtMost(INT64_MAX), 2u);
}

TEST(Histogram, BucketsSaturate) {
  Tiny times;
  for (int i = 0; i < 300; ++i) times.Add(1);
  EXPECT_EQ(times.count(), 300u);
  Tiny other = times;
  times.Merge(other);
  EXPECT_EQ(times.count(), 600u);
  EXPECT_EQ(times.Quantile(1), 1);
}

TEST(Histogram, MergedIsAsIfAllWereInOne) {
  std::mt19937_64 random(7);
  Fine one, two, both;
  for (int i = 0; i < 1000; ++i) {
    const auto time = static_cast<Nanos>(random() % (10 * kSecond));
    (i % 3 == 0 ? one : two).Add(time);
    both.Add(time);
  }
  Fine none;
  one.Merge(none);
  one.Merge(two);
  none.Merge(one);
  for (const Fine& merged : {one, none}) {
    EXPECT_EQ(merged.count(), both.count());
    EXPECT_EQ(merged.sum(), both.sum());
    EXPECT_EQ(merged.least(), both.least());
    EXPECT_EQ(merged.most(), both.most());
    for (const double share : {0.1, 0.5, 0.99}) {
      EXPECT_EQ(merged.Quantile(share), both.Quantile(share));
    }
  }
}

}  // namespace
}  // namespace sipward::analytics
