// Tests of rules, run: what passes, what does not, and what is said of it.
#include "engine/rule_test.h"

#include <gtest/gtest.h>

#include <string>

namespace sipward::engine {
namespace {

constexpr std::string_view kRules =
    "version 1\n"
    "list allowed : cidr [\"198.51.100.0/24\"]\n"
    "rule a.often { on call_start when count(by src.ip over 1m) > 3 then reject 403, tag \"often\" "
    "}\n"
    "rule a.first { on call_start when caller.number == \"1\" then alert }\n"
    "rule a.ban { on auth when count(by src.ip over 1m) > 1 then ban src.ip for 1h }\n";

std::optional<RuleTestResult> RunBody(const std::string& body,
                                      std::shared_ptr<const rules::RuleSet>* keep = nullptr) {
  rules::Options options;
  options.table_capacity = 1024;
  rules::Compiler compiler(options);
  compiler.KeepTests();
  compiler.AddRules("site.ward", std::string(kRules) + "test \"t\" { " + body + " }\n");
  const auto rules = compiler.Build();
  if (rules == nullptr) {
    ADD_FAILURE() << compiler.diagnostics()[0].message << ": " << body;
    return std::nullopt;
  }
  if (keep != nullptr) *keep = rules;
  return RunRuleTest(rules, 0);
}

bool Passes(const std::string& body) {
  const auto result = RunBody(body);
  return result && result->failed == 0;
}

constexpr char kFive[] = "given call_start { src.ip = \"192.0.2.1\" } repeat 5 every 2s ";

std::string Five(const std::string& expect) { return kFive + expect; }

TEST(RuleTest, OfActionsIsTheWorst) {
  EXPECT_TRUE(Passes(Five("expect reject")));
  EXPECT_FALSE(Passes(Five("expect allow")));
  EXPECT_FALSE(Passes(Five("expect flag")));
  EXPECT_TRUE(Passes(Five("expect not drop")));
  EXPECT_FALSE(Passes(Five("expect not reject")));
  EXPECT_TRUE(Passes(Five("expect allow before event 4")));
  EXPECT_TRUE(Passes(Five("expect reject before event 5")));
  EXPECT_FALSE(Passes(Five("expect allow before event 5")));
  EXPECT_TRUE(Passes(Five("expect allow at event 3, reject at event 4")));
  EXPECT_FALSE(Passes(Five("expect reject at event 3")));
}

TEST(RuleTest, OfTagsAlertsAndRulesIsAnyEvent) {
  EXPECT_TRUE(Passes(Five("expect tag \"often\", rule a.often, not alert, not tag \"x\"")));
  EXPECT_FALSE(Passes(Five("expect tag \"x\"")));
  EXPECT_FALSE(Passes(Five("expect not tag \"often\"")));
  EXPECT_FALSE(Passes(Five("expect rule a.often before event 4")));
  EXPECT_FALSE(Passes(Five("expect not rule a.often at event 5")));
  EXPECT_TRUE(Passes("given call_start { caller.number = \"1\" } given tick expect alert, flag"));
}

TEST(RuleTest, HasTimeEvidenceAndGuards) {
  EXPECT_TRUE(
      Passes("given call_start { src.ip = \"192.0.2.1\" } repeat 5 every 30s expect allow"));
  EXPECT_TRUE(
      Passes("given call_start { src.ip = \"192.0.2.1\" } repeat 3 "
             "given call_start { src.ip = \"192.0.2.1\" } after 2m expect allow"));
  EXPECT_TRUE(Passes("given call_start { src.ip = \"192.0.2.{n}\" } repeat 5 expect allow"));
  EXPECT_TRUE(Passes("given call_start { src.ip = \"198.51.100.1\" } repeat 5 expect not reject"));
  const std::string auth = "given auth { src.ip = \"192.0.2.1\" } repeat 3 ";
  EXPECT_TRUE(Passes(auth + "expect not drop"));
  EXPECT_TRUE(
      Passes("given auth { src.ip = \"192.0.2.1\" } proven repeat 3 expect drop at event 3"));
}

TEST(RuleTest, SaysWhatCameAndWhere) {
  std::shared_ptr<const rules::RuleSet> rules;
  auto result = RunBody(Five("expect reject, allow\nexpect alert at event 2"), &rules);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->events, 5u);
  EXPECT_EQ(result->failed, 2u);
  ASSERT_NE(result->expected, nullptr);
  EXPECT_EQ(result->expected->written, "allow");
  EXPECT_EQ(result->expected->line, 6u);
  EXPECT_EQ(result->event, 4u);
  EXPECT_EQ(result->found, "reject by a.often; tags often");
  result = RunBody(Five("expect not tag \"often\""), &rules);
  EXPECT_EQ(result->event, 4u);
  result = RunBody(Five("expect alert at event 2"), &rules);
  EXPECT_EQ(result->event, 2u);
  EXPECT_EQ(result->found, "allow");
  result = RunBody("given auth { src.ip = \"192.0.2.1\" } proven repeat 3 expect allow at event 3",
                   &rules);
  EXPECT_EQ(result->found.substr(0, 12), "drop, banned");
}

// What one run counted, the next does not see.
TEST(RuleTest, BeginsAnew) {
  std::shared_ptr<const rules::RuleSet> rules;
  RunBody(Five("expect allow before event 4"), &rules);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(RunRuleTest(rules, 0)->failed, 0u);
}

}  // namespace
}  // namespace sipward::engine
