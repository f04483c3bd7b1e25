#include "identity/tn_auth_list.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "identity/der.h"
#include "tests/identity/der_text.h"

namespace sipward::identity {
namespace {

TnAuthList List(std::initializer_list<std::string> entries) {
  const auto list = TnAuthList::Parse(DerSequence(entries));
  EXPECT_TRUE(list.has_value());
  return list.value_or(TnAuthList());
}

bool Parses(std::string_view der) { return TnAuthList::Parse(der).has_value(); }

TEST(TnAuthListParse, EveryKindOfEntry) {
  const TnAuthList list = List({DerSpc("709J"), DerRange("5715551212", 788), DerOne("7035551212"),
                                DerOne("*67"), DerSpc("1234")});
  EXPECT_EQ(list.spcs(), (std::vector<std::string>{"709J", "1234"}));
  EXPECT_TRUE(list.has_numbers());
  for (const char* number : {"5715551212", "5715551999", "7035551212", "*67"}) {
    EXPECT_TRUE(list.CoversNumber(number)) << number;
  }
  for (const char* number :
       {"5715551211", "5715552000", "7035551213", "703555121", "70355512120", "*68", "#67", "",
        "57155512120", "05715551212", "15715551212", "5715551a12", "+5715551212"}) {
    EXPECT_FALSE(list.CoversNumber(number)) << number;
  }
}

TEST(TnAuthListParse, TagsAreExplicit) {
  EXPECT_TRUE(Parses(DerSequence({DerSpc("709J")})));
  EXPECT_FALSE(Parses(DerSequence({Der(0x80, "709J")})));
  EXPECT_FALSE(Parses(DerSequence({Der(0xA0, "709J")})));
  EXPECT_FALSE(Parses(DerSequence({Der(0x82, "12155551212")})));
  EXPECT_FALSE(Parses(DerSequence({DerIa5("709J")})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(0, DerUtf8("709J"))})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(1, DerIa5("12155551212") + DerInteger(2))})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(3, DerIa5("709J"))})));
  EXPECT_FALSE(Parses(DerSpc("709J")));
}

TEST(TnAuthListParse, NothingStandsBehindTheEnd) {
  const std::string good = DerSequence({DerSpc("709J")});
  EXPECT_TRUE(Parses(good));
  EXPECT_FALSE(Parses(good + '\0'));
  EXPECT_FALSE(Parses(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(0, DerIa5("709J") + DerIa5("709J"))})));
  const std::string range = DerIa5("12155551212") + DerInteger(2);
  EXPECT_TRUE(Parses(DerSequence({DerExplicit(1, Der(0x30, range))})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(1, Der(0x30, range + DerInteger(2)))})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(1, Der(0x30, range) + DerInteger(2))})));
  EXPECT_FALSE(Parses(DerSequence({})));
  EXPECT_FALSE(Parses(""));
}

TEST(TnAuthListParse, NumbersAndCodes) {
  for (const char* number : {"", "1234567890123456", "+12155551212", "1215 5551212", "12155551a"}) {
    EXPECT_FALSE(Parses(DerSequence({DerOne(number)}))) << number;
    EXPECT_FALSE(Parses(DerSequence({DerRange(number, 2)}))) << number;
  }
  EXPECT_TRUE(Parses(DerSequence({DerOne("123456789012345")})));
  EXPECT_FALSE(Parses(DerSequence({DerRange("*67", 2)})));
  EXPECT_FALSE(Parses(DerSequence({DerRange("12155551212", 0)})));
  EXPECT_FALSE(Parses(DerSequence({DerRange("12155551212", 1)})));
  EXPECT_FALSE(Parses(DerSequence({DerSpc("")})));
  EXPECT_FALSE(Parses(DerSequence({DerSpc("70 J")})));
  EXPECT_FALSE(Parses(DerSequence({DerSpc("70\xc3")})));
  EXPECT_TRUE(Parses(DerSequence({DerSpc(std::string(64, 'A'))})));
  EXPECT_FALSE(Parses(DerSequence({DerSpc(std::string(65, 'A'))})));
}

TEST(TnAuthListParse, TheLimitOfEntries) {
  std::string entries;
  for (size_t i = 0; i < TnAuthList::kMaxEntries; ++i) entries += DerOne("1");
  EXPECT_TRUE(Parses(Der(0x30, entries)));
  EXPECT_FALSE(Parses(Der(0x30, entries + DerOne("1"))));
}

TEST(TnAuthListParse, ProfileOfShaken) {
  EXPECT_TRUE(List({DerSpc("709J")}).IsShakenProfile());
  EXPECT_FALSE(List({DerSpc("709j")}).IsShakenProfile());
  EXPECT_FALSE(List({DerSpc("70-J")}).IsShakenProfile());
  EXPECT_FALSE(List({DerSpc("709J"), DerSpc("1234")}).IsShakenProfile());
  EXPECT_FALSE(List({DerSpc("709J"), DerOne("1")}).IsShakenProfile());
  EXPECT_FALSE(List({DerOne("1")}).IsShakenProfile());
}

TEST(TnAuthListCovers, RangesKeepTheirLength) {
  // The end of all numbers of its length is the end of a range, whatever it counts.
  const TnAuthList list = List({DerRange("9990", 1000), DerRange("0000", 3)});
  EXPECT_TRUE(list.CoversNumber("9999"));
  EXPECT_FALSE(list.CoversNumber("10000"));
  EXPECT_TRUE(list.CoversNumber("0002"));
  EXPECT_FALSE(list.CoversNumber("2"));
  EXPECT_FALSE(list.CoversNumber("0003"));
  const TnAuthList large =
      List({DerExplicit(1, DerSequence({DerIa5("100000000000000"),
                                        Der(2, std::string("\x7f") + std::string(20, '\xff'))}))});
  EXPECT_TRUE(large.CoversNumber("999999999999999"));
  EXPECT_FALSE(large.CoversNumber("099999999999999"));
}

TEST(TnAuthListCovers, AgreesWithASetOfAllNumbers) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string entries;
    std::set<std::string> covered;
    const int count = 1 + static_cast<int>(random() % 6);
    for (int i = 0; i < count; ++i) {
      const size_t digits = 1 + random() % 3;
      std::string number;
      for (size_t d = 0; d < digits; ++d) number.push_back(static_cast<char>('0' + random() % 10));
      if (random() % 2 == 0) {
        entries += DerOne(number);
        covered.insert(number);
        continue;
      }
      const unsigned size = 2 + static_cast<unsigned>(random() % 30);
      entries += DerRange(number, size);
      for (unsigned step = 0; step < size; ++step) {
        std::string next = std::to_string(std::stoul(number) + step);
        if (next.size() > digits) break;
        covered.insert(std::string(digits - next.size(), '0') + next);
      }
    }
    const auto list = TnAuthList::Parse(Der(0x30, entries));
    ASSERT_TRUE(list.has_value());
    for (const char* format : {"%01d", "%02d", "%03d", "%04d"}) {
      for (int value = 0; value < 1000; ++value) {
        char text[8];
        std::snprintf(text, sizeof(text), format, value);
        ASSERT_EQ(list->CoversNumber(text), covered.count(text) != 0) << text;
      }
    }
  }
}

TEST(TnAuthListEncompasses, NumbersWithinNumbers) {
  const TnAuthList parent = List({DerRange("12155551200", 100), DerOne("*67")});
  EXPECT_TRUE(parent.Encompasses(parent));
  EXPECT_TRUE(parent.Encompasses(List({DerOne("12155551212")})));
  EXPECT_TRUE(parent.Encompasses(List({DerRange("12155551290", 10), DerOne("*67")})));
  EXPECT_FALSE(parent.Encompasses(List({DerRange("12155551290", 11)})));
  EXPECT_FALSE(parent.Encompasses(List({DerOne("12155551199")})));
  EXPECT_FALSE(parent.Encompasses(List({DerOne("2155551212")})));
  EXPECT_FALSE(parent.Encompasses(List({DerOne("*68")})));
  EXPECT_FALSE(parent.Encompasses(List({DerSpc("709J")})));
  // Ranges that touch are one.
  const TnAuthList touching = List({DerRange("200", 10), DerRange("210", 10), DerOne("220")});
  EXPECT_TRUE(touching.Encompasses(List({DerRange("205", 16)})));
  EXPECT_FALSE(touching.Encompasses(List({DerRange("205", 17)})));
}

TEST(TnAuthListEncompasses, CodesOfProviders) {
  const TnAuthList parent = List({DerSpc("709J"), DerSpc("1234")});
  EXPECT_TRUE(parent.Encompasses(List({DerSpc("1234")})));
  EXPECT_FALSE(parent.Encompasses(List({DerSpc("1235")})));
  EXPECT_FALSE(parent.Encompasses(List({DerSpc("1234"), DerSpc("1235")})));
  // Which numbers are the provider's only the provider knows, which issued the certificate.
  EXPECT_TRUE(parent.Encompasses(List({DerOne("12155551212")})));
}

}  // namespace
}  // namespace sipward::identity
