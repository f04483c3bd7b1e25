#include <gtest/gtest.h>

#include <string>

#include "sample.h"

namespace sipward {
namespace {

TEST(Diagnostic, RendersThePlace) {
  Diagnostic diagnostic;
  diagnostic.file = "site.ward";
  diagnostic.line = 4;
  diagnostic.column = 7;
  diagnostic.length = 5;
  diagnostic.code = "R201";
  diagnostic.message = "there is no field 'methd'";
  diagnostic.hint = "Did you mean 'method'?";
  diagnostic.source_line = "\twhen methd == INVITE";
  EXPECT_EQ(diagnostic.Render(),
            "site.ward:4:7: error R201: there is no field 'methd' Did you mean 'method'?\n"
            "  \twhen methd == INVITE\n"
            "  \t     ^~~~~\n");
}

TEST(Diagnostic, RendersPlacesBeyondTheLine) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::kWarning;
  diagnostic.file = "a";
  diagnostic.code = "R1";
  diagnostic.message = "m";
  EXPECT_EQ(diagnostic.Render(), "a: warning R1: m\n");
  diagnostic.line = 1;
  diagnostic.column = 100;
  diagnostic.length = 100;
  diagnostic.source_line = "xy";
  EXPECT_EQ(diagnostic.Render(), "a:1:100: warning R1: m\n  xy\n    ^\n");
}

TEST(Rules, RunTheirTests) {
  Compiler compiler = Compiler::Create().value();
  ASSERT_TRUE(compiler.KeepTests().ok());
  ASSERT_TRUE(compiler
                  .AddRules("t.ward",
                            "version 1\n"
                            "rule a { on auth when true then tag \"t\" }\n"
                            "test a { given auth expect tag \"t\" }\n"
                            "test \"b\" { given tick repeat 2 expect alert, drop at event 2 }\n")
                  .ok());
  const Rules rules = compiler.Build().value();
  ASSERT_EQ(rules.test_count(), 2u);
  EXPECT_EQ(rules.TestAt(1)->name, "b");
  EXPECT_EQ(rules.TestAt(1)->line, 4u);
  EXPECT_EQ(rules.TestAt(1)->events, 2u);
  EXPECT_FALSE(rules.TestAt(2));
  EXPECT_TRUE(rules.RunTest(0)->passed);
  const RuleTestResult failed = rules.RunTest(1).value();
  EXPECT_FALSE(failed.passed);
  EXPECT_EQ(failed.failed, 2u);
  EXPECT_EQ(failed.expected, "alert");
  EXPECT_EQ(failed.event, 1u);
  EXPECT_EQ(failed.found, "allow");
  EXPECT_EQ(rules.RunTest(2).error().status.code(), StatusCode::kEnd);
}

TEST(Rules, AreDescribedAfterTheCompilerIsGone) {
  const Result<Rules> rules = Rules::FromText("test.ward", sample::kRules);
  ASSERT_TRUE(rules.ok());
  ASSERT_EQ(rules.value().size(), 2u);
  const std::optional<RuleInfo> often = rules.value()[1];
  ASSERT_TRUE(often);
  EXPECT_EQ(often->name, "test.often");
  EXPECT_EQ(often->severity, "high");
  EXPECT_TRUE(often->enforce);
  EXPECT_EQ(often->aggregates, 1u);
  EXPECT_GT(often->worst.count(), 0);
  EXPECT_FALSE(rules.value()[2]);
}

TEST(Compiler, KeepsToABudget) {
  const RuleBudget needed = Rules::FromText("test.ward", sample::kRules).value().budget();
  EXPECT_GT(needed.event.count(), 0);
  Compiler compiler = Compiler::Create().value();
  RuleBudget allowed;
  allowed.event = needed.event - std::chrono::nanoseconds(1);
  ASSERT_TRUE(compiler.SetBudget(allowed).ok());
  ASSERT_TRUE(compiler.AddRules("test.ward", sample::kRules).ok());
  const Result<Rules> rules = compiler.Build();
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().diagnostics.at(0).code, "R414");
}

TEST(Rules, ErrorsCarryTheirDiagnostics) {
  const Result<Rules> rules = Rules::FromText("bad.ward", "version 1\nrule {");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().status, Status(StatusCode::kRules));
  ASSERT_FALSE(rules.error().diagnostics.empty());
  EXPECT_EQ(rules.error().diagnostics[0].severity, Severity::kError);
  EXPECT_EQ(rules.error().diagnostics[0].file, "bad.ward");
  EXPECT_NE(rules.error().Render().find("bad.ward:2:"), std::string::npos);
}

TEST(Rules, DefaultPackCompiles) {
  const Result<Rules> rules = Rules::Default();
  ASSERT_TRUE(rules.ok()) << rules.error().Render();
  EXPECT_GT(rules.value().size(), 10u);
}

TEST(Compiler, TakesTheFilesThatListsName) {
  Compiler compiler = Compiler::Create().value();
  ASSERT_TRUE(compiler
                  .AddRules("a.ward",
                            "version 1\nlist bad : cidr file \"bad.txt\"\n"
                            "rule a {\n  on request\n  when src.ip in bad\n  then drop\n}\n")
                  .ok());
  const std::optional<Compiler::File> file = compiler.FileAt(0);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, "bad.txt");
  EXPECT_EQ(file->named_by, "a.ward");
  EXPECT_FALSE(compiler.FileAt(1));
  ASSERT_TRUE(compiler.SetFile(0, "198.51.100.0/24\n").ok());
  EXPECT_TRUE(compiler.Build().ok());
}

TEST(FormatRules, SetsSpacesAndSaysWhatItCannotRead) {
  auto formatted = FormatRules("version   1\nconst a=1");
  ASSERT_TRUE(formatted.ok());
  EXPECT_EQ(*formatted, "version 1\nconst a = 1\n");
  EXPECT_TRUE(FormatRules("").ok());
  EXPECT_FALSE(FormatRules("'").ok());
}

}  // namespace
}  // namespace sipward
