// What is read of each format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/support.h"

namespace sipward::records {
namespace {

using testing::ElementsAre;

constexpr char kFreeswitch[] =
    R"("Ann","1001","493012345678","default","2026-03-01 10:00:00","2026-03-01 10:00:05",)"
    R"("2026-03-01 10:01:05","65","60","NORMAL_CLEARING","6f0b4c1e-1","7a-2","acme","PCMA","PCMA")";
constexpr char kKamailio[] =
    "INVITE,a1,b2,c3@192.0.2.1,200,OK,2026-03-01 10:00:00,1001,example.com,192.0.2.1,"
    "00493012345678,493012345678,carrier.example.com";
constexpr char kOwn[] =
    "start,answer,end,duration,billsec,disposition,account,trunk,direction,caller,caller_name,"
    "callee,source_ip,user_agent,call_id,cost\n"
    "2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,65,60,ANSWERED,acme,carrier-a,"
    "outbound,+49301,Ann,+49302,192.0.2.1,Phone/1,c3,1.234567\n";

KeptRecord Only(std::string_view text, const Options& options = {}) {
  const auto rows = ReadAll(text, options);
  EXPECT_EQ(rows.size(), 1u) << text;
  return rows.empty() ? KeptRecord(Record()) : rows[0];
}

TEST(Formats, Asterisk) {
  AsteriskRow row;
  const KeptRecord kept = Only(row.Text());
  EXPECT_EQ(kept.record.reason, Reason::kNone);
  EXPECT_EQ(kept.record.format, Format::kAsterisk);
  EXPECT_EQ(kept.record.start, kMarchFirstTen);
  EXPECT_EQ(kept.record.duration, 60 * kSecond);
  EXPECT_EQ(kept.record.ring, 5 * kSecond);
  EXPECT_TRUE(kept.record.answered);
  EXPECT_EQ(kept.record.code, 200);
  EXPECT_EQ(kept.record.direction, Direction::kUnknown);
  EXPECT_EQ(kept.account, "1001");
  EXPECT_EQ(kept.caller, "1001");
  EXPECT_EQ(kept.caller_name, "Ann");
  EXPECT_EQ(kept.callee, "493012345678");
  EXPECT_EQ(kept.trunk, "carrier-a");
  EXPECT_EQ(kept.id, "1772359200.1");
  EXPECT_FALSE(kept.record.cost.has_value());
}

TEST(Formats, TheAccountOfAnAsteriskRecord) {
  AsteriskRow row;
  row.account = "acme";
  EXPECT_EQ(Only(row.Text()).account, "acme");
  row.account.clear();
  row.channel = "PJSIP/trunk-a-00000012";
  EXPECT_EQ(Only(row.Text()).account, "trunk-a");
  row.channel = "Local/1001@from-internal-00000003;1";
  row.src = "1002";
  EXPECT_EQ(Only(row.Text()).account, "1002");
  row.channel = "sofia/internal/1003@pbx.example.com";
  EXPECT_EQ(Only(row.Text()).account, "1003");
}

// Over a trunk, or from outside, comes nobody's account; else who calls stands for one.
TEST(Formats, TheAccountOfARecordWithoutOne) {
  const auto account = [](const char* columns, const char* values) {
    return Only(std::string(columns) + "\n2026-03-01T10:00:00Z,60,+4930123," + values + "\n")
        .account;
  };
  EXPECT_EQ(account("start,duration,caller,callee", "+44201234567"), "+4930123");
  EXPECT_EQ(account("start,duration,caller,callee,account", "+44201234567,"), "+4930123");
  EXPECT_EQ(account("start,duration,caller,callee,trunk", "+44201234567,carrier-a"), "+4930123");
  EXPECT_EQ(account("start,duration,caller,callee,account,trunk", "+44201234567,,carrier-a"), "");
  EXPECT_EQ(account("start,duration,caller,callee,account,trunk", "+44201234567,a,carrier-a"), "a");
  EXPECT_EQ(account("start,duration,caller,callee,direction", "+44201234567,inbound"), "");
  EXPECT_EQ(account("start,duration,caller,callee,direction", "+44201234567,outbound"), "+4930123");
}

TEST(Formats, WhatAnAsteriskCallCameTo) {
  AsteriskRow row;
  row.answer.clear();
  row.billsec = "0";
  row.disposition = "BUSY";
  const KeptRecord busy = Only(row.Text());
  EXPECT_FALSE(busy.record.answered);
  EXPECT_EQ(busy.record.code, 486);
  EXPECT_EQ(busy.record.duration, 0);
  EXPECT_EQ(busy.record.ring, 65 * kSecond);
}

TEST(Formats, AsteriskWithoutItsOptionalColumns) {
  const std::string text = AsteriskRow{}.Text();
  const std::string least = text.substr(0, text.find(",\"1772359200.1\""));
  const KeptRecord kept = Only(least);
  EXPECT_EQ(kept.record.reason, Reason::kNone);
  EXPECT_EQ(kept.id, "");
  EXPECT_EQ(kept.record.fingerprint, 0u);
}

TEST(Formats, ContextsOfCallsFromOutside) {
  AsteriskRow row;
  row.context = "from-trunk";
  EXPECT_EQ(Only(row.Text()).record.direction, Direction::kInbound);
}

TEST(Formats, ATrunkIsKnownByItsName) {
  AsteriskRow row;
  row.far_channel = "SIP/1002-00000001";
  EXPECT_EQ(Only(row.Text()).trunk, "");
  row.far_channel = "SIP/office-00000001";
  row.dst = "1002";
  EXPECT_EQ(Only(row.Text()).trunk, "");
}

TEST(Formats, Freeswitch) {
  const KeptRecord kept = Only(kFreeswitch);
  EXPECT_EQ(kept.record.reason, Reason::kNone);
  EXPECT_EQ(kept.record.format, Format::kFreeswitch);
  EXPECT_EQ(kept.record.start, kMarchFirstTen);
  EXPECT_EQ(kept.record.duration, 60 * kSecond);
  EXPECT_TRUE(kept.record.answered);
  EXPECT_EQ(kept.account, "acme");
  EXPECT_EQ(kept.caller, "1001");
  EXPECT_EQ(kept.caller_name, "Ann");
  EXPECT_EQ(kept.id, "6f0b4c1e-1");
}

TEST(Formats, FreeswitchCauses) {
  std::string text = kFreeswitch;
  text.replace(text.find("NORMAL_CLEARING"), 15, "UNALLOCATED_NUMBER");
  EXPECT_EQ(Only(text).record.code, 404);
  EXPECT_FALSE(Only(text).record.answered);
}

TEST(Formats, KamailioRows) {
  const KeptRecord kept = Only(kKamailio);
  EXPECT_EQ(kept.record.reason, Reason::kNone);
  EXPECT_EQ(kept.record.format, Format::kKamailio);
  EXPECT_EQ(kept.record.part, Part::kBegin);
  EXPECT_TRUE(kept.record.answered);
  EXPECT_EQ(kept.caller, "1001");
  EXPECT_EQ(kept.callee, "493012345678");
  EXPECT_EQ(kept.dialled, "00493012345678");
  EXPECT_EQ(kept.call_id, "c3@192.0.2.1");
  EXPECT_EQ(kept.record.source, IpAddress::Parse("192.0.2.1"));
  const auto rows = ReadAll(
      "id,method,from_tag,to_tag,callid,sip_code,sip_reason,time,src_user,dst_user\n"
      "1,INVITE,a,b,c,486,Busy,2026-03-01 10:00:00,1001,1002\n"
      "2,BYE,a,b,c,200,OK,2026-03-01 10:00:09,1001,1002\n"
      "3,MESSAGE,a,b,c,202,OK,2026-03-01 10:00:10,1001,1002\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].record.code, 486);
  EXPECT_FALSE(rows[0].record.answered);
  EXPECT_EQ(rows[1].record.part, Part::kEnd);
  EXPECT_EQ(rows[2].record.part, Part::kOther);
}

TEST(Formats, KamailioCdrs) {
  const auto rows = ReadAll(
      "cdr_id\tsrc_username\tdst_username\tstart_time\tend_time\tduration\tsip_call_id\n"
      "7\t1001\t+49301\t2026-03-01 10:00:00\t2026-03-01 10:01:00\t59.612\tc3\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].record.part, Part::kCall);
  EXPECT_EQ(rows[0].record.duration, 59'612 * kMillisecond);
  EXPECT_TRUE(rows[0].record.answered);
  EXPECT_EQ(rows[0].account, "1001");
  EXPECT_EQ(rows[0].call_id, "c3");
}

TEST(Formats, OwnCsv) {
  const KeptRecord kept = Only(kOwn, {.format = Format::kCsv});
  EXPECT_EQ(kept.record.reason, Reason::kNone);
  EXPECT_EQ(kept.record.line, 2u);
  EXPECT_EQ(kept.record.start, kMarchFirstTen);
  EXPECT_EQ(kept.record.duration, 60 * kSecond);
  EXPECT_EQ(kept.record.ring, 5 * kSecond);
  EXPECT_EQ(kept.record.direction, Direction::kOutbound);
  EXPECT_EQ(kept.record.cost, 1'234'567);
  EXPECT_EQ(kept.record.source, IpAddress::Parse("192.0.2.1"));
  EXPECT_EQ(kept.account, "acme");
  EXPECT_EQ(kept.trunk, "carrier-a");
  EXPECT_EQ(kept.caller, "+49301");
  EXPECT_EQ(kept.caller_name, "Ann");
  EXPECT_EQ(kept.callee, "+49302");
  EXPECT_EQ(kept.user_agent, "Phone/1");
  EXPECT_EQ(kept.call_id, "c3");
}

TEST(Formats, ColumnsInAnyOrderAndOthersBetween) {
  const auto rows = ReadAll(
      "Callee;note;Start;CALLER\n+49302;\"a;b\";1772359200.5;sip:+49301@example.com;user=phone\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.start, kMarchFirstTen + kSecond / 2);
  EXPECT_EQ(rows[0].caller, "+49301");
  EXPECT_EQ(rows[0].callee, "+49302");
  EXPECT_EQ(rows[0].account, "+49301");
}

TEST(Formats, LocalTime) {
  const std::string text = AsteriskRow{}.Text();
  EXPECT_EQ(Only(text, {.utc_offset = 2 * kHour}).record.start, kMarchFirstTen - 2 * kHour);
  EXPECT_EQ(Only(kOwn, {.utc_offset = 2 * kHour}).record.start, kMarchFirstTen);
}

TEST(Formats, AFileMayMixThem) {
  const std::string asterisk = AsteriskRow{}.Text() + "\n";
  const std::string text = asterisk + kFreeswitch + "\n" + kOwn + kKamailio + "\n" + asterisk +
                           "{\"start\":1772359200,\"caller\":\"1\"}\n" + asterisk;
  std::vector<Format> formats;
  for (const KeptRecord& kept : ReadAll(text)) {
    EXPECT_EQ(kept.record.reason, Reason::kNone);
    formats.push_back(kept.record.format);
  }
  EXPECT_THAT(formats,
              ElementsAre(Format::kAsterisk, Format::kFreeswitch, Format::kCsv, Format::kKamailio,
                          Format::kAsterisk, Format::kJsonLines, Format::kAsterisk));
}

TEST(Formats, TheFormatThatIsSaidIsTheOnlyOne) {
  EXPECT_THAT(Reasons(kFreeswitch, {.format = Format::kAsterisk}), ElementsAre("cut_off"));
  EXPECT_THAT(Reasons(kFreeswitch, {.format = Format::kCsv}), ElementsAre("unknown_format"));
  EXPECT_THAT(Reasons(kFreeswitch, {.format = Format::kJsonLines}), ElementsAre("json"));
}

TEST(Formats, AHeaderLineInFrontOfAnyFormat) {
  const std::string header =
      "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,"
      "duration,billsec,disposition,amaflags,uniqueid,userfield\n";
  const auto rows = ReadAll(header + AsteriskRow{}.Text(), {.format = Format::kAsterisk});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.reason, Reason::kNone);
  EXPECT_EQ(rows[0].record.line, 2u);
  EXPECT_EQ(rows[0].account, "1001");
}

TEST(Formats, MappedNames) {
  Reader reader({.format = Format::kCsv});
  EXPECT_TRUE(reader.MapName("Begin Time", Column::kStart));
  EXPECT_TRUE(reader.MapName("From", Column::kCaller));
  // A name that means something else without the mapping.
  EXPECT_TRUE(reader.MapName("account", Column::kTrunk));
  EXPECT_FALSE(reader.MapName("", Column::kEnd));
  EXPECT_FALSE(reader.MapName(std::string(65, 'x'), Column::kEnd));
  const auto rows = ReadAll("begin time,FROM,account\n1772359200,49301,carrier-a\n", reader);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].record.start, kMarchFirstTen);
  EXPECT_EQ(rows[0].caller, "49301");
  EXPECT_EQ(rows[0].trunk, "carrier-a");
}

TEST(Formats, MappedPlaces) {
  Reader reader({.format = Format::kCsv, .delimiter = ';'});
  EXPECT_TRUE(reader.MapPlace(3, Column::kStart));
  EXPECT_TRUE(reader.MapPlace(1, Column::kCallee));
  EXPECT_FALSE(reader.MapPlace(2, Column::kStart));
  EXPECT_FALSE(reader.MapPlace(0, Column::kEnd));
  EXPECT_FALSE(reader.MapPlace(257, Column::kEnd));
  const auto rows = ReadAll("49302;x;1772359200\n49303;x\n", reader);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].callee, "49302");
  EXPECT_EQ(rows[1].record.reason, Reason::kCutOff);
}

TEST(Formats, EqualRowsWithAnIdHaveEqualFingerprints) {
  AsteriskRow row;
  const uint64_t first = Only(row.Text()).record.fingerprint;
  EXPECT_NE(first, 0u);
  EXPECT_EQ(Only(row.Text() + "\r\n").record.fingerprint, first);
  row.billsec = "59";
  EXPECT_NE(Only(row.Text()).record.fingerprint, first);
}

TEST(Formats, ManyHeaderLines) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += "start,caller,x" + std::string(static_cast<size_t>(i % 2), 'y');
    for (int j = 0; j < i; ++j) text += ",z";
    text += "\n";
  }
  EXPECT_THAT(Reasons(text), ElementsAre("layouts", "layouts", "layouts", "layouts"));
}

TEST(Formats, ARowReadAgainIsTheSame) {
  const std::string text = kOwn + AsteriskRow{}.Text() + "\n" + kFreeswitch + "\n" + kOwn;
  Reader reader(Options{});
  const auto rows = ReadAll(text, reader);
  ASSERT_EQ(rows.size(), 4u);
  for (const KeptRecord& kept : rows) {
    Record again;
    reader.Again(std::string_view(text).substr(kept.record.offset, kept.record.size),
                 kept.record.layout, &again);
    EXPECT_EQ(again.reason, Reason::kNone);
    EXPECT_EQ(again.start, kept.record.start);
    EXPECT_EQ(again.duration, kept.record.duration);
    EXPECT_EQ(again.callee, kept.callee);
    EXPECT_EQ(again.account, kept.account);
    EXPECT_EQ(again.fingerprint, kept.record.fingerprint);
  }
  Record again;
  reader.Again("x", 99, &again);
  EXPECT_EQ(again.reason, Reason::kUnknownFormat);
}

}  // namespace
}  // namespace sipward::records
