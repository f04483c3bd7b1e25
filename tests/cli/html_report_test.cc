// What a page of a report is made of, piece by piece.
#include "html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "activity.h"
#include "kept_rows.h"
#include "threat_counts.h"
#include "threats.h"
#include "top_counts.h"

namespace sipward::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int64_t kSecond = 1'000'000'000;

int64_t SumOf(const std::vector<int64_t>& values) {
  return std::accumulate(values.begin(), values.end(), int64_t{0});
}

TEST(ActivityTest, CountsInTenthsOfASecondWhileThereIsRoom) {
  Activity activity(2);
  activity.Add(kSecond, 0, 1);
  activity.Add(kSecond + kSecond / 5, 1, 7);
  activity.Add(kSecond + kSecond / 5 + 1, 0, 2);
  EXPECT_EQ(activity.begin_ns(), kSecond);
  EXPECT_EQ(activity.step_ns(), kSecond / 10);
  EXPECT_THAT(activity.Values(0), ElementsAre(1, 0, 2));
  EXPECT_THAT(activity.Values(1), ElementsAre(0, 0, 7));
}

TEST(ActivityTest, TakesLargerStepsForLongerTimes) {
  Activity activity(1);
  for (int64_t i = 0; i < 86'400; ++i) activity.Add(i * kSecond, 0, 1);
  EXPECT_EQ(activity.step_ns(), 1'800 * kSecond);
  EXPECT_THAT(activity.Values(0), testing::Each(1'800));
  EXPECT_EQ(activity.Values(0).size(), 48u);
}

TEST(ActivityTest, AnyOrderGivesTheSame) {
  Activity forth(1);
  Activity back(1);
  for (int64_t i = -500; i < 500; ++i) {
    forth.Add(i * kSecond, 0, i * i);
    back.Add(-i * kSecond - kSecond, 0, (-i - 1) * (-i - 1));
  }
  EXPECT_EQ(forth.begin_ns(), back.begin_ns());
  EXPECT_EQ(forth.Values(0), back.Values(0));
}

TEST(ActivityTest, HoldsAllTimesThereAre) {
  Activity activity(1);
  for (const int64_t time : {std::numeric_limits<int64_t>::min(), int64_t{0}, kSecond,
                             std::numeric_limits<int64_t>::max()}) {
    activity.Add(time, 0, 1);
  }
  EXPECT_LE(activity.Values(0).size(), Activity::kMost);
  EXPECT_EQ(SumOf(activity.Values(0)), 4);
}

TEST(ActivityTest, AmountsEndAtTheLargest) {
  Activity activity(1);
  activity.Add(0, 0, std::numeric_limits<int64_t>::max());
  activity.Add(0, 0, 1);
  EXPECT_THAT(activity.Values(0), ElementsAre(std::numeric_limits<int64_t>::max()));
}

TEST(TopCountsTest, KeepsWhoComesOften) {
  TopCounts<int> top;
  for (int i = 0; i < 30'000; ++i) {
    top.Count("name " + std::to_string(i));
    if (i % 20 == 0) ++top.Count("often").notes;
  }
  EXPECT_EQ(top.entries().size(), TopCounts<int>::kMost);
  EXPECT_EQ(top.replaced(), 30'000u + 1 - TopCounts<int>::kMost);
  const auto often =
      std::max_element(top.entries().begin(), top.entries().end(),
                       [](const auto& a, const auto& b) { return a.count < b.count; });
  EXPECT_EQ(often->name, "often");
  EXPECT_EQ(often->count, 1'500u);
  EXPECT_EQ(often->surplus, 0u);
  EXPECT_EQ(often->notes, 1'500);
}

TEST(TopCountsTest, SaysHowMuchACountMayBeTooHigh) {
  TopCounts<int> top;
  for (size_t i = 0; i < 2 * TopCounts<int>::kMost; ++i) top.Count(std::to_string(i));
  for (const auto& entry : top.entries()) EXPECT_EQ(entry.count - entry.surplus, 1u);
}

TEST(KeptRowsTest, OneRuleLeavesRoomForOthers) {
  KeptRows rows;
  for (size_t i = 0; i < 2 * KeptRows::kMost; ++i) {
    if (rows.Wants({"flood.any"})) rows.Add({std::string("row")});
  }
  EXPECT_TRUE(rows.Wants({"flood.any", "phish.link"}));
  EXPECT_THAT(rows.LeftOut(), HasSubstr("9,500 findings are not shown"));
  EXPECT_EQ(rows.Take().size(), KeptRows::kMostOfRule);
}

TEST(KeptRowsTest, EndsAtSoMany) {
  KeptRows rows;
  for (size_t i = 0; i < 2 * KeptRows::kMost; ++i) {
    if (rows.Wants({std::to_string(i)})) rows.Add({std::string("row")});
  }
  EXPECT_EQ(rows.Take().size(), KeptRows::kMost);
}

TEST(ThreatsTest, AreKnownByTheNamesOfRules) {
  EXPECT_EQ(ThreatAt(ThreatOf("phish.link")).name, "Phishing");
  EXPECT_EQ(ThreatAt(ThreatOf("takeover.calls")).name, "Unauthorised international calls");
  EXPECT_EQ(ThreatAt(ThreatOf("site.far")).name, "Rules of the site");
  EXPECT_EQ(ThreatAt(ThreatOf("spam")).name, "Rules of the site");
  EXPECT_EQ(ThreatAt(ThreatOf("")).name, "Rules of the site");
  EXPECT_EQ(ThreatAt(ThreatOf("-")).name, "Banned sources");
  EXPECT_EQ(ThreatOf("known.account"), kNoThreat);
}

TEST(ThreatCountsTest, AThreatCountsOnceForAMessage) {
  ThreatCounts counts("Messages", false);
  counts.Add({{"scan.a", "why", 1, true}, {"enum.b", "", 6, false}}, kSecond, 0);
  const HtmlTable threats = counts.Threats();
  ASSERT_EQ(threats.rows.size(), 1u);
  EXPECT_EQ(std::get<int64_t>(threats.rows[0][2]), 1);
  EXPECT_EQ(std::get<std::string>(threats.rows[0][3]), "drop");
  EXPECT_EQ(counts.Rules().rows.size(), 2u);
  EXPECT_THAT(counts.NotFound(), HasSubstr("Phishing"));
  EXPECT_THAT(counts.NotFound(), Not(HasSubstr("Scanning")));
}

TEST(HtmlReportTest, NothingEndsTheScript) {
  HtmlReport report;
  report.title = "</script><!--<script>&amp;\xE2\x80\xA8\xE2\x80\xAE";
  report.subject.assign("a\0b\xFF", 4);
  const std::string json = HtmlReportJson(report);
  EXPECT_EQ(json.find_first_of("<>&"), json.npos);
  EXPECT_THAT(json, HasSubstr("\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026amp;"
                              "\\u2028\\u202e\""));
  EXPECT_THAT(json, HasSubstr("\"a\\u0000b\xEF\x9F\xBF\""));
}

TEST(HtmlReportTest, ValuesAreWhatTheirColumnSays) {
  HtmlReport report;
  HtmlTable table;
  table.columns = {{"a", HtmlKind::kMoney}, {"b", HtmlKind::kSeconds}, {"c", HtmlKind::kTime},
                   {"d", HtmlKind::kWords}, {"e", HtmlKind::kNumber},  {"f"},
                   {"g", HtmlKind::kShare}};
  table.rows.push_back({int64_t{12'345'000}, int64_t{-1'500'000'000}, kSecond,
                        std::vector<std::string>{"x", "y"}, int64_t{7}, HtmlValue(), int64_t{-5}});
  report.sections.emplace_back(table);
  EXPECT_THAT(
      HtmlReportJson(report),
      HasSubstr("[[12.345,-1.500,\"1970-01-01T00:00:01.000000Z\",[\"x\",\"y\"],7,null,-0.5]]"));
}

TEST(HtmlReportTest, TextsAreCutBetweenCharacters) {
  EXPECT_EQ(CutText("short", 5), "short");
  EXPECT_EQ(CutText("longer", 5), "longe…");
  EXPECT_EQ(CutText("abc\xC3\xA9\xC3\xA9", 4), "abc…");
  EXPECT_EQ(CutText("\x80\x80\x80\x80\x80\x80", 4), "\x80…");
  EXPECT_THAT(CutText("", 0), IsEmpty());
}

TEST(HtmlReportTest, APageHoldsTheReportOnce) {
  HtmlReport report;
  report.title = "@data@ @scripts@";
  const std::string page = HtmlReportPage(report);
  if (!HasHtmlPage()) {
    EXPECT_EQ(page, "");
    return;
  }
  EXPECT_THAT(page, HasSubstr(HtmlReportJson(report)));
  EXPECT_THAT(page, testing::StartsWith("<!DOCTYPE html>"));
}

}  // namespace
}  // namespace sipward::cli
