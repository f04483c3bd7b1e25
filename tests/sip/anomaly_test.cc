// The catalogue as a table: names that can be looked up, classes that have names, sentences.
#include "sip/anomaly.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sipward::sip {
namespace {

TEST(AnomalyTest, EveryNameLeadsBackToItsAnomaly) {
  for (int i = 0; i < kAnomalyCount; ++i) {
    const auto id = static_cast<AnomalyId>(i);
    EXPECT_EQ(FindAnomaly(Describe(id).name), id) << Describe(id).name;
  }
}

TEST(AnomalyTest, OtherNamesLeadNowhere) {
  for (const char* name : {"", "line", "line.bare_lf ", "LINE.BARE_LF", "line.bare_l"}) {
    EXPECT_EQ(FindAnomaly(name), std::nullopt) << name;
  }
}

TEST(AnomalyTest, NamesAreAGroupAndAWordInIt) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  for (int i = 0; i < kAnomalyCount; ++i) {
    const AnomalyInfo& info = Describe(static_cast<AnomalyId>(i));
    EXPECT_TRUE(std::all_of(info.name.begin(), info.name.end(), fits)) << info.name;
    EXPECT_EQ(std::count(info.name.begin(), info.name.end(), '.'), 1) << info.name;
    EXPECT_TRUE(info.sentence.ends_with('.')) << info.name;
  }
}

TEST(AnomalyTest, ClassesHaveNames) {
  EXPECT_EQ(AnomalyClassName(AnomalyClass::kViolation), "violation");
  EXPECT_EQ(AnomalyClassName(AnomalyClass::kAmbiguous), "ambiguous");
  EXPECT_EQ(AnomalyClassName(AnomalyClass::kSuspicious), "suspicious");
  EXPECT_EQ(AnomalyClassName(AnomalyClass::kLimit), "limit");
}

}  // namespace
}  // namespace sipward::sip
