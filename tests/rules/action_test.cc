#include <gtest/gtest.h>

#include <string>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

using Kind = ActionRequest::Kind;
using KeyKind = ActionRequest::KeyKind;

TEST(Action, EachAsksForWhatItSays) {
  Running running(
      Compile("version 1\nconst points = 30 + 12\n"
              "rule t { meta { severity high why \"because\" ref \"RFC 3261\" other thing }\n"
              "  mode report evidence any on request when true\n"
              "  then score points on src.ip, tag \"x\", alert, reject 403 \"Go away\", drop,\n"
              "       throttle 8/s, throttle 30/m, ban src.net for 5m, score -1 on from.user }"));
  FakeEvent event;
  event.Set(FieldId::kFromUser, "alice");
  const Outcome& outcome = running.Run(event);
  ASSERT_EQ(outcome.action_count, 9u);
  const auto& a = outcome.actions;
  EXPECT_EQ(a[0].kind, Kind::kScore);
  EXPECT_EQ(a[0].points, 42);
  EXPECT_EQ(a[0].key_kind, KeyKind::kSource);
  EXPECT_EQ(a[0].key.address(), *IpAddress::Parse("192.0.2.1"));
  EXPECT_EQ(a[1].kind, Kind::kTag);
  EXPECT_EQ(a[1].text, "x");
  EXPECT_EQ(a[2].kind, Kind::kAlert);
  EXPECT_EQ(a[3].kind, Kind::kReject);
  EXPECT_EQ(a[3].code, 403);
  EXPECT_EQ(a[3].text, "Go away");
  EXPECT_EQ(a[4].kind, Kind::kDrop);
  EXPECT_EQ(a[5].kind, Kind::kThrottle);
  EXPECT_EQ(a[5].period, kSecond / 8);
  EXPECT_EQ(a[5].burst, 8u);
  EXPECT_EQ(a[6].period, 2 * kSecond);
  EXPECT_EQ(a[7].kind, Kind::kBan);
  EXPECT_EQ(a[7].duration, 5 * kMinute);
  EXPECT_EQ(a[7].key_kind, KeyKind::kSource);
  EXPECT_EQ(a[7].key.bits, 24);
  EXPECT_EQ(a[8].points, -1);
  EXPECT_EQ(a[8].key_kind, KeyKind::kOther);
  EXPECT_EQ(a[8].key.str(), "alice");

  const RuleInfo& info = running.rules().rules()[0];
  EXPECT_EQ(info.name, "t");
  EXPECT_EQ(info.file, "site.ward");
  EXPECT_EQ(info.line, 3u);
  EXPECT_EQ(info.severity, "high");
  EXPECT_EQ(info.why, "because");
  EXPECT_EQ(info.ref, "RFC 3261");
  EXPECT_FALSE(info.enforce);
  EXPECT_TRUE(info.weak_evidence_suffices);
  EXPECT_EQ(info.actions,
            "score points on src.ip, tag \"x\", alert, reject 403 \"Go away\", drop, throttle 8/s, "
            "throttle 30/m, ban src.net for 5m, score -1 on from.user");
}

TEST(Action, AbsentKeyIsLeftAbsent) {
  Running running(Compile("version 1\nrule t { on request when true then score 5 on account }"));
  FakeEvent event;
  const Outcome& outcome = running.Run(event);
  ASSERT_EQ(outcome.action_count, 1u);
  EXPECT_FALSE(outcome.actions[0].key.present());
}

TEST(Action, KeyMayFallBackToAnAddress) {
  Running running(
      Compile("version 1\nrule t { on request when true then score 5 on (account ?? src.ip) }"));
  FakeEvent event;
  EXPECT_EQ(running.Run(event).actions[0].key.kind, Value::Kind::kIp);
  event.Set(FieldId::kAccount, "alice").At(kSecond);
  EXPECT_EQ(running.Run(event).actions[0].key.str(), "alice");
}

TEST(Action, EmergencyMayBeFlagged) {
  EXPECT_NE(Compile("version 1\nrule t { on request when emergency and src.port == 1 "
                    "then alert, tag \"e\", score 5 on src.ip }"),
            nullptr);
  EXPECT_NE(
      Compile("version 1\nrule t { on request when not emergency and src.port == 1 then drop }"),
      nullptr);
}

TEST(Action, KeysAreOfAKind) {
  const std::pair<const char*, KeyKind> cases[] = {
      {"src.ip", KeyKind::kSource},
      {"src.net", KeyKind::kSource},
      {"src.host", KeyKind::kSource},
      {"dst.ip", KeyKind::kDestination},
      {"dst.net", KeyKind::kDestination},
      {"dst.host", KeyKind::kDestination},
      {"account", KeyKind::kAccount},
      {"trunk", KeyKind::kTrunk},
      {"from.user", KeyKind::kOther},
      {"lower(body)", KeyKind::kOther},
      {"\"everybody\"", KeyKind::kOther},
      {"src.port == 0 ? dst.ip : src.ip", KeyKind::kDestination}};
  for (const auto& [key, kind] : cases) {
    Running running(Compile(
        std::string("version 1\nrule t { on request when true then score 5 on ") + key + " }"));
    FakeEvent event;
    EXPECT_EQ(running.Run(event).actions[0].key_kind, kind) << key;
  }
}

TEST(Action, KindOfAKeyIsThatOfWhatGaveIt) {
  Running running(Compile(
      "version 1\nrule t { on request when true then score 5 on (account ?? trunk ?? dst.host) }"));
  FakeEvent event;
  EXPECT_EQ(running.Run(event).actions[0].key_kind, KeyKind::kDestination);
  event.Set(FieldId::kTrunk, "north").At(kSecond);
  EXPECT_EQ(running.Run(event).actions[0].key_kind, KeyKind::kTrunk);
  EXPECT_EQ(running.Run(event).actions[0].key.str(), "north");
  event.Set(FieldId::kAccount, "alice").At(kSecond);
  EXPECT_EQ(running.Run(event).actions[0].key_kind, KeyKind::kAccount);
}

TEST(Action, ClientIsTheSourceOfRequestsAndTheDestinationOfResponses) {
  Running running(
      Compile("version 1\nrule t { on request, response when true then score 5 on client.host }"));
  FakeEvent request, response(facts::EventKind::kResponse);
  EXPECT_EQ(running.Run(request).actions[0].key_kind, KeyKind::kSource);
  EXPECT_EQ(running.Run(response).actions[0].key_kind, KeyKind::kDestination);
}

TEST(Action, BansAreOfAddressesAccountsAndTrunks) {
  std::vector<Diagnostic> found;
  EXPECT_NE(Compile("version 1\nrule t { on request when src.port == 1 "
                    "then ban (account ?? trunk ?? src.host) for 1h, ban dst.net for 1h }",
                    &found),
            nullptr);
  EXPECT_TRUE(found.empty());
  for (const char* key : {"from.user", "(account ?? from.user)", "(from.user ?? src.ip)",
                          "lower(account ?? \"\")", "\"everybody\""}) {
    EXPECT_EQ(Compile(std::string("version 1\nrule t { on request when src.port == 1 then ban ") +
                          key + " for 1h }",
                      &found),
              nullptr);
    ASSERT_EQ(found.size(), 1u) << key;
    EXPECT_EQ(found[0].code, "R215");
    EXPECT_NE(found[0].hint.find("src.host"), std::string::npos);
  }
}

TEST(Mode, OfTheFileIsTheDefaultOfItsRules) {
  Compiler compiler;
  compiler.AddRules("a.ward",
                    "version 1\nmode report\nrule a { on request when src.port == 1 then drop }\n"
                    "rule b { mode enforce on request when src.port == 2 then drop }\n");
  compiler.AddRules("b.ward", "version 1\nrule c { on request when src.port == 3 then drop }\n");
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  EXPECT_FALSE(rules->rules()[0].enforce);
  EXPECT_TRUE(rules->rules()[1].enforce);
  EXPECT_TRUE(rules->rules()[2].enforce);
}

TEST(Outcome, CountsWhatDoesNotFit) {
  std::string text = "version 1\n";
  for (int i = 0; i < 100; ++i) {
    text += "rule r" + std::to_string(i) + " { on request when src.port >= " + std::to_string(-i) +
            " then alert, drop }\n";
  }
  Running running(Compile(text));
  FakeEvent event;
  const Outcome& outcome = running.Run(event);
  EXPECT_EQ(outcome.hit_count, Outcome::kMaxHits);
  EXPECT_EQ(outcome.action_count, Outcome::kMaxActions);
  EXPECT_EQ(outcome.omitted, 100 - Outcome::kMaxHits);
}

std::string ManyRules(int count, const std::string& actions) {
  std::string text = "version 1\n";
  for (int i = 0; i < count; ++i) {
    text += "rule r" + std::to_string(i) + " { on request when src.port >= " + std::to_string(-i) +
            " then " + actions + " }\n";
  }
  return text;
}

size_t CountOf(const Outcome& outcome, Kind kind) {
  size_t count = 0;
  for (size_t i = 0; i < outcome.action_count; ++i) count += outcome.actions[i].kind == kind;
  return count;
}

TEST(Outcome, RuleBehindAllHitsActsEvenSo) {
  Running running(Compile(ManyRules(64, "tag \"t\"") +
                          "rule last { on request when src.port > -99 then drop }\n"));
  FakeEvent event;
  const Outcome& outcome = running.Run(event);
  EXPECT_EQ(outcome.hit_count, 64u);
  EXPECT_EQ(outcome.action_count, 65u);
  EXPECT_EQ(outcome.omitted, 1u);
  EXPECT_EQ(outcome.actions[64].kind, Kind::kDrop);
  EXPECT_EQ(outcome.actions[64].rule, 64u);
}

TEST(Outcome, WhatRefusesTakesThePlaceOfWhatOnlyNotes) {
  Running running(
      Compile(ManyRules(200, "tag \"t\"") +
              "rule b { on request when src.port > -99 then ban src.ip for 1h, throttle 5/s }\n"
              "rule d { on request when src.port > -98 then alert, score 5 on src.ip, drop, reject "
              "403 }\n"));
  FakeEvent event;
  for (int i = 0; i < 2; ++i) {
    const Outcome& outcome = running.Run(event);
    EXPECT_EQ(outcome.action_count, Outcome::kMaxActions);
    EXPECT_EQ(CountOf(outcome, Kind::kBan), 1u);
    EXPECT_EQ(CountOf(outcome, Kind::kThrottle), 1u);
    EXPECT_EQ(CountOf(outcome, Kind::kDrop), 1u);
    EXPECT_EQ(CountOf(outcome, Kind::kReject), 1u);
    EXPECT_EQ(CountOf(outcome, Kind::kScore), 1u);
    EXPECT_EQ(CountOf(outcome, Kind::kTag), Outcome::kMaxActions - 5);
    EXPECT_EQ(outcome.actions[Outcome::kMaxActions - 1].kind, Kind::kBan);
    EXPECT_EQ(outcome.actions[Outcome::kMaxActions - 1].key.address(),
              *IpAddress::Parse("192.0.2.1"));
    EXPECT_EQ(outcome.omitted, 202u - Outcome::kMaxHits);
  }
}

TEST(Outcome, WhatIsDoneTakesThePlaceOfWhatWouldBeDone) {
  Running running(Compile(ManyRules(200, "drop") +
                          "rule t { on request when src.port > -99 then reject 403 }\n"
                          "rule u { mode report on request when src.port > -98 then drop }\n"));
  FakeEvent event;
  EXPECT_EQ(CountOf(running.Run(event), Kind::kDrop), Outcome::kMaxActions);
  std::string reporting = ManyRules(200, "drop");
  reporting.insert(reporting.find('\n'), "\nmode report");
  Running mixed(Compile(
      reporting + "rule t { mode enforce on request when src.port > -99 then reject 403 }\n"));
  EXPECT_EQ(CountOf(mixed.Run(event), Kind::kReject), 1u);
}

TEST(ActionNames, Ascend) {
  EXPECT_EQ(ActionName(Action::kAllow), "allow");
  EXPECT_EQ(ActionName(Action::kThrottle), "throttle");
  EXPECT_EQ(ActionName(Action::kDrop), "drop");
}

}  // namespace
}  // namespace sipward::rules::testing
