// However a rule text is built, it is refused or compiled soon, on a small stack.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/rules/small_stack.h"
#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

constexpr size_t kStackBytes = StackBytes(256 << 10);

std::string Number(int i) { return std::to_string(i); }

// The codes of what was found. Nothing is measured: what is not bounded takes so long that CTest
// ends the program.
std::vector<std::string> CodesOf(const std::string& text) {
  std::vector<Diagnostic> found;
  const auto rules = Compile(text, &found, {});
  EXPECT_EQ(rules == nullptr, std::any_of(found.begin(), found.end(), [](const Diagnostic& d) {
              return d.severity == Severity::kError;
            }));
  std::vector<std::string> codes;
  for (const Diagnostic& d : found) codes.push_back(d.code);
  return codes;
}

bool Has(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

TEST(CompileTime, DefinesThatDouble) {
  std::string text = "version 1\n";
  for (int chain = 0; text.size() < 1'300'000; ++chain) {
    const std::string name = "d" + Number(chain) + "_";
    text += "define " + name + "0 = src.port + src.port\n";
    for (int i = 1; i <= 10; ++i) {
      const std::string before = name + Number(i - 1);
      text += "define " + name + Number(i) + " = " + before + " + " + before + "\n";
    }
  }
  EXPECT_TRUE(Has(CodesOf(text), "R413"));
}

TEST(CompileTime, ManyAggregates) {
  std::string text = "version 1\n";
  int made = 0;
  for (int rule = 0; made < 300'000; ++rule) {
    text += "rule r" + Number(rule) + " { on request when src.port > 1";
    for (int i = 0; i < 100; ++i, ++made) {
      text += "\n  or count(by src.ip over " + Number(made + 1) + "s) > 5";
    }
    text += "\n  then alert }\n";
  }
  const auto codes = CodesOf(text);
  ASSERT_EQ(codes.size(), 1u);
  EXPECT_EQ(codes[0], "R409");
}

TEST(CompileTime, TableTooManyNamesItsRule) {
  const auto with = [](int count) {
    std::string text = "version 1\n";
    for (int i = 0; i < count; ++i) {
      text += "rule r" + Number(i) + " { on request when count(by src.ip over " + Number(i + 1) +
              "s max 16) > 5 then alert }\n";
    }
    return text;
  };
  EXPECT_NE(Compile(with(240)), nullptr);
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile(with(400), &found), nullptr);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "R409");
  EXPECT_EQ(found[0].line, 242u);
  EXPECT_NE(found[0].message.find("'r240'"), std::string::npos);
}

TEST(CompileTime, EqualAggregatesAreFoundSoon) {
  std::string text = "version 1\n";
  for (int i = 0; i < 15'000; ++i) {
    text += "rule r" + Number(i) + " { on request when count(by src.ip over " +
            Number(i % 200 + 1) + "s max 16) > " + Number(i) + " then alert }\n";
  }
  for (const std::string& code : CodesOf(text)) EXPECT_EQ(code[1], '3');
}

TEST(CompileTime, LargeConditionThatThousandsOfRulesShare) {
  std::string text = "version 1\ndefine large = src.port == 0";
  for (int i = 0; i < 4000; ++i) text += " or contains(body, \"" + Number(i) + "\")";
  text += "\n";
  for (int i = 0; i < 5000; ++i) {
    text += "rule r" + Number(i) + " { on request where large when count(by src.ip over " +
            Number(i % 200 + 1) + "s max 16) > " + Number(i) + " then alert }\n";
  }
  EXPECT_TRUE(Has(CodesOf(text), "R413"));
}

TEST(CompileTime, LargeConditionOfEveryTable) {
  std::string text = "version 1\ndefine large = src.port == 0";
  for (int i = 0; i < 3000; ++i) text += " or contains(body, \"" + Number(i) + "\")";
  text += "\nrule t { on request where large when src.port > 0";
  for (int i = 0; i < 240; ++i)
    text += "\n  or count(by src.ip over " + Number(i + 1) + "s max 16) > 5";
  EXPECT_TRUE(CodesOf(text + "\n  then alert }\n").empty());
}

TEST(CompileTime, TextFullOfMistakes) {
  std::string text = "version 1\n";
  for (int i = 0; i < 50'000; ++i) text += "define some_name_" + Number(i) + " = src.port\n";
  for (int i = 0; i < 15'000; ++i) {
    text +=
        "rule r" + Number(i) + " { on request when some_nam_" + Number(i) + " > 1 then alert }\n";
  }
  EXPECT_TRUE(Has(CodesOf(text), "R201"));
}

TEST(CompileTime, NamesThatAreTakenManyTimes) {
  std::string text = "version 1\n";
  for (int i = 0; i < 60'000; ++i) text += "const a = 1\n";
  EXPECT_TRUE(Has(CodesOf(text), "R202"));
}

TEST(CompileTime, TwentyThousandRulesPass) {
  std::string text = "version 1\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "rule r" + Number(i) + " { on request where method == INVITE and not in_dialog\n" +
            "  when starts_with(ruri.digits, \"" + Number(i) +
            "\") and (from.user ?? \"\") in [\"a\", \"b\", \"c\"] then score 5 on src.ip }\n";
  }
  EXPECT_TRUE(CodesOf(text).empty());
}

// ((x + x + ...) + x + ...): as deep as the levels times the length of a chain.
std::string NestedChains(int levels, int length) {
  return Repeated("(", levels) + "src.port" +
         Repeated(Repeated(" + src.port", length) + ")", levels);
}

std::string Deep(const std::string& head, const std::string& tail, int depth) {
  std::string text = "version 1\ndefine d0 = src.port\n";
  for (int i = 1; i <= depth; ++i) {
    text += "define d" + Number(i) + " = " + head + "d" + Number(i - 1) + tail + "\n";
  }
  return text + "rule t { on request when d" + Number(depth) + " > 1 then alert }\n";
}

TEST(SmallStack, LongChainsCompile) {
  OnStackOf(kStackBytes, [] {
    for (const char* word : {" and ", " or "}) {
      const std::string flat =
          "src.registered" + Repeated(word + std::string("src.registered"), 8000);
      EXPECT_NE(Compile(RuleOf(flat)), nullptr);
    }
    EXPECT_NE(Compile(RuleOf("src.port" + Repeated(" + src.port", 60) + " > 1")), nullptr);
  });
}

TEST(SmallStack, DeepTreesAreRefused) {
  OnStackOf(kStackBytes, [] {
    std::vector<Diagnostic> found;
    const std::string texts[] = {RuleOf("src.port" + Repeated(" + src.port", 8000) + " > 1"),
                                 RuleOf(NestedChains(60, 60) + " > 1"),
                                 RuleOf(NestedChains(4, 60) + " > 1"),
                                 RuleOf("src.port" + Repeated(" ?? src.port", 8000) + " > 1"),
                                 RuleOf(Repeated("not ", 8000) + "src.registered"),
                                 RuleOf(Repeated("-", 8000) + "src.port > 1"),
                                 RuleOf(Repeated("src.registered ? 1 : ", 8000) + "src.port > 1"),
                                 RuleOf(Repeated("(", 8000) + "src.port"),
                                 RuleOf(Repeated("len(", 8000) + "body"),
                                 Deep("", " + 1", 8000),
                                 Deep("src.registered ? 1 : -(2 + ", ")", 300)};
    for (const std::string& text : texts) {
      EXPECT_EQ(Compile(text, &found), nullptr) << text.substr(0, 200);
      ASSERT_FALSE(found.empty());
      EXPECT_EQ(found[0].code, "R401") << text.substr(0, 200);
    }
  });
}

// Long chains of `or` inside long chains of `and`: trees deeper than the text is nested.
TEST(SmallStack, ChainsInsideChainsCompileAndRun) {
  OnStackOf(kStackBytes, [] {
    std::string ors, ands;
    for (int i = 0; i < 48; ++i) {
      ors += "src.port > " + Number(i + 10) + " or ";
      ands += "src.port < " + Number(i + 1000) + " and ";
    }
    std::string defines = "version 1\ndefine d0 = src.registered\n";
    for (int i = 1; i <= 60; ++i) {
      defines +=
          "define d" + Number(i) + " = " + (i % 2 != 0 ? ors : ands) + "d" + Number(i - 1) + "\n";
    }
    const std::pair<const char*, size_t> rules_and_hits[] = {
        {"when d60", 0},
        {"where d60 when count(by src.ip over 1m) >= 0", 0},
        {"when count(by src.ip over 1m if d60) >= 0", 1}};
    for (const auto& [rule, hits] : rules_and_hits) {
      const auto rules = Compile(defines + "rule t { on request " + rule + " then alert }\n");
      ASSERT_NE(rules, nullptr);
      Running running(rules);
      FakeEvent event;
      EXPECT_EQ(running.Hits(event).size(), hits);
    }
  });
}

// The deepest that is allowed, in every way at once.
TEST(SmallStack, DeepestTreesCompileAndRun) {
  OnStackOf(kStackBytes, [] {
    const std::string texts[] = {
        RuleOf(NestedChains(2, 60) + " > 1"),
        RuleOf(Repeated("(", 62) + "src.port" + Repeated(")", 62) + " > 1"),
        RuleOf(Repeated("not ", 60) + "src.registered"),
        Deep("", " + 1", 60),
        Deep("(src.registered ? 1 : -(2 + ", "))", 24),
        RuleOf("count(by src.ip over 1m if " +
               Repeated("not (src.registered and src.port < 5 or ", 20) + "src.registered" +
               Repeated(")", 20) + ") > 0")};
    for (const std::string& text : texts) {
      std::vector<Diagnostic> found;
      const auto rules = Compile(text, &found);
      ASSERT_NE(rules, nullptr) << found[0].message << "\n" << text.substr(0, 300);
      Running running(rules);
      FakeEvent event;
      EXPECT_LE(running.Hits(event).size(), 1u);
    }
  });
}

}  // namespace
}  // namespace sipward::rules::testing
