// Files, lists, bounds and the identity of a rule set.
#include <gtest/gtest.h>

#include <string>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

constexpr const char* kWithFile =
    "version 1\nlist nets : cidr file \"nets.txt\"\n"
    "rule t { on request when src.ip in nets then alert }\n";

TEST(Compiler, NamesTheFilesThatItNeedsOnce) {
  Compiler compiler;
  ASSERT_TRUE(compiler.AddRules(
      "a.ward", "version 1\nlist a : cidr file \"nets.txt\"\nlist b : exact file \"nets.txt\"\n"));
  ASSERT_TRUE(compiler.AddRules("b.ward", "version 1\nlist c : cidr file \"nets.txt\"\n"));
  ASSERT_EQ(compiler.files().size(), 2u);
  EXPECT_EQ(compiler.files()[0].path, "nets.txt");
  EXPECT_EQ(compiler.files()[0].named_by, "a.ward");
  EXPECT_EQ(compiler.files()[1].named_by, "b.ward");
}

TEST(Compiler, ReadsListsFromFiles) {
  Compiler compiler;
  compiler.AddRules("a.ward", kWithFile);
  compiler.SetFile(0, "# trusted\n192.0.2.0/24  # office\n");
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  ASSERT_NE(rules->FindList("nets"), nullptr);
  EXPECT_EQ(rules->FindList("nets")->size(), 1u);
  EXPECT_EQ(rules->FindList("other"), nullptr);
  Running running(rules);
  FakeEvent event;
  EXPECT_EQ(running.Hits(event).size(), 1u);
  EXPECT_TRUE(running.evaluator().InList(*rules->FindList("nets"), "192.0.2.77"));
  EXPECT_FALSE(running.evaluator().InList(*rules->FindList("nets"), "198.51.100.1"));
  EXPECT_FALSE(running.evaluator().InList(*rules->FindList("nets"), "no address"));
}

TEST(Compiler, NamesTheLineOfABadEntry) {
  Compiler compiler;
  compiler.AddRules("a.ward", kWithFile);
  compiler.SetFile(0, "192.0.2.0/24\n\n  192.0.2.0/99\n");
  EXPECT_EQ(compiler.Build(), nullptr);
  ASSERT_EQ(compiler.diagnostics().size(), 1u);
  const Diagnostic& d = compiler.diagnostics()[0];
  EXPECT_EQ(d.code, "R407");
  EXPECT_EQ(d.file, "nets.txt");
  EXPECT_EQ(d.line, 3u);
  EXPECT_EQ(d.column, 3u);
  EXPECT_EQ(d.source_line, "  192.0.2.0/99");
}

TEST(Compiler, BuildsAgainAfterAMissingFileWasGiven) {
  Compiler compiler;
  compiler.AddRules("a.ward", kWithFile);
  EXPECT_EQ(compiler.Build(), nullptr);
  ASSERT_EQ(compiler.diagnostics().size(), 1u);
  EXPECT_EQ(compiler.diagnostics()[0].code, "R408");
  compiler.SetFile(0, "192.0.2.0/24\n");
  EXPECT_NE(compiler.Build(), nullptr);
  EXPECT_TRUE(compiler.diagnostics().empty());
}

TEST(Compiler, RefusesToBuildWhatItCouldNotRead) {
  Compiler compiler;
  EXPECT_FALSE(compiler.AddRules("a.ward", "version 1\nrule"));
  EXPECT_TRUE(compiler.AddRules("b.ward", "version 1\n"));
  EXPECT_EQ(compiler.Build(), nullptr);
}

TEST(Compiler, EmptyRuleSetRuns) {
  Compiler compiler;
  const auto rules = compiler.Build();
  ASSERT_NE(rules, nullptr);
  Running running(rules);
  FakeEvent event;
  EXPECT_TRUE(running.Hits(event).empty());
}

std::string HashOf(std::string_view rules, std::string_view list) {
  Compiler compiler;
  compiler.AddRules("a.ward", rules);
  compiler.SetFile(0, list);
  return std::string(compiler.Build()->content_hash());
}

TEST(ContentHash, IdentifiesTextsAndLists) {
  const std::string hash = HashOf(kWithFile, "192.0.2.0/24\n");
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(hash.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(hash, HashOf(kWithFile, "192.0.2.0/24\n"));
  EXPECT_NE(hash, HashOf(kWithFile, "192.0.2.0/25\n"));
  EXPECT_NE(hash, HashOf(std::string(kWithFile) + " ", "192.0.2.0/24\n"));
}

TEST(Bounds, FileSize) {
  Options options;
  options.max_file_bytes = 64;
  const std::string text = "version 1\n" + std::string(54, '#');
  EXPECT_NE(Compile(text, nullptr, options), nullptr);
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile(text + "#", &found, options), nullptr);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "R402");
  EXPECT_EQ(found[0].line, 0u);
}

TEST(Bounds, RuleCount) {
  Options options;
  options.max_rules = 2;
  std::string text = "version 1\n";
  for (int i = 0; i < 2; ++i) {
    text += "rule r" + std::to_string(i) + " { on request when src.port == " + std::to_string(i) +
            " then drop }\n";
  }
  EXPECT_NE(Compile(text, nullptr, options), nullptr);
  std::vector<Diagnostic> found;
  EXPECT_EQ(
      Compile(text + "rule r9 { on request when src.port == 9 then drop }\n", &found, options),
      nullptr);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "R403");
  EXPECT_EQ(found[0].line, 4u);
}

TEST(Bounds, Nesting) {
  const auto nested = [](int levels) {
    const auto n = static_cast<size_t>(levels);
    return RuleOf(std::string(n, '(') + "src.port" + std::string(n, ')') + " > 1");
  };
  EXPECT_NE(Compile(nested(63)), nullptr);
  EXPECT_EQ(Compile(nested(64)), nullptr);
}

TEST(Bounds, RuleThatIsAddedLeavesTheTablesOfOthers) {
  const std::string first =
      "version 1\nrule a { on request when count(by src.ip over 1m) > 1 then alert }\n";
  std::string more = first;
  for (int i = 0; i < 20; ++i) {
    more += "rule b" + std::to_string(i) + " { on request when count(by src.ip over " +
            std::to_string(i + 2) + "m) > 1 then alert }\n";
  }
  const auto one = Compile(first, nullptr, {}), many = Compile(more, nullptr, {});
  ASSERT_NE(many, nullptr);
  EXPECT_EQ(one->tables()[0].capacity, 16'384u);
  EXPECT_EQ(many->tables()[0].capacity, 16'384u);
  EXPECT_EQ(many->tables()[0].signature, one->tables()[0].signature);
}

TEST(Bounds, MaxOverrulesTheDefault) {
  const auto rules = Compile(RuleOf("count(by src.ip over 1m max 64) > 1"), nullptr, {});
  EXPECT_EQ(rules->tables()[0].capacity, 64u);
}

TEST(Bounds, StateBudgetNamesTheLargestRule) {
  Options options;
  options.max_state_bytes = 1 << 20;
  std::vector<Diagnostic> found;
  EXPECT_EQ(
      Compile("version 1\n"
              "rule small { on request when count(by src.ip over 1m max 64) > 1 then alert }\n"
              "rule large { on request when distinct(body by src.ip over 1m max 100000) > 1 then "
              "alert }\n",
              &found, options),
      nullptr);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "R406");
  EXPECT_EQ(found[0].line, 3u);
  EXPECT_EQ(found[0].column, 6u);
  EXPECT_NE(found[0].message.find("'large'"), std::string::npos);
  EXPECT_NE(found[0].hint.find("max"), std::string::npos);
}

TEST(Costs, GrowWithWhatARuleDoes) {
  const auto cost = [](const std::string& condition) {
    return Compile(RuleOf(condition))->rules()[0].worst_ns;
  };
  EXPECT_LT(cost("src.port > 1"), cost("src.port > 1 and body == \"a\""));
  EXPECT_LT(cost("body == \"a\""), cost("matches(body, \"a+\")"));
  EXPECT_LT(cost("src.port > 1"), cost("rate(by src.ip over 1s) > 1"));
}

}  // namespace
}  // namespace sipward::rules::testing
