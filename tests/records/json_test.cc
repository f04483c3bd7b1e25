// Rows that are objects.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

using testing::ElementsAre;

TEST(JsonRows, ValuesOfEverySort) {
  const auto rows =
      ReadAll(R"( {"start" : "2026-03-01T10:00:00Z", "duration":65.5, "account":"acme","cost":0.5,)"
              R"("caller_name":"J\u00f6rg \"B\" \ud83d\ude00\n","callee":"+49302","trunk":null,)"
              R"("tags":[1,{"a":"}]"},[]],"paid":true} )");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].record.start, kMarchFirstTen);
  EXPECT_EQ(rows[0].record.duration, 65'500 * kMillisecond);
  EXPECT_EQ(rows[0].record.cost, 500'000);
  EXPECT_EQ(rows[0].account, "acme");
  EXPECT_EQ(rows[0].caller_name, "J\xC3\xB6rg \"B\" \xF0\x9F\x98\x80\n");
  EXPECT_EQ(rows[0].trunk, "");
}

TEST(JsonRows, WhatIsNoObject) {
  for (const char* text :
       {"[1]", "{", "{\"start\"}", "{\"start\":}", "{\"start\":1,}", "{\"start\":1}x",
        "{'start':1}", "{\"start\":tru}", "{\"a\":\"\\x\",\"start\":\"\\x\"}",
        "{\"start\":\"\\ud800\"}", "{\"start\":\"a\tb\"}", "{\"a\":[}]}", "{\"a\":[1}"}) {
    EXPECT_THAT(Reasons(text, {.format = Format::kJsonLines}), ElementsAre("json")) << text;
  }
}

TEST(JsonRows, DepthIsBounded) {
  const auto nested = [](size_t depth) {
    return "{\"start\":1772359200,\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_THAT(Reasons(nested(32) + "\n" + nested(33)), ElementsAre("ok", "json"));
}

TEST(JsonRows, TheFirstOfTwoCounts) {
  const auto rows = ReadAll(R"({"start":1772359200,"account":"a","account":"b"})");
  EXPECT_EQ(rows[0].account, "a");
}

TEST(JsonRows, LongTexts) {
  const std::string most(kMostText, 'x');
  EXPECT_THAT(Reasons("{\"start\":1772359200,\"account\":\"" + most + "\"}\n" +
                      "{\"start\":1772359200,\"account\":\"" + most + "x\"}\n" +
                      "{\"start\":1772359200,\"other\":\"" + most + "x\"}"),
              ElementsAre("ok", "value_size", "ok"));
}

}  // namespace
}  // namespace sipward::records
