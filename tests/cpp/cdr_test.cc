#include <gtest/gtest.h>
#include <sipward/cdr.h>
#include <sipward/engine.h>

#include <chrono>
#include <string>

namespace sipward {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr char kRows[] =
    "start,answer,end,account,caller,callee,call_id\n"
    "2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,acme,+49301,+493012345678,c1\n"
    "never,,,acme,1,2,c2\n";

TEST(CallRecords, RowsGoodAndBad) {
  const Rates rates = Rates::Read("prefix,rate_per_minute,increment_seconds\n49,0.06,60\n").value();
  CallRecordReader::Options options;
  options.rates = &rates;
  auto reader = CallRecordReader::Create(options);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->Push(kRows), sizeof kRows - 1);
  const auto row = reader->Next();
  ASSERT_TRUE(row.has_value());
  EXPECT_TRUE(row->good());
  EXPECT_EQ(row->line(), 2u);
  EXPECT_EQ(row->format(), CallRecordFormat::kCsv);
  EXPECT_EQ(row->part(), CallRecord::Part::kCall);
  EXPECT_EQ(row->start().time_since_epoch(), seconds(1'772'359'200));
  EXPECT_EQ(row->duration(), minutes(1));
  EXPECT_EQ(row->ring(), seconds(5));
  EXPECT_TRUE(row->answered());
  EXPECT_EQ(row->code(), 200u);
  EXPECT_EQ(row->direction(), Direction::kUnknown);
  EXPECT_EQ(row->cost()->millionths, 60'000);
  EXPECT_EQ(row->price()->millionths, 60'000);
  EXPECT_EQ(row->account(), "acme");
  EXPECT_EQ(row->caller(), "+49301");
  EXPECT_EQ(row->callee(), "+493012345678");
  EXPECT_EQ(row->id(), "c1");
  EXPECT_EQ(row->call_id(), "c1");
  EXPECT_NE(row->fingerprint(), 0u);
  EXPECT_TRUE(row->trunk().empty() && row->caller_name().empty() && row->dialled().empty() &&
              row->user_agent().empty());
  const uint64_t fingerprint = row->fingerprint();
  const CallRecord again =
      reader->Again(std::string_view(kRows).substr(row->offset(), row->size()), row->layout());
  EXPECT_TRUE(again.good());
  EXPECT_EQ(again.fingerprint(), fingerprint);
  const auto bad = reader->Next();
  ASSERT_TRUE(bad.has_value());
  EXPECT_FALSE(bad->good());
  EXPECT_EQ(bad->reason(), "time");
  EXPECT_FALSE(bad->reason_sentence().empty());
  EXPECT_FALSE(reader->Next().has_value());
  reader->Finish();
  EXPECT_EQ(reader->Push("x"), 0u);
  EXPECT_FALSE(reader->Next().has_value());
}

TEST(CallRecords, AreEventsForRules) {
  const Rules rules =
      Rules::FromText("r.ward",
                      "version 1\nrule long_call {\n  on cdr\n  when duration > 50s and "
                      "callee.number.country == \"DE\" and (account ?? \"\") == \"acme\"\n  then "
                      "alert\n}\n")
          .value();
  const State state = State::Create({}).value();
  Inspector inspector = Inspector::Create(Engine::Create(rules, state).value()).value();
  auto reader = CallRecordReader::Create();
  static_cast<void>(reader->Push(kRows));
  const auto row = reader->Next();
  HostEvent event(EventKind::kCdr);
  row->ToEvent(&event);
  EXPECT_EQ(event.kind(), EventKind::kCdr);
  EXPECT_TRUE(event.proven);
  EXPECT_EQ(event.wall.time_since_epoch(), seconds(1'772'359'200));
  const Verdict verdict = inspector.Inspect(event);
  EXPECT_TRUE(verdict.alert());
}

TEST(CallRecords, ColumnsAreMapped) {
  CallRecordReader::Options options;
  options.format = CallRecordFormat::kCsv;
  options.delimiter = ';';
  options.utc_offset = std::chrono::hours(1);
  auto reader = CallRecordReader::Create(options);
  EXPECT_TRUE(reader->Map("Begin", "start").ok());
  EXPECT_TRUE(reader->Map("To", "callee").ok());
  EXPECT_EQ(reader->Map("x", "nothing").code(), StatusCode::kField);
  static_cast<void>(reader->Push("begin;to\n2026-03-01 11:00:00;+49302\n"));
  const auto row = reader->Next();
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->start().time_since_epoch(), seconds(1'772'359'200));
  EXPECT_EQ(row->callee(), "+49302");

  auto places = CallRecordReader::Create(options);
  EXPECT_TRUE(places->Map(2, "start").ok());
  EXPECT_EQ(places->Map(2, "start").code(), StatusCode::kLimit);
  static_cast<void>(places->Push("x;1772359200\n"));
  EXPECT_TRUE(places->Next()->good());
}

TEST(CallRecords, RatesSayWhatIsWrong) {
  Rates::Problem problem;
  const auto rates = Rates::Read("49,0.02,60\n4x,0.02,60\n", &problem);
  ASSERT_FALSE(rates.ok());
  EXPECT_EQ(rates.error().status.code(), StatusCode::kRates);
  EXPECT_EQ(problem.line, 2u);
  EXPECT_EQ(problem.column, 1u);
  EXPECT_FALSE(problem.message.empty());
}

TEST(CallRecords, RatesAreFound) {
  auto rates = Rates::Read("49,0.02,60\n");
  const auto found = rates->Find("+4930", seconds(61));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->per_minute.millionths, 20'000);
  EXPECT_EQ(found->increment, minutes(1));
  EXPECT_EQ(found->cost.millionths, 40'000);
  EXPECT_FALSE(rates->Find("33", seconds(1)).has_value());
}

TEST(CallRecords, FormatsHaveNames) {
  EXPECT_EQ(Name(CallRecordFormat::kAuto), "auto");
  EXPECT_EQ(Name(CallRecordFormat::kJsonLines), "jsonl");
}

}  // namespace
}  // namespace sipward
