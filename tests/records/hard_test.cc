// Rows as damaged disks, careless exports and attackers leave them: every one is counted, and none
// takes another with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

using testing::ElementsAre;

const std::string kGood = AsteriskRow{}.Text();

std::string Lines(std::initializer_list<std::string> rows) {
  std::string out;
  for (const std::string& row : rows) out += row + "\n";
  return out;
}

TEST(HardRows, NegativeDuration) {
  AsteriskRow row;
  row.billsec = "-5";
  EXPECT_THAT(Reasons(Lines({kGood, row.Text(), kGood})), ElementsAre("ok", "negative", "ok"));
  row.billsec = "60";
  row.duration = "-1";
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("negative"));
}

TEST(HardRows, ThirtyHoursAreBelievedIfTheTimesSayTheSame) {
  AsteriskRow row;
  row.duration = "108005";
  row.billsec = "108000";
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("long"));
  row.end = "2026-03-02 16:00:05";
  const auto rows = ReadAll(row.Text());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].record.duration, 30 * kHour);
  row.end.clear();
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("long"));
}

TEST(HardRows, ThirtyHoursOverTheHourThatIsTwice) {
  AsteriskRow row;
  row.start = row.answer = "2026-10-24 12:00:00";
  row.end = "2026-10-25 17:00:00";
  row.duration = row.billsec = "108000";
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("ok"));
}

TEST(HardRows, MoreThanAMonthIsNoCall) {
  AsteriskRow row;
  row.start = row.answer = "2026-01-01 00:00:00";
  row.end = "2026-02-02 00:00:00";
  row.duration = row.billsec = std::to_string(32 * 86'400);
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("long"));
}

TEST(HardRows, NewlinesInsideQuotes) {
  AsteriskRow row;
  row.clid = "\"one\r\ntwo\nthree\"";
  const auto rows = ReadAll(Lines({kGood, row.Text(), kGood}));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].record.reason, Reason::kNone);
  EXPECT_EQ(rows[1].caller_name, "one\r\ntwo\nthree");
  EXPECT_EQ(rows[1].record.line, 2u);
  EXPECT_EQ(rows[2].record.line, 5u);
}

TEST(HardRows, NulIsDamage) {
  AsteriskRow row;
  row.account = std::string("12\0", 3);
  const std::string block(512, '\0');
  EXPECT_THAT(Reasons(Lines({kGood, row.Text(), block, kGood})),
              ElementsAre("ok", "nul", "nul", "ok"));
}

TEST(HardRows, Latin1StaysAsItIs) {
  AsteriskRow row;
  row.clid = "\"J\xF6rg\"";
  const auto rows = ReadAll(row.Text());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].caller_name, "J\xF6rg");
}

TEST(HardRows, LastLineWithoutAnEnd) {
  EXPECT_THAT(Reasons(kGood + "\n" + kGood), ElementsAre("ok", "ok"));
}

TEST(HardRows, CarriageReturns) {
  const auto rows = ReadAll(kGood + "\r\n\r\n" + kGood + "\r\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].record.line, 3u);
  EXPECT_EQ(rows[1].record.size, kGood.size());
  EXPECT_EQ(rows[1].id, "1772359200.1");
}

TEST(HardRows, ByteOrderMarkAndEmptyLines) {
  const auto rows = ReadAll("\xEF\xBB\xBF" + kGood + "\n\n  \n" + kGood + "\n\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].record.line, 1u);
  EXPECT_EQ(rows[0].record.offset, 3u);
  EXPECT_EQ(rows[1].record.line, 4u);
}

TEST(HardRows, CutOff) {
  const std::string words = "\"\",\"1001\",\"493012345678\",\"from-internal\"";
  EXPECT_THAT(Reasons(Lines({kGood, words, kGood})), ElementsAre("ok", "cut_off", "ok"));
  // In the middle of a text in quotes, at the end of the file and before it.
  EXPECT_THAT(Reasons(Lines({kGood, kGood.substr(0, 30), kGood})),
              ElementsAre("ok", "quotes", "ok"));
  EXPECT_THAT(Reasons(kGood + "\n" + kGood.substr(0, 30)), ElementsAre("ok", "quotes"));
}

TEST(HardRows, AQuoteThatIsNotClosedTakesNoOtherRow) {
  AsteriskRow row;
  row.clid = "\"Ann";
  EXPECT_THAT(Reasons(Lines({kGood, row.Text(), kGood, kGood})),
              ElementsAre("ok", "quotes", "ok", "ok"));
  // Nor does it where no quote follows at all.
  std::string plain = "start,account,caller,callee,duration\n\"2026-03-01 10:00:00Z,1,2,3,4\n";
  for (int i = 0; i < 10'000; ++i) plain += "2026-03-01 10:00:00Z,1,2,3,4\n";
  const auto reasons = Reasons(plain);
  EXPECT_EQ(reasons.size(), 10'001u);
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), "ok"), 10'000);
}

TEST(HardRows, AbsurdTimes) {
  for (const char* time :
       {"1832-01-01 00:00:00", "2350-01-01 00:00:00", "2026-13-01 00:00:00", "2026-02-29 00:00:00",
        "2026-03-01 25:00:00", "99999999999999999999", "yesterday", "-5"}) {
    AsteriskRow row;
    row.start = time;
    EXPECT_THAT(Reasons(Lines({kGood, row.Text()})), ElementsAre("ok", "time")) << time;
  }
}

TEST(HardRows, EndBeforeBeginning) {
  AsteriskRow row;
  row.end = "2026-03-01 08:00:00";
  EXPECT_THAT(Reasons(row.Text()), ElementsAre("order"));
  // Local time that went back by an hour is no mistake: the duration is what counts.
  row.end = "2026-03-01 09:01:05";
  const auto rows = ReadAll(row.Text());
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].record.duration, 60 * kSecond);
}

TEST(HardRows, AMegabyteInOneField) {
  const std::string large(1'000'000, 'x');
  AsteriskRow row;
  row.account = large;
  EXPECT_THAT(Reasons(Lines({kGood, row.Text(), kGood})), ElementsAre("ok", "value_size", "ok"));
  // Where nobody asks for the field it does no harm.
  const std::string unused = kGood.substr(0, kGood.size() - 2) + "\"" + large + "\"";
  EXPECT_THAT(Reasons(Lines({kGood, unused, kGood})), ElementsAre("ok", "ok", "ok"));
}

TEST(HardRows, ARowBeyondTheMost) {
  const std::string fits(kMostRow, 'x');
  const auto rows = ReadAll(Lines({kGood, fits, fits + "x", kGood}));
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].record.reason, Reason::kCutOff);
  EXPECT_EQ(rows[2].record.reason, Reason::kRowSize);
  EXPECT_EQ(rows[3].record.reason, Reason::kNone);
  EXPECT_EQ(rows[3].record.line, 4u);
}

TEST(HardRows, QuotesInEveryWay) {
  AsteriskRow row;
  row.clid = R"("""Ann ""the boss"" Lee"" <1001>")";
  EXPECT_EQ(ReadAll(row.Text())[0].caller_name, R"(Ann "the boss" Lee)");
  row.clid = R"("Ann \"the boss\", Lee")";
  EXPECT_EQ(ReadAll(row.Text())[0].caller_name, R"(Ann "the boss", Lee)");
  row.clid = R"("Ann "the boss" Lee")";
  EXPECT_EQ(ReadAll(row.Text())[0].caller_name, R"(Ann "the boss" Lee)");
  row.clid = R"("C:\")";
  EXPECT_EQ(ReadAll(row.Text())[0].caller_name, R"(C:\)");
}

TEST(HardRows, WhatIsNoRecordAtAll) {
  EXPECT_THAT(Reasons("hello\nworld,1,2\n{}\n{\"a\":1\n"),
              ElementsAre("unknown_format", "unknown_format", "no_start", "json"));
  EXPECT_THAT(Reasons(""), ElementsAre());
  EXPECT_THAT(Reasons("\n\n"), ElementsAre());
}

}  // namespace
}  // namespace sipward::records
