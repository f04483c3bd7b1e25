#include <gtest/gtest.h>

#include "tests/lists/helpers.h"

namespace sipward::lists {
namespace {

bool Finds(const std::vector<std::string>& patterns, std::string_view text, bool nocase = false) {
  const auto list = Make(Kind::kPattern, patterns, nocase);
  if (list == nullptr) {
    ADD_FAILURE() << "refused";
    return false;
  }
  Scratch scratch;
  EXPECT_TRUE(list->Prepare(&scratch));
  return list->Contains(text, &scratch);
}

TEST(PatternList, FindsAnEntryAnywhere) {
  const std::vector<std::string> scanners = {"friendly-scanner", "^sip(vicious|cli)", "v\\d+\\.x$"};
  EXPECT_TRUE(Finds(scanners, "a friendly-scanner b"));
  EXPECT_TRUE(Finds(scanners, "sipcli/1"));
  EXPECT_TRUE(Finds(scanners, "agent v12.x"));
  EXPECT_FALSE(Finds(scanners, "my sipcli"));
  EXPECT_FALSE(Finds(scanners, "friendly scanner"));
  EXPECT_FALSE(Finds(scanners, ""));
}

TEST(PatternList, NocaseIsAsked) {
  EXPECT_FALSE(Finds({"sipvicious"}, "SIPVicious"));
  EXPECT_TRUE(Finds({"sipvicious"}, "SIPVicious", true));
}

TEST(PatternList, WorksOnBytes) {
  EXPECT_TRUE(Finds({"a.b"}, "a\nb"));
  EXPECT_TRUE(Finds({"a.b"}, std::string("a\0b", 3)));
  EXPECT_TRUE(Finds({"\\x00\\xFF"}, std::string("x\0\xFFy", 4)));
  EXPECT_TRUE(Finds({"^.$"}, "\xC3"));
  EXPECT_FALSE(Finds({"^.$"}, "\xC3\xA4"));
}

TEST(PatternList, RefusesWhatDoesNotCompileAtItsPlace) {
  for (const char* bad : {"*", "(", "[a", "a{2,1}", "(?=x)y", "(a)\\1", "a\\"}) {
    const std::vector<std::string> texts = {"fine", bad};  // entries are views
    std::vector<Entry> entries = Inline(texts);
    entries[1].line = 7;
    entries[1].column = 3;
    EntryError error;
    EXPECT_EQ(List::Build(Kind::kPattern, false, entries, &error), nullptr) << bad;
    EXPECT_EQ(error.line, 7u) << bad;
    EXPECT_EQ(error.column, 3u) << bad;
    EXPECT_EQ(error.message.rfind("the pattern cannot be used: ", 0), 0u) << error.message;
  }
}

TEST(PatternList, RefusesWhatMatchesTheEmptyText) {
  for (const char* bad : {"a*", "x?", "()", ".*", "a|", "^b*"}) {
    const EntryError error = ErrorOf(Kind::kPattern, {"fine", bad});
    EXPECT_EQ(error.message, "the pattern matches the empty text and so would match everything")
        << bad;
    EXPECT_EQ(error.line, 2u);
  }
}

TEST(PatternList, RefusesZeroBytesAndLongPatterns) {
  EXPECT_EQ(ErrorOf(Kind::kPattern, {std::string("a\0b", 3)}).message,
            "a pattern cannot hold a zero byte; write \\x00");
  EXPECT_EQ(ErrorOf(Kind::kPattern, {std::string(4097, 'a')}).message,
            "a pattern has at most 4096 bytes");
}

TEST(PatternList, EmptyMatchesNothingAndRepeatsAreFine) {
  EXPECT_FALSE(Finds({}, "x"));
  EXPECT_TRUE(Finds({"x", "x"}, "x"));
}

TEST(PatternList, OneScratchServesManyLists) {
  const auto first = Make(Kind::kPattern, {"abc", "x[0-9]+y"});
  const auto second = Make(Kind::kPattern, {"q.*z", "bcd"});
  Scratch scratch;
  ASSERT_TRUE(first->Prepare(&scratch));
  ASSERT_TRUE(second->Prepare(&scratch));
  ASSERT_TRUE(first->Prepare(&scratch));
  Scratch moved = std::move(scratch);
  EXPECT_TRUE(first->Contains("x1y", &moved));
  EXPECT_TRUE(second->Contains("abcd", &moved));
  EXPECT_FALSE(second->Contains("x1y", &moved));
}

TEST(PatternList, WithoutAScratchNothingIsFound) {
  const auto list = Make(Kind::kPattern, {"abc"});
  Scratch unprepared;
  EXPECT_FALSE(list->Contains("abc", nullptr));
  EXPECT_FALSE(list->Contains("abc", &unprepared));
}

}  // namespace
}  // namespace sipward::lists
