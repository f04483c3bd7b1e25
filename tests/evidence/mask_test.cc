#include "evidence/mask.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sipward::evidence {
namespace {

constexpr MaskKey kKey = {1, 2, 3};
constexpr MaskKey kOther = {1, 2, 4};

TEST(Mask, WhoHasTheKeyReadsThePseudonym) {
  std::set<std::string> all;
  for (size_t size = 1; size < 200; ++size) {
    const std::string text(size, static_cast<char>(size));
    const std::string pseudonym = Mask(kKey, text);
    EXPECT_EQ(Unmask(kKey, pseudonym), text);
    EXPECT_EQ(Unmask(kOther, pseudonym), std::nullopt);
    EXPECT_EQ(pseudonym[0], '~');
    EXPECT_EQ(pseudonym.find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 1),
              pseudonym.npos);
    all.insert(pseudonym);
  }
  EXPECT_EQ(all.size(), 199u);
}

TEST(Mask, WhatIsEqualLooksEqualUnderOneKey) {
  EXPECT_EQ(Mask(kKey, "+12025550100"), Mask(kKey, "+12025550100"));
  EXPECT_NE(Mask(kKey, "+12025550100"), Mask(kKey, "+12025550101"));
  EXPECT_NE(Mask(kKey, "+12025550100"), Mask(kOther, "+12025550100"));
  EXPECT_EQ(Mask(kKey, ""), "");
}

TEST(Mask, NobodyElseMakesAPseudonym) {
  const std::string pseudonym = Mask(kKey, "alice");
  for (size_t at = 0; at < pseudonym.size(); ++at) {
    std::string changed = pseudonym;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(Unmask(kKey, changed), std::nullopt) << at;
    EXPECT_EQ(Unmask(kKey, pseudonym.substr(0, at)), std::nullopt) << at;
  }
  for (const char* text : {"", "~", "alice", "~~", "~AAAA", "~AAAAAAAAAAAAAAAAAAAAAA", "~****"}) {
    EXPECT_EQ(Unmask(kKey, text), std::nullopt) << text;
  }
}

TEST(Mask, KeysDiffer) { EXPECT_NE(MakeMaskKey(), MakeMaskKey()); }

}  // namespace
}  // namespace sipward::evidence
