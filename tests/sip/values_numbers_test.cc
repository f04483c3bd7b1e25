#include <gtest/gtest.h>

#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string ParsedCseq(const Text& text, AnomalyLog& log) {
  Cseq cseq;
  if (!ParseCseq(text.base(), text.slice(), log, &cseq)) return "nothing";
  return Show(text.base(), {{"number", cseq.number_text}, {"method", cseq.method_text}}) + " (" +
         std::to_string(cseq.number) + (cseq.number_valid ? "" : " invalid") + ")";
}

TEST(CseqTest, ReadsNumberAndMethod) {
  for (const Case& c : std::initializer_list<Case>{
           {"102 INVITE", "number=102 method=INVITE (102)", ""},
           {" 0009\r\n  INVITE ", "number=0009 method=INVITE (9)", ""},
           {"4294967295 ACK", "number=4294967295 method=ACK (4294967295)", ""},
           {"1 RE%47IST", "number=1 method=RE%47IST (1)", ""},
           {"1INVITE", "number=1 method=INVITE (1)", "cseq.malformed@1"},
           {"1", "number=1 (1)", "cseq.malformed@1"},
           {"1 INVITE x", "number=1 method=INVITE (1)", "cseq.malformed@8"},
           {"-1 INVITE", "nothing", "cseq.malformed@0"},
           {"INVITE", "nothing", "cseq.malformed@0"},
           {"", "nothing", "cseq.malformed@0"},
       }) {
    SCOPED_TRACE(c.input);
    const Text text(c.input);
    AnomalyLog log = EmptyLog();
    EXPECT_EQ(ParsedCseq(text, log), c.found);
    EXPECT_EQ(Names(log), c.anomalies);
  }
}

TEST(CseqTest, NumbersLongerThanTheirTypeDoNotWrap) {
  for (const Case& c : std::initializer_list<Case>{
           {"4294967296 ACK", "number=4294967296 method=ACK (4294967296 invalid)",
            "cseq.overflow@0"},
           {"18446744073709551616 ACK",
            "number=18446744073709551616 method=ACK (18446744073709551615 invalid)",
            "cseq.overflow@0"},
           {"36893488147419103232 ACK",
            "number=36893488147419103232 method=ACK (18446744073709551615 invalid)",
            "cseq.overflow@0"},
       }) {
    SCOPED_TRACE(c.input);
    const Text text(c.input);
    AnomalyLog log = EmptyLog();
    EXPECT_EQ(ParsedCseq(text, log), c.found);
    EXPECT_EQ(Names(log), c.anomalies);
  }
}

struct NumberCase {
  std::string_view input;
  uint64_t most;
  bool valid;
  uint64_t value;
  std::string_view anomalies;
};

TEST(NumberTest, ReadsDigitsUpToALimit) {
  for (const NumberCase& c : std::initializer_list<NumberCase>{
           {"0", 255, true, 0, ""},
           {"0068", 255, true, 68, ""},
           {" 255\r\n ", 255, true, 255, ""},
           {"256", 255, false, 256, "max_forwards.range@0"},
           {"18446744073709551615", UINT64_MAX, true, UINT64_MAX, ""},
           {"18446744073709551616", 255, false, UINT64_MAX, "max_forwards.range@0"},
           {"-1", 255, false, 0, "max_forwards.range@0"},
           {"+1", 255, false, 0, "max_forwards.range@0"},
           {"7x", 255, false, 7, "max_forwards.range@1"},
           {"", 255, false, 0, "max_forwards.range@0"},
       }) {
    SCOPED_TRACE(c.input);
    const Text text(c.input);
    AnomalyLog log = EmptyLog();
    uint64_t value = 1;
    EXPECT_EQ(
        ParseNumber(text.base(), text.slice(), c.most, AnomalyId::kMaxForwardsRange, log, &value),
        c.valid);
    EXPECT_EQ(value, c.value);
    EXPECT_EQ(Names(log), c.anomalies);
  }
}

TEST(DateTest, IsRfc1123InGmt) {
  for (const auto& [input, anomalies] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"Sat, 15 Oct 2005 04:44:56 GMT", ""},
           {" Wed, 15 Jul 2026 23:59:60 GMT ", ""},
           {"Fri, 01 Jan 2010 16:00:00 EST", "date.malformed@26"},
           {"Fri, 32 Jan 2010 16:00:00 GMT", "date.malformed@6"},
           {"Fri, 01 Jan 2010 24:00:00 GMT", "date.malformed@18"},
           {"Wed, 30 Feb 2000 16:00:00 GMT", "date.malformed@5"},
           {"Mon, 29 Feb 2100 16:00:00 GMT", "date.malformed@5"},
           {"Fri, 31 Apr 2010 16:00:00 GMT", "date.malformed@5"},
           {"fri, 01 Jan 2010 16:00:00 GMT", "date.malformed@0"},
           {"Fri, 1 Jan 2010 16:00:00 GMT", "date.malformed@6"},
           {"Fri, 01 Jan 2010 16:00:00 GM", "date.malformed@28"},
           {"", "date.malformed@0"},
       }) {
    SCOPED_TRACE(input);
    const Text text(input);
    AnomalyLog log = EmptyLog();
    int64_t seconds;
    EXPECT_EQ(ParseDate(text.base(), text.slice(), log, &seconds), anomalies.empty());
    EXPECT_EQ(Names(log), anomalies);
  }
}

TEST(DateTest, IsSecondsSince1970) {
  for (const auto& [input, seconds] : std::initializer_list<std::pair<std::string_view, int64_t>>{
           {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
           {"Wed, 31 Dec 1969 23:59:59 GMT", -1},
           {"Tue, 29 Feb 2000 12:00:00 GMT", 951'825'600},
           {"Wed, 01 Mar 2000 00:00:00 GMT", 951'868'800},
           {"Wed, 24 Jun 2026 09:20:00 GMT", 1'782'292'800},
           {"Sat, 31 Dec 2016 23:59:60 GMT", 1'483'228'800},
           {"Mon, 01 Mar 2100 00:00:00 GMT", 4'107'542'400},
           {"Fri, 31 Dec 9999 23:59:59 GMT", 253'402'300'799},
           {"Sat, 01 Jan 0000 00:00:00 GMT", -62'167'219'200},
       }) {
    SCOPED_TRACE(input);
    const Text text(input);
    AnomalyLog log = EmptyLog();
    int64_t found = 4711;
    EXPECT_TRUE(ParseDate(text.base(), text.slice(), log, &found));
    EXPECT_EQ(found, seconds);
  }
}

TEST(CallIdTest, IsAWordOrTwo) {
  for (const auto& [input, anomalies] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"6a1f@203.0.113.45", ""},
           {"intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", ""},
           {"a", ""},
           {"a@b@c", "call_id.malformed@3"},
           {"a b", "call_id.malformed@1"},
           {"a@", "call_id.malformed@2"},
           {"", "call_id.malformed@0 call_id.disputed@0"},
           {"a,b", "call_id.malformed@1"},
       }) {
    SCOPED_TRACE(input);
    const Text text(input);
    AnomalyLog log = EmptyLog();
    EXPECT_EQ(ParseCallId(text.base(), text.slice(), log), anomalies.empty());
    EXPECT_EQ(Names(log), anomalies);
  }
}

TEST(MethodTest, NamesAreFoundInUpperCaseAlone) {
  EXPECT_EQ(FindMethod("INVITE"), Method::kInvite);
  EXPECT_EQ(FindMethod("PUBLISH"), Method::kPublish);
  EXPECT_EQ(FindMethod("invite"), Method::kOther);
  EXPECT_EQ(FindMethod(""), Method::kOther);
  EXPECT_EQ(FindMethod("INVITEE"), Method::kOther);
  EXPECT_EQ(MethodName(Method::kCancel), "CANCEL");
  EXPECT_EQ(MethodName(Method::kOther), "");
  // A number of a rule, not of a message.
  for (int number = 64; number < 256; ++number) {
    EXPECT_EQ(MethodName(static_cast<Method>(number)), "") << number;
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
