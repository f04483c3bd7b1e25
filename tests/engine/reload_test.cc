// Other rules while the engine runs.
#include "tests/engine/fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

std::string CountRule(int limit, std::string_view window, std::string_view name = "r") {
  return "version 1 rule " + std::string(name) + " { on request when count(by src.ip over " +
         std::string(window) + ") > " + std::to_string(limit) + " then drop }";
}

TEST_F(EngineTest, AReloadKeepsWhatIsCountedAlike) {
  Load(CountRule(2, "1m"));
  Inspect(RequestText{});
  Inspect(RequestText{});
  ASSERT_TRUE(engine_->Reload(Compile(CountRule(2, "1m", "renamed"))));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_EQ(Rules(), std::vector<std::string>{"renamed"});
  ASSERT_TRUE(engine_->Reload(Compile(CountRule(2, "2m"))));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow) << "another window";
  ASSERT_TRUE(engine_->Reload(Compile(CountRule(2, "1m"))));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop) << "its room was not needed meanwhile";
}

TEST_F(EngineTest, BansStayOverAReloadAndNameTheirRule) {
  const std::string rule =
      "version 1 rule b { on request when method == OPTIONS then ban src.ip "
      "for 1h }";
  Load(rule);
  packet_.transport = facts::Transport::kTcp;
  Inspect(RequestText{.method = "OPTIONS"});
  ASSERT_TRUE(engine_->Reload(Compile(rule)));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_EQ(Rules(), std::vector<std::string>{"b"});
  ASSERT_TRUE(engine_->Reload(Compile("version 1 rule other { on request when true then alert }")));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop) << "though its rule is gone";
  EXPECT_TRUE(verdict_.banned);
  EXPECT_EQ(verdict_.hit_count, 0u);
  ASSERT_TRUE(engine_->Reload(Compile("version 1 list allowed : cidr [\"192.0.2.0/24\"]")));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow) << "the guards' lists are reloaded too";
}

TEST_F(EngineTest, ABatchSeesOneGeneration) {
  Load("version 1 rule one { on request when true then alert }");
  packet_.bytes = text_ = RequestText{}.str();
  inspector_->Adopt();
  ASSERT_TRUE(engine_->Reload(Compile("version 1 rule two { on request when true then alert }")));
  inspector_->InspectNext(packet_, &verdict_);
  EXPECT_EQ(Rules(), std::vector<std::string>{"one"});
  inspector_->Adopt();
  inspector_->InspectNext(packet_, &verdict_);
  EXPECT_EQ(Rules(), std::vector<std::string>{"two"});
}

TEST_F(EngineTest, OldRulesAreFreedWhenTheLastInspectorLeavesThem) {
  Load("version 1 rule one { on request when true then alert }");
  const std::weak_ptr<const rules::RuleSet> old = engine_->generation()->shared_rules();
  Inspector other(engine_);
  ASSERT_TRUE(engine_->Reload(Compile("version 1 rule two { on request when true then alert }")));
  Inspect(RequestText{});
  EXPECT_FALSE(old.expired()) << "the other inspector has them";
  other.Adopt();
  EXPECT_TRUE(old.expired());
}

TEST_F(EngineTest, ARuleSetThatDoesNotFitLeavesTheOldOne) {
  Load(CountRule(0, "1m"));
  // 16 tables of 65,536 entries of 128 bytes are more than the region has.
  std::string large = "version 1";
  for (int i = 1; i <= 16; ++i) {
    large += " rule r" + std::to_string(i) + " { on request when count(by src.ip over " +
             std::to_string(i) + "h max 262144) > 1 then drop }";
  }
  rules::Compiler compiler({.max_state_bytes = uint64_t{4} << 30});
  ASSERT_TRUE(compiler.AddRules("large.ward", large));
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  const uint64_t used = engine_->region().stats().used;
  for (int i = 0; i < 3; ++i) {
    Misfit misfit;
    EXPECT_FALSE(engine_->Reload(rules, &misfit));
    EXPECT_GT(misfit.bytes, misfit.room);
    EXPECT_FALSE(misfit.signature.empty());
    EXPECT_EQ(engine_->region().stats().used, used);
  }
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(EngineTest, NothingLeaksOverReloads) {
  Load(CountRule(0, "1m"));
  const std::shared_ptr<const rules::RuleSet> rules[] = {Compile(CountRule(0, "1m")),
                                                         Compile(CountRule(0, "2m")),
                                                         Compile(CountRule(0, "3m", "other"))};
  const auto reload = [&](int times) {
    for (int i = 0; i < times; ++i) {
      ASSERT_TRUE(engine_->Reload(rules[i % 3]));
      if (i % 7 == 0) Inspect(RequestText{});
    }
    Inspect(RequestText{});
  };
  reload(3);
  const uint64_t used = engine_->region().stats().used;
  const int64_t living = allocation_living();
  reload(3000);
  EXPECT_EQ(engine_->region().stats().used, used);
  EXPECT_EQ(allocation_living(), living);
}

TEST_F(EngineTest, NothingIsAllocatedButWhenRulesAreTakenUp) {
  Load(CountRule(0, "1m"));
  ASSERT_TRUE(engine_->Reload(Compile(CountRule(1, "1m"))));
  const std::string text = RequestText{}.str();
  Inspect(text);
  replaying_.RecordAlone();
  const uint64_t before = allocation_count();
  Inspect(text);
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::engine
