// import, override and profile.
#include "rules/site.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

using Names = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

struct Built {
  std::shared_ptr<const RuleSet> rules;
  std::vector<Diagnostic> diagnostics;
  std::string Codes() const {
    std::string codes;
    for (const Diagnostic& d : diagnostics) {
      codes += d.file + ":" + std::to_string(d.line) + ":" + d.code + " ";
    }
    return codes;
  }
};

// The first text is `site/main.ward`; what it names is looked for in `files` by its whole path.
Built BuildSite(std::string_view text, const Files& files = {}) {
  Compiler compiler(SmallTables());
  compiler.AddRules("site/main.ward", text);
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    const Compiler::File file = compiler.files()[i];
    const auto found = files.find(JoinPath(file.named_by, file.path));
    if (found != files.end()) compiler.SetFile(i, found->second);
  }
  Built built;
  built.rules = compiler.Build();
  built.diagnostics.assign(compiler.diagnostics().begin(), compiler.diagnostics().end());
  return built;
}

TEST(Paths, AreJoinedWithoutTheFileSystem) {
  EXPECT_EQ(JoinPath("site/main.ward", "lists/a.txt"), "site/lists/a.txt");
  EXPECT_EQ(JoinPath("main.ward", "./a.ward"), "a.ward");
  EXPECT_EQ(JoinPath("a/b/main.ward", "../c/../d.ward"), "a/d.ward");
  EXPECT_EQ(JoinPath("main.ward", "../x.ward"), "../x.ward");
  EXPECT_EQ(JoinPath("/etc/w/main.ward", "x.ward"), "/etc/w/x.ward");
  EXPECT_EQ(JoinPath("a/main.ward", "/x.ward"), "/x.ward");
}

TEST(Import, BringsFilesAndWhatTheyName) {
  const Built built = BuildSite(
      "version 1\nimport \"common/a.ward\"\nrule r { on request when src.ip in nets then alert }\n",
      {{"site/common/a.ward", "version 1\nimport \"b.ward\"\nlist nets : cidr file \"nets.txt\"\n"},
       {"site/common/b.ward",
        "version 1\nrule s { on request when src.port > limit then alert }\nconst limit = 9\n"},
       {"site/common/nets.txt", "192.0.2.0/24\n"}});
  ASSERT_NE(built.rules, nullptr) << built.Codes();
  Running run(built.rules);
  FakeEvent event;
  EXPECT_EQ(run.Hits(event.Set(FieldId::kSrcPort, 10)), (Names{"r", "s"}));
}

TEST(Import, TakesAFileOnceHoweverManyNameIt) {
  const Files files = {{"site/a.ward", "version 1\nimport \"c.ward\"\n"},
                       {"site/b.ward", "version 1\nimport \"./c.ward\"\n"},
                       {"site/c.ward", "version 1\nconst limit = 9\n"}};
  EXPECT_NE(BuildSite("version 1\nimport \"a.ward\"\nimport \"b.ward\"\nimport \"a.ward\"\n", files)
                .rules,
            nullptr);
}

TEST(Import, CirclesAreErrors) {
  EXPECT_EQ(BuildSite("version 1\nimport \"main.ward\"\n").Codes(), "site/main.ward:2:R121 ");
  EXPECT_EQ(BuildSite("version 1\nimport \"a.ward\"\n",
                      {{"site/a.ward", "version 1\n\nimport \"../site/main.ward\"\n"}})
                .Codes(),
            "site/a.ward:3:R121 ");
}

TEST(Import, WhatIsNotGivenIsAnError) {
  EXPECT_EQ(BuildSite("version 1\nimport \"a.ward\"\n").Codes(), "site/main.ward:2:R408 ");
}

// A folder that names itself again and again ends somewhere.
TEST(Import, IsBounded) {
  Compiler compiler(SmallTables());
  compiler.AddRules("main.ward", "version 1\nimport \"x/main.ward\"\n");
  for (size_t i = 0; i < compiler.files().size() && i < 1000; ++i) {
    compiler.SetFile(i, "version 1\nimport \"x/main.ward\"\n");
  }
  EXPECT_EQ(compiler.files().size(), 64u);
  EXPECT_EQ(compiler.Build(), nullptr);
  EXPECT_EQ(compiler.diagnostics()[0].code, "R403");
}

TEST(Import, OfThePackIsAsked) {
  Compiler compiler(SmallTables());
  compiler.AddRules("main.ward", "version 1\n");
  EXPECT_FALSE(compiler.wants_pack());
  compiler.AddRules("site.ward", "version 1\nimport pack\n");
  EXPECT_TRUE(compiler.wants_pack());
}

constexpr char kVendor[] =
    "version 1\n"
    "const limit = 100\n"
    "list bad : exact [\"alice\"]\n"
    "rule vendor.rule {\n"
    "  meta { severity high why \"as delivered\" }\n"
    "  on request where has(from.user)\n"
    "  let edge = 5\n"
    "  when src.port > limit or from.user in bad or body.size > edge\n"
    "  then drop\n"
    "}\n";

TEST(Override, OfConstsListsAndClauses) {
  const Built built = BuildSite(
      "version 1\nimport \"vendor.ward\"\n"
      "override const limit = 10\n"
      "override list bad : exact [\"bob\"]\n"
      "override rule vendor.rule { mode report  let edge = 50  then reject 403 }\n",
      {{"site/vendor.ward", kVendor}});
  ASSERT_NE(built.rules, nullptr) << built.Codes();
  ASSERT_EQ(built.rules->rules().size(), 1u);
  const RuleInfo& info = built.rules->rules()[0];
  EXPECT_FALSE(info.enforce);
  EXPECT_EQ(info.why, "as delivered");
  EXPECT_EQ(info.actions, "reject 403");
  EXPECT_EQ(info.file, "site/main.ward");
  Running run(built.rules);
  FakeEvent event;
  EXPECT_EQ(run.Hits(event.Set(FieldId::kFromUser, "alice").Set(FieldId::kBodySize, 49)), Names{});
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kFromUser, "bob")).size(), 1u);
  event.At(3 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kFromUser, "carol").Set(FieldId::kSrcPort, 11)).size(), 1u);
}

TEST(Override, MayBringALetOfItsOwn) {
  const Built built = BuildSite(
      "version 1\nimport \"vendor.ward\"\n"
      "override rule vendor.rule { let most = 7 when src.port > most }\n",
      {{"site/vendor.ward", kVendor}});
  ASSERT_NE(built.rules, nullptr) << built.Codes();
  Running run(built.rules);
  FakeEvent event;
  event.Set(FieldId::kFromUser, "carol");
  EXPECT_EQ(run.Hits(event.Set(FieldId::kSrcPort, 7)), Names{});
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kSrcPort, 8)), Names{"vendor.rule"});
}

TEST(Override, MayStandBeforeWhatItChanges) {
  Compiler compiler(SmallTables());
  compiler.AddRules("a.ward", "version 1\noverride const limit = 1\n");
  compiler.AddRules("b.ward", kVendor);
  EXPECT_NE(compiler.Build(), nullptr);
}

TEST(Override, WhatIsWrongWithIt) {
  const auto codes = [](const std::string& text) {
    return BuildSite("version 1\nimport \"v.ward\"\n" + text,
                     {{"site/v.ward", std::string(kVendor) + "define d = true\n"}})
        .Codes();
  };
  EXPECT_EQ(codes("override const limt = 1\n"), "site/main.ward:3:R201 ");
  EXPECT_EQ(codes("override list bed : exact [\"a\"]\n"), "site/main.ward:3:R201 ");
  EXPECT_EQ(codes("override rule vendor.ruel { mode report }\n"), "site/main.ward:3:R201 ");
  EXPECT_EQ(codes("override const limit = 1\noverride const limit = 2\n"),
            "site/main.ward:4:R202 ");
  EXPECT_EQ(codes("override const d = false\n"), "site/main.ward:3:R122 ");
  EXPECT_EQ(codes("override rule vendor.rule { on request }\n"), "site/main.ward:3:R122 ");
  EXPECT_EQ(codes("override profile p { }\n"), "site/main.ward:3:R105 ");
  EXPECT_EQ(codes("override rule vendor.rule { when limit }\n"), "site/main.ward:3:R203 ");
}

constexpr char kProfiles[] =
    "version 1\n"
    "rule a { on request when src.port > 1 then drop }\n"
    "rule b { mode report on request when src.port > 1 then drop }\n"
    "rule c { on request when src.port > 1 then drop }\n"
    "profile lab { for (trunk ?? \"\") == \"lab\"  mode report  enforce b  off c }\n"
    "profile home { for src.ip in \"192.0.2.0/24\"  off a }\n";

TEST(Profile, ChangesWhatRulesMayDo) {
  const Built built = BuildSite(kProfiles);
  ASSERT_NE(built.rules, nullptr) << built.Codes();
  Running run(built.rules);
  const auto modes = [&](FakeEvent& event) {
    const Outcome& outcome = run.Run(event);
    std::string text;
    for (size_t i = 0; i < outcome.action_count; ++i) {
      text += built.rules->rules()[outcome.actions[i].rule].name;
      text += outcome.actions[i].enforce ? "! " : "? ";
    }
    return text;
  };
  FakeEvent event;
  event.Set(FieldId::kSrcPort, 9);
  EXPECT_EQ(modes(event.Source("198.51.100.1")), "a! b? c! ");
  event.At(2 * kSecond);
  EXPECT_EQ(modes(event.Source("192.0.2.1")), "b? c! ");
  event.At(3 * kSecond);
  EXPECT_EQ(modes(event.Set(FieldId::kTrunk, "lab")), "a? b! ") << "the first that holds";
}

TEST(Profile, WhatIsWrongWithIt) {
  const auto codes = [](const std::string& text) {
    return BuildSite("version 1\n" + text).Codes();
  };
  EXPECT_EQ(codes("profile p { mode report }\n"), "site/main.ward:2:R110 ");
  EXPECT_EQ(codes("profile p { for true off x }\n"), "site/main.ward:2:R201 ");
  EXPECT_EQ(codes("profile p { for true for true }\n"), "site/main.ward:2:R109 ");
  EXPECT_EQ(codes("profile p { for from.user == \"a\" }\n"), "site/main.ward:2:R206 ");
  EXPECT_EQ(codes("profile p { for count(by src.ip over 1m) > 3 }\n"), "site/main.ward:2:R210 ");
  EXPECT_EQ(codes("profile p { for src.port }\n"), "site/main.ward:2:R203 ");
  EXPECT_EQ(codes("profile p { for true }\nprofile p { for true }\n"), "site/main.ward:3:R202 ");
  EXPECT_EQ(codes("profile p { for true silence x }\n"), "site/main.ward:2:R105 ");
  EXPECT_EQ(
      codes("rule x { on request when true then alert }\nprofile p { for true off x report x }\n"),
      "site/main.ward:3:R202 ");
}

}  // namespace
}  // namespace sipward::rules::testing
