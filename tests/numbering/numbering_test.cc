#include "numbering/numbering.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/allocation_counter.h"

namespace sipward::numbering {
namespace {

struct Expected {
  const char* digits;
  const char* country;
  const char* region;
  const char* code;
  NumberType type;
  bool valid;
};

TEST(NumberingTest, TellsWhatANumberIs) {
  using enum NumberType;
  const Expected cases[] = {
      {"12015550123", "US", "north_america", "1", kFixedOrMobile, true},
      {"442071838750", "GB", "europe", "44", kFixed, true},
      {"447400123456", "GB", "europe", "44", kMobile, true},
      {"447797712345", "JE", "europe", "44", kMobile, true},
      {"18765230123", "JM", "caribbean", "1", kFixedOrMobile, true},
      {"77710009998", "KZ", "central_asia", "7", kMobile, true},
      {"390612345678", "IT", "europe", "39", kFixed, true},
      {"390669812345", "VA", "europe", "39", kFixed, true},
      {"18002345678", "US", "north_america", "1", kTollFree, true},
      {"19002345678", "US", "north_america", "1", kPremium, true},
      {"448431234567", "GB", "europe", "44", kPremium, true},
      {"6721061234", "NF", "pacific", "672", kUnallocated, false},
      {"8005551234567", "001", "world", "800", kUnallocated, false},
      {"80012345678", "001", "world", "800", kTollFree, true},
      {"979123456789", "001", "world", "979", kPremium, true},
      {"870773111632", "001", "world", "870", kSatellite, true},
      {"881612345678", "001", "world", "881", kSatellite, true},
      {"8821612345678", "001", "world", "882", kSatellite, true},
      {"883510000000094", "001", "world", "883", kVoip, true},
  };
  for (const Expected& expected : cases) {
    const Number number = Find(expected.digits);
    EXPECT_EQ(number.country(), expected.country) << expected.digits;
    EXPECT_EQ(number.region(), expected.region) << expected.digits;
    EXPECT_EQ(number.calling_code(), expected.code) << expected.digits;
    EXPECT_EQ(number.type(), expected.type) << expected.digits;
    EXPECT_EQ(number.valid(), expected.valid) << expected.digits;
  }
}

TEST(NumberingTest, WhatIsNoNumberHasNoCountry) {
  for (const char* text : {"", "0", "112", "911", "999", "4", "44", "4420718", "00442071838750",
                           "02071838750", "+442071838750", "44207183875a", "4420718387500x",
                           "2101234567890", "999123456789", "anonymous"}) {
    const Number number = Find(text);
    EXPECT_EQ(number, Number()) << text;
    EXPECT_EQ(number.type(), NumberType::kNoNumber) << text;
    EXPECT_EQ(number.country(), "") << text;
    EXPECT_EQ(number.region(), "") << text;
    EXPECT_EQ(number.calling_code(), "") << text;
    EXPECT_FALSE(number.valid()) << text;
  }
}

TEST(NumberingTest, MoreDigitsHideNoDestination) {
  // Switches ignore what is too many.
  for (const char* text : {"1876523012399", "18765230123999999999"}) {
    EXPECT_EQ(Find(text).country(), "JM") << text;
    EXPECT_EQ(Find(text).type(), NumberType::kUnallocated) << text;
  }
  const std::string long_number = "8816" + std::string(60, '1');
  EXPECT_EQ(Find(long_number).type(), NumberType::kSatellite);
  EXPECT_FALSE(Find(long_number).valid());
}

TEST(NumberingTest, AnUnallocatedNumberOfASharedCodeIsOfItsMainCountry) {
  EXPECT_EQ(Find("19992345678").country(), "US");
  EXPECT_EQ(Find("19992345678").type(), NumberType::kUnallocated);
  EXPECT_EQ(Find("18760000000").country(), "JM") << "but leading digits decide";
}

TEST(NumberingTest, PackedAndUnpackedAreTheSame) {
  const Number number = Find("442071838750");
  EXPECT_EQ(Number::Unpack(number.packed()), number);
  EXPECT_NE(number, Number());
}

TEST(NumberingTest, AllocatesNothing) {
  const uint64_t before = allocation_count();
  EXPECT_TRUE(Find("442071838750").valid());
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(before, 0u);
}

}  // namespace
}  // namespace sipward::numbering
