#include <gtest/gtest.h>

#include <random>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

TEST(PrefixList, MatchesWhatBeginsWithAnEntry) {
  const auto list = Make(Kind::kPrefix, {"+1900", "4490", "449", "0"});
  ASSERT_NE(list, nullptr);
  for (const char* in : {"1900", "+19005550100", "449", "+4491", "4490", "0", "00441632960001"}) {
    EXPECT_TRUE(list->Contains(in, nullptr)) << in;
  }
  for (const char* out :
       {"", "+", "190", "44", "++1900", "1-900", "x1900", " 1900", "441", "+190a"}) {
    EXPECT_FALSE(list->Contains(out, nullptr)) << out;
  }
}

TEST(PrefixList, AgreesWithEachEntryAskedInTurn) {
  std::mt19937 random(4);
  const auto digits = [&](size_t length) {
    std::string text;
    while (text.size() < length) text += static_cast<char>('0' + random() % 10);
    return text;
  };
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) texts.push_back(digits(2 + random() % 6));
  const auto list = Make(Kind::kPrefix, texts);
  ASSERT_NE(list, nullptr);
  for (int i = 0; i < 20000; ++i) {
    const std::string number = digits(random() % 9);
    bool expected = false;
    for (const std::string& text : texts) expected |= number.compare(0, text.size(), text) == 0;
    ASSERT_EQ(list->Contains(number, nullptr), expected) << number;
  }
}

TEST(PrefixList, SaysWhatIsWrong) {
  EXPECT_EQ(ErrorOf(Kind::kPrefix, {"+"}).message, "a prefix needs at least one digit");
  for (const char* bad : {"1-900", "12a", "++1", "1 2", "1+"}) {
    EXPECT_EQ(ErrorOf(Kind::kPrefix, {bad}).message,
              "a prefix consists of digits, with or without a + in front");
  }
  EXPECT_NE(Make(Kind::kPrefix, {std::string(64, '1')}), nullptr);
  EXPECT_EQ(ErrorOf(Kind::kPrefix, {"1", std::string(65, '1')}).line, 2u);
}

TEST(PrefixList, EmptyMatchesNothing) {
  const auto list = Make(Kind::kPrefix, {});
  EXPECT_FALSE(list->Contains("1", nullptr));
  EXPECT_FALSE(list->Contains("", nullptr));
}

}  // namespace
}  // namespace sipward::lists
