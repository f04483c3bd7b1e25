#include <gtest/gtest.h>

#include "facts/facts.h"

namespace sipward::facts {
namespace {

class HostEventTest : public ::testing::Test {
 protected:
  HostEventTest() { event_.Reset(EventKind::kCallStart, kSecond, 5 * kSecond, true); }
  std::string_view Text(FieldId id) { return event_.Get(id).str(); }

  HostEvent event_;
};

TEST_F(HostEventTest, GivesWhatItWasGiven) {
  EXPECT_TRUE(event_.Set(FieldId::kCallerNumber, Value::String("12025550100")));
  EXPECT_TRUE(event_.Set(FieldId::kDirection, Value::Int(1)));
  EXPECT_EQ(event_.kind(), EventKind::kCallStart);
  EXPECT_EQ(event_.now(), kSecond);
  EXPECT_TRUE(event_.strong_evidence());
  EXPECT_EQ(event_.Get(FieldId::kTime).i, 5 * kSecond);
  EXPECT_EQ(Text(FieldId::kCallerNumber), "12025550100");
  EXPECT_EQ(event_.Get(FieldId::kDirection).i, 1);
}

TEST_F(HostEventTest, TelephoneNumbersAreTheirDigits) {
  EXPECT_TRUE(event_.Set(FieldId::kCallerNumber, Value::String("+1(202)555-0100")));
  EXPECT_TRUE(event_.Set(FieldId::kCalleeNumber, Value::String("+49.30.123456")));
  EXPECT_EQ(Text(FieldId::kCallerNumber), "12025550100");
  EXPECT_EQ(Text(FieldId::kCalleeNumber), "4930123456");
  event_.Reset(EventKind::kCallStart, kSecond, 5 * kSecond, true);
  EXPECT_TRUE(event_.Set(FieldId::kCallerNumber, Value::String("anonymous")));
  EXPECT_TRUE(event_.Set(FieldId::kCalleeNumber, Value::String(std::string_view("+49 30\0", 7))));
  EXPECT_EQ(Text(FieldId::kCallerNumber), "anonymous") << "what is no number stays";
  EXPECT_EQ(Text(FieldId::kCalleeNumber), std::string_view("+49 30\0", 7));
}

// One number is one key, however a host writes it.
TEST_F(HostEventTest, TelephoneNumbersAreOfOneForm) {
  const auto germany = numbering::Home::Find("DE"), britain = numbering::Home::Find("GB");
  ASSERT_TRUE(germany && britain);
  for (const char* text : {"030 123456", "+49 (0)30 123456", "0049 30 123456", "4930123456",
                           "tel:+49-30-123456;ext=1", "sip:+4930123456@example.com;user=phone"}) {
    event_.Reset(EventKind::kCallStart, kSecond, 0, true);
    event_.set_home(*germany);
    EXPECT_TRUE(event_.Set(FieldId::kCalleeNumber, Value::String(text)));
    EXPECT_EQ(Text(FieldId::kCalleeNumber), "4930123456") << text;
  }
  EXPECT_TRUE(event_.Set(FieldId::kCallerNumber, Value::String("020 7183 8750")));
  event_.set_home(*britain);
  EXPECT_EQ(Text(FieldId::kCallerNumber), "442071838750");
  event_.set_home(numbering::Home());
  EXPECT_EQ(Text(FieldId::kCallerNumber), "02071838750") << "rules of another country";
}

TEST_F(HostEventTest, RefusesWhatDoesNotFit) {
  EXPECT_FALSE(event_.Set(FieldId::kDuration, Value::Int(1))) << "a call that starts has none";
  EXPECT_FALSE(event_.Set(FieldId::kCallerNumber, Value::Int(1)));
  EXPECT_FALSE(event_.Set(FieldId::kSrcIp, Value::String("192.0.2.1")));
  EXPECT_TRUE(event_.Set(FieldId::kAccount, Value::String("alice")));
  EXPECT_TRUE(event_.Set(FieldId::kAccount, Value())) << "taken back";
  EXPECT_FALSE(event_.Get(FieldId::kAccount).present());
}

// Nothing is counted under an address that nobody gave.
TEST_F(HostEventTest, WhatItDoesNotKnowIsEmptyOrAbsent) {
  EXPECT_FALSE(event_.Get(FieldId::kSrcIp).present());
  EXPECT_FALSE(event_.Get(FieldId::kSrcNet).present());
  EXPECT_FALSE(event_.Get(FieldId::kAccount).present());
  EXPECT_TRUE(event_.Get(FieldId::kCalleeNumber).present());
  EXPECT_EQ(Text(FieldId::kCalleeNumber), "");
}

TEST_F(HostEventTest, DerivesNetworks) {
  ASSERT_TRUE(event_.Set(FieldId::kSrcIp, Value::Ip(*IpAddress::Parse("192.0.2.77"))));
  ASSERT_TRUE(event_.Set(FieldId::kDstIp, Value::Ip(*IpAddress::Parse("2001:db8::7"))));
  EXPECT_EQ(event_.Get(FieldId::kSrcNet).bits, 24);
  EXPECT_EQ(event_.Get(FieldId::kSrcHost).bits, 32);
  EXPECT_EQ(event_.Get(FieldId::kDstNet).bits, 64);
}

TEST_F(HostEventTest, DerivesPartsOfUris) {
  event_.Reset(EventKind::kRequest, kSecond, 0, false);
  ASSERT_TRUE(event_.Set(FieldId::kRuri, Value::String("sip:+1-202@example.org:5070;x=y")));
  ASSERT_TRUE(event_.Set(FieldId::kFromUri, Value::String("sips:bob@example.net")));
  EXPECT_EQ(Text(FieldId::kRuriScheme), "sip");
  EXPECT_EQ(Text(FieldId::kRuriUser), "+1-202");
  EXPECT_EQ(Text(FieldId::kRuriHost), "example.org");
  EXPECT_EQ(Text(FieldId::kRuriDigits), "1202");
  EXPECT_EQ(Text(FieldId::kFromUser), "bob");
  EXPECT_EQ(Text(FieldId::kFromHost), "example.net");
  EXPECT_FALSE(event_.Get(FieldId::kToUser).present());
  ASSERT_TRUE(event_.Set(FieldId::kFromUser, Value::String("alice"))) << "what is said counts";
}

TEST_F(HostEventTest, ResetForgets) {
  ASSERT_TRUE(event_.Set(FieldId::kAccount, Value::String("alice")));
  event_.set_pressure(0.5);
  EXPECT_EQ(event_.Get(FieldId::kPressure).f, 0.5);
  event_.Reset(EventKind::kTick, 0, 0, false);
  EXPECT_FALSE(event_.Get(FieldId::kAccount).present());
  EXPECT_EQ(event_.Get(FieldId::kPressure).f, 0);
  EXPECT_FALSE(event_.Set(FieldId::kAccount, Value::String("alice"))) << "a tick is nobody's";
}

TEST(EventTest, NamesAreFound) {
  for (size_t i = 0; i < kEventKinds; ++i) {
    EXPECT_EQ(FindEvent(EventName(static_cast<EventKind>(i))), static_cast<EventKind>(i));
  }
  EXPECT_FALSE(FindEvent("calls"));
}

TEST(DigitsTest, KeepsDigitsOnly) {
  char out[4];
  EXPECT_EQ(DigitsOf("+1-2.(3)", out), "123");
  EXPECT_EQ(DigitsOf("12345", out), "") << "no room";
  EXPECT_EQ(DigitsOf("1a", out), "");
  EXPECT_EQ(DigitsOf("1+2", out), "");
}

}  // namespace
}  // namespace sipward::facts
