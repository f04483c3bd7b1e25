#include "sipward/number.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using sipward::NumberType;
using sipward::PhoneNumber;

TEST(PhoneNumber, SaysWhatItIs) {
  const PhoneNumber number("+1(876)523-0123");
  EXPECT_EQ(number.country(), "JM");
  EXPECT_EQ(number.region(), "caribbean");
  EXPECT_EQ(number.calling_code(), "1");
  EXPECT_EQ(number.type(), NumberType::kFixedOrMobile);
  EXPECT_EQ(number.type_name(), "fixed_or_mobile");
  EXPECT_TRUE(number.valid());
}

TEST(PhoneNumber, WhatIsNoneHasNoCountry) {
  for (const char* text : {"", "112", "alice", "02071838750"}) {
    const PhoneNumber number(text);
    EXPECT_EQ(number.type(), NumberType::kNone) << text;
    EXPECT_EQ(number.country(), "") << text;
    EXPECT_FALSE(number.valid()) << text;
  }
}

TEST(PhoneNumber, OutlivesItsText) {
  const PhoneNumber number(std::string("+8816") + "12345678");
  EXPECT_EQ(number.type(), NumberType::kSatellite);
  EXPECT_EQ(number.country(), "001");
}

TEST(CanonicalNumber, IsOneFormOfAll) {
  for (const char* text : {"+1 (202) 555-0100;ext=1", "tel:+1-202-555-0100", "12025550100",
                           "sip:+12025550100@example.com;user=phone", "(202) 555-0100"}) {
    const auto number = sipward::CanonicalNumber::Of(text, "US");
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->digits(), "12025550100") << text;
  }
  EXPECT_EQ(sipward::CanonicalNumber::Of("030 123456", "+49")->digits(), "4930123456");
  EXPECT_EQ(sipward::CanonicalNumber::Of("030 123456")->digits(), "030123456");
  EXPECT_EQ(sipward::CanonicalNumber::Of("alice", "DE")->digits(), "");
  EXPECT_FALSE(sipward::CanonicalNumber::Of("030 123456", "ZZ"));
}

TEST(CanonicalNumber, ACountryHasTwoCodes) {
  EXPECT_EQ(sipward::CountryOf("DE"), "DE");
  EXPECT_EQ(sipward::CountryOf("+49"), "DE");
  EXPECT_EQ(sipward::CountryOf("1"), "US");
  EXPECT_EQ(sipward::CountryOf("Germany"), "");
}

}  // namespace
