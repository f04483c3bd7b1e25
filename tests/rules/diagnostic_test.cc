// Every error code, with the place that it must name.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

struct Case {
  const char* code;
  std::string text;
  uint32_t line, column, length;
};

std::string When(const std::string& condition) { return RuleOf(condition); }
std::string Then(const std::string& actions) {
  return "version 1\nrule t { on request when src.port > 1\n  then " + actions + "\n}\n";
}

std::string Nested(int levels) {
  return std::string(static_cast<size_t>(levels), '(') + "src.port" +
         std::string(static_cast<size_t>(levels), ')') + " > 1";
}

std::string Doubling(int times) {
  std::string text = "version 1\ndefine d0 = src.port + src.port\n";
  for (int i = 1; i <= times; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    text += "define d" + std::to_string(i) + " = " + before + " + " + before + "\n";
  }
  return text + "rule t { on request when d" + std::to_string(times) + " > 1 then alert }\n";
}

std::string Defines(int depth) {
  std::string text = "version 1\ndefine d0 = src.port\n";
  for (int i = 1; i <= depth; ++i) {
    text += "define d" + std::to_string(i) + " = d" + std::to_string(i - 1) + " + 1\n";
  }
  return text + "rule t { on request when d" + std::to_string(depth) + " > 1 then alert }\n";
}

std::vector<Case> Cases() {
  return {
      // Lexical and syntax
      {"R101", When("src.port > 1 & true"), 4, 21, 1},
      {"R102", "version 1\nconst a = \"x\nconst b = 1\n", 2, 11, 2},
      {"R103", "version 1\nconst a = \"x\\q\"\n", 2, 13, 2},
      {"R104", When("src.port > 5x"), 4, 19, 2},
      {"R105", When("src.port >"), 5, 3, 4},
      {"R105", When("1 < src.port < 3"), 4, 21, 1},
      {"R105", When("src.port = 1"), 4, 17, 1},
      {"R106", std::string("version 1\n\xff\n"), 2, 1, 1},
      {"R106", std::string("version 1\n\0", 11), 2, 1, 1},
      {"R107", "rule t { on request when true then alert }\n", 1, 1, 4},
      {"R107", "version 2\n", 1, 9, 1},
      {"R107", "version 1\nversion 1\n", 2, 1, 7},
      {"R108", "version 1\nimports pack\n", 2, 1, 7},
      {"R108", "version 1\nruel t {}\n", 2, 1, 4},
      {"R109", "version 1\nrule t { on request\n on response when true then alert }\n", 3, 2, 2},
      {"R110", "version 1\nrule t { on request then alert }\n", 2, 6, 1},
      {"R111", Then("warn"), 3, 8, 4},
      {"R112", RuleOf("true", "call_over"), 3, 6, 9},
      {"R113", "version 1\nlist l : regex [\"a\"]\n", 2, 10, 5},
      {"R114", "version 1\nmode observe\n", 2, 6, 7},
      {"R114", "version 1\nrule t { meta { severity awful } on request when true then alert }", 2,
       26, 5},
      {"R114", "version 1\nrule t { evidence weak on request when true then alert }", 2, 19, 4},
      {"R115", When("concurrent(by src.ip) > 1"), 4, 8, 21},
      {"R105", When("sum(1 by src.ip within 1s) > 1"), 4, 24, 6},
      {"R105", When("first_seen(src.ip over 1s)"), 4, 26, 4},
      {"R105", When("zscore(1 by src.ip over 1s) > 3.0"), 4, 27, 4},
      {"R105", When("ratio(true by src.ip over 1s) > 0.5"), 4, 19, 2},
      {"R105", When("max > 1"), 4, 8, 3},
      {"R105", When("bucket(rate src.port/s burst 5 by src.ip)"), 4, 20, 8},
      {"R112", When("since(cal_end by src.ip) > 1s"), 4, 14, 7},
      {"R119", When("burst((src.ip, dst.ip) over 1m reset on true) > 3.0"), 4, 39, 5},
      {"R203", When("sum(body by src.ip over 1s) > 1"), 4, 12, 4},
      {"R203", When("avg(src.ip by src.ip over 1s) > 1.0"), 4, 12, 6},
      {"R203", When("run(src.ip by src.net over 1m) > 8"), 4, 12, 6},
      {"R203", When("ratio(code of true by src.ip over 1m) > 0.5"), 4, 14, 4},
      {"R204", When("last(src.ip by call_id) != src.ip"), 4, 8, 23},
      {"R204", When("min(message.size by src.ip over 1m) < 9"), 4, 8, 35},
      {"R205", When("burst(src.ip over 1m) > 3.0"), 4, 14, 6},
      {"R411", When("bucket(rate 0/s burst 5 by src.ip)"), 4, 20, 1},
      {"R206", RuleOf("since(register by call_id) > 1s", "call_start"), 4, 26, 7},
      {"R116", "version 1\nlist l : pattern dynamic\n", 2, 6, 1},
      {"R116", "version 1\nlist l : exact nocase dynamic\n", 2, 6, 1},
      {"R116", "version 1\nlist l : exact dynamic value a:int\n", 2, 6, 1},
      {"R116", "version 1\nlist allowed : cidr dynamic\n", 2, 6, 7},
      {"R116", "version 1\nlist l : pattern [\"a\": 1] value n:int\n", 2, 33, 1},
      {"R116",
       "version 1\nlist l : exact [\"a\"]\nrule t { on request when true then add src.ip to l for "
       "1m }\n",
       3, 50, 1},
      {"R411", "version 1\nlist l : exact dynamic max 5\n", 2, 28, 1},
      {"R120", "version 1\nlist l : exact [\"a\"] value n:method\n", 2, 30, 6},
      {"R205", "version 1\nlist l : exact [\"a\": 1, \"b\"] value n:int\n", 2, 25, 3},
      {"R205", "version 1\nlist l : exact [\"a\": 1]\n", 2, 17, 3},
      {"R203", "version 1\nlist l : exact [\"a\": 1] value n:string\n", 2, 22, 1},
      {"R202", "version 1\nlist l : exact [\"a\": (1, 2)] value n:int, n:int\n", 2, 43, 1},
      {"R117",
       "version 1\nlist l : exact [\"a\"]\nrule t { on request when l[body] == 1 then alert }\n", 3,
       26, 7},
      {"R117",
       "version 1\nlist l : exact [\"a\": 1] value n:int\n"
       "rule t { on request when (l[body].m ?? 1) == 1 then alert }\n",
       3, 35, 1},
      {"R117",
       "version 1\nlist l : exact [\"a\": (1, 2)] value n:int, m:int\n"
       "rule t { on request when (l[body] ?? 1) == 1 then alert }\n",
       3, 27, 7},
      {"R201", When("(l[body].n ?? 1) > 1"), 4, 9, 9},
      {"R203",
       "version 1\nlist l : exact dynamic\nrule t { on request when true then add src.ip to l for "
       "1m }\n",
       3, 40, 6},
      {"R203",
       "version 1\nlist l : cidr dynamic\nrule t { on request when true then add body to l for 1m "
       "}\n",
       3, 40, 4},
      {"R118", "version 1\nconst Big = 1\n", 2, 7, 3},
      {"R119", When("rate(by src.ip over 1s reset on true) > 1"), 4, 31, 5},
      // Names and types
      {"R201", When("src.prot > 1"), 4, 8, 8},
      {"R201", When("lenn(body) > 1"), 4, 8, 10},
      {"R201", When("src.ip in nets"), 4, 18, 4},
      {"R202", "version 1\nconst a = 1\ndefine a = 2\n", 3, 8, 1},
      {"R202", RuleOf("src.port > 1") + "rule t { on request when src.port > 2 then alert }", 7, 6,
       1},
      {"R203", When("src.port + \"x\" > 1"), 4, 8, 14},
      {"R203", When("(src.port, src.ip) > 1"), 4, 8, 18},
      {"R203", When("src.port"), 4, 8, 8},
      {"R204", When("from.user == \"a\""), 4, 8, 9},
      {"R205", When("len(body, body) > 1"), 4, 8, 15},
      {"R206", When("reason == \"OK\""), 4, 8, 6},
      {"R206", RuleOf("len(ruri) > 1", "request, response"), 4, 12, 4},
      {"R207", "version 1\ndefine a = b\ndefine b = a\n", 2, 8, 1},
      {"R207", "version 1\nconst a = a + 1\n", 2, 7, 1},
      {"R208", "version 1\nconst a = src.port\n", 2, 11, 8},
      {"R208", When("rate(by src.ip over src.port * 1s) > 1"), 4, 28, 13},
      {"R209", When("src.ip == \"192.0.2\""), 4, 18, 9},
      {"R209", When("src.ip in \"192.0.2.1/24\""), 4, 18, 14},
      {"R209", When("matches(body, \"(\")"), 4, 22, 3},
      {"R209", When("has(header(\"a b\"))"), 4, 19, 5},
      {"R210",
       "version 1\nrule t { on request where rate(by src.ip over 1s) > 1 when true then alert }", 2,
       27, 23},
      {"R210", When("count(by src.ip over 1s if count(by src.ip over 1s) > 1) > 1"), 4, 35, 24},
      {"R210", Then("score rate(by src.ip over 1s) on src.ip"), 3, 14, 23},
      {"R211", When("anomaly(\"line.bare_fl\")"), 4, 16, 14},
      {"R213", "version 1\nconst code = 1\n", 2, 7, 4},
      {"R213", "version 1\nconst and = 1\n", 2, 7, 3},
      {"R214", Then("score 1 on src.port"), 3, 19, 8},
      {"R215", Then("ban from.user for 1h"), 3, 12, 9},
      // Warnings
      {"R301", When("src.port > 1 and 1 > 2"), 4, 8, 22},
      {"R302", When("has(body)"), 4, 8, 9},
      {"R302", When("1 < 2"), 4, 8, 5},
      {"R303", RuleOf("src.port > 1") + "rule u { on request when src.port > 1 then drop }", 7, 6,
       1},
      {"R304", When("rate(by src.ip over 1ms) > 5000"), 4, 8, 31},
      // Bounds
      {"R401", When(Nested(65)), 4, 72, 1},
      {"R401", "version 1\nrule t { on request when " + std::string(70, '-') + "1 > 0 then alert }",
       2, 89, 1},
      {"R401", Defines(300), 303, 26, 8},
      {"R404", "version 1\nconst a = \"" + std::string(4097, 'a') + "\"\n", 2, 11, 230},
      {"R404", Then("tag \"" + std::string(129, 'a') + "\""), 3, 12, 131},
      {"R405", Doubling(20), 23, 26, 7},
      {"R407", "version 1\nlist l : cidr [\"192.0.2.0/24\", \"192.0.2.300\"]\n", 2, 32, 13},
      {"R408", "version 1\nlist l : cidr file \"nets.txt\"\n", 2, 20, 10},
      {"R410",
       "version 1\nrule t { on request where emergency when src.port > 1\n then alert, reject 403 "
       "}",
       3, 14, 10},
      {"R410",
       "version 1\nrule t { on request when emergency == true and src.port > 1\n then drop }", 3, 7,
       4},
      {"R411", Then("reject 200"), 3, 15, 3},
      {"R411", Then("throttle 0/s"), 3, 17, 1},
      {"R411", Then("ban src.ip for 999d"), 3, 23, 4},
      {"R411", Then("score 2000000 on src.ip"), 3, 14, 7},
      {"R411", When("rate(by src.ip over 99d) > 1"), 4, 28, 3},
      {"R411", When("rate(by src.ip over 1s max 3) > 1"), 4, 35, 1},
      {"R411", When("rate(by (src.ip, src.net, body, method, code) over 1s) > 1"), 4, 16, 37},
      {"R412", Then("reject 403 \"a\\r\\nEvil: b\""), 3, 19, 14},
  };
}

TEST(Diagnostic, EveryCodeNamesItsPlace) {
  for (const Case& c : Cases()) {
    std::vector<Diagnostic> found;
    const auto rules = Compile(c.text, &found);
    const std::string shown = c.text.substr(0, 200);
    ASSERT_FALSE(found.empty()) << c.code << "\n" << shown;
    const Diagnostic* match = nullptr;
    for (const Diagnostic& d : found) {
      if (d.code == c.code && match == nullptr) match = &d;
    }
    ASSERT_NE(match, nullptr) << c.code << " but " << found[0].code << ": " << found[0].message
                              << "\n"
                              << shown;
    EXPECT_EQ(match->file, "site.ward");
    EXPECT_EQ(match->line, c.line) << c.code << "\n" << shown;
    EXPECT_EQ(match->column, c.column) << c.code << "\n" << shown;
    EXPECT_EQ(match->length, c.length) << c.code << "\n" << shown;
    EXPECT_FALSE(match->message.empty());
    const bool warning = c.code[1] == '3';
    EXPECT_EQ(match->severity, warning ? Severity::kWarning : Severity::kError);
    EXPECT_EQ(rules != nullptr, warning) << c.code << "\n" << shown;
  }
}

TEST(Diagnostic, ShowsTheSourceLine) {
  std::vector<Diagnostic> found;
  Compile("version 1\r\n  const a = @\r\n", &found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].source_line, "  const a = @");
}

TEST(Diagnostic, SuggestsWhatWasMeant) {
  struct Suggestion {
    std::string condition, hint;
  };
  const Suggestion suggestions[] = {{"from.usr == \"a\"", "from.user"},
                                    {"start_with(body, \"a\")", "starts_with"},
                                    {"method == INVIT", "INVITE"},
                                    {"anomaly(\"line.bare_fl\")", "line.bare_lf"},
                                    {"(user_agent ?? \"\") in scaners", "scanners"},
                                    {"method == invite", "INVITE"}};
  for (const auto& [condition, hint] : suggestions) {
    std::vector<Diagnostic> found;
    EXPECT_EQ(Compile(When(condition) + "list scanners : exact [\"a\"]\n", &found), nullptr);
    ASSERT_FALSE(found.empty());
    EXPECT_NE(found[0].hint.find(hint), std::string::npos) << condition << ": " << found[0].hint;
  }
}

TEST(Diagnostic, SeveralErrorsShowInTheirOrder) {
  std::vector<Diagnostic> found;
  Compile(
      "version 1\n"
      "const a = @\n"
      "rule x { on request when src.prot > 1 then alert }\n"
      "list l : what [\"a\"]\n"
      "rule y { on reqest when true then alert }\n",
      &found);
  ASSERT_EQ(found.size(), 3u);  // names are asked for only in texts that can be read
  EXPECT_EQ(found[0].line, 2u);
  EXPECT_EQ(found[1].line, 4u);
  EXPECT_EQ(found[2].line, 5u);
}

TEST(Diagnostic, AreLimitedInNumberAndErrorsComeFirst) {
  std::string text = "version 1\n";
  for (int i = 0; i < 30; ++i) {
    const std::string name = "r" + std::to_string(i);
    text += "rule " + name + " { on request when 1 > 2 then alert }\n";
  }
  text += "rule last { on request when nothing then alert }\n";
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile(text, &found), nullptr);
  EXPECT_EQ(found.size(), 20u);
  EXPECT_EQ(found[0].code, "R201");
}

TEST(Diagnostic, DuplicateNamesBothPlaces) {
  Compiler compiler;
  compiler.AddRules("a.ward", "version 1\nrule x.y { on request when src.port > 1 then alert }");
  compiler.AddRules("b.ward", "version 1\n\nrule x.y { on request when src.port > 2 then alert }");
  EXPECT_EQ(compiler.Build(), nullptr);
  ASSERT_EQ(compiler.diagnostics().size(), 1u);
  EXPECT_EQ(compiler.diagnostics()[0].file, "b.ward");
  EXPECT_EQ(compiler.diagnostics()[0].line, 3u);
  EXPECT_NE(compiler.diagnostics()[0].hint.find("a.ward:2:6"), std::string::npos);
}

TEST(Diagnostic, WrongMacroIsWrongOnce) {
  std::vector<Diagnostic> found;
  Compile(
      "version 1\ndefine d = nothing > 1\n"
      "rule a { on request when d and src.port > 1 then alert }\n"
      "rule b { on request when d and src.port > 2 then alert }\n",
      &found);
  EXPECT_EQ(found.size(), 1u);
}

TEST(Diagnostic, UnusedMacroIsCheckedToo) {
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile("version 1\ndefine d = nothing\n", &found), nullptr);
  EXPECT_NE(Compile("version 1\ndefine d = from.user == \"a\" and rate(by src.ip over 1s) > 1\n"),
            nullptr);
}

}  // namespace
}  // namespace sipward::rules::testing
