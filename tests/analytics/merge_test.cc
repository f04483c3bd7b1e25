// What several count together: as one would, or within the bounds.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/analytics/happenings.h"

namespace sipward::analytics {
namespace {

TEST(Merge, FewKeysAreExact) {
  std::mt19937_64 random(5);
  const Options options{.rows = 64};
  Analytics one(options, {});
  std::vector<std::unique_ptr<Analytics>> parts;
  for (int i = 0; i < 3; ++i) parts.push_back(std::make_unique<Analytics>(options, HashSecret{}));
  for (int i = 0; i < 1000; ++i) {
    const Call call{.account = "a" + std::to_string(random() % 40),
                    .setup = static_cast<Nanos>(random() % kSecond),
                    .duration = static_cast<Nanos>(random() % kMinute)};
    TellRecord(call, &one);
    TellRecord(call, parts[random() % 3].get());
  }
  one.TakeRequest(Method::kOptions);
  one.TakeResponse(Method::kOptions, kSecond);
  parts[0]->TakeRequest(Method::kOptions);
  parts[2]->TakeResponse(Method::kOptions, kSecond);
  Report merged;
  for (const auto& part : parts) merged.Add(*part);
  merged.Settle();
  const Report whole = ReportOf(one);
  const auto& lines = whole.lines(Dimension::kAccount).lines;
  ASSERT_EQ(merged.lines(Dimension::kAccount).lines.size(), lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    const Report::Line& line = merged.lines(Dimension::kAccount).lines[i];
    EXPECT_EQ(line.key, lines[i].key);
    EXPECT_EQ(line.count, lines[i].count);
    EXPECT_EQ(line.error, 0u);
    EXPECT_EQ(line.counts.talk, lines[i].counts.talk);
    EXPECT_EQ(line.setup.Quantile(0.9), lines[i].setup.Quantile(0.9));
  }
  EXPECT_EQ(merged.totals().calls.attempts, 1000u);
  EXPECT_EQ(merged.totals().setup.sum(), whole.totals().setup.sum());
  EXPECT_EQ(merged.totals().requests, whole.totals().requests);
  EXPECT_EQ(merged.totals().responses[2].count(), 1u);
}

TEST(Merge, ManyKeysKeepTheirBounds) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    std::mt19937_64 random(seed);
    std::geometric_distribution<int> skewed(0.05);
    const Options options{.rows = static_cast<uint32_t>(4 + seed)};
    std::vector<std::unique_ptr<Analytics>> parts;
    for (int i = 0; i < 4; ++i) parts.push_back(std::make_unique<Analytics>(options, HashSecret{}));
    std::map<std::string, uint64_t> truth;
    for (int i = 0; i < 800; ++i) {
      const std::string account = "a" + std::to_string(skewed(random));
      ++truth[account];
      TellRecord({.account = account}, parts[random() % 4].get());
    }
    Report merged;
    for (const auto& part : parts) merged.Add(*part);
    merged.Settle();
    const Report::Lines& lines = merged.lines(Dimension::kAccount);
    EXPECT_LE(lines.lines.size(), options.rows);
    EXPECT_EQ(lines.total, 800u);
    EXPECT_GT(lines.evictions, 0u);
    for (const Report::Line& line : lines.lines) {
      EXPECT_GE(line.count, truth[line.key]);
      EXPECT_LE(line.count - line.error, truth[line.key]);
    }
  }
}

TEST(Merge, OfNothingIsNothing) {
  Report report;
  report.Settle();
  EXPECT_EQ(report.totals().calls.attempts, 0u);
  EXPECT_TRUE(report.lines(Dimension::kTrunk).lines.empty());
}

}  // namespace
}  // namespace sipward::analytics
