#include <gtest/gtest.h>

#include <chrono>

#include "sample.h"

namespace sipward {
namespace {

Engine MakeEngine(std::string_view text) {
  const Rules rules = Rules::FromText("test.ward", text).value();
  return Engine::Create(rules, State::Create({}).value()).value();
}

TEST(Statistics, AreAskedInAllAndByRule) {
  const Engine engine = MakeEngine(
      "version 1\nrule first { on request when method == INVITE then drop }\n"
      "rule second { on request when true then ban src.ip for 1h }");
  Inspector inspector = Inspector::Create(engine).value();
  Packet packet = sample::MakePacket(sample::kOptions);
  packet.transport = Transport::kUdp;  // not proven
  EXPECT_EQ(inspector.Inspect(packet).action(), Action::kFlag);
  const Statistics counted = engine.statistics();
  EXPECT_EQ(counted.packets, 1u);
  EXPECT_EQ(counted.by_kind[static_cast<size_t>(EventKind::kRequest)], 1u);
  EXPECT_EQ(counted.matches_withheld, 1u);
  EXPECT_EQ(counted.bans_withheld, 1u);
  EXPECT_GT(counted.state_used, 0u);
  const std::vector<RuleStatistics> rules = engine.RulesCounted();
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0].name, "first");
  EXPECT_EQ(rules[0].enforced, 0u);
  EXPECT_EQ(rules[1].name, "second");
  EXPECT_EQ(rules[1].weak_evidence, 1u);
  EXPECT_EQ(rules[1].generation, 1u);
}

TEST(Notice, IsPolledByEachReader) {
  const Engine engine =
      MakeEngine("version 1\nrule r { on request when true then ban src.ip for 1h }");
  Inspector inspector = Inspector::Create(engine).value();
  uint64_t cursor = 0;
  const auto loaded = engine.NextNotice(cursor);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->code(), NoticeCode::kRulesLoaded);
  EXPECT_EQ(loaded->name(), "rules_loaded");
  EXPECT_FALSE(engine.NextNotice(cursor));
  Packet packet = sample::MakePacket(sample::kOptions);
  packet.transport = Transport::kUdp;  // not proven
  EXPECT_EQ(inspector.Inspect(packet).action(), Action::kFlag);
  const auto withheld = engine.NextNotice(cursor);
  ASSERT_TRUE(withheld);
  EXPECT_EQ(withheld->code(), NoticeCode::kBanWithheld);
  EXPECT_EQ(withheld->severity(), NoticeSeverity::kWarning);
  EXPECT_EQ(withheld->subject(), "r");
  EXPECT_FALSE(withheld->key().empty());
  EXPECT_EQ(withheld->monotonic(), packet.monotonic);
  EXPECT_EQ(withheld->wall(), packet.wall);
  uint64_t other = 0;
  EXPECT_EQ(engine.NextNotice(other)->code(), NoticeCode::kRulesLoaded);
}

TEST(Feedback, IsCounted) {
  const Engine engine = MakeEngine("version 1\n");
  const Ban::Time now(std::chrono::hours(1));
  EXPECT_TRUE(engine.Tell("call-1", Feedback::kFraud, now).ok());
  EXPECT_TRUE(engine.Tell("call-1", Feedback::kFraud, now).ok());
  EXPECT_TRUE(engine.Tell("call-2", Feedback::kLegitimate, now).ok());
  EXPECT_EQ(engine.Tell("", Feedback::kFraud, now), StatusCode::kArgument);
  EXPECT_EQ(engine.statistics().feedback_fraud, 1u);
  EXPECT_EQ(engine.statistics().feedback_legitimate, 1u);
  EXPECT_EQ(engine.statistics().feedback_repeated, 1u);
}

}  // namespace
}  // namespace sipward
