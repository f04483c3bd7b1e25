#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

TEST_F(EngineTest, AllowsWhatNoRuleNames) {
  Load("version 1 rule r { on request when method == BYE then drop }");
  const Verdict& verdict = Inspect(RequestText{});
  EXPECT_EQ(verdict.action, Action::kAllow);
  EXPECT_EQ(verdict.hit_count, 0u);
  EXPECT_EQ(verdict.parse_status, sip::ParseStatus::kOk);
}

TEST_F(EngineTest, TakesTheWorstAction) {
  Load(R"(version 1
    rule a.tag    { on request when true then tag "seen" }
    rule b.reject { on request when true then reject 403 "Not here", score 7 on src.ip }
    rule c.alert  { on request when true then alert })");
  const Verdict& verdict = Inspect(RequestText{});
  EXPECT_EQ(verdict.action, Action::kReject);
  EXPECT_EQ(verdict.sip_code, 403);
  EXPECT_EQ(verdict.sip_reason, "Not here");
  EXPECT_EQ(verdict.score, 7);
  EXPECT_EQ(Rules(), (std::vector<std::string>{"a.tag", "b.reject", "c.alert"}));
  EXPECT_EQ(verdict.hits[0].action, Action::kFlag);
  EXPECT_EQ(verdict.hits[1].action, Action::kReject);
  EXPECT_TRUE(verdict.hits[1].enforced);
}

TEST_F(EngineTest, ADropLeavesNoAnswerToPropose) {
  Load(R"(version 1
    rule a { on request when true then reject 403 }
    rule b { on request when true then drop })");
  const Verdict& verdict = Inspect(RequestText{});
  EXPECT_EQ(verdict.action, Action::kDrop);
  EXPECT_EQ(verdict.sip_code, 0);
}

TEST_F(EngineTest, AReportRuleFlags) {
  Load("version 1 rule r { mode report on request when true then drop }");
  const Verdict& verdict = Inspect(RequestText{});
  EXPECT_EQ(verdict.action, Action::kFlag);
  EXPECT_EQ(verdict.hits[0].action, Action::kDrop);
  EXPECT_FALSE(verdict.hits[0].enforced);
}

TEST_F(EngineTest, ReportOnlyFlags) {
  Load("version 1 rule r { on request when true then ban src.ip for 1h, drop }",
       {.report_only = true});
  packet_.transport = facts::Transport::kTcp;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
}

TEST_F(EngineTest, ABanNeedsAProvenSource) {
  Load("version 1 rule r { on request when method == OPTIONS then ban src.ip for 10m }");
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);

  packet_.transport = facts::Transport::kTcp;
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kDrop);
  EXPECT_FALSE(verdict_.banned);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
  EXPECT_EQ(Rules(), std::vector<std::string>{"r"});

  From("192.0.2.8");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  From("192.0.2.7");
  After(10 * kMinute + kSecond);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
}

TEST_F(EngineTest, ARuleMayBanOnAnyEvidence) {
  Load(
      "version 1 rule r { evidence any on request when method == OPTIONS then ban src.net for 10m "
      "}");
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kDrop);
  From("192.0.2.200");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  From("192.0.3.1");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
}

TEST_F(EngineTest, AScoreOfAHundredBansAProvenSource) {
  Load("version 1 rule r { on request when method == OPTIONS then score 40 on src.ip }");
  packet_.transport = facts::Transport::kTls;
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
}

TEST_F(EngineTest, AScoreDecays) {
  Load("version 1 rule r { on request when method == OPTIONS then score 40 on src.ip }");
  packet_.transport = facts::Transport::kTls;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kFlag) << i;
    After(20 * kMinute);
  }
}

TEST_F(EngineTest, ThrottlesAboveTheRate) {
  Load("version 1 rule r { on request when true then throttle 5/s }");
  int throttled = 0;
  for (int i = 0; i < 20; ++i) throttled += Inspect(RequestText{}).action == Action::kThrottle;
  EXPECT_EQ(throttled, 15);
  EXPECT_EQ(verdict_.sip_code, 503);
  After(kSecond);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
  From("192.0.2.99");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag) << "every source has a bucket of its own";
}

TEST_F(EngineTest, AnAllowedSourceIsNeverRefused) {
  Load(R"(version 1 list allowed : cidr ["192.0.2.0/24"]
          rule r { on request when true then drop, ban src.ip for 1h })");
  packet_.transport = facts::Transport::kTcp;
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
  EXPECT_TRUE(verdict_.allow_listed);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
  From("203.0.113.5");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(EngineTest, CarriesTheValuesOfTheAggregates) {
  Load("version 1 rule r { on request when count(by src.ip over 1m) >= 3 then alert }");
  Inspect(RequestText{});
  Inspect(RequestText{});
  EXPECT_EQ(verdict_.hit_count, 0u);
  Inspect(RequestText{});
  ASSERT_EQ(verdict_.hit_count, 1u);
  EXPECT_EQ(verdict_.hits[0].value_count, 1);
  EXPECT_EQ(verdict_.hits[0].values[0], 3);
}

TEST_F(EngineTest, CountsTheHitsThatDoNotFit) {
  std::string rules = "version 1\n";
  for (int i = 0; i < 20; ++i)
    rules += "rule r" + std::to_string(i) + " { on request when true then alert }\n";
  Load(rules);
  Inspect(RequestText{});
  EXPECT_EQ(verdict_.hit_count, Verdict::kMaxHits);
  EXPECT_EQ(verdict_.hits_omitted, 4u);
}

TEST_F(EngineTest, AKeepAliveIsNoMessage) {
  Load("version 1 rule r { on request when true then drop }");
  for (const std::string_view bytes :
       {std::string_view("\r\n\r\n"), std::string_view(""), std::string_view("\0\0\0\0", 4),
        std::string_view("\0\1\0\0\x21\x12\xA4\x42"
                         "0123456789ab",
                         20)}) {
    EXPECT_EQ(Inspect(bytes).action, Action::kAllow);
  }
  EXPECT_EQ(engine_->statistics().not_sip, 4u);
  EXPECT_EQ(engine_->statistics().packets, 4u);
}

TEST_F(EngineTest, GarbageIsARequestThatRulesCanRefuse) {
  Load("version 1 rule r { on request when malformed then drop }");
  EXPECT_EQ(Inspect("hello, world").action, Action::kDrop);
  EXPECT_EQ(verdict_.parse_status, sip::ParseStatus::kMalformed);
  EXPECT_EQ(engine_->statistics().malformed, 1u);
  EXPECT_EQ(engine_->statistics().by_action[static_cast<size_t>(Action::kDrop)], 1u);
}

TEST_F(EngineTest, RefusesARegionThatIsTooSmall) {
  rules::Compiler compiler;
  compiler.AddRules("t.ward",
                    "version 1 rule r { on request when count(by src.ip over 1m) > 3 then drop }");
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(Engine::Create(rules, state::Region::Create(256 * 1024, {}), {}), nullptr);
}

TEST_F(EngineTest, ForgeableMessagesNeverCountTowardsABan) {
  Load("version 1 rule r { on request when method == OPTIONS then score 60 on src.ip }");
  for (int i = 0; i < 5; ++i) Inspect(RequestText{.method = "OPTIONS"});
  packet_.registered = true;
  for (int i = 0; i < 5; ++i) Inspect(RequestText{.method = "OPTIONS"});
  packet_.transport = facts::Transport::kTls;
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kFlag);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
}

TEST_F(EngineTest, AReportRuleKeepsNoScore) {
  Load(R"(version 1
    rule a { mode report on request when method == OPTIONS then score 99 on src.ip }
    rule b { on request when method == MESSAGE then score 1 on src.ip })");
  packet_.transport = facts::Transport::kTls;
  for (int i = 0; i < 5; ++i) Inspect(RequestText{.method = "OPTIONS"});
  EXPECT_FALSE(verdict_.hits[0].enforced);
  EXPECT_EQ(Inspect(RequestText{.method = "MESSAGE"}).action, Action::kFlag);
}

TEST_F(EngineTest, ADestinationIsBannedOnlyOverAConnectionOfOurs) {
  Load("version 1 rule r { on response when code == 401 then ban dst.ip for 1h }");
  packet_.transport = facts::Transport::kTcp;
  const std::string refused = ResponseText(401, "REGISTER", "bob", "c");
  EXPECT_EQ(Inspect(refused).action, Action::kFlag) << "whose connection it is, is not known";
  packet_.direction = facts::Direction::kInbound;
  EXPECT_EQ(Inspect(refused).action, Action::kFlag) << "that would ban ourselves";
  packet_.direction = facts::Direction::kOutbound;
  EXPECT_EQ(Inspect(refused).action, Action::kDrop);
  packet_.direction = facts::Direction::kInbound;
  From("198.51.100.1");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(EngineTest, AnAccountIsNoAddress) {
  Load("version 1 rule r { on request when method == OPTIONS then ban account for 1h }");
  packet_.account = "192.0.2.7";
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  packet_.account.reset();
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  packet_.trunk = "192.0.2.7";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
}

TEST_F(EngineTest, NeverAnswersAnAck) {
  Load("version 1 rule r { on request when true then reject 403 \"No\" }");
  EXPECT_EQ(Inspect(RequestText{.method = "ACK", .to_tag = "t"}).action, Action::kDrop);
  EXPECT_EQ(verdict_.sip_code, 0);
  EXPECT_EQ(verdict_.sip_reason, "");
}

TEST_F(EngineTest, WhatDecidesIsFoundBehindManyTags) {
  std::string rules = "version 1\n";
  for (int i = 0; i < 200; ++i) {
    rules += "rule r" + std::to_string(1000 + i) + " { on request when true then tag \"t\" }\n";
  }
  Load(rules + "rule z { on request when true then drop }");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  const std::vector<std::string> names = Rules();
  EXPECT_NE(std::find(names.begin(), names.end(), "z"), names.end());
  EXPECT_EQ(verdict_.hit_count + verdict_.hits_omitted, 201u);
}

TEST_F(EngineTest, TheEndOfTimeIsNoWayOutOfABan) {
  Load("version 1 rule r { on request when method == OPTIONS then ban src.ip for 1h }");
  packet_.transport = facts::Transport::kTcp;
  packet_.monotonic = INT64_MAX - kSecond;
  EXPECT_EQ(Inspect(RequestText{.method = "OPTIONS"}).action, Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(EngineTest, SaysTheSameOfTheSameEvents) {
  const auto run = [&] {
    LoadPack();
    std::string trace;
    for (int i = 0; i < 300; ++i) {
      After(20 * kMillisecond);
      Inspect(RequestText{.method = i % 3 ? "REGISTER" : "OPTIONS",
                          .call_id = "c" + std::to_string(i),
                          .to_user = "u" + std::to_string(i % 40),
                          .user_agent = i % 50 ? "Desk Phone" : "friendly-scanner"});
      trace += std::to_string(static_cast<int>(verdict_.action)) + ":" +
               std::to_string(verdict_.score) + " ";
    }
    return trace;
  };
  const facts::Packet start = packet_;
  const std::string first = run();
  packet_ = start;
  EXPECT_EQ(run(), first);
  EXPECT_NE(first.find("6:"), std::string::npos)
      << "something was dropped, or the test says nothing";
}

TEST_F(EngineTest, AnAccountIsScoredAndBannedWhereverItComesFrom) {
  Load(
      "version 1 rule s { on request when has(account) then score 60 on account }"
      "rule t { on request when has(trunk) then score 60 on trunk }");
  packet_.account = "alice";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
  packet_.account.reset();
  packet_.trunk = "alice";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag) << "a trunk is no account";
  packet_.trunk.reset();
  packet_.account = "alice";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  From("203.0.113.5");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
  packet_.account = "bob";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kFlag);
}

}  // namespace
}  // namespace sipward::engine
