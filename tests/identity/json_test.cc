#include "identity/json.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

namespace sipward::identity {
namespace {

// A parsed text that owns its octets.
class Parsed {
 public:
  explicit Parsed(std::string text, const JsonLimits& limits = {})
      : text_(std::move(text)), json_(std::make_unique<Json>()) {
    reason_ = json_->Parse(text_, limits);
  }
  std::string_view reason() const { return Describe(reason_).name; }
  JsonValue root() const { return json_->root(); }
  bool canonical() const { return json_->canonical(); }
  std::string Written() const {
    std::array<char, Json::kMostText> out;
    return {out.data(), root().WriteCanonical(out)};
  }

 private:
  std::string text_;
  std::unique_ptr<Json> json_;
  Reason reason_ = Reason::kInternal;
};

std::string_view ReasonOf(std::string text, const JsonLimits& limits = {}) {
  return Parsed(std::move(text), limits).reason();
}

std::string Nested(int depth) {  // so many objects and arrays, the outermost object counted
  return "{\"a\":" + std::string(static_cast<size_t>(depth - 1), '[') +
         std::string(static_cast<size_t>(depth - 1), ']') + "}";
}

TEST(JsonTest, ReadsEveryKindOfValue) {
  const Parsed json(
      R"({"a":"x","b":[1,-2,3.5e1],"c":{"d":null,"e":true},"f":false,"g":[],"h":{}})");
  ASSERT_EQ(json.reason(), "OK");
  const JsonValue root = json.root();
  EXPECT_EQ(root.size(), 6u);
  EXPECT_EQ(root.Find("a").text(), "x");
  EXPECT_EQ(root.Find("b").size(), 3u);
  EXPECT_EQ(root.Find("b").First().Next().integer(), -2);
  EXPECT_FALSE(root.Find("b").First().Next().Next().integer());
  EXPECT_TRUE(root.Find("c").Find("d").present());
  EXPECT_EQ(root.Find("c").Find("e").type(), JsonType::kTrue);
  EXPECT_EQ(root.Find("g").size(), 0u);
  EXPECT_FALSE(root.Find("h").First().present());
  EXPECT_FALSE(root.Find("z").present());
  EXPECT_TRUE(json.canonical());
}

TEST(JsonTest, SyntaxIsThatOfTheRfc) {
  for (const char* text : {"",
                           " ",
                           "[]",
                           "\"a\"",
                           "1",
                           "null",
                           "{",
                           "{}x",
                           "{}{}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{,\"a\":1}",
                           "{a:1}",
                           "{'a':1}",
                           "{\"a\":01}",
                           "{\"a\":+1}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":1e}",
                           "{\"a\":-}",
                           "{\"a\":[1,]}",
                           "{\"a\":[,1]}",
                           "{\"a\":[1 2]}",
                           "{\"a\":tru}",
                           "{\"a\":NaN}",
                           "{\"a\":\"x}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12g4\"}",
                           "{\"a\":\"\\u12\"}",
                           "{\"a\":\"\t\"}",
                           "\xef\xbb\xbf{}",
                           "{\"a\":1}\xa0",
                           "{\"a\":[1}}",
                           "{\"a\":1]",
                           "{} //"}) {
    EXPECT_EQ(ReasonOf(text), "JSON_SYNTAX") << text;
  }
  for (const char* text : {"{}", " {\t\"a\" :\r\n0 } ", "{\"a\":-0.0E+1}", "{\"a\":[[],{}]}"}) {
    EXPECT_EQ(ReasonOf(text), "OK") << text;
  }
}

TEST(JsonTest, EscapesMeanWhatTheyStandFor) {
  const Parsed json(R"({"\u0061":"\/\\\"\u00e9\u20ac\ud83d\ude00"})");
  ASSERT_EQ(json.reason(), "OK");
  EXPECT_EQ(json.root().Find("a").text(), "/\\\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
}

TEST(JsonTest, TextsAreUtf8) {
  for (const char* text : {"{\"a\":\"\xff\"}", "{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\xed\xa0\x80\"}",
                           "{\"a\":\"\xf4\x90\x80\x80\"}", "{\"a\":\"\xe2\x82\"}",
                           "{\"a\":\"\xe0\x80\xaf\"}", R"({"a":"\ud800"})", R"({"a":"\ud800x"})",
                           R"({"a":"\udc00"})", R"({"a":"\ud800\ud800"})", R"({"\udfff":1})"}) {
    EXPECT_EQ(ReasonOf(text), "JSON_UTF8") << text;
  }
}

TEST(JsonTest, ControlCharactersAreRefusedBehindEscapes) {
  for (const char* text :
       {R"({"a":"\u0000"})", R"({"a":"x\ny"})", R"({"a":"\u001f"})", R"({"\t":1})"}) {
    EXPECT_EQ(ReasonOf(text), "JSON_CONTROL") << text;
  }
  EXPECT_EQ(ReasonOf(R"({"a":"\u0020\u007f"})"), "OK");
}

TEST(JsonTest, NamesAreComparedByWhatTheyMean) {
  for (const char* text : {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"({"b":1,"a":2,"b":3})",
                           R"({"x":{"b":1,"c":[{"d":0}],"b":1}})", R"({"":1,"":2})"}) {
    EXPECT_EQ(ReasonOf(text), "JSON_DUP_KEY") << text;
  }
  EXPECT_EQ(ReasonOf(R"({"b":{"a":1},"a":{"b":1}})"), "OK");
}

TEST(JsonTest, LimitsHoldAtTheirValueAndNotBeyond) {
  EXPECT_EQ(ReasonOf(Nested(8)), "OK");
  EXPECT_EQ(ReasonOf(Nested(9)), "JSON_DEPTH");
  EXPECT_EQ(ReasonOf(Nested(17), {.depth = 100}), "JSON_DEPTH");
  std::string members = "{\"0\":0";
  for (int i = 1; i < 64; ++i) members += ",\"" + std::to_string(i) + "\":0";
  EXPECT_EQ(ReasonOf(members + "}"), "OK");
  EXPECT_EQ(ReasonOf(members + ",\"x\":0}"), "JSON_LIMIT");
  EXPECT_EQ(ReasonOf("{\"a\":\"" + std::string(2048, 'x') + "\"}"), "OK");
  EXPECT_EQ(ReasonOf("{\"a\":\"" + std::string(2049, 'x') + "\"}"), "JSON_LIMIT");
  EXPECT_EQ(ReasonOf("{\"a\":" + std::string(32, '1') + "}"), "OK");
  EXPECT_EQ(ReasonOf("{\"a\":" + std::string(33, '1') + "}"), "JSON_LIMIT");
}

TEST(JsonTest, ThereIsRoomForWhateverFits) {
  std::string text = "{\"\":[1";
  while (text.size() + 4 <= Json::kMostText) text += ",1";
  text += "]}";
  EXPECT_EQ(ReasonOf(text), "OK");
  EXPECT_EQ(ReasonOf(text + std::string(8, ' ')), "JSON_LIMIT");
}

TEST(JsonTest, CanonicalIsWithoutSpaceAndInOrder) {
  EXPECT_TRUE(Parsed(R"({"a":1,"b":{"c":"\/"}})").canonical());
  EXPECT_FALSE(Parsed(R"({"a": 1})").canonical());
  EXPECT_FALSE(Parsed(R"({"a":1} )").canonical());
  EXPECT_FALSE(Parsed(R"({"b":1,"a":1})").canonical());
  EXPECT_FALSE(Parsed(R"({"a":[{"d":1,"c":1}]})").canonical());
}

TEST(JsonTest, WritesTheCanonicalForm) {
  EXPECT_EQ(
      Parsed(R"( { "b" : [ 1.50 , "\/\"\\\u00e9" ] , "a" : { "z":null, "y" : true } } )").Written(),
      "{\"a\":{\"y\":true,\"z\":null},\"b\":[1.50,\"/\\\"\\\\\xc3\xa9\"]}");
  std::array<char, 8> small;
  EXPECT_EQ(Parsed(R"({"a":"xyz"})").root().WriteCanonical(small), 0u);
}

TEST(JsonTest, PointersLeadWhereTheySay) {
  const Parsed json(R"({"a/b":{"m~n":[10,[20]]},"":{"":7}})");
  const JsonValue root = json.root();
  EXPECT_EQ(root.Follow("/a~1b/m~0n/1/0").text(), "20");
  EXPECT_EQ(root.Follow("//").text(), "7");
  EXPECT_TRUE(root.Follow("").is_object());
  for (const char* pointer : {"a", "/x", "/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/-",
                              "/a~1b/m~0n/0/0", "/a~1b/m~0n/", "/a~2b", "/a~"}) {
    EXPECT_FALSE(root.Follow(pointer).present()) << pointer;
  }
}

}  // namespace
}  // namespace sipward::identity
