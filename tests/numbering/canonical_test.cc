// One form of all that a number is written in.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "numbering/numbering.h"
#include "tests/support/allocation_counter.h"

namespace sipward::numbering {
namespace {

Home HomeOf(std::string_view country) { return Home::Find(country).value_or(Home()); }

std::string In(std::string_view home, std::string_view text) {
  std::array<char, kMaxDigits> room;
  return std::string(Canonical(text, HomeOf(home), room));
}

struct Written {
  const char* home;
  const char* text;
  const char* expected;
};

void Expect(std::initializer_list<Written> cases) {
  for (const Written& one : cases) {
    EXPECT_EQ(In(one.home, one.text), one.expected) << one.home << ' ' << one.text;
  }
}

TEST(CanonicalTest, FormsOfANumberAreOneKey) {
  for (const char* text :
       {"+1 (202) 555-0100;ext=1", "tel:+1-202-555-0100", "sip:+12025550100@host;user=phone",
        "SIPS:+1-202-555-0100;isub=7@192.0.2.1:5061", "(202) 555-0100", "1 202 555 0100",
        "202.555.0100", "12025550100", "tel:2025550100;phone-context=+1", "tel:202-555-0100",
        "sip:%2B1%20202%205550100@host", "011 1 202 555 0100", "001 202 555 0100",
        "+1 (1) 202 555 0100", "sip:2025550100;phone-context=+1@host;user=phone"}) {
    EXPECT_EQ(In("US", text), "12025550100") << text;
  }
}

TEST(CanonicalTest, PrefixesAreThoseOfTheCountry) {
  Expect({{"DE", "030 123456", "4930123456"},
          {"DE", "0044 20 7183 8750", "442071838750"},
          {"US", "011 44 20 7183 8750", "442071838750"},
          {"AU", "0011 44 20 7183 8750", "442071838750"},
          {"JP", "010 44 20 7183 8750", "442071838750"},
          {"GB", "020 7183 8750", "442071838750"},
          {"GB", "+44 (0)20 7183 8750", "442071838750"},
          {"GB", "44 (0)20 7183 8750", "442071838750"},
          {"FR", "06 12 34 56 78", "33612345678"},
          {"IT", "02 1234 5678", "390212345678"},
          {"RU", "8 (912) 345-67-89", "79123456789"},
          {"HU", "06 1 234 5678", "3612345678"},
          {"ES", "612 34 56 78", "34612345678"}});
}

TEST(CanonicalTest, WhatSomeCountriesPutIntoNumbers) {
  Expect({{"AR", "011 15 2345-6789", "5491123456789"},
          {"BR", "0 21 11 96123-4567", "5511961234567"},
          {"BR", "90 21 11 96123-4567", "5511961234567"},
          {"AG", "464-1234", "12684641234"},
          {"JE", "712345", "441534712345"},
          {"SM", "886377", "3780549886377"},
          {"MX", "+52 1 222 123 4567", "522221234567"},
          {"MX", "1 1 222 123 4567", "522221234567"}});
}

TEST(CanonicalTest, WhatThePlanOfTheCountrySaysGoesFirst) {
  // Where a 0 stands in front of national numbers, what has none lacks its +.
  Expect({{"DE", "4930123456", "4930123456"},
          {"DE", "442071838750", "442071838750"},
          {"DE", "881612345678", "881612345678"},
          {"US", "442071838750", "442071838750"},
          // Not so where people dial without: a mobile number in China, and no number in Chicago.
          {"CN", "13123456789", "8613123456789"},
          {"US", "4422071838", "14422071838"}});
}

TEST(CanonicalTest, ShortNumbersStay) {
  Expect({{"DE", "110", "110"},
          {"DE", "112", "112"},
          {"US", "911", "911"},
          {"US", "1001", "1001"},
          {"GB", "1234", "1234"},
          {"US", "tel:911;phone-context=+1", "911"},
          {"US", "+911", "911"},
          {"DE", "tel:110;phone-context=+49", "110"},
          {"", "911", "911"},
          {"GB", "tel:112;phone-context=example.com", "112"}});
}

TEST(CanonicalTest, WithoutACountryNationalFormsStay) {
  Expect({{"", "030 123456", "030123456"},
          {"", "0044 20 7183 8750", "00442071838750"},
          {"", "+44 (0)20 7183 8750", "442071838750"},
          {"", "442071838750", "442071838750"},
          {"", "5212221234567", "522221234567"},
          {"", "tel:030123456;phone-context=+49", "4930123456"}});
}

TEST(CanonicalTest, WhatNoPlanHasKeepsOneKeyWhereItCan) {
  Expect({{"US", "999 234 5678", "19992345678"},
          {"US", "1 999 234 5678", "19992345678"},
          {"US", "+1 999 234 5678", "19992345678"},
          {"DE", "0049 30 12345 67890 12345", "4930123456789012345"},
          {"DE", "99999999999999999", "99999999999999999"}});
}

TEST(CanonicalTest, WhatIsNoNumberIsNone) {
  for (const char* text :
       {"", "alice", "sip:alice@example.com", "sip:911", "sip:@example.com", "+", "tel:", "12a34",
        "1+2", "++1", "+1 202 555 0100 ext 1", "sip:12%4@host", "tel:%", "%2", "<+12025550100>",
        "anonymous", "1\n2", "sip:alice@+12025550100"}) {
    EXPECT_EQ(In("US", text), "") << text;
  }
  EXPECT_EQ(In("DE", std::string(64, '7')).size(), 64u);
  EXPECT_EQ(In("DE", std::string(65, '7')), "");
  EXPECT_EQ(In("DE", "0" + std::string(63, '7')).size(), 64u);
  EXPECT_EQ(In("DE", "+" + std::string(64, '4')).size(), 64u);
  EXPECT_EQ(In("", "1;phone-context=+" + std::string(64, '4')), "");
}

TEST(CanonicalTest, ASmallPlaceGetsNothing) {
  std::array<char, 9> room;
  EXPECT_EQ(Canonical("030 123456", HomeOf("DE"), room), "");
  EXPECT_EQ(Canonical("110", HomeOf("DE"), room), "110");
}

TEST(HomeTest, IsFoundByItsCodes) {
  EXPECT_EQ(HomeOf("DE").country(), "DE");
  EXPECT_EQ(Home::OfCallingCode("49"), Home::Find("DE"));
  EXPECT_EQ(Home::OfCallingCode("+1"), Home::Find("US"));
  EXPECT_EQ(Home::Of("+44")->country(), "GB");
  EXPECT_EQ(Home::Of("XK")->country(), "XK");
  for (const char* code : {"", "de", "DEU", "UK", "001", "+", "999", "4", "870"}) {
    EXPECT_FALSE(Home::Of(code)) << code;
  }
  EXPECT_FALSE(Home().known());
  EXPECT_EQ(Home().country(), "");
  EXPECT_EQ(Home::At(HomeOf("FR").index()), HomeOf("FR"));
}

TEST(HomeTest, HasEmergencyNumbers) {
  for (const auto& [country, digits] :
       {std::pair("US", "911"), std::pair("US", "112"), std::pair("GB", "999"),
        std::pair("GB", "112"), std::pair("DE", "110"), std::pair("DE", "112"),
        std::pair("FR", "15"), std::pair("JP", "119"), std::pair("AU", "000"),
        std::pair("BR", "190"), std::pair("IN", "112")}) {
    EXPECT_TRUE(IsEmergency(digits, HomeOf(country))) << country << digits;
    const Number number = Find(digits, HomeOf(country));
    EXPECT_EQ(number.type(), NumberType::kEmergency);
    EXPECT_EQ(number.country(), country);
    EXPECT_TRUE(number.valid());
  }
  for (const char* digits : {"", "9", "91", "9110", "91 1", "911x", "110", "12025550100"}) {
    EXPECT_FALSE(IsEmergency(digits, HomeOf("US"))) << digits;
  }
  EXPECT_FALSE(IsEmergency("911", Home()));
  EXPECT_EQ(Find("911", Home()), Number());
  EXPECT_EQ(Find("12025550100", HomeOf("DE")), Find("12025550100"));
}

TEST(CanonicalTest, AllocatesNothing) {
  std::array<char, kMaxDigits> room;
  const Home home = HomeOf("DE");
  const uint64_t before = allocation_count();
  EXPECT_EQ(Canonical("sip:030123456@example.com", home, room), "4930123456");
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::numbering
