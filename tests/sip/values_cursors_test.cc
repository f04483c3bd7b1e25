#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Params(std::string_view input, char separator = ';') {
  const Text text(input);
  std::vector<std::string> found;
  ParamCursor cursor(text.base(), text.slice(), separator);
  for (Param param; cursor.Next(&param);) {
    found.push_back(std::string(param.name.In(text.base())) +
                    (param.value.present() ? "=" + std::string(param.value.In(text.base())) : ""));
  }
  return found;
}

std::vector<std::string> Values(std::string_view input) {
  const Text text(input);
  std::vector<std::string> found;
  ValueCursor cursor(text.base(), text.slice());
  for (Slice value; cursor.Next(&value);) {
    EXPECT_TRUE(value.present());
    found.emplace_back(value.In(text.base()));
  }
  return found;
}

TEST(ParamCursorTest, TrimsNamesAndValues) {
  EXPECT_THAT(Params("; a ;b = c\r\n ;d=\"e;f\" "), ElementsAre("a", "b=c", "d=\"e;f\""));
  EXPECT_THAT(Params("a=;b"), ElementsAre("a=", "b"));
  EXPECT_THAT(Params("a=b=c;=d"), ElementsAre("a=b=c", "=d"));
}

TEST(ParamCursorTest, SkipsEmptyParameters) {
  EXPECT_THAT(Params(";;,;,,"), ElementsAre(",", ",,"));
  EXPECT_THAT(Params(" ; ; "), ElementsAre());
  EXPECT_THAT(Params(""), ElementsAre());
}

TEST(ParamCursorTest, QuotesAndBracketsHideSeparators) {
  EXPECT_THAT(Params("a=\"\\\";\";b=<x;y>;c"), ElementsAre("a=\"\\\";\"", "b=<x;y>", "c"));
  EXPECT_THAT(Params("a=\"x;b"), ElementsAre("a=\"x;b"));
  EXPECT_THAT(Params("a=\"x\\"), ElementsAre("a=\"x\\"));
  EXPECT_THAT(Params("\"a=b\";c"), ElementsAre("\"a=b\"", "c"));
}

TEST(ParamCursorTest, TakesOtherSeparators) {
  EXPECT_THAT(Params("a=1&b&c=", '&'), ElementsAre("a=1", "b", "c="));
  EXPECT_THAT(Params("realm=\"a,b\", qop=auth", ','), ElementsAre("realm=\"a,b\"", "qop=auth"));
}

TEST(ParamCursorTest, OfAnAbsentSliceThereIsNone) {
  ParamCursor cursor("", Slice{});
  Param param;
  EXPECT_FALSE(cursor.Next(&param));
}

TEST(ValueCursorTest, CutsAtCommasOutsideQuotesAndBrackets) {
  EXPECT_THAT(Values("a , b\r\n ,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Values("\"x,\\\"y\" <sip:a,b>,<sip:c>"),
              ElementsAre("\"x,\\\"y\" <sip:a,b>", "<sip:c>"));
  EXPECT_THAT(Values("\"x, y"), ElementsAre("\"x, y"));
  EXPECT_THAT(Values("<x, y"), ElementsAre("<x, y"));
}

TEST(ValueCursorTest, EmptyValuesArePresentAndEmpty) {
  EXPECT_THAT(Values(""), ElementsAre(""));
  EXPECT_THAT(Values(",a, ,"), ElementsAre("", "a", "", ""));
}

TEST(ValueCursorTest, OfAnAbsentSliceThereIsNone) {
  ValueCursor cursor("", Slice{});
  Slice value;
  EXPECT_FALSE(cursor.Next(&value));
}

}  // namespace
}  // namespace sipward::sip::values_test
