// What is compiled together is found in each text as if it had been compiled for it alone.
#include "rules/pattern_pools.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace sipward::rules::testing {
namespace {

using Texts = std::vector<std::string>;

// Tests have the numbers of the patterns in their group.
std::vector<GroupedPattern> Grouped(const Texts& texts) {
  std::vector<GroupedPattern> patterns;
  for (const std::string& text : texts) {
    const size_t i = patterns.size();
    patterns.push_back({{text, false, false}, static_cast<uint32_t>(i), 0, i});
  }
  return patterns;
}

std::vector<PatternGroup> Pooled(const std::vector<Texts>& groups) {
  PatternPools pools;
  for (size_t i = 0; i < groups.size(); ++i) pools.Add(i, Grouped(groups[i]));
  std::vector<PatternGroup> pooled(groups.size());
  PatternFailure failure;
  EXPECT_TRUE(pools.Compile(&pooled, &failure)) << failure.message;
  return pooled;
}

// How many were compiled.
size_t Sets(const std::vector<PatternGroup>& groups) {
  std::set<const void*> sets;
  for (const PatternGroup& group : groups) sets.insert(&group.set->patterns());
  return sets.size();
}

struct Tests : lists::PatternSink {
  explicit Tests(const PatternGroup& the_group) : group(the_group) {}
  void Found(uint32_t pattern) override {
    if (group.test_of[pattern] != PatternGroup::kNoTest) found.insert(group.test_of[pattern]);
  }
  const PatternGroup& group;
  std::set<uint32_t> found;
};

std::set<uint32_t> FindIn(const PatternGroup& group, std::string_view text) {
  lists::Scratch scratch;
  EXPECT_TRUE(group.set->Prepare(&scratch));
  Tests tests(group);
  group.set->Find(text, &scratch, &tests);
  return tests.found;
}

Texts Numbered(const std::string& text, size_t count) {
  Texts texts;
  for (size_t i = 0; i < count; ++i) texts.push_back(text + std::to_string(i) + "x");
  return texts;
}

TEST(PatternPools, AGroupFindsItsOwnPatternsAlone) {
  const auto groups = Pooled({{"aa", "b+c", "dd", "^e"}, {"ff", "b+c", "gg", "hh"}});
  EXPECT_EQ(Sets(groups), 1u);
  EXPECT_EQ(FindIn(groups[0], "eaa ff bbc hh"), (std::set<uint32_t>{0, 1, 3}));
  EXPECT_EQ(FindIn(groups[1], "eaa ff bbc hh"), (std::set<uint32_t>{0, 1, 3}));
  EXPECT_EQ(FindIn(groups[0], "gg hh"), (std::set<uint32_t>{}));
  EXPECT_EQ(FindIn(groups[1], "aa dd"), (std::set<uint32_t>{}));
}

TEST(PatternPools, APatternThatStandsTwiceHoldsForBothTests) {
  const auto groups = Pooled({{"aa", "bb", "aa", "cc"}, {"aa", "dd", "ee", "ff"}});
  EXPECT_EQ(groups[0].set->patterns().size(), 7u);
  EXPECT_EQ(FindIn(groups[0], "aa"), (std::set<uint32_t>{0, 2}));
  EXPECT_EQ(FindIn(groups[1], "aa"), (std::set<uint32_t>{0}));
}

TEST(PatternPools, CaseAndWhetherItIsAnExpressionMakeAnotherPattern) {
  PatternPools pools;
  std::vector<GroupedPattern> first = Grouped({"a.c", "x", "y", "z"});
  std::vector<GroupedPattern> second = first;
  second[0].pattern.literal = true;
  second[1].pattern.nocase = true;
  pools.Add(0, first);
  pools.Add(1, second);
  std::vector<PatternGroup> groups(2);
  PatternFailure failure;
  ASSERT_TRUE(pools.Compile(&groups, &failure));
  EXPECT_EQ(groups[0].set->patterns().size(), 6u);
  EXPECT_EQ(FindIn(groups[0], "abc X"), (std::set<uint32_t>{0}));
  EXPECT_EQ(FindIn(groups[1], "abc X"), (std::set<uint32_t>{1}));
  EXPECT_EQ(FindIn(groups[1], "a.c x"), (std::set<uint32_t>{0, 1}));
}

TEST(PatternPools, GroupsWithNothingInCommonKeepTheirOwnSets) {
  const auto groups = Pooled({Numbered("a", 5), Numbered("b", 5), Numbered("a", 6), {"c", "b1x"}});
  EXPECT_EQ(Sets(groups), 2u);
  EXPECT_EQ(&groups[0].set->patterns(), &groups[2].set->patterns());
  EXPECT_EQ(&groups[1].set->patterns(), &groups[3].set->patterns());
  EXPECT_EQ(groups[2].set->patterns().size(), 6u);
}

TEST(PatternPools, ASetHasALimitAndAGroupIsNeverCut) {
  const auto with = [](Texts texts) {
    texts.push_back("common");
    return texts;
  };
  const auto groups = Pooled({with(Numbered("a", 40)), with(Numbered("b", 23)),
                              with(Numbered("c", 4)), with(Numbered("d", 500))});
  EXPECT_EQ(&groups[0].set->patterns(), &groups[1].set->patterns());
  EXPECT_EQ(groups[0].set->patterns().size(), 64u);
  EXPECT_EQ(Sets(groups), 3u);
  EXPECT_EQ(FindIn(groups[3], "d499x a1x common"), (std::set<uint32_t>{499, 500}));
  EXPECT_EQ(FindIn(groups[2], "c3x common"), (std::set<uint32_t>{3, 4}));
}

TEST(PatternPools, TheSamePatternsOfSeveralTextsAreOneSetHoweverMany) {
  EXPECT_EQ(Sets(Pooled({Numbered("a", 500), Numbered("a", 500), Numbered("a", 20)})), 1u);
}

}  // namespace
}  // namespace sipward::rules::testing
