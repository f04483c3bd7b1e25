#include <gtest/gtest.h>

#include <random>

#include "sip/body.h"
#include "sip/body_lines.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

using namespace std::string_view_literals;

std::string TextNames(std::string_view type, std::string_view body, Charset charset) {
  const Text text(std::string(type) + std::string(body));
  const uint32_t length = static_cast<uint32_t>(type.size());
  AnomalyLog log = EmptyLog();
  BodyText out;
  ParseBodyText(text.base(), ReadMediaType(text.base(), {Text::kBefore, length}),
                {Text::kBefore + length, static_cast<uint32_t>(body.size())}, Limits{}, log, &out);
  EXPECT_EQ(out.charset, charset) << type;
  EXPECT_EQ(out.text.In(text.base()), body);
  return Names(log);
}

TEST(BodyTextTest, Utf8IsWhatIsNotSaid) {
  EXPECT_EQ(
      TextNames("text/plain", "Gr\xC3\xBC\xC3\x9F\x65, 0123456789 abcdef\r\n\tx", Charset::kUtf8),
      "");
  EXPECT_EQ(TextNames("text/plain", "01234567890\xFFx\xFE", Charset::kUtf8),
            "body.text_invalid@21");
  EXPECT_EQ(TextNames("text/plain;charset=\"UTF-8\"", "\xC0\x80", Charset::kUtf8),
            "body.text_invalid@26");
}

TEST(BodyTextTest, ControlsAreNamedWhereverTheyStand) {
  EXPECT_EQ(TextNames("text/plain", "abc\0abc\x1B"sv, Charset::kUtf8), "body.text_control@13");
  EXPECT_EQ(TextNames("text/plain", "\xC3\xBC\x7F", Charset::kUtf8), "body.text_control@12");
  EXPECT_EQ(TextNames("text/plain", "0123456789\x07", Charset::kUtf8), "body.text_control@20");
}

TEST(BodyTextTest, WhatMisleadsReadersIsNamed) {
  EXPECT_EQ(TextNames("text/plain",
                      "a\xE2\x80\xAE"
                      "b\xE2\x80\x8B",
                      Charset::kUtf8),
            "utf8.bidi@11 utf8.zero_width@15");
}

TEST(BodyTextTest, OtherCharsets) {
  EXPECT_EQ(TextNames("text/plain;charset=us-ascii", "a\xC3\xBC", Charset::kAscii),
            "body.text_invalid@28");
  EXPECT_EQ(TextNames("text/html; x=y; Charset=ISO-8859-1", "a\xFC", Charset::kLatin), "");
  EXPECT_EQ(TextNames("text/plain;charset=windows-1252", "a\x80\x01", Charset::kLatin),
            "body.text_control@33");
  EXPECT_EQ(TextNames("text/plain;charset=x-own", "a\xFC\0"sv, Charset::kUnknown),
            "body.charset_unknown@19");
  EXPECT_EQ(TextNames("text/plain;charset=iso-8859-", "", Charset::kUnknown),
            "body.charset_unknown@19");
}

TEST(MediaTypeTest, IsCutAtSlashAndSemicolon) {
  struct {
    std::string_view text, found;
  } const cases[] = {
      {"application/sdp", "type=application subtype=sdp"},
      {" Text / Plain ; charset=x ", "type=Text subtype=Plain params= charset=x"},
      {"text", "type=text"},
      {"text/", "type=text"},
      {"/plain", "subtype=plain"},
      {"text;a=b", "type=text params=a=b"},
      {"", ""},
  };
  for (const auto& c : cases) {
    const Text text(c.text);
    const MediaType media = ReadMediaType(text.base(), text.slice());
    EXPECT_EQ(Show(text.base(),
                   {{"type", media.type}, {"subtype", media.subtype}, {"params", media.params}}),
              c.found);
  }
}

TEST(BodyLinesTest, VectorsAndScalarsSayTheSame) {
  std::mt19937 random(2046);
  for (int i = 0; i < 2000; ++i) {
    char block[BodyLines::kBlock];
    for (char& c : block) c = "\r\n\0 xa\x80\xFF"[random() % 8];
    ASSERT_EQ(ClassifyBody(block), ClassifyBodyScalar(block));
  }
}

// Lines by the standard library, at every length around the size of a block.
TEST(BodyLinesTest, LinesAreThoseOfAPlainSearch) {
  std::mt19937 random(8866);
  for (int i = 0; i < 4000; ++i) {
    std::string text(random() % 200, ' ');
    for (char& c : text) c = "\r\nxyz\r\nxyzxyz\0"[random() % 15];
    const Slice all{0, static_cast<uint32_t>(text.size())};
    BodyLines lines(text.data(), all);
    std::string_view rest = text;
    Slice line;
    for (; !rest.empty();) {
      ASSERT_TRUE(lines.Next(&line));
      const size_t lf = rest.find('\n');
      std::string_view want = rest.substr(0, lf);
      if (lf != rest.npos && want.ends_with('\r')) want.remove_suffix(1);
      ASSERT_EQ(line.In(text.data()), want);
      rest = lf == rest.npos ? "" : rest.substr(lf + 1);
    }
    ASSERT_FALSE(lines.Next(&line));
    const size_t nul = text.find('\0');
    EXPECT_EQ(lines.nul(), nul == text.npos ? Slice::kAbsent : static_cast<uint32_t>(nul));
    size_t bare = 0;
    while (bare < text.size() && (text[bare] != '\r' || text.substr(bare + 1, 1) == "\n")) ++bare;
    EXPECT_EQ(lines.bare_cr(), bare == text.size() ? Slice::kAbsent : static_cast<uint32_t>(bare));
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
