#include "records/rates.h"

#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

std::string MistakeOf(std::string_view text) {
  RateError error;
  if (Rates::Read(text, &error)) return "";
  return std::to_string(error.line) + ":" + std::to_string(error.column) + ": " + error.message;
}

Rates Made(std::string_view text) {
  RateError error;
  auto rates = Rates::Read(text, &error);
  EXPECT_TRUE(rates.has_value()) << error.message;
  return *std::move(rates);
}

TEST(Rates, TheLongestPrefixWins) {
  const Rates rates = Made(
      "prefix,rate_per_minute,increment_seconds\n# Germany\n49,0.02,60\n\n+4930,0.01,1\n1, 0.1 , "
      "6\n");
  EXPECT_EQ(rates.size(), 3u);
  EXPECT_EQ(rates.Find("4940123")->per_minute, 20'000);
  EXPECT_EQ(rates.Find("+4930123")->per_minute, 10'000);
  EXPECT_EQ(rates.Find("4930123")->increment, kSecond);
  EXPECT_EQ(rates.Find("1"), &*rates.Find("12"));
  EXPECT_EQ(rates.Find("33"), nullptr);
  EXPECT_EQ(rates.Find(""), nullptr);
  EXPECT_EQ(rates.Find("anonymous"), nullptr);
}

TEST(Rates, WhatIsBegunIsCharged) {
  const Rates::Rate minute{60'000, kMinute};
  EXPECT_EQ(Rates::CostOf(minute, 0), 0);
  EXPECT_EQ(Rates::CostOf(minute, -kSecond), 0);
  EXPECT_EQ(Rates::CostOf(minute, 1), 60'000);
  EXPECT_EQ(Rates::CostOf(minute, kMinute), 60'000);
  EXPECT_EQ(Rates::CostOf(minute, kMinute + 1), 120'000);
  const Rates::Rate second{60'000, kSecond};
  EXPECT_EQ(Rates::CostOf(second, 1500 * kMillisecond), 2'000);
  // A third of a millionth is one.
  EXPECT_EQ(Rates::CostOf({20, kSecond}, kSecond), 1);
  EXPECT_EQ(Rates::CostOf({1'000'000'000'000, kDay}, INT64_MAX), INT64_MAX);
}

TEST(Rates, Mistakes) {
  EXPECT_EQ(MistakeOf("49,0.02\n"), "1:1: a line is prefix,rate_per_minute,increment_seconds");
  EXPECT_EQ(MistakeOf("49,0.02,60\n49x,0.02,60\n"),
            "2:1: a prefix consists of digits, with or without a + in front");
  EXPECT_EQ(MistakeOf("49,-1,60\n"), "1:4: a rate is an amount per minute, as 0.25");
  EXPECT_EQ(MistakeOf("49,x,60\n"), "1:4: a rate is an amount per minute, as 0.25");
  EXPECT_EQ(MistakeOf("49,0.02,0\n"),
            "1:9: an increment is a number of seconds above 0, at most a day");
  EXPECT_EQ(MistakeOf("49,0.02,86401\n"),
            "1:9: an increment is a number of seconds above 0, at most a day");
  EXPECT_EQ(MistakeOf("49,\"0.02,60\n"), "1:4: this value is not closed");
  EXPECT_EQ(MistakeOf(""), "");
}

TEST(Rates, GiveRecordsACostThatHaveNone) {
  Reader reader(Options{});
  reader.SetRates(std::make_shared<const Rates>(Made("49,0.02,60\n")));
  const auto rows = ReadAll(
      "start,caller,callee,billsec,cost\n"
      "1772359200,1,4930,61,\n1772359200,1,4930,61,5\n1772359200,1,33,61,\n1772359200,1,4930,0,\n",
      reader);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].record.cost, 40'000);
  EXPECT_EQ(rows[0].record.price, 20'000);
  EXPECT_EQ(rows[1].record.cost, 5'000'000);
  EXPECT_EQ(rows[2].record.cost, std::nullopt);
  EXPECT_EQ(rows[3].record.cost, 0);
}

}  // namespace
}  // namespace sipward::records
