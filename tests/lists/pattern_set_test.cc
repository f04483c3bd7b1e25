// Sets of literals and expressions against a search for each by itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

class Collected final : public PatternSink {
 public:
  void Found(uint32_t pattern) override { numbers.push_back(pattern); }
  std::vector<uint32_t> numbers;
};

std::vector<uint32_t> FindIn(const PatternSet& set, std::string_view text) {
  Scratch scratch;
  EXPECT_TRUE(set.Prepare(&scratch));
  Collected found;
  set.Find(text, &scratch, &found);
  EXPECT_EQ(set.Matches(text, &scratch), !found.numbers.empty());
  std::sort(found.numbers.begin(), found.numbers.end());
  return found.numbers;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), ToLower);
  return text;
}

TEST(PatternSet, FindsLiteralsAsASearchForEachDoes) {
  std::mt19937 random(3);
  const auto word = [&](size_t most) {
    static constexpr char kBytes[] = {'a',  'A',  'b',  'B',    '.',   '*',
                                      '\\', '\0', '\n', '\xE4', '\xC4'};
    std::string text;
    for (size_t left = 1 + random() % most; left > 0; --left) {
      text += kBytes[random() % sizeof kBytes];
    }
    return text;
  };
  size_t hits = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<Pattern> patterns;
    const size_t count = round % 10 == 0 ? 500 : 1 + random() % 12;
    for (size_t i = 0; i < count; ++i) {
      patterns.push_back({word(round % 3 == 0 ? 2 : 6), random() % 2 == 0, true});
    }
    PatternError error;
    const auto set = PatternSet::Build(patterns, &error);
    ASSERT_NE(set, nullptr) << error.message;
    for (int texts = 0; texts < 40; ++texts) {
      const std::string text = texts == 0 ? std::string() : word(30);
      std::vector<uint32_t> wanted;
      for (uint32_t i = 0; i < patterns.size(); ++i) {
        const Pattern& p = patterns[i];
        const bool there = p.nocase ? Lower(text).find(Lower(p.text)) != std::string::npos
                                    : text.find(p.text) != std::string::npos;
        if (there) wanted.push_back(i);
      }
      ASSERT_EQ(FindIn(*set, text), wanted) << round << " " << texts;
      hits += wanted.size();
    }
  }
  EXPECT_GT(hits, 1000u);
}

TEST(PatternSet, LiteralsAndExpressionsStandTogether) {
  PatternError error;
  const auto set = PatternSet::Build({{"^a+b", false, false},
                                      {"^a+b", false, true},
                                      {"X[0-9]{2}$|y", true, false},
                                      {"same", false, true},
                                      {"same", false, true},
                                      {"a", false, true}},
                                     &error);
  ASSERT_NE(set, nullptr) << error.message;
  EXPECT_EQ(FindIn(*set, "aaab"), (std::vector<uint32_t>{0, 5}));
  EXPECT_EQ(FindIn(*set, "q^a+b"), (std::vector<uint32_t>{1, 5}));
  EXPECT_EQ(FindIn(*set, "x12"), (std::vector<uint32_t>{2}));
  EXPECT_EQ(FindIn(*set, "Y samesame"), (std::vector<uint32_t>{2, 3, 4, 5}));
  EXPECT_EQ(FindIn(*set, ""), std::vector<uint32_t>{});
  EXPECT_EQ(set->patterns().size(), 6u);
}

TEST(PatternSet, SaysWhyAPatternCannotBeUsed) {
  EXPECT_EQ(PatternSet::WhyUnusable({"a.c", false, false}), "");
  EXPECT_EQ(PatternSet::WhyUnusable({"(", false, true}), "");
  EXPECT_NE(PatternSet::WhyUnusable({"(", false, false}), "");
  EXPECT_NE(PatternSet::WhyUnusable({"a*", false, false}), "");
  EXPECT_NE(PatternSet::WhyUnusable({"", false, true}), "");
}

TEST(PatternSet, WithoutAPreparedScratchNothingIsFound) {
  PatternError error;
  const auto set = PatternSet::Build({{"a", false, true}}, &error);
  Scratch scratch;
  Collected found;
  set->Find("a", &scratch, &found);
  EXPECT_TRUE(found.numbers.empty());
  EXPECT_FALSE(set->Matches("a", &scratch));
  const auto none = PatternSet::Build({}, &error);
  ASSERT_NE(none, nullptr);
  EXPECT_EQ(FindIn(*none, "a"), std::vector<uint32_t>{});
}

TEST(PatternSet, ANarrowedOneScansOnlyWhatMayHoldItsPatterns) {
  PatternError error;
  const auto set = PatternSet::Build({{"xyz", false, false}, {"abc", false, false}}, &error);
  ASSERT_NE(set, nullptr);
  const auto narrow = set->NarrowedTo({1});
  EXPECT_EQ(&narrow->patterns(), &set->patterns());
  EXPECT_EQ(FindIn(*narrow, "abc"), std::vector<uint32_t>{1});
  EXPECT_EQ(FindIn(*narrow, "xyz"), std::vector<uint32_t>{});
  EXPECT_EQ(FindIn(*narrow, "xyz abc"), (std::vector<uint32_t>{0, 1}));
}

TEST(PatternSet, AListGivesItsPatternsAndASingleOneNeedNotBeCompiled) {
  const auto list = Make(Kind::kPattern, {"a.c", "b"}, true);
  ASSERT_EQ(list->patterns().size(), 2u);
  EXPECT_EQ(list->patterns()[0].text, "a.c");
  EXPECT_TRUE(list->patterns()[1].nocase);
  EXPECT_EQ(FindIn(*list->pattern_set(), "xB"), (std::vector<uint32_t>{1}));
  EntryError error;
  const auto single = List::Uncompiled(false, {{"a.c", 1, 1}}, &error);
  ASSERT_NE(single, nullptr);
  EXPECT_EQ(single->patterns().size(), 1u);
  EXPECT_EQ(single->pattern_set(), nullptr);
  Scratch scratch;
  EXPECT_TRUE(single->Prepare(&scratch));
  EXPECT_FALSE(single->Contains("abc", &scratch));
  EXPECT_EQ(List::Uncompiled(false, {{"a", 3, 1}, {"(", 4, 2}}, &error), nullptr);
  EXPECT_FALSE(error.message.empty());
  EXPECT_EQ(error.line, 4u);
  EXPECT_EQ(error.column, 2u);
}

}  // namespace
}  // namespace sipward::lists
