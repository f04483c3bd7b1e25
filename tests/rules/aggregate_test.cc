// rate, count and distinct: when they count, what they share, what they give.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

// The first value of the only hit, or -1 if the rule did not match.
double ValueOf(Running& running, FakeEvent& event) {
  const Outcome& outcome = running.Run(event);
  return outcome.hit_count == 1 ? outcome.hits[0].values[0] : -1;
}

TEST(Aggregate, CountsByKey) {
  Running running(
      Compile("version 1\nrule t { on request when count(by src.ip over 1m) > 0 then alert }"));
  FakeEvent a, b;
  b.Source("192.0.2.2");
  EXPECT_EQ(ValueOf(running, a), 1);
  EXPECT_EQ(ValueOf(running, a), 2);
  EXPECT_EQ(ValueOf(running, b), 1);
  EXPECT_EQ(ValueOf(running, a), 3);
}

TEST(Aggregate, ForgetsAfterItsWindow) {
  for (const char* kind : {"count", "rate"}) {
    Running running(Compile(std::string("version 1\nrule t { on request when ") + kind +
                            "(by src.ip over 10s) > 0 then alert }"));
    FakeEvent event;
    ValueOf(running, event);
    event.At(60 * kSecond);
    EXPECT_EQ(ValueOf(running, event), 1) << kind;
  }
}

TEST(Aggregate, IsNotSkippedByShortCircuit) {
  Running running(
      Compile("version 1\nrule t { on request when src.port == 9 and count(by src.ip over 1m) > 0 "
              "then alert }"));
  FakeEvent event;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ValueOf(running, event), -1);
  event.Set(FieldId::kSrcPort, 9);
  event.At(2 * kSecond);
  EXPECT_EQ(ValueOf(running, event), 5);
}

TEST(Aggregate, CountsOnlyWhereItsRuleLooks) {
  Running running(
      Compile("version 1\nrule t { on request where src.port == 9 when count(by src.ip over 1m) > "
              "0 then alert }"));
  FakeEvent other, wanted;
  wanted.Set(FieldId::kSrcPort, 9);
  for (int i = 0; i < 3; ++i) running.Run(other);
  EXPECT_EQ(ValueOf(running, wanted), 1);
}

TEST(Aggregate, OwnConditionDecidesWhatCountsButNotWhatIsRead) {
  Running running(
      Compile("version 1\nrule t { on request "
              "when count(by src.ip over 1m if src.port == 9) >= 0 then alert }"));
  FakeEvent other, wanted;
  wanted.Set(FieldId::kSrcPort, 9);
  EXPECT_EQ(ValueOf(running, other), 0);
  EXPECT_EQ(ValueOf(running, wanted), 1);
  EXPECT_EQ(ValueOf(running, other), 1);
}

TEST(Aggregate, ResetForgetsTheKey) {
  Running running(
      Compile("version 1\nrule t { on request "
              "when count(by src.ip over 1m reset on src.port == 9) >= 0 then alert }"));
  FakeEvent plain, reset;
  reset.Set(FieldId::kSrcPort, 9);
  running.Run(plain);
  EXPECT_EQ(ValueOf(running, plain), 2);
  EXPECT_EQ(ValueOf(running, reset), 0);
  EXPECT_EQ(ValueOf(running, plain), 1);
}

TEST(Aggregate, WhatAnybodyCanForgeIsCountedApart) {
  for (const char* value : {"count(by src.ip over 1m)", "rate(by src.ip over 1m)",
                            "distinct(to.user by src.ip over 1m)"}) {
    Running running(
        Compile(std::string("version 1\nrule t { on request when ") + value + " > 0 then alert }"));
    for (int i = 0; i < 5; ++i) {
      const std::string user = "forged" + std::to_string(i);
      FakeEvent forged;
      forged.Set(FieldId::kToUser, user);
      EXPECT_EQ(ValueOf(running, forged), i + 1) << value;
    }
    FakeEvent proven;
    proven.Set(FieldId::kToUser, "alice").Proven(true);
    EXPECT_EQ(ValueOf(running, proven), 1) << value;
  }
}

TEST(Aggregate, ForgedResetLeavesTheProvenCount) {
  Running running(
      Compile("version 1\nrule t { on request "
              "when count(by src.ip over 1m reset on src.port == 9) >= 0 then alert }"));
  FakeEvent proven, forged;
  proven.Proven(true);
  forged.Set(FieldId::kSrcPort, 9);
  EXPECT_EQ(ValueOf(running, proven), 1);
  EXPECT_EQ(ValueOf(running, forged), 0);
  EXPECT_EQ(ValueOf(running, proven), 2);
}

TEST(Aggregate, EqualOnesAreSharedAndCountOnce) {
  const auto rules = Compile(
      "version 1\ndefine mine = count(by (src.ip, method) over 1m if src.port == 0)\n"
      "rule a { on request when mine > 100 then alert }\n"
      "rule b { on request let n = count(by (src.ip, method) over 60s if 0 == src.port)\n"
      "  when n > 0 and n == mine then alert }\n");
  ASSERT_EQ(rules->tables().size(), 1u);
  EXPECT_GT(rules->rules()[0].state_bytes, 0u);
  EXPECT_EQ(rules->rules()[1].state_bytes, 0u);
  EXPECT_EQ(rules->rules()[1].aggregates, 1u);
  Running running(rules);
  FakeEvent event;
  EXPECT_EQ(ValueOf(running, event), 1);
  EXPECT_EQ(ValueOf(running, event), 2);
}

TEST(Aggregate, DifferentOnesAreNot) {
  const auto rules = Compile(
      "version 1\nrule a { on request when count(by src.ip over 1m) > count(by src.ip over 2m) "
      "then alert }\n"
      "rule b { on response when count(by src.ip over 1m) > 1 then alert }\n"
      "rule c { on request where src.port > 1 when count(by src.ip over 1m) > 1 then alert }\n"
      "rule d { on request when count(by src.net over 1m) > rate(by src.net over 1m) then alert }\n"
      "rule e { on request when count(by src.ip over 1m max 64) > 1 then alert }\n");
  EXPECT_EQ(rules->tables().size(), 7u);
}

TEST(Aggregate, AbsentKeysAndItemsDoNotCount) {
  Running running(
      Compile("version 1\nrule t { on request let c = count(by (src.ip, from.user) over 1m)\n"
              "let d = distinct(to.user by src.ip over 1m) when true then alert }"));
  FakeEvent absent, present;
  present.Set(FieldId::kFromUser, "a").Set(FieldId::kToUser, "b");
  running.Run(absent);
  const Outcome& first = running.Run(absent);
  EXPECT_EQ(first.hits[0].values[0], 0);
  EXPECT_EQ(first.hits[0].values[1], 0);
  const Outcome& second = running.Run(present);
  EXPECT_EQ(second.hits[0].value_count, 2);
  EXPECT_EQ(second.hits[0].values[0], 1);
  EXPECT_EQ(second.hits[0].values[1], 1);
}

TEST(Aggregate, DistinctCountsDifferentItems) {
  Running running(Compile(
      "version 1\nrule t { on request when distinct(to.user by src.ip over 1m) > 0 then alert }"));
  const std::string users[] = {"a", "b", "a", "c", "b"};
  const double wanted[] = {1, 2, 2, 3, 3};
  for (size_t i = 0; i < 5; ++i) {
    FakeEvent event;
    event.Set(FieldId::kToUser, users[i]);
    EXPECT_EQ(ValueOf(running, event), wanted[i]);
  }
}

TEST(Aggregate, KeyPartsAreNotJoinedByChance) {
  Running running(
      Compile("version 1\nrule t { on request when count(by (from.user, to.user) over 1m) > 0 then "
              "alert }"));
  FakeEvent one, other;
  one.Set(FieldId::kFromUser, "ab").Set(FieldId::kToUser, "c");
  other.Set(FieldId::kFromUser, "a").Set(FieldId::kToUser, "bc");
  EXPECT_EQ(ValueOf(running, one), 1);
  EXPECT_EQ(ValueOf(running, other), 1);
}

TEST(Aggregate, RuleOnTwoEventsCountsBoth) {
  Running running(Compile(
      "version 1\nrule t { on request, response when count(by src.ip over 1m) > 0 then alert }"));
  FakeEvent request, response(facts::EventKind::kResponse);
  EXPECT_EQ(ValueOf(running, request), 1);
  EXPECT_EQ(ValueOf(running, response), 2);
}

TEST(Aggregate, HitCarriesTheFirstFourInTheOrderOfTheText) {
  Running running(
      Compile("version 1\nrule t { on request\n"
              "let a = count(by src.ip over 1m if src.port == 9)\n"
              "let b = count(by src.ip over 1m)\n"
              "when b > 0 and distinct(method by src.ip over 1m) + a + rate(by src.ip over 3m) +\n"
              "     rate(by src.ip over 4m) > 0 then alert }"));
  FakeEvent event;
  const Outcome& outcome = running.Run(event);
  ASSERT_EQ(outcome.hit_count, 1u);
  EXPECT_EQ(outcome.hits[0].value_count, 4);
  EXPECT_EQ(outcome.hits[0].values, (std::array<double, 4>{0, 1, 1, 1}));
}

std::string SignatureOf(const std::string& condition) {
  const auto rules = Compile("version 1\nrule t { on request\n  when count(by src.ip over 1m if " +
                             condition + ") > 5 then alert }");
  return rules == nullptr ? "does not compile" : rules->tables()[0].signature;
}

TEST(Aggregate, ExpressionTextCannotImitateAnother) {
  const std::string imitation = "[x),in_list(body,/ y]";
  EXPECT_NE(SignatureOf("matches(body, \"" + imitation + "\")")
                .find(std::to_string(imitation.size()) + "\"" + imitation + "\""),
            std::string::npos);
  EXPECT_NE(SignatureOf("matches(body, \"abc\")").find("3\"abc\""), std::string::npos);
  EXPECT_NE(SignatureOf("matches(body, \"abc\")"), SignatureOf("matches_nocase(body, \"abc\")"));
}

TEST(Aggregate, SignatureOfALongConditionIsShortAndItsOwn) {
  std::string a = "src.port == 1", b;
  for (int i = 2; i < 1000; ++i) a += " or src.port * " + std::to_string(i) + " == 7";
  b = a + " or src.port == 1000";
  EXPECT_LT(SignatureOf(a).size(), 3000u);
  EXPECT_EQ(SignatureOf(a), SignatureOf(a));
  EXPECT_NE(SignatureOf(a), SignatureOf(b));
}

TEST(Aggregate, SignatureNamesMethodsAndNotTheirNumbers) {
  const auto rules = Compile(
      "version 1\nrule t { on request where method == INVITE and transport in [udp, tcp]\n"
      "  when rate(by src.ip over 1s) > 5 then alert }");
  const std::string& signature = rules->tables()[0].signature;
  EXPECT_NE(signature.find("INVITE"), std::string::npos) << signature;
  EXPECT_NE(signature.find("udp"), std::string::npos) << signature;
}

}  // namespace
}  // namespace sipward::rules::testing
