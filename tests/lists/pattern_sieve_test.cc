// What the sieve holds back, no pattern is found in.
#include "lists/pattern_sieve.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "lists/pattern_engine.h"

namespace sipward::lists {
namespace {

PatternSieve SieveOf(const std::string& pattern, bool nocase = false) {
  const std::vector<Pattern> patterns = {{pattern, nocase, false}};
  return PatternSieve(patterns);
}

TEST(PatternSieve, HoldsBackWhatCannotMatch) {
  const auto held = [](const std::string& pattern, const std::string& text) {
    return !SieveOf(pattern).LetsThrough(text);
  };
  EXPECT_TRUE(held("('|%27)\\s*;\\s*(drop|delete)\\b", "alice"));
  EXPECT_TRUE(held("('|%27)\\s*;\\s*(drop|delete)\\b", "'alice'"));
  EXPECT_FALSE(held("('|%27)\\s*;\\s*(drop|delete)\\b", "';drop"));
  EXPECT_TRUE(held("^[0-9a-f]{32}$", "0123456789abcdef"));
  EXPECT_TRUE(held("^[0-9a-f]{3}$", "abcde"));
  EXPECT_FALSE(held("^[0-9a-f]{3}$", "abc\n"));
  EXPECT_TRUE(held("^(python|curl)[-/ ]", "gopher/1.0 python"));
  EXPECT_FALSE(held("^(python|curl)[-/ ]", "curl/7"));
  EXPECT_TRUE(held("^z9hG4bK-[0-9]{1,10}$", "z9hG4bK123"));
  EXPECT_TRUE(held("a{3}", "aa"));
  EXPECT_TRUE(held("[^a]b", "a"));
}

TEST(PatternSieve, LetsThroughWhatItDoesNotRead) {
  for (const char* pattern : {"(?i)x", "\\Qx\\E", "[[:alpha:]]x", "x\\x{41}", "x\\hy", "[]x]y"}) {
    EXPECT_TRUE(SieveOf(pattern).LetsThrough("1")) << pattern;
  }
  EXPECT_TRUE(SieveOf("x").LetsThrough(std::string(PatternSieve::kLongestText + 1, 'a')));
  EXPECT_TRUE(PatternSieve(std::vector<Pattern>(65, Pattern{"x"})).LetsThrough("a"));
  EXPECT_TRUE(PatternSieve({}).LetsThrough("a"));
}

TEST(PatternSieve, FoldsLettersIfCaseDoesNotCount) {
  EXPECT_TRUE(SieveOf("^ab", true).LetsThrough("AB"));
  EXPECT_TRUE(SieveOf("[^a]", true).LetsThrough("b"));
  EXPECT_TRUE(SieveOf("[^b-z]", true).LetsThrough("A"));
  EXPECT_FALSE(SieveOf("^ab").LetsThrough("AB"));
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string Pattern(int depth = 0) {
    std::string pattern;
    if (random_() % 5 == 0) pattern += "^";
    for (auto parts = 1 + random_() % 3; parts > 0; --parts) {
      pattern += random_() % 10 == 0 ? Pick({"\\b", "\\B"}) : Atom(depth) + Quantifier();
    }
    if (random_() % 5 == 0) pattern += "$";
    if (random_() % 4 == 0) pattern += "|" + Pattern(depth);
    return pattern;
  }
  std::string Text() {
    std::string text;
    for (auto length = 1 + random_() % 9; length > 0; --length) {
      text += Pick({"a", "b", "c", "A", "B", "1", "2", "\n", "\v", "\xE4", "\xC4", "-", "%", "]"});
    }
    return text;
  }
  bool Nocase() { return random_() % 2 == 0; }

 private:
  std::string Atom(int depth) {
    if (depth < 3 && random_() % 4 == 0) return "(" + Pattern(depth + 1) + ")";
    return Pick({"a",      "b",       "c",      "1",   ".",     "[ab]", "[^a]",
                 "\\d",    "\\w",     "\\W",    "\\S", "\\xE4", "%27",  "\\s",
                 "[b-d1]", "[^\\d-]", "(?:b1)", "%",   "\\n",   "B",    "]"});
  }
  std::string Quantifier() {
    return Pick({"", "", "", "", "+", "*", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "*?"});
  }
  std::string Pick(const std::vector<const char*>& choices) {
    return choices[random_() % choices.size()];
  }

  std::mt19937 random_;
};

TEST(PatternSieve, NeverHoldsBackWhatAScanFinds) {
  Generator generator(5);
  size_t held = 0, asked = 0, matched = 0;
  for (int round = 0; round < 1500; ++round) {
    const Pattern pattern = {generator.Pattern(), generator.Nocase(), false};
    if (!PatternSet::WhyUnusable(pattern).empty()) continue;
    const PatternSieve sieve(std::vector<Pattern>{pattern});
    PatternEngine::Failure failure;
    const auto engine = PatternEngine::Compile({&pattern, 1}, &failure);
    ASSERT_NE(engine, nullptr) << pattern.text << failure.message;
    std::unique_ptr<PatternScratch> scratch;
    ASSERT_TRUE(engine->Prepare(&scratch));
    for (int i = 0; i < 60; ++i) {
      const std::string text = generator.Text();
      const bool found = engine->Matches(text, scratch.get());
      const bool through = sieve.LetsThrough(text);
      ASSERT_TRUE(through || !found) << pattern.text << ' ' << ::testing::PrintToString(text);
      ++asked;
      held += through ? 0 : 1;
      matched += found ? 1 : 0;
    }
  }
  EXPECT_GT(held, asked / 5);
  EXPECT_GT(matched, asked / 5);
}

}  // namespace
}  // namespace sipward::lists
