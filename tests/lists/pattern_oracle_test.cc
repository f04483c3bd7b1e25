// Pattern lists against RE2, one pattern at a time.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

class Generator {
 public:
  std::string Pattern() {
    std::string pattern = random_() % 8 == 0 ? "^" : "";
    const auto parts = 1 + random_() % 4;
    for (unsigned i = 0; i < parts; ++i) {
      pattern += Atom();
      pattern += Pick({"", "", "", "+", "*", "?", "{2}", "{1,3}"});
    }
    return random_() % 6 == 0 ? pattern + "|" + Atom() : pattern;
  }
  std::string Text() {
    std::string text;
    const auto length = random_() % 12;
    for (unsigned i = 0; i < length; ++i)
      text += Pick({"a", "b", "c", "A", "1", "\n", "\xE4", "-"});
    return text;
  }

 private:
  std::string Atom() {
    return Pick({"a", "b", "c", "1", ".", "[ab]", "[^a]", "\\d", "\\w", "(ab|c)", "(?:b1)", "\\xE4",
                 "-", "\\s"});
  }
  std::string Pick(const std::vector<const char*>& choices) {
    return choices[random_() % choices.size()];
  }

  std::mt19937 random_{17};
};

TEST(PatternOracle, SameAnswersAsRe2) {
  Generator generator;
  int compared = 0, matched = 0;
  for (int round = 0; round < 150; ++round) {
    const bool nocase = round % 2 == 0;
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_dot_nl(true);
    options.set_case_sensitive(!nocase);
    std::vector<std::string> patterns;
    std::vector<std::unique_ptr<RE2>> oracles;
    for (int i = 0; i < 3; ++i) {
      const std::string pattern = generator.Pattern();
      auto oracle = std::make_unique<RE2>(pattern, options);
      ASSERT_TRUE(oracle->ok()) << pattern;
      const bool accepted = Make(Kind::kPattern, {pattern}, nocase) != nullptr;
      ASSERT_EQ(accepted, !RE2::PartialMatch("", *oracle)) << pattern;
      if (!accepted) continue;
      patterns.push_back(pattern);
      oracles.push_back(std::move(oracle));
    }
    const auto list = Make(Kind::kPattern, patterns, nocase);
    ASSERT_NE(list, nullptr);
    Scratch scratch;
    ASSERT_TRUE(list->Prepare(&scratch));
    for (int i = 0; i < 200; ++i) {
      const std::string text = generator.Text();
      bool expected = false;
      for (const auto& oracle : oracles) expected |= RE2::PartialMatch(text, *oracle);
      ASSERT_EQ(list->Contains(text, &scratch), expected)
          << ::testing::PrintToString(patterns) << ::testing::PrintToString(text);
      ++compared;
      matched += expected ? 1 : 0;
    }
  }
  EXPECT_GT(matched, compared / 10);
  EXPECT_LT(matched, compared * 99 / 100);
}

}  // namespace
}  // namespace sipward::lists
