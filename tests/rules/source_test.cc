// All that rules were compiled of, as one text, and back.
#include "rules/source.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "rules/rules.h"

namespace sipward::rules {
namespace {

using Part = SourceReader::Part;

TEST(Source, ItsPartsComeBackInTheirOrder) {
  Source source;
  source.AddText("a b\n", "text 1 1\nxy");
  source.AddFile("p", "", std::string_view("\0\n", 2));
  source.AddText("", "");
  const std::string text = source.Text(5, UINT64_MAX);
  SourceReader reader(text);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader.state_bytes(), 5u);
  EXPECT_EQ(reader.event_ns(), UINT64_MAX);
  std::string_view name, by, content;
  ASSERT_EQ(reader.Next(&name, &by, &content), Part::kText);
  EXPECT_EQ(name, "a b\n");
  EXPECT_EQ(content, "text 1 1\nxy");
  ASSERT_EQ(reader.Next(&name, &by, &content), Part::kFile);
  EXPECT_EQ(name, "p");
  EXPECT_EQ(by, "");
  EXPECT_EQ(content, std::string_view("\0\n", 2));
  ASSERT_EQ(reader.Next(&name, &by, &content), Part::kText);
  EXPECT_EQ(name, "");
  EXPECT_EQ(reader.Next(&name, &by, &content), Part::kEnd);
  EXPECT_EQ(reader.Next(&name, &by, &content), Part::kEnd);
}

TEST(Source, WhatDoesNotBeginAsOneIsNone) {
  for (const std::string_view text :
       {"", "sipward rules 1", "sipward rules 1\n", "sipward rules 2\nbudget 0 0\n",
        "sipward rules 1\nbudget 0\n", "sipward rules 1\nbudget 0 0 0\n",
        "sipward rules 1\nbudget 0 -1\n", "sipward rules 1\nbudget  0 0\n",
        "sipward rules 1\nbudget 0 18446744073709551616\n", "sipward rules 1\nbudget 0 0"}) {
    EXPECT_FALSE(SourceReader(text).ok()) << text;
  }
}

TEST(Source, PartsThatAreBroken) {
  const std::string head = "sipward rules 1\nbudget 0 0\n";
  for (const std::string_view rest :
       {"text", "text\n", "text 1\na", "text 1 1\na", "text 1 -1\na",
        "text 1 18446744073709551615\na", "text 18446744073709551615 1\na", "file 1 1\nab",
        "file 1 1 1\nab", "tex 1 1\nab", "more 1 1\nab", "\n"}) {
    const std::string text = head + std::string(rest);
    SourceReader reader(text);
    std::string_view name, by, content;
    EXPECT_EQ(reader.Next(&name, &by, &content), Part::kBroken) << rest;
  }
}

std::shared_ptr<const RuleSet> Compile(std::string_view source) {
  Compiler compiler;
  compiler.KeepSource();
  return compiler.AddSource(source) ? compiler.Build() : nullptr;
}

std::string Written() {
  Compiler compiler;
  compiler.KeepSource();
  EXPECT_TRUE(
      compiler.AddRules("a.ward",
                        "version 1\nimport \"b.ward\"\nlist bad : exact file \"bad.txt\"\n"
                        "rule a { on request when (from.user ?? \"\") in bad then drop }\n"));
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    EXPECT_TRUE(compiler.SetFile(
        i, compiler.files()[i].path == "bad.txt"
               ? "mallory\n"
               : "version 1\nrule b { on request when src.port == 1 then alert }\n"));
  }
  const auto rules = compiler.Build();
  EXPECT_NE(rules, nullptr);
  const auto same = Compile(rules->source());
  EXPECT_NE(same, nullptr);
  EXPECT_EQ(same->content_hash(), rules->content_hash());
  EXPECT_EQ(same->source(), rules->source());
  return std::string(rules->source());
}

TEST(Source, TheSameRulesComeOfIt) {
  const std::string source = Written();
  EXPECT_NE(source.find("mallory"), source.npos);
  EXPECT_NE(source.find("rule b"), source.npos);
}

TEST(Source, WithoutBeingToldToNoneIsKept) {
  Compiler compiler;
  ASSERT_TRUE(compiler.AddRules("a.ward", "version 1\n"));
  EXPECT_EQ(compiler.Build()->source(), "");
}

TEST(Source, AFileThatNothingNamesIsRefused) {
  Compiler compiler;
  EXPECT_FALSE(compiler.AddSource("sipward rules 1\nbudget 0 0\nfile 1 1 1\nabc"));
}

TEST(Source, ErrorsOfItsTextsAreTold) {
  Compiler compiler;
  EXPECT_FALSE(compiler.AddSource("sipward rules 1\nbudget 0 0\ntext 1 4\nanone"));
  EXPECT_FALSE(compiler.diagnostics().empty());
}

TEST(Source, AnyChangeIsRefusedOrGivesOtherRules) {
  const std::string source = Written();
  const std::string hash(Compile(source)->content_hash());
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    std::string changed = source;
    const size_t at = random() % changed.size();
    changed[at] = static_cast<char>(random());
    const auto rules = Compile(changed);
    if (rules == nullptr) continue;
    // Of a name of a text, a blank or a leading zero nothing depends.
    EXPECT_EQ(rules->source() == source, changed == source) << at;
  }
  for (size_t cut = 1; cut < source.size(); cut += 3) {
    const auto rules = Compile(source.substr(0, cut));
    EXPECT_TRUE(rules == nullptr || rules->content_hash() != hash) << cut;
  }
}

}  // namespace
}  // namespace sipward::rules
