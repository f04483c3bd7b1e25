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

}  // namespace
