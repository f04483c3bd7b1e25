#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

class BansTest : public ::testing::Test {
 protected:
  std::unique_ptr<Region> region_ = NewRegion();
  Region::Table bans_ = *region_->Open(Spec(TableKind::kBan, 0, 64));
  Region::Table members_ = *region_->Open(Spec(TableKind::kMember, 0, 64));
};

TEST_F(BansTest, AMemberIsInUntilItsTime) {
  EXPECT_FALSE(region_->Contains(members_, Key("a"), 0));
  region_->Insert(members_, Key("a"), kHour, 0);
  EXPECT_TRUE(region_->Contains(members_, Key("a"), kHour - 1));
  EXPECT_FALSE(region_->Contains(members_, Key("a"), kHour));
  EXPECT_FALSE(region_->Contains(members_, Key("b"), 0));
}

TEST_F(BansTest, AShorterInsertShortensNothing) {
  region_->Insert(members_, Key("a"), kHour, 0);
  region_->Insert(members_, Key("a"), kMinute, 0);
  EXPECT_TRUE(region_->Contains(members_, Key("a"), kHour - 1));
  region_->Insert(members_, Key("a"), 2 * kHour, 0);
  EXPECT_TRUE(region_->Contains(members_, Key("a"), 2 * kHour - 1));
  region_->Insert(members_, Key("b"), 5, 5);
  EXPECT_FALSE(region_->Contains(members_, Key("b"), 4));
}

TEST_F(BansTest, ABanTellsKeyReasonAndTimes) {
  region_->Ban(bans_, Key("a"), "203.0.113.7", "auth.bruteforce", kHour, kMinute);
  BanInfo info;
  ASSERT_TRUE(region_->IsBanned(bans_, Key("a"), 2 * kMinute, &info));
  EXPECT_EQ(info.key, "203.0.113.7");
  EXPECT_EQ(info.reason, "auth.bruteforce");
  EXPECT_EQ(info.since, kMinute);
  EXPECT_EQ(info.until, kHour);
  EXPECT_FALSE(region_->IsBanned(bans_, Key("a"), kHour, &info));
  EXPECT_TRUE(region_->IsBanned(bans_, Key("a"), kHour - 1, nullptr));
}

TEST_F(BansTest, MarksTellWhatThereMayBe) {
  const auto marks = [&] {
    std::vector<unsigned> all;
    for (unsigned mark = 0; mark < kMarks; ++mark) {
      if (region_->Marks(bans_).Has(mark)) all.push_back(mark);
    }
    return all;
  };
  EXPECT_EQ(marks(), std::vector<unsigned>{});
  region_->Ban(bans_, Key("a"), "a", "r", kHour, 0, 24);
  region_->Ban(bans_, Key("b"), "b", "r", kHour, 0, kMarks - 1);
  region_->Ban(bans_, Key("c"), "c", "r", kHour, 0, 64);
  region_->Ban(bans_, Key("d"), "d", "r", kHour, 0, kMarks);
  EXPECT_EQ(marks(), (std::vector<unsigned>{24, 64, kMarks - 1}));
  region_->Reset(bans_, Key("c"));
  EXPECT_EQ(marks().size(), 3u) << "what was there may still be looked for";
  EXPECT_FALSE(region_->Marks(members_).Has(0)) << "other tables have none";
}

TEST_F(BansTest, AWalkMayEndAnywhereAndTellsKeys) {
  for (uint64_t i = 0; i < 40; ++i) region_->Ban(bans_, Key(i), "k", "r", kHour, 0);
  size_t living = 0;
  for (uint64_t i = 0; i < 40; ++i) living += region_->IsBanned(bans_, Key(i), 1, nullptr) ? 1 : 0;
  ASSERT_GT(living, 20u);
  EXPECT_EQ(region_->Places(bans_), 64u);
  EXPECT_EQ(region_->Places(members_), 0u);
  std::vector<Hash128> found;
  BanInfo info;
  for (uint64_t end = 1; end <= region_->Places(bans_); ++end) {
    uint64_t cursor = end - 1;
    while (region_->NextBan(bans_, 1, &cursor, &info, end)) found.push_back(info.hash);
    ASSERT_LE(cursor, end);
  }
  ASSERT_EQ(found.size(), living);
  for (const Hash128& key : found) EXPECT_TRUE(region_->IsBanned(bans_, key, 1, nullptr));
}

TEST_F(BansTest, ALongerBanGivesTheReasonAndKeepsTheBeginning) {
  region_->Ban(bans_, Key("a"), "a", "first", kHour, 0);
  region_->Ban(bans_, Key("a"), "a", "shorter", kMinute, 1);
  BanInfo info;
  ASSERT_TRUE(region_->IsBanned(bans_, Key("a"), 2, &info));
  EXPECT_EQ(info.reason, "first");
  region_->Ban(bans_, Key("a"), "a", "longer", kDay, 2);
  ASSERT_TRUE(region_->IsBanned(bans_, Key("a"), 3, &info));
  EXPECT_EQ(info.reason, "longer");
  EXPECT_EQ(info.since, 0);
  EXPECT_EQ(info.until, kDay);
}

TEST_F(BansTest, TextsAreCutAtTheirLimits) {
  const std::string key(64, 'k'), reason(48, 'r');
  region_->Ban(bans_, Key("a"), key, reason, kHour, 0);
  BanInfo info;
  ASSERT_TRUE(region_->IsBanned(bans_, Key("a"), 0, &info));
  EXPECT_EQ(info.key, key.substr(0, 63));
  EXPECT_EQ(info.reason, reason.substr(0, 47));
  region_->Ban(bans_, Key("b"), key.substr(0, 63), {}, kHour, 0);
  ASSERT_TRUE(region_->IsBanned(bans_, Key("b"), 0, &info));
  EXPECT_EQ(info.key, key.substr(0, 63));
  EXPECT_EQ(info.reason, "");
}

TEST_F(BansTest, ResetLiftsABan) {
  region_->Ban(bans_, Key("a"), "a", "r", kHour, 0);
  region_->Reset(bans_, Key("a"));
  EXPECT_FALSE(region_->IsBanned(bans_, Key("a"), 0, nullptr));
}

TEST_F(BansTest, LivingBansAreListed) {
  std::set<std::string> expected;
  for (int i = 0; i < 20; ++i) {
    const std::string text = "203.0.113." + std::to_string(i);
    region_->Ban(bans_, Key(text), text, "r", i < 5 ? kMinute : kHour, 0);
    if (i >= 5) expected.insert(text);
  }
  std::set<std::string> seen;
  region_->ForEachBan(bans_, 2 * kMinute, [&](const BanInfo& info) {
    EXPECT_TRUE(region_->IsBanned(bans_, Key(info.key), 2 * kMinute, nullptr));  // no lock is held
    seen.insert(std::string(info.key));
  });
  EXPECT_EQ(seen, expected);
  region_->ForEachBan(members_, 0, [](const BanInfo&) { ADD_FAILURE(); });
}

TEST_F(BansTest, ANewBanIsAlwaysTakenAndTheOneThatEndsFirstGivesWay) {
  for (uint64_t i = 0; i < 10000; ++i) {
    const auto until = static_cast<Nanos>(kHour + static_cast<Nanos>(i));
    region_->Ban(bans_, Key(i), "k", "r", until, 0);
    ASSERT_TRUE(region_->IsBanned(bans_, Key(i), 0, nullptr));
  }
  size_t living = 0;
  region_->ForEachBan(bans_, 0, [&](const BanInfo&) { ++living; });
  EXPECT_EQ(living, 64u);
  EXPECT_EQ(region_->stats().evictions, 10000u - 64u);
}

}  // namespace
}  // namespace sipward::state
