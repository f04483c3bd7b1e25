// `test` blocks: what they hold, and what is wrong with them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

constexpr std::string_view kRule =
    "version 1\n"
    "rule a.b { on call_start when caller.number == \"+4930\" then reject 603, tag \"x\" }\n";

// Compiles the rule and a test; files that it names hold `file`.
std::shared_ptr<const RuleSet> Keep(std::string_view test, std::vector<Diagnostic>* diagnostics,
                                    const char* file = nullptr) {
  Compiler compiler(SmallTables());
  compiler.KeepTests();
  compiler.AddRules("site.ward", std::string(kRule) + std::string(test) + "\n");
  for (size_t i = 0; file != nullptr && i < compiler.files().size(); ++i) compiler.SetFile(i, file);
  auto rules = compiler.Build();
  diagnostics->assign(compiler.diagnostics().begin(), compiler.diagnostics().end());
  return rules;
}

// "R201 3:6 message", of the first error.
std::string Error(std::string_view test, const char* file = nullptr) {
  std::vector<Diagnostic> found;
  if (Keep(test, &found, file) != nullptr || found.empty()) return "none";
  const Diagnostic& d = found[0];
  return d.code + " " + std::to_string(d.line) + ":" + std::to_string(d.column) + " " + d.message;
}

TEST(TestBlock, HoldsEventsAndExpectations) {
  std::vector<Diagnostic> found;
  const auto with = [&](const std::string& number) {
    return Keep("test a.b {\n  given call_start { caller.number = \"" + number +
                    "\"  price = 0.5 } proven after 1h\n"
                    "  given tick repeat 3 every 2s\n"
                    "  expect reject at event 1,\n"
                    "    not tag \"y\"\n"
                    "  expect rule a.b before event 2 expect alert\n"
                    "}",
                &found);
  };
  EXPECT_EQ(with("+49 thirty"), nullptr);  // words are no part of a number
  const auto good = with("+49-30");
  ASSERT_NE(good, nullptr) << found[0].message;
  ASSERT_EQ(good->tests().size(), 1u);
  const TestCase& test = good->tests()[0];
  EXPECT_EQ(test.name, "a.b");
  EXPECT_EQ(test.line, 3u);
  ASSERT_EQ(test.steps.size(), 2u);
  EXPECT_TRUE(test.steps[0].proven);
  EXPECT_EQ(test.steps[0].after, kHour);
  ASSERT_EQ(test.steps[0].facts.size(), 2u);
  EXPECT_EQ(test.steps[0].facts[0].text, "+49-30");
  EXPECT_EQ(test.steps[0].facts[1].value.i, 500'000);
  EXPECT_EQ(test.steps[1].kind, facts::EventKind::kTick);
  EXPECT_EQ(test.steps[1].count, 3u);
  EXPECT_EQ(test.steps[1].every, 2 * kSecond);
  ASSERT_EQ(test.expectations.size(), 4u);
  EXPECT_EQ(test.expectations[0].action, Action::kReject);
  EXPECT_EQ(test.expectations[0].event, 1u);
  EXPECT_TRUE(test.expectations[1].negated);
  EXPECT_EQ(test.expectations[1].written, "not tag \"y\"");
  EXPECT_EQ(test.expectations[1].line, 7u);
  EXPECT_EQ(test.expectations[2].place, Expectation::Place::kBefore);
}

TEST(TestBlock, IsLeftOutWhereNobodyAskedForIt) {
  std::vector<Diagnostic> found;
  const auto text = std::string(kRule) + "test a.c { given tick \"none.csv\" expect alert }\n";
  Compiler compiler(SmallTables());
  compiler.AddRules("site.ward", text);
  EXPECT_TRUE(compiler.files().empty());
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  EXPECT_TRUE(rules->tests().empty());
  // Its grammar is looked at even so.
  EXPECT_EQ(Compile(std::string(kRule) + "test a.b { given }\n", &found), nullptr);
}

TEST(TestBlock, NumbersWhatIsRepeated) {
  std::vector<Diagnostic> found;
  const auto rules = Keep(
      "test \"n\" { given call_start { callee.number = \"+49{n}\"  src.ip = \"192.0.2.{n}\" "
      "caller.name = \"{n} of {n}\" } repeat 12 expect allow }",
      &found);
  ASSERT_NE(rules, nullptr) << found[0].message;
  facts::HostEvent event;
  std::deque<std::string> texts;
  const TestCase::Step& step = rules->tests()[0].steps[0];
  TestCase::Fill(step, 12, kSecond, 2 * kSecond, &texts, &event);
  EXPECT_EQ(event.Get(FieldId::kCalleeNumber).str(), "4912");
  EXPECT_EQ(event.Get(FieldId::kSrcIp).address(), *IpAddress::Parse("192.0.2.12"));
  EXPECT_EQ(event.Get(FieldId::kCallerName).str(), "12 of 12");
  EXPECT_EQ(event.Get(FieldId::kTime).i, 2 * kSecond);
}

TEST(TestBlock, ReadsEventsFromAFile) {
  std::vector<Diagnostic> found;
  const auto rules = Keep("test \"f\" { given cdr \"f.csv\" proven after 5s expect allow }", &found,
                          "time,caller.number,\"transport\",answered,duration\n"
                          "# a comment\n"
                          "1700000000,+4930,tls,true,90s\n"
                          "1700000001.5,\"+49,31\",,\n"
                          "1700000001.5,+4932\n");
  EXPECT_EQ(rules, nullptr);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].file, "f.csv");
  EXPECT_EQ(found[0].line, 4u);
  EXPECT_EQ(found[0].column, 14u);
  const auto good = Keep("test \"f\" { given cdr \"f.csv\" proven after 5s expect allow }", &found,
                         "time,caller.number,transport,answered,duration\n"
                         "1700000000,+4930,tls,true,90s\n"
                         "1700000001.5,+4931\n");
  ASSERT_NE(good, nullptr) << found[0].message;
  const auto& steps = good->tests()[0].steps;
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].facts.size(), 4u);
  EXPECT_EQ(steps[0].after, 5 * kSecond);
  EXPECT_EQ(steps[1].facts.size(), 1u);
  EXPECT_EQ(steps[1].after, 1'500 * kMillisecond);
  EXPECT_TRUE(steps[1].proven);
}

TEST(TestBlock, SaysWhatIsWrongWithAFile) {
  const std::string test = "test \"f\" { given cdr \"f.csv\" expect allow }";
  EXPECT_EQ(Error(test), "R408 3:22 the file 'f.csv' was not given");
  EXPECT_EQ(Error(test, ""), "R407 1:1 no line names the fields");
  EXPECT_EQ(Error(test, "caler\n1"), "R407 1:1 there is no field 'caler' on cdr");
  EXPECT_EQ(Error(test, "aor\n"), "R407 1:1 there is no field 'aor' on cdr");
  EXPECT_EQ(Error(test, "code,code\n"), "R407 1:6 'code' stands here twice");
  EXPECT_EQ(Error(test, "code\n1,2\n"), "R407 2:3 more values than the first line has names: 1");
  EXPECT_EQ(Error(test, "code\nx\n"), "R407 2:1 'x' is no int");
  EXPECT_EQ(Error(test, "time\nx\n"), "R407 2:1 'x' is no time: seconds, or a duration as 90s");
  EXPECT_EQ(Error(test, "time\n5\n90s\n4\n"),
            "R407 4:1 the time goes back, or on by more than 366d: 4");
  EXPECT_EQ(Error(test, "code\n\"1\n"), "R407 2:1 this value is not closed");
}

TEST(TestBlock, SaysWhatIsWrong) {
  const auto of = [](std::string_view given, std::string_view expect = "expect allow") {
    return Error("test a.b { given " + std::string(given) + " " + std::string(expect) + " }");
  };
  EXPECT_EQ(Error("test a.c { given tick expect allow }"), "R201 3:6 rule 'a.c' is not known");
  EXPECT_EQ(Error("test a.b { expect allow }"), "R110 3:6 test 'a.b' has no 'given'");
  EXPECT_EQ(Error("test a.b { given tick }"), "R110 3:6 test 'a.b' has no 'expect'");
  EXPECT_EQ(Error("test a.b { when true }"),
            "R105 3:12 expected 'given', 'expect' or '}', found 'when'");
  EXPECT_EQ(Error("test { }"),
            "R105 3:6 expected the name of a rule, or what is tested as a text, found '{'");
  EXPECT_EQ(of("tock"), "R112 3:18 event 'tock' is not known");
  EXPECT_EQ(of("call_start { calle.number = \"1\" }"),
            "R201 3:31 field 'calle.number' is not known");
  EXPECT_EQ(of("call_start { duration = 2s }"),
            "R206 3:31 'duration' does not exist on call_start");
  EXPECT_EQ(of("call_start { src.port = \"5060\" }").substr(0, 9), "R203 3:42");
  EXPECT_EQ(of("call_start { src.port = src.port }").substr(0, 9), "R208 3:42");
  EXPECT_EQ(of("call_start { src.ip = \"192.0.2.{n}\" } repeat 256"),
            "R209 3:40 '192.0.2.256' is no ip");
  EXPECT_EQ(of("call_start { src.port = \"{n}\" }"), "R203 3:42 '1' is no int");
  EXPECT_EQ(of("call_start { account = \"a\" account = \"b\" }"),
            "R202 3:45 'account' stands here twice");
  EXPECT_EQ(of("tick repeat 0"), "R411 3:30 events are repeated 1 to 1000000 times");
  EXPECT_EQ(of("tick repeat 600000 given tick repeat 600000"),
            "R411 3:55 tests have more than 1000000 events together");
  EXPECT_EQ(of("tick every 367d"), "R411 3:29 at most 366d lie between two events");
  EXPECT_EQ(of("tick proven proven"), "R109 3:30 events have 'proven' once");
  EXPECT_EQ(of("tick \"f.csv\" repeat 2"), "R105 3:31 the events of a file are not repeated");
  EXPECT_EQ(of("tick repeat 2s"), "R105 3:30 expected how many times, found '2s'");
  EXPECT_EQ(of("tick", "expect fly"),
            "R105 3:30 expected an action, 'tag', 'alert' or 'rule', found 'fly'");
  EXPECT_EQ(of("tick", "expect rule a.x"), "R201 3:35 rule 'a.x' is not known");
  EXPECT_EQ(of("tick", "expect allow at event 2"),
            "R411 3:45 the test has no such event: there are 1");
  EXPECT_EQ(of("tick", "expect allow before event 1"),
            "R411 3:49 there is no event before this one");
  EXPECT_EQ(of("tick", "expect allow at event 0"), "R411 3:45 events are numbered from 1");
}

TEST(TestBlock, ErrorsHaveAnEnd) {
  std::string text = "test \"many\" {";
  for (int i = 0; i < 20'000; ++i) text += " given tick { caler.number = \"1\" }";
  EXPECT_EQ(Error(text + " expect allow }").substr(0, 4), "R201");
}

TEST(TestBlock, IsLaidOut) {
  EXPECT_EQ(
      Format("version 1\n"
             "test   a.b{ given call_end{ cost=-1 duration=2s caller.number=\"1\" } repeat 2\n"
             "expect tag \"x\",not alert\n"
             "given cdr {\n"
             "caller.number   = \"1\"\n"
             "answered = true   # it was\n"
             "}\n"
             "}\n"),
      "version 1\n"
      "test a.b { given call_end { cost = -1  duration = 2s  caller.number = \"1\" } repeat 2\n"
      "  expect tag \"x\", not alert\n"
      "  given cdr {\n"
      "    caller.number = \"1\"\n"
      "    answered = true  # it was\n"
      "  }\n"
      "}\n");
}

}  // namespace
}  // namespace sipward::rules::testing
