#include "rules/lexer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/time.h"

namespace sipward::rules {
namespace {

struct Lexed {
  std::vector<Token> tokens;
  std::vector<Diagnostic> diagnostics;
};

Lexed Lex(std::string_view text) {
  Diagnostics diagnostics(20);
  Lexer lexer(diagnostics.AddSource("t", text), &diagnostics);
  Lexed lexed;
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    token.text = {};  // points into a source that ends here
    lexed.tokens.push_back(std::move(token));
  }
  lexed.diagnostics = diagnostics.Sorted();
  return lexed;
}

TEST(Lexer, NamesJoinWithDots) {
  const Lexed lexed = Lex("src.ip a.1 b.");
  ASSERT_EQ(lexed.tokens.size(), 6u);  // a dot that joins nothing is an error
  EXPECT_EQ(lexed.tokens[0].span.length, 6u);
  EXPECT_EQ(lexed.tokens[1].span.length, 1u);
  EXPECT_EQ(lexed.tokens[2].kind, TokenKind::kError);
}

TEST(Lexer, NumbersAndDurationsHaveTheirValues) {
  const Lexed lexed = Lex("0 0x1F 1.5 500ms 2s 10m 1h 7d");
  ASSERT_EQ(lexed.tokens.size(), 8u);
  EXPECT_EQ(lexed.tokens[1].number, 31);
  EXPECT_EQ(lexed.tokens[2].real, 1.5);
  EXPECT_EQ(lexed.tokens[3].number, 500 * kMillisecond);
  EXPECT_EQ(lexed.tokens[4].number, 2 * kSecond);
  EXPECT_EQ(lexed.tokens[5].number, 10 * kMinute);
  EXPECT_EQ(lexed.tokens[6].number, kHour);
  EXPECT_EQ(lexed.tokens[7].number, 7 * kDay);
  EXPECT_TRUE(lexed.diagnostics.empty());
}

TEST(Lexer, EscapesBecomeBytes) {
  const Lexed lexed = Lex(R"("a\"\\\n\r\t\x00\xfF")");
  ASSERT_EQ(lexed.tokens.size(), 1u);
  EXPECT_EQ(lexed.tokens[0].value, std::string("a\"\\\n\r\t\0\xff", 8));
}

TEST(Lexer, CommentsAndByteOrderMarkAreSkipped) {
  const Lexed lexed = Lex("\xef\xbb\xbf# one\n  x # two\n");
  ASSERT_EQ(lexed.tokens.size(), 1u);
  EXPECT_TRUE(lexed.tokens[0].first_on_line);
}

TEST(Lexer, LongestOperatorWins) {
  const Lexed lexed = Lex("?? ? == = <= <");
  const std::vector<TokenKind> wanted = {TokenKind::kCoalesce,  TokenKind::kQuestion,
                                         TokenKind::kEqual,     TokenKind::kAssign,
                                         TokenKind::kLessEqual, TokenKind::kLess};
  ASSERT_EQ(lexed.tokens.size(), wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(lexed.tokens[i].kind, wanted[i]) << i;
}

TEST(Lexer, BadTokensAreNamed) {
  struct Case {
    std::string text;
    const char* code;
  };
  const Case cases[] = {{"@", "R101"},
                        {"'x'", "R101"},
                        {"\"x", "R102"},
                        {"\"x\ny\"", "R102"},
                        {"\"\\q\"", "R103"},
                        {"\"\\x1\"", "R103"},
                        {"5x", "R104"},
                        {"0xg", "R104"},
                        {"1.5s", "R104"},
                        {"10.0.0.1", "R104"},
                        {"99999999999999999999", "R104"},
                        {"9223372036854775807d", "R104"},
                        {"\"" + std::string(4097, 'a') + "\"", "R404"}};
  for (const Case& c : cases) {
    const Lexed lexed = Lex(c.text);
    ASSERT_FALSE(lexed.diagnostics.empty()) << c.text.substr(0, 20);
    EXPECT_EQ(lexed.diagnostics[0].code, c.code) << c.text.substr(0, 20);
    EXPECT_EQ(lexed.tokens[0].kind, TokenKind::kError);
  }
}

TEST(Lexer, LongestTextIsAccepted) {
  EXPECT_TRUE(Lex("\"" + std::string(4096, 'a') + "\"").diagnostics.empty());
}

TEST(CleanText, RefusesWhatIsNotUtf8) {
  size_t at = 0;
  EXPECT_TRUE(IsCleanText("plain \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80", &at));
  for (std::string bad : {std::string("a\0b", 3), std::string("a\x80"), std::string("a\xc0\x80"),
                          std::string("a\xe0\x80\x80"), std::string("a\xed\xa0\x80"),
                          std::string("a\xf4\x90\x80\x80"), std::string("a\xe2\x82")}) {
    at = 99;
    EXPECT_FALSE(IsCleanText(bad, &at));
    EXPECT_EQ(at, 1u);
  }
}

}  // namespace
}  // namespace sipward::rules
