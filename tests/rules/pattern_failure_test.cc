// What is said of a pattern that Hyperscan takes as an expression and cannot compile. RE2 says all
// there is to say before anything is compiled.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/pattern_pools.h"

namespace sipward::rules::testing {
namespace {

std::vector<GroupedPattern> OfList(uint32_t list, const std::vector<std::string>& texts) {
  std::vector<GroupedPattern> patterns;
  for (const std::string& text : texts) {
    patterns.push_back({{text, false, false}, 0, list, patterns.size()});
  }
  return patterns;
}

TEST(PatternPools, SaysWhichEntryOfWhichListIsTooLarge) {
  const std::string huge = "(a.{1,200}b.{1,200}c){200}";
  ASSERT_EQ(lists::PatternSet::WhyUnusable({huge, false, false}), "");
  PatternPools pools;
  pools.Add(0, OfList(3, {"a", "b", "c", "d"}));
  pools.Add(1, OfList(7, {"e", "f", huge, "g"}));
  std::vector<PatternGroup> groups(2);
  PatternFailure failure;
  EXPECT_FALSE(pools.Compile(&groups, &failure));
  EXPECT_EQ(failure.list, 7u);
  EXPECT_EQ(failure.entry, 2u);
  EXPECT_FALSE(failure.message.empty());
}

}  // namespace
}  // namespace sipward::rules::testing
