#include <gtest/gtest.h>

#include <chrono>

#include "sample.h"

namespace sipward {
namespace {

using std::chrono::hours;

class BanTest : public testing::Test {
 protected:
  static Engine MakeEngine(std::string_view text) {
    const Rules rules = Rules::FromText("test.ward", text).value();
    const State state = State::Create({}).value();
    return Engine::Create(rules, state).value();
  }
  const Ban::Time now_ = Ban::Time(std::chrono::seconds(1000));
};

TEST_F(BanTest, IsAddedFoundListedAndTakenBack) {
  const Engine engine = MakeEngine("version 1 list allowed : cidr [\"192.0.2.9\"]");
  ASSERT_TRUE(engine.AddBan(BanKind::kAddress, "192.0.2.0/24", "by hand", hours(1), now_).ok());
  ASSERT_TRUE(engine.AddBan(BanKind::kAccount, "alice", "by hand", hours(2), now_).ok());
  EXPECT_EQ(engine.AddBan(BanKind::kAddress, "alice", "by hand", hours(1), now_),
            StatusCode::kArgument);
  const auto ban = engine.FindBan(BanKind::kAddress, "192.0.2.7", now_);
  ASSERT_TRUE(ban);
  EXPECT_EQ(ban->key(), "192.0.2.0/24");
  EXPECT_EQ(ban->reason(), "by hand");
  EXPECT_EQ(ban->kind(), BanKind::kAddress);
  EXPECT_EQ(ban->since(), now_);
  EXPECT_EQ(ban->until(), now_ + hours(1));
  EXPECT_TRUE(ban->allow_listed()) << "a part of it";
  EXPECT_EQ(engine.Bans(now_).size(), 2u);
  ASSERT_EQ(engine.Bans(now_ + hours(1)).size(), 1u);
  EXPECT_EQ(engine.Bans(now_ + hours(1))[0].key(), "alice");
  EXPECT_FALSE(engine.RemoveBan(BanKind::kTrunk, "alice", now_));
  EXPECT_TRUE(engine.RemoveBan(BanKind::kAccount, "alice", now_));
  EXPECT_FALSE(engine.FindBan(BanKind::kAccount, "alice", now_));
}

TEST_F(BanTest, RulesAreReloadedUnderAnInspector) {
  const Engine engine = MakeEngine("version 1 rule one { on request when true then tag \"one\" }");
  Inspector inspector = Inspector::Create(engine).value();
  Verdict verdict;
  ASSERT_TRUE(inspector.Inspect(sample::MakePacket(sample::kOptions), verdict).ok());
  ASSERT_EQ(verdict.tag_count(), 1u);
  EXPECT_EQ(verdict.TagAt(0)->text, "one");
  {
    const Rules rules =
        Rules::FromText("t.ward", "version 1 rule two { on request when true then tag \"two\" }")
            .value();
    ASSERT_TRUE(engine.Reload(rules).ok());
  }
  ASSERT_TRUE(inspector.Inspect(sample::MakePacket(sample::kOptions), verdict).ok());
  ASSERT_EQ(verdict.tag_count(), 1u);
  EXPECT_EQ(verdict.TagAt(0)->text, "two");
  EXPECT_EQ(verdict.TagAt(0)->rule, "two");
}

TEST_F(BanTest, ListsAreFilledAskedListedAndEmptied) {
  const Engine engine =
      MakeEngine("version 1 list callers : exact dynamic list fixed : exact [\"a\"]");
  ASSERT_TRUE(engine.AddToList("callers", "alice", "by hand", hours(1), now_).ok());
  EXPECT_EQ(engine.AddToList("callers", "", "by hand", hours(1), now_), StatusCode::kArgument);
  EXPECT_EQ(engine.AddToList("fixed", "bob", "by hand", hours(1), now_), StatusCode::kList);
  const auto entry = engine.FindInList("callers", "alice", now_);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->key(), "alice");
  EXPECT_EQ(entry->reason(), "by hand");
  EXPECT_EQ(entry->since(), now_);
  EXPECT_EQ(entry->until(), now_ + hours(1));
  EXPECT_FALSE(engine.FindInList("callers", "bob", now_));
  EXPECT_EQ(engine.ListEntries("callers", now_).value().size(), 1u);
  EXPECT_TRUE(engine.ListEntries("callers", now_ + hours(1)).value().empty());
  EXPECT_EQ(engine.ListEntries("fixed", now_).error().status, StatusCode::kList);
  EXPECT_TRUE(engine.RemoveFromList("callers", "alice", now_));
  EXPECT_FALSE(engine.RemoveFromList("callers", "alice", now_));
}

}  // namespace
}  // namespace sipward
