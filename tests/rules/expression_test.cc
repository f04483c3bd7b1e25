// What expressions give: operators, functions, lists.
#include <gtest/gtest.h>

#include <string>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

class Expression : public ::testing::Test {
 protected:
  Expression() {
    event_.Set(FieldId::kSrcPort, 5060)
        .Set(FieldId::kBody, "Hello World")
        .Set(FieldId::kFromUser, "+1 555")
        .Set(FieldId::kToUser, "+1-(555).0100")
        .Set(FieldId::kCallId, "-42")
        .AddHeader("x-thing", "Value")
        .AddHeader("User-Agent", "agent")
        .AddAnomaly(sip::AnomalyId::kLineBareLf);
  }

  bool Holds(const std::string& condition) {
    std::vector<Diagnostic> found;
    const auto rules = Compile(RuleOf(condition) +
                                   "list nets : cidr [\"10.0.0.0/8\", \"192.0.2.0/28\"]\n"
                                   "list words : exact [\"Hello World\"]\n"
                                   "list loud : exact nocase [\"HELLO WORLD\"]\n"
                                   "list prefixes : prefix [\"1555\"]\n"
                                   "list domains : domain [\"example.com\"]\n"
                                   "list patterns : pattern nocase [\"w[aeiou]rld$\"]\n"
                                   "define big = src.port > 5000\nconst limit = 10 / 2\n",
                               &found);
    if (!rules) {
      ADD_FAILURE() << condition << ": " << (found.empty() ? "" : found[0].message);
      return false;
    }
    Running running(rules);
    return running.Hits(event_).size() == 1;
  }

  FakeEvent event_;
};

TEST_F(Expression, True) {
  for (const char* condition : {
           // arithmetic
           "src.port + 1 == 5061",
           "src.port - 5061 == -1",
           "src.port * 2 == 10120",
           "src.port / 1000 == 5",
           "src.port % 1000 == 60",
           "src.port / 0 == 0",
           "src.port % 0 == 0",
           "src.port / 0.0 == 0.0",
           "src.port * 0.5 == 2530.0",
           "-src.port == -5060",
           "1 + src.port * 2 == 10121",
           "(1 + src.port) * 2 == 10122",
           "src.port - 60 - 1000 == 4000",
           "0x10 == 16 and src.port > 0x1f",
           "src.port * 9223372036854775807 == 9223372036854775807",
           "src.port * -9223372036854775807 < -9223372036854775807",
           "9223372036854775807 + src.port == 9223372036854775807",
           "-9223372036854775807 - src.port < -9223372036854775807",
           "1s * src.port == 5060s",
           "90m == 1h + 30m",
           "1d - 1h < 24h",
           // logic
           "true or src.port > 9",
           "not (src.port < 9) and true",
           "src.port > 1 ? true : false",
           "src.port < 9 or src.port > 5000 and src.port != 7",
           "big and limit == 5",
           // comparison
           "src.port >= 5060 and src.port <= 5060",
           "src.ip == \"192.0.2.1\"",
           "src.ip != \"192.0.2.2\"",
           "src.net == \"192.0.2.0/24\"",
           "method == INVITE",
           "method != ACK",
           "method in [ACK, INVITE]",
           "method not in [ACK, BYE]",
           "body == \"Hello World\"",
           "body != \"hello world\"",
           "src.registered == false",
           // membership
           "src.ip in nets",
           "src.ip in \"192.0.2.0/24\"",
           "src.ip not in \"10.0.0.0/8\"",
           "src.ip in [\"10.0.0.0/8\", \"192.0.2.1\"]",
           "src.port in [1, 5060]",
           "body in [\"x\", \"Hello World\"]",
           "body in words",
           "lower(body) not in words",
           "body in loud",
           "body in patterns",
           "\"1555123\" in prefixes",
           "\"sip.example.com\" in domains",
           // absence
           "has(from.user) and not has(trunk)",
           "(trunk ?? \"none\") == \"none\"",
           "(trunk ?? account ?? from.user ?? \"\") == \"+1 555\"",
           "(expires ?? 7) == 7",
           "not has(int(body))",
           "(int(call_id ?? \"\") ?? 0) == -42",
           "has(header(\"X-THING\")) and not has(header(\"X-Other\"))",
           "(header(\"user-agent\") ?? \"\") == \"agent\"",
           // functions
           "len(body) == 11",
           "len(trunk ?? \"\") == 0",
           "lower(body) == \"hello world\"",
           "lower(lower(body)) == lower(body)",
           "prefix(body, 4) == \"Hell\"",
           "prefix(body, 99) == body",
           "prefix(body, -1) == \"\"",
           "suffix(body, 5) == \"World\"",
           "suffix(body, 99) == body",
           "suffix(body, 0) == \"\"",
           "contains(body, \"o W\")",
           "contains(body, \"\")",
           "starts_with(body, \"Hello\")",
           "ends_with(body, \"World\")",
           "equals_nocase(body, \"HELLO world\")",
           "digits(to.user ?? \"\") == \"15550100\"",
           "product(\"Asterisk PBX 18.9.0\") == \"asterisk\"",
           "product(body) == \"hello\"",
           "branch(\"FPBX-16.0.40(18.9.0)\") == \"asterisk 18\"",
           "not has(version(body))",
           "has(version(\"kamailio (5.5.2 (x86_64/linux))\"))",
           "(version(\"Yealink SIP-T46S 66.85.0.5\") ?? \"\") == \"66.85.0.5\"",
           "version_less(version(\"Asterisk PBX 18.9.0\") ?? \"\", \"18.24.3\")",
           "version_less(\"2.0-rc1\", \"2.0\")",
           "digits(from.user ?? \"\") == \"\"",
           "hour(time) == 0 and weekday(time) == 3",  // 1970 began on a Thursday
           "hour(time + 13h) == 13 and weekday(time + 24h) == 4",
           "hour(time - 1s) == 23 and weekday(time - 1s) == 2",
           "hour(time - 100d) == 0 and weekday(time - 100d) == 1",
           "weekday(time + 3d) == 6 and weekday(time + 4d) == 0",
           "matches(body, \"^H.*d$\")",
           "matches_nocase(body, \"^hELLO\")",
           "not matches(body, \"^hello\")",
           "anomaly(\"line.bare_lf\")",
           "not anomaly(\"line.nul\")",
           "int(\"+5\") ?? 0 == 5 ? true : true",
       }) {
    EXPECT_TRUE(Holds(condition)) << condition;
  }
}

TEST_F(Expression, False) {
  for (const char* condition : {
           "src.port < 5060",
           "src.port > 5060",
           "src.port != 5060",
           "src.ip in \"192.0.2.0/32\"",
           "method in [ACK]",
           "body == \"Hello\"",
           "starts_with(body, \"Hello World!\")",
           "ends_with(body, \"!Hello World\")",
           "contains(body, \"x\")",
           "equals_nocase(body, \"x\")",
           "matches(body, \"x\")",
           "has(int(\"12x\"))",
           "version_less(version(body) ?? \"\", \"1.0\")",
           "version_less(\"1.10\", \"1.9\")",
           "has(int(\"\"))",
           "has(int(\"+\"))",
           "has(int(\"99999999999999999999\"))",
           "\"1666\" in prefixes",
           "src.port in [1, 2]",
           "src.authenticated",
           "has(trunk)",
           "\"example.com.evil\" in domains",
       }) {
    EXPECT_FALSE(Holds(condition)) << condition;
  }
}

TEST_F(Expression, LongChainsAreNoNesting) {
  std::string condition = "body == \"x0\"";
  for (int i = 1; i < 500; ++i) condition += " or body == \"x" + std::to_string(i) + "\"";
  EXPECT_FALSE(Holds(condition));
  EXPECT_TRUE(Holds(condition + " or body == \"Hello World\""));
}

TEST_F(Expression, MadeTextsAreBoundedTogether) {
  const std::string large(100'000, 'A');
  event_.Set(FieldId::kBody, large);
  // The second copy finds 31,072 bytes left.
  EXPECT_TRUE(Holds("len(lower(body)) == 100000 and len(lower(prefix(body, 99999))) == 31072"));
}

TEST(Facts, AreFetchedOncePerEvent) {
  std::string text = "version 1\n";
  for (int i = 0; i < 20; ++i) {
    text += "rule r" + std::to_string(i) + " { on request when body == \"" + std::to_string(i) +
            "\" then alert }\n";
  }
  Running running(Compile(text));
  FakeEvent event;
  running.Run(event);
  EXPECT_EQ(event.computed(), 2);  // method and body
}

TEST(Rules, OnlyThoseOfTheEventAndTheMethodRun) {
  Running running(
      Compile("version 1\n"
              "rule a { on request where method == INVITE when src.port == 0 then alert }\n"
              "rule b { on request when method in [BYE, ACK] and src.port == 0 then alert }\n"
              "rule c { on response when code == 0 then alert }\n"
              "rule d { on request, response when src.port == 0 then alert }\n"
              "rule e { on request when method == INVITE or src.port == 0 then alert }\n"));
  FakeEvent invite, bye, response(facts::EventKind::kResponse);
  bye.Set(FieldId::kMethod, static_cast<int64_t>(sip::Method::kBye));
  using Names = std::vector<std::string>;
  EXPECT_EQ(running.Hits(invite), (Names{"a", "d", "e"}));
  EXPECT_EQ(running.Hits(bye), (Names{"b", "d", "e"}));
  EXPECT_EQ(running.Hits(response), (Names{"c", "d"}));
}

TEST(Texts, SearchTakesTimeLinearInBoth) {
  // The worst for a search that begins anew at each place.
  const std::string text(60'000, 'a');
  const std::string part = std::string(30'000, 'a') + "b" + std::string(20, 'a');
  Running running(Compile(RuleOf("contains(body, subject ?? \"\")")));
  FakeEvent event;
  event.Set(FieldId::kBody, text).Set(FieldId::kSubject, part);
  // Not measured: a quadratic search takes minutes, and CTest ends the program before.
  for (int i = 0; i < 200; ++i) {
    event.At(kSecond);
    EXPECT_TRUE(running.Hits(event).empty());
  }
}

TEST(Texts, ContainsFindsAtEveryPlace) {
  const auto found = [](std::string_view text, std::string_view part) {
    Running running(Compile(RuleOf("contains(body, subject ?? \"\")")));
    FakeEvent event;
    event.Set(FieldId::kBody, text).Set(FieldId::kSubject, part);
    return running.Hits(event).size() == 1;
  };
  EXPECT_TRUE(found("abc", "a"));
  EXPECT_TRUE(found("abc", "bc"));
  EXPECT_TRUE(found("abc", ""));
  EXPECT_TRUE(found("", ""));
  EXPECT_FALSE(found("", "a"));
  EXPECT_FALSE(found("ab", "abc"));
  EXPECT_TRUE(found(std::string_view("a\0b", 3), std::string_view("\0b", 2)));
}

TEST(Let, KeepsTheMeaningItHadWhereItWasRead) {
  Running running(
      Compile("version 1\ndefine limit = 5\nrule t { on request\n"
              "  let above = src.port > limit\n  let limit = 100\n"
              "  when above and src.port < limit then alert }"));
  FakeEvent event;
  event.Set(FieldId::kSrcPort, 50);
  EXPECT_EQ(running.Hits(event).size(), 1u);
}

// What a host tells of, without a message.
TEST(Events, OfCallsAreEvaluated) {
  Running run(
      Compile("version 1\n"
              "rule dear { on call_end, cdr when cost >= 12.50 and duration > 1m then alert }\n"
              "rule number { on call_end when caller.number == \"+1-202\" then alert }\n"
              "rule failed { on auth when result == fail and reason == forged_nonce then alert }\n"
              "rule pressed { on tick when engine.pressure > 0.5 then alert }\n"));
  facts::HostEvent event;
  event.Reset(facts::EventKind::kCallEnd, kSecond, 0, true);
  ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(12'500'000)));
  ASSERT_TRUE(event.Set(FieldId::kDuration, Value::Int(2 * kMinute)));
  ASSERT_TRUE(event.Set(FieldId::kCallerNumber, Value::String("1202")));
  EXPECT_EQ(run.Hits(event), (std::vector<std::string>{"dear", "number"}));
  event.Reset(facts::EventKind::kCdr, kSecond, 0, true);
  ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(12'499'999)));
  ASSERT_TRUE(event.Set(FieldId::kDuration, Value::Int(2 * kMinute)));
  EXPECT_EQ(run.Hits(event), (std::vector<std::string>{}));
  event.Reset(facts::EventKind::kAuth, kSecond, 0, true);
  ASSERT_TRUE(event.Set(FieldId::kResult, Value::Int(static_cast<int64_t>(facts::Result::kFail))));
  ASSERT_TRUE(event.Set(FieldId::kAuthReason,
                        Value::Int(static_cast<int64_t>(facts::AuthReason::kForgedNonce))));
  EXPECT_EQ(run.Hits(event), std::vector<std::string>{"failed"});
  event.Reset(facts::EventKind::kTick, kSecond, 0, true);
  event.set_pressure(0.75);
  EXPECT_EQ(run.Hits(event), std::vector<std::string>{"pressed"});
}

}  // namespace
}  // namespace sipward::rules::testing
