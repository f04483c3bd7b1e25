#include "evidence/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace sipward::evidence {
namespace {

std::string Quoted(std::string_view bytes) {
  std::string json;
  AppendString(&json, bytes);
  return json;
}

std::string RandomBytes(std::mt19937* random) {
  constexpr std::string_view kPieces[] = {
      "\xF0\x9F\x98\x80", "\xEF\x9E\x80", "\xEF\x9F\xBF", "\xED\xA0\x80", "\xC3\xA9", "\xC0\x80",
      "\\u0041",          "\"",           "\\",           "\x7F",         "\xE2\x82"};
  std::string bytes;
  const size_t pieces = (*random)() % 12;
  for (size_t i = 0; i < pieces; ++i) {
    const size_t pick = (*random)() % 16;
    if (pick < std::size(kPieces)) {
      bytes += kPieces[pick];
    } else {
      bytes += static_cast<char>((*random)());
    }
  }
  return bytes;
}

TEST(Json, StringsAreReversibleWhateverTheyHold) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = RandomBytes(&random);
    const std::string json = Quoted(bytes);
    ASSERT_TRUE(std::all_of(json.begin(), json.end(), [](char c) { return c >= ' ' && c <= '~'; }))
        << json;
    ASSERT_EQ(TextOf(json), bytes) << json;
    ASSERT_TRUE(IsJson(json)) << json;
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string bytes(1, static_cast<char>(byte));
    EXPECT_EQ(TextOf(Quoted(bytes)), bytes) << byte;
  }
}

TEST(Json, CharactersStandAsOthersReadThem) {
  EXPECT_EQ(Quoted("a\"\\\n\x01"), R"("a\"\\\u000a\u0001")");
  EXPECT_EQ(Quoted("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), R"("\u00e9\u20ac\ud83d\ude00")");
  EXPECT_EQ(Quoted("\xFF"), R"("\uf7ff")");
  EXPECT_EQ(TextOf(R"("\b\f\n\r\t\/\u00E9")"), "\b\f\n\r\t/\xC3\xA9");
}

TEST(Json, WhatIsNoStringMeansNothing) {
  for (const std::string_view value :
       {"", "\"", "a", "1", "\"a", "a\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
        "\"\\ud83d\\u0041\"", "\"a\"b", "\"a\"\"", "\"\\u+123\""}) {
    EXPECT_EQ(TextOf(value), std::nullopt) << value;
  }
}

TEST(Json, AWriterPutsTheCommas) {
  std::string out;
  Writer json(&out);
  json.Begin('{');
  json.Key("a").Int(-1);
  json.Key("b").Begin('[');
  json.Bool(true);
  json.Null();
  json.Begin('{');
  json.End('}');
  json.Float(0.1);
  json.Float(std::numeric_limits<double>::infinity());
  json.Float(std::nan(""));
  json.End(']');
  json.Key("c").UInt(UINT64_MAX);
  json.Key("d").Base64("abc");
  json.Key("e").String("x");
  json.End('}');
  EXPECT_EQ(
      out,
      R"({"a":-1,"b":[true,null,{},0.1,null,null],"c":18446744073709551615,"d":"YWJj","e":"x"})");
  EXPECT_TRUE(IsJson(out));
}

TEST(Json, MembersAreFound) {
  constexpr std::string_view kJson = R"( { "a" : 1 , "b":[1,{"a":2}],"c":"}\"" , "a":3,"":null})";
  EXPECT_EQ(Find(kJson, "a"), "1");
  EXPECT_EQ(Find(kJson, "b"), R"([1,{"a":2}])");
  EXPECT_EQ(Find(kJson, "c"), R"("}\"")");
  EXPECT_EQ(Find(kJson, ""), "null");
  EXPECT_EQ(Find(kJson, "d"), "");
  EXPECT_EQ(Find("[1]", ""), "");
  EXPECT_EQ(IntOf(Find(kJson, "a")), 1);
  EXPECT_EQ(IntOf("9223372036854775808"), std::nullopt);
  EXPECT_EQ(IntOf("1.5"), std::nullopt);
  EXPECT_EQ(IntOf(""), std::nullopt);
}

size_t CountOf(std::string_view json, bool* whole) {
  Walk walk(json);
  std::string_view name, value;
  size_t count = 0;
  while (walk.Next(&name, &value)) ++count;
  *whole = walk.whole();
  return count;
}

TEST(Json, AWalkOfAnythingEndsAtTheFault) {
  bool whole = false;
  EXPECT_EQ(CountOf("[1,2,[3,4]]", &whole), 3u);
  EXPECT_TRUE(whole);
  EXPECT_EQ(CountOf("{}", &whole), 0u);
  EXPECT_TRUE(whole);
  for (const std::string_view json : {"", "1", "[", "{", "[1", "[1,", "[1,]", "[1 2]", "{\"a\"}",
                                      "{\"a\":}", "{a:1}", "{\"a\":1", "[[}", "[\"", "[}"}) {
    CountOf(json, &whole);
    EXPECT_FALSE(whole) << json;
  }
  const std::string deep = "[" + std::string(100, '[') + std::string(100, ']') + "]";
  EXPECT_EQ(CountOf(deep, &whole), 0u);
  EXPECT_FALSE(whole);
}

TEST(Json, WhatIsJsonAndWhatIsNot) {
  for (const std::string_view json : {"0", "-0.5", "10", "1e9", "1.5E-7", "true", "false", "null",
                                      "\"\"", "[]", "{}", R"({"a":[{"b":"\u00e9"}]})"}) {
    EXPECT_TRUE(IsJson(json)) << json;
  }
  for (const std::string_view json :
       {"",    "01",   "-",  "1.",         ".5",  "1e",           "+1",     "nul",         "NaN",
        "'a'", "[1,]", "[1", "{\"a\":01}", "[]]", "\"\xC3\xA9\"", "\"\n\"", "{\"\\x\":1}", "[}",
        " 1",  "1 "}) {
    EXPECT_FALSE(IsJson(json)) << json;
  }
}

TEST(Json, Base64AndHexGoBothWays) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = RandomBytes(&random);
    std::string json;
    AppendBase64(&json, bytes);
    EXPECT_EQ(BytesOfBase64(json), bytes);
    EXPECT_EQ(FromHex(ToHex(bytes)), bytes);
  }
  for (const std::string_view value :
       {"", "\"", "YWJj", "\"YWJ\"", "\"YQ\"", "\"YR==\"", "\"YWJj\n\"", "\"YW-j\""}) {
    EXPECT_EQ(BytesOfBase64(value), std::nullopt) << value;
  }
  for (const std::string_view hex : {"0", "0g", "00 ", "0x"}) EXPECT_EQ(FromHex(hex), std::nullopt);
}

}  // namespace
}  // namespace sipward::evidence
