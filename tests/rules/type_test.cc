// What the type checker accepts and refuses, above all about presence.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

std::string CodeOf(const std::string& condition, const char* on = "request") {
  std::vector<Diagnostic> found;
  const auto rules = Compile(RuleOf(condition, on) +
                                 "list nets : cidr [\"10.0.0.0/8\"]\n"
                                 "list agents : exact [\"a\"]\nconst office = \"192.0.2.0/24\"\n",
                             &found);
  for (const Diagnostic& d : found) {
    if (d.severity == Severity::kError) return d.code;
  }
  return rules ? "" : "nothing";
}

TEST(Types, Accepted) {
  for (const char* condition : {
           "src.ip == \"192.0.2.1\"",
           "\"2001:db8::1\" != src.ip",
           "src.net == \"192.0.2.0/24\"",
           "src.ip in \"192.0.2.0/24\"",
           "src.ip in office",
           "src.ip in [\"192.0.2.0/24\", \"2001:db8::1\"]",
           "src.ip in nets and not (src.ip not in nets)",
           "method in [INVITE, ACK] or transport == udp or direction != inbound",
           "src.port * 1.5 > 3",
           "src.port > 1.5",
           "2s + 500ms * 3 > 1s - 1ms",
           "time - 5s < time and time - time < 1h",
           "-src.port < 0 and -1.5 < 0.0",
           "(user_agent ?? \"\") in agents",
           "(int(body) ?? 0) > 3",
           "(src.port > 5 ? 1 : 2.5) > 2",
           "src.registered == true",
           "src.registered != src.authenticated",
           "has(header(\"X-Thing\")) and header(\"x-thing\") == \"a\"",
       }) {
    EXPECT_EQ(CodeOf(condition), "") << condition;
  }
}

// What calls and other events have, and messages have not.
TEST(Types, AcceptedOnCalls) {
  for (const char* condition : {
           "cost > 12.5 and cost < 100",
           "cost * 2 >= 0.000001 and 3 * cost > 1 and cost / 2 < 5",
           "cost + 0.5 - 1 > -cost",
           "(price ?? 0) > 1 and (price ?? 0.25) != 0.25",
           "cost in [1, 2.5]",
           "caller.number == \"+1(202)\" or caller.number == \"1-202\"",
           "caller.number == (account ?? \"\")",
           "len(caller.number) > 3 and prefix(callee.number, 2) == \"00\"",
           "callee.number in [\"112\", \"911\"] or caller.number in agents",
           "duration > 5s and ring < 1m and answered",
           "code >= 400 and engine.pressure < 0.5",
       }) {
    EXPECT_EQ(CodeOf(condition, "call_end, cdr"), "") << condition;
  }
}

TEST(Types, RefusedOnCalls) {
  const std::pair<const char*, const char*> cases[] = {
      {"cost > 5s", "R203"},
      {"cost * cost > 1", "R203"},
      {"cost * 1.5 > 1", "R203"},
      {"cost > 1.1234567", "R411"},
      {"cost > 1000000001", "R411"},
      {"caller.number == \"alice\"", "R209"},
      {"caller.number > callee.number", "R203"},
      {"caller.number == 911", "R203"},
      {"method == INVITE", "R206"},
      {"from.user == \"a\"", "R206"},
  };
  for (const auto& [condition, code] : cases) {
    EXPECT_EQ(CodeOf(condition, "call_end"), code) << condition;
  }
  EXPECT_EQ(CodeOf("duration > 5s", "call_start"), "R206");
  EXPECT_EQ(CodeOf("true == has(account)", "tick"), "R206");
  EXPECT_EQ(CodeOf("time > time", "tick"), "");
}

TEST(Names, LetsMayTakeWhatTheEventsOfTheRuleDoNotHave) {
  const auto rule = [](const char* on) {
    return "version 1\nrule t { on " + std::string(on) +
           " let answered = true let challenged = true when answered and challenged "
           "then alert }\n";
  };
  EXPECT_NE(Compile(rule("request, response")), nullptr);
  EXPECT_EQ(Compile(rule("call_end")), nullptr);
  EXPECT_EQ(Compile(rule("auth")), nullptr);
}

// Two fields share a name; which is meant, the event says.
TEST(Types, ReasonIsWhatTheEventSaysItIs) {
  EXPECT_EQ(CodeOf("reason == wrong_password and result == fail", "auth"), "");
  EXPECT_EQ(CodeOf("reason == \"Forbidden\"", "response"), "");
  EXPECT_EQ(CodeOf("reason == \"Forbidden\"", "auth"), "R203");
  EXPECT_EQ(CodeOf("reason == wrong_password", "response, auth"), "R206");
  EXPECT_NE(Compile("version 1\ndefine guessed = reason == wrong_password\n"), nullptr);
}

TEST(Types, Refused) {
  for (const char* condition : {
           "src.port == \"5\"",
           "src.ip > \"192.0.2.1\"",
           "body < \"a\"",
           "src.port and true",
           "not src.port",
           "method == \"INVITE\"",
           "method == udp",
           "method < INVITE",
           "src.port in nets",
           "src.ip in agents",
           "src.port + 1s > 1s",
           "1s * 1s > 1s",
           "1.5 % 2.0 > 1.0",
           "src.port ? true : false",
           "(true ? 1 : \"a\") == 1",
           "(user_agent ?? 5) == 5",
           "len(src.port) > 1",
           "prefix(body, \"1\") == \"\"",
           "src.registered in [true]",
           "-body == \"\"",
           "5 > 3s",
       }) {
    EXPECT_EQ(CodeOf(condition), "R203") << condition;
  }
}

TEST(Presence, IsProvenByHas) {
  for (const char* condition : {
           "has(from.user) and from.user == \"a\"",
           "not has(from.user) or from.user == \"a\"",
           "has(from.user) and (src.port > 5 or from.user == \"a\")",
           "has(from.user) and has(to.user) and from.user == to.user",
           "(has(from.user) and src.port > 1) and from.user == \"a\"",
           "not (not has(from.user)) and from.user == \"a\"",
           "not (has(from.user) and has(to.user)) or from.user == to.user",
           "(has(from.user) ? from.user : \"\") == \"a\"",
           "(not has(from.user) ? \"\" : from.user) == \"a\"",
           "((has(from.user) and src.port > 1) or (has(from.user) and src.port < 9)) and from.user "
           "== \"a\"",
           "has(int(body)) and int(body) > 5",
           "(from.user ?? to.user ?? \"\") == \"a\"",
           "has(from.user ?? to.user)",
       }) {
    EXPECT_EQ(CodeOf(condition), "") << condition;
  }
}

TEST(Presence, IsNotAssumed) {
  for (const char* condition : {
           "from.user == \"a\"",
           "has(from.user) or from.user == \"a\"",
           "not has(from.user) and from.user == \"a\"",
           "from.user == \"a\" and has(from.user)",
           "(has(from.user) or has(to.user)) and from.user == \"a\"",
           "not (has(from.user) and has(to.user)) and from.user == \"a\"",
           "(has(from.user) ? to.user : \"\") == \"a\"",
           "(from.user ?? to.user) == \"a\"",
           "has(to.user) and from.user == \"a\"",
           "len(from.user) > 3",
           "int(body) > 3",
           "cseq.number + 1 > 3",
           "(has(from.user) and src.port > 1 or src.port > 2) and from.user == \"a\"",
       }) {
    EXPECT_EQ(CodeOf(condition), "R204") << condition;
  }
}

TEST(Presence, WhereHoldsForTheRestOfTheRule) {
  const std::string rule =
      "version 1\nrule t { on request where has(from.user)\n"
      "  let n = count(by (from.user, src.ip) over 1m if from.user != \"a\")\n"
      "  when n > 3 and from.user == \"b\" then score 1 on from.user }\n";
  EXPECT_NE(Compile(rule), nullptr);
}

// With a constant that is false nothing is left of `has`, and nothing behind it is asked.
TEST(Presence, SwitchedOffConditionsStillProve) {
  for (const char* rule : {"where has(from.user) and debug when from.user == \"b\"",
                           "when (has(from.user) and debug) and from.user == \"b\"",
                           "when (not has(from.user) or not debug) or from.user == \"b\""}) {
    EXPECT_NE(Compile("version 1\nconst debug = false\nrule t { on request " + std::string(rule) +
                      " then alert }\n"),
              nullptr)
        << rule;
  }
}

// An expression is the same wherever it stands, whatever is known of its parts there.
TEST(Presence, IsOfTheSameExpressionBesideOthers) {
  EXPECT_NE(Compile("version 1\nlist l : exact [\"a\": true] value v:bool\n"
                    "rule t { on request when has(l[(from.user ?? to.user) ?? \"x\"].v)\n"
                    "  and has(to.user) and l[(from.user ?? to.user) ?? \"x\"].v then alert }\n"),
            nullptr);
}

// An int that is known to be there may stand where a float does.
TEST(Presence, IsKeptWhereAnIntBecomesAFloat) {
  EXPECT_NE(Compile(RuleOf("has(expires) and (last(engine.pressure by src.ip) ?? expires) > 1.5")),
            nullptr);
}

TEST(Presence, WhatStandsAroundAnAggregateIsNotKnownInside) {
  EXPECT_EQ(CodeOf("has(from.user) and count(by src.ip over 1m if from.user == \"a\") > 1"),
            "R204");
  EXPECT_EQ(CodeOf("count(by src.ip over 1m if has(from.user) and from.user == \"a\") > 1"), "");
  EXPECT_EQ(CodeOf("distinct(lower(from.user) by src.ip over 1m if has(from.user)) > 1"), "");
  EXPECT_EQ(CodeOf("distinct(from.user by to.user over 1m) > 1"), "");
}

TEST(Presence, WorksThroughDefineAndLet) {
  EXPECT_NE(
      Compile("version 1\ndefine named = has(from.user) and len(from.user) > 2\n"
              "rule t { on request let u = from.user when named and u == \"a\" then alert }\n"),
      nullptr);
}

TEST(Names, LetsOfOneRuleMeanNothingInAnother) {
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile("version 1\nrule a { on request let n = src.port when n > 1 then alert }\n"
                    "rule b { on request when n > 2 then alert }\n",
                    &found),
            nullptr);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "R201");
}

TEST(Names, DefinesDoNotSeeLets) {
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile("version 1\ndefine big = n > 1\n"
                    "rule a { on request let n = src.port when big then alert }\n",
                    &found),
            nullptr);
}

TEST(Names, AreUsedBeforeTheyAreDefinedAndAcrossFiles) {
  Compiler compiler;
  EXPECT_TRUE(compiler.AddRules(
      "a.ward", "version 1\nrule t { on request when big and src.ip in nets then alert }"));
  EXPECT_TRUE(compiler.AddRules("b.ward",
                                "version 1\ndefine big = src.port > limit\nconst limit = 5 * 2\n"
                                "list nets : cidr [\"192.0.2.0/24\"]"));
  EXPECT_NE(compiler.Build(), nullptr);
}

TEST(Names, KeysMayMixAddressesAndNames) {
  EXPECT_EQ(CodeOf("count(by (account ?? src.ip) over 1m) > 3"), "");
  EXPECT_EQ(CodeOf("(account ?? src.ip) == \"a\""), "R203");
}

}  // namespace
}  // namespace sipward::rules::testing
