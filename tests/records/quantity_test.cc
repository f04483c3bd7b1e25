#include "records/quantity.h"

#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

constexpr Nanos kNever = INT64_MIN;

// The time, 0 for none, kNever for what cannot be read.
Nanos TimeOf(std::string_view text, Nanos offset = 0) {
  Nanos time = 0;
  return TimeReader(offset).Time(text, &time) == Read::kBad ? kNever : time;
}
Nanos DurationOf(std::string_view text) {
  Nanos duration = 0;
  return Duration(text, &duration) == Read::kBad ? kNever : duration;
}
int64_t MoneyOf(std::string_view text) {
  int64_t money = 0;
  return Money(text, &money) == Read::kBad ? kNever : money;
}

TEST(Times, EveryWayToWriteOne) {
  for (const char* text :
       {"2026-03-01 10:00:00", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00z",
        "2026/03/01 10:00:00", "2026-03-01T11:00:00+01:00", "2026-03-01 05:30:00-0430",
        "2026-03-01 12:00:00 +02", "2026-03-01 10:00:00.000", "2026-03-01 10:00:00 UTC",
        "1772359200", "1772359200.0", "1772359200000", "1772359200000000"}) {
    EXPECT_EQ(TimeOf(text), kMarchFirstTen) << text;
  }
  EXPECT_EQ(TimeOf("2026-03-01 10:00:00.25"), kMarchFirstTen + kSecond / 4);
  EXPECT_EQ(TimeOf("2026-03-01 09:59:60"), kMarchFirstTen - kSecond);
}

TEST(Times, AnOffsetIsForTimesWithoutAZone) {
  EXPECT_EQ(TimeOf("2026-03-01 12:00:00", 2 * kHour), kMarchFirstTen);
  EXPECT_EQ(TimeOf("2026-03-01 10:00:00Z", 2 * kHour), kMarchFirstTen);
  EXPECT_EQ(TimeOf("1772359200", 2 * kHour), kMarchFirstTen);
}

TEST(Times, None) {
  for (const char* text : {"", "0", "0.0", "0000-00-00 00:00:00", "2000-01-01 00:00:00"}) {
    EXPECT_EQ(TimeOf(text), 0) << text;
  }
}

TEST(Times, Mistakes) {
  for (const char* text :
       {"2026-02-29 10:00:00", "2026-00-01 10:00:00", "2026-03-32 10:00:00", "2026-03-01 24:00:00",
        "2026-03-01 10:60:00", "2026-03-01 10:00:61", "2026-03-01_10:00:00", "2026-03-01 10:00:00x",
        "2026-03-01 10:00:00+16:00", "2026-03-01 10:00:00+1", "2026-03/01 10:00:00", "17723592OO",
        "1989-12-31 23:59:59", "2100-01-01 00:00:00", "123456789012345678901", "4102444800"}) {
    EXPECT_EQ(TimeOf(text), kNever) << text;
  }
}

TEST(Times, LeapDays) {
  EXPECT_EQ(TimeOf("2024-03-01 00:00:00") - TimeOf("2024-02-29 00:00:00"), kDay);
  EXPECT_EQ(TimeOf("2026-03-01 00:00:00") - TimeOf("2026-02-28 00:00:00"), kDay);
}

TEST(Times, EveryDayFollowsTheOneBefore) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  TimeReader reader(0);
  Nanos expected = TimeOf("1990-01-01 00:00:00");
  for (int year = 1990; year < 2100; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const int days = kDays[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0);
      for (int day = 1; day <= days; ++day) {
        char text[80];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d 00:00:00", year, month, day);
        if (std::string_view(text) != "2000-01-01 00:00:00") {
          Nanos time = 0;
          ASSERT_EQ(reader.Time(text, &time), Read::kOk) << text;
          ASSERT_EQ(time, expected) << text;
        }
        expected += kDay;
      }
    }
  }
}

TEST(Durations, Read) {
  EXPECT_EQ(DurationOf("65"), 65 * kSecond);
  EXPECT_EQ(DurationOf("0.25"), kSecond / 4);
  EXPECT_EQ(DurationOf("-3"), -3 * kSecond);
  EXPECT_EQ(DurationOf("1:05"), 65 * kSecond);
  EXPECT_EQ(DurationOf("01:01:05"), 3665 * kSecond);
  EXPECT_EQ(DurationOf(""), 0);
  for (const char* text :
       {"x", "1x", "1:60", "1:2:3:4", "10000000000", "9999999999999999999", "--1"}) {
    EXPECT_EQ(DurationOf(text), kNever) << text;
  }
}

TEST(Amounts, Read) {
  EXPECT_EQ(MoneyOf("1.25"), 1'250'000);
  EXPECT_EQ(MoneyOf("1,25"), 1'250'000);
  EXPECT_EQ(MoneyOf(".05"), 50'000);
  EXPECT_EQ(MoneyOf("0.0000001"), 1);
  EXPECT_EQ(MoneyOf("0.0000010"), 1);
  EXPECT_EQ(MoneyOf("3"), 3'000'000);
  for (const char* text : {"-1", "x", "1.2.3", "1000000000001", ".", "99999999999999999999"}) {
    EXPECT_EQ(MoneyOf(text), kNever) << text;
  }
}

TEST(StatusCodes, Read) {
  EXPECT_EQ(StatusCode("486"), 486);
  for (const char* text : {"", "099", "700", "20", "2000", "2x0"}) EXPECT_EQ(StatusCode(text), 0);
}

}  // namespace
}  // namespace sipward::records
