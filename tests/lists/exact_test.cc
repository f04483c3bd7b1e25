#include <gtest/gtest.h>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

TEST(ExactList, MatchesTheWholeTextOnly) {
  const auto list = Make(Kind::kExact, {"911", "alice", std::string("a\0b", 3), "alice"});
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->size(), 4u);
  EXPECT_TRUE(list->Contains("911", nullptr));
  EXPECT_TRUE(list->Contains("alice", nullptr));
  EXPECT_TRUE(list->Contains(std::string_view("a\0b", 3), nullptr));
  for (const char* out : {"", "91", "9111", "Alice", "a"})
    EXPECT_FALSE(list->Contains(out, nullptr)) << out;
}

TEST(ExactList, NocaseFoldsAsciiOnly) {
  const auto list = Make(Kind::kExact, {"Alice", "\xC3\x84"}, true);
  EXPECT_TRUE(list->Contains("aLICE", nullptr));
  EXPECT_TRUE(list->Contains("\xC3\x84", nullptr));
  EXPECT_FALSE(list->Contains("\xC3\xA4", nullptr));
}

TEST(ExactList, FindsEachOfManyAndNothingElse) {
  std::vector<std::string> texts;
  for (int i = 0; i < 20000; ++i) texts.push_back("user" + std::to_string(i * 7));
  const auto list = Make(Kind::kExact, texts);
  for (int i = 0; i < 140000; ++i) {
    ASSERT_EQ(list->Contains("user" + std::to_string(i), nullptr), i % 7 == 0) << i;
  }
}

TEST(ExactList, EmptyMatchesNothingAndAnEmptyEntryIsRefused) {
  EXPECT_FALSE(Make(Kind::kExact, {})->Contains("", nullptr));
  EXPECT_EQ(ErrorOf(Kind::kExact, {""}).message, "the entry is empty");
}

}  // namespace
}  // namespace sipward::lists
