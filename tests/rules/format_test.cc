// Layout: nothing is lost, and once is enough.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pack/pack.h"
#include "rules/lexer.h"
#include "tests/rules/support.h"

namespace sipward::rules {
namespace {

std::vector<std::string> Words(std::string_view text) {
  Diagnostics diagnostics(1);
  Lexer lexer(diagnostics.AddSource("", text), &diagnostics);
  std::vector<std::string> words;
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    words.emplace_back(token.text);
  }
  return words;
}

std::vector<std::string> Comments(std::string_view text) {
  std::vector<std::string> comments;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    if (quoted && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == '#' && !quoted) {
      std::string comment(text.substr(at, text.find('\n', at) - at));
      while (comment.back() == ' ' || comment.back() == '\r') comment.pop_back();
      comments.push_back(comment);
      at = std::min(text.find('\n', at), text.size());
    }
  }
  return comments;
}

void ExpectKept(std::string_view text) {
  const auto once = Format(text);
  ASSERT_TRUE(once) << text;
  EXPECT_EQ(Words(*once), Words(text)) << *once;
  EXPECT_EQ(Comments(*once), Comments(text)) << *once;
  EXPECT_EQ(Format(*once), once) << *once;
}

TEST(Format, SetsSpacesRight) {
  const auto formatted = Format(
      "version   1\n\n\n\n"
      "list irsf:prefix file \"i.csv\"   value risk : float,place : string  # by country\n"
      "list few : prefix[ \"1\" : -0.5,\"2\":( 1,\"x\" ) ]value risk:float\n"
      "define odd=not(src.port==1)and -src.port<-( 2+3 )\n"
      "define busy=rate( by src.ip over 2s )>max (src.port by src.ip over 1m)and has( account )\n"
      "# of the site\n"
      "rule a.b{\n"
      "meta{severity low why \"it is\" ref \"x\"}\n"
      "      on request , response where method==INVITE\n"
      "    # how many\n"
      "let n=count( by(src.ip,method)over 10m if code in[401,403]reset on code<300 )\n"
      "  when n>=3?true:false\n"
      "  or irsf [ruri.digits].risk??0>1\n"
      "  then drop,throttle 8 / s , score -5 on src.ip,\n"
      "alert\n"
      "\n"
      "}\n"
      "rule c { on request when true then alert }");
  ASSERT_TRUE(formatted);
  EXPECT_EQ(
      *formatted,
      "version 1\n"
      "\n"
      "list irsf : prefix file \"i.csv\" value risk:float, place:string  # by country\n"
      "list few : prefix [\"1\": -0.5, \"2\": (1, \"x\")] value risk:float\n"
      "define odd = not (src.port == 1) and -src.port < -(2 + 3)\n"
      "define busy = rate(by src.ip over 2s) > max(src.port by src.ip over 1m) and has(account)\n"
      "# of the site\n"
      "rule a.b {\n"
      "  meta { severity low  why \"it is\"  ref \"x\" }\n"
      "  on request, response where method == INVITE\n"
      "  # how many\n"
      "  let n = count(by (src.ip, method) over 10m if code in [401, 403] reset on code < 300)\n"
      "  when n >= 3 ? true : false\n"
      "    or irsf[ruri.digits].risk ?? 0 > 1\n"
      "  then drop, throttle 8/s, score -5 on src.ip,\n"
      "    alert\n"
      "}\n"
      "rule c { on request when true then alert }\n");
}

TEST(Format, KeepsEveryWordAndComment) {
  for (const pack::File& text : pack::Rules()) ExpectKept(text.text);
  ExpectKept("");
  ExpectKept("# only\n\n\n# comments");
  ExpectKept("version 1 # a\n# b\n\n\n# c\nrule t { # d\n # e\n\n # f\n}\n # g");
  ExpectKept("profile lab {\n for trunk==\"a\"\nmode report\noff a.b,c\n enforce d }\n");
  ExpectKept("import pack import \"a\"\noverride list x:exact[\"a\"]override rule a{mode report}");
  ExpectKept(
      "rule t { on request let b = bucket(rate 5 / s burst 3 by src.ip) when b then alert }");
}

// Whatever stands there: nothing is lost, and a second time changes nothing.
TEST(Format, KeepsRandomWords) {
  static constexpr const char* kPieces[] = {
      "rule",     "a.b",      "{",    "}",     "(",         ")",     "[",   "]",
      ",",        ":",        "?",    "??",    "=",         "==",    "-",   "+",
      "/",        "5",        "1.5",  "10m",   "\"a # b\"", "# c\n", "\n",  "\n\n\n",
      "meta",     "severity", "list", "value", "when",      "in",    "not", "rate",
      "throttle", "s",        ".x",   "test",  "define"};
  uint32_t state = 7;
  const auto next = [&] { return (state = state * 1664525 + 1013904223) >> 8; };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (uint32_t i = next() % 40; i > 0; --i) {
      text += kPieces[next() % std::size(kPieces)];
      text += next() % 4 == 0 ? "\n" : " ";
    }
    ExpectKept(text);
    if (HasFailure()) return;
  }
}

TEST(Format, RefusesWhatCannotBeRead) {
  for (const char* bad : {"rule 'a'", "\"open", "list a : \xff", "5x", "\"\\q\"", "a & b"}) {
    EXPECT_FALSE(Format(bad)) << bad;
  }
}

}  // namespace
}  // namespace sipward::rules
