#include "identity/canonical.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace sipward::identity {
namespace {

std::string Of(std::string_view uri, DigitUsers digit_users = DigitUsers::kAreNumbers) {
  std::array<char, 128> out;
  const Party party = Canonicalize(uri, digit_users, out);
  switch (party.kind) {
    case PartyKind::kNone:
      return "none";
    case PartyKind::kAnonymous:
      return "anonymous";
    case PartyKind::kTn:
      return "tn " + std::string(party.text);
    case PartyKind::kUri:
      return "uri " + std::string(party.text);
  }
  return "";
}

TEST(CanonicalTest, NumbersAreTheirDigits) {
  EXPECT_EQ(Of("tel:+1-202-555-0133"), "tn 12025550133");
  EXPECT_EQ(Of("TEL:+1(202)555.0133;ext=7"), "tn 12025550133");
  EXPECT_EQ(Of("tel:*31#;phone-context=+44"), "tn *31#");
  EXPECT_EQ(Of("sip:+1(202)555-0133;npdi;rn=+12025550199@gw;user=phone"), "tn 12025550133");
  EXPECT_EQ(Of("sips:+12025550133@gw;transport=tcp;user=phone"), "tn 12025550133");
  EXPECT_EQ(Of("sip:12025550133@gw"), "tn 12025550133");
  EXPECT_EQ(Of("sip:+12025550133:secret@gw:5070"), "tn 12025550133");
}

TEST(CanonicalTest, DigitsAreAUserWherePolicySaysSo) {
  EXPECT_EQ(Of("sip:12025550133@GW", DigitUsers::kAreUris), "uri sip:12025550133@gw");
  EXPECT_EQ(Of("sip:12025550133@gw;user=phone", DigitUsers::kAreUris), "tn 12025550133");
  EXPECT_EQ(Of("sip:12025550133@gw;user=ip;user=phone", DigitUsers::kAreUris),
            "uri sip:12025550133@gw");
}

TEST(CanonicalTest, NumbersHoldNoEscapesAndNothingForeign) {
  EXPECT_EQ(Of("tel:+1%32025550133"), "none");
  EXPECT_EQ(Of("sip:+1%32025550133@gw;user=phone"), "none");
  EXPECT_EQ(Of("sip:+44\xc2\xa0"
               "2079460000@gw;user=phone"),
            "none");
  EXPECT_EQ(Of("tel:\xef\xbc\x91"), "none");
  EXPECT_EQ(Of("sip:bob@gw;user=phone"), "none");
}

TEST(CanonicalTest, UrisKeepTheCaseOfTheUserAlone) {
  EXPECT_EQ(Of("SIP:Bob@Example.NET:5080;transport=tls?Subject=x"), "uri sip:Bob@example.net");
  EXPECT_EQ(Of("sips:bob:secret@[2001:DB8::1]:5061"), "uri sips:bob@[2001:db8::1]");
  EXPECT_EQ(Of("sip:b%6Fb%2fx@example.net"), "uri sip:bob%2Fx@example.net");
  EXPECT_EQ(Of("sip:Example.NET"), "uri sip:example.net");
  EXPECT_EQ(Of("URN:service:sos"), "uri urn:service:sos");
}

TEST(CanonicalTest, NobodyIsNobody) {
  EXPECT_EQ(Of("sip:anonymous@anonymous.invalid"), "anonymous");
  EXPECT_EQ(Of("sip:x@Anonymous.Invalid;user=phone"), "anonymous");
  for (const char* uri : {"", ":", "sip", "sip:", "12025550133", "tel:", "tel:;ext=1",
                          "sip:b%6@example.net", "sip:b\xc3\xa9@example.net"}) {
    EXPECT_EQ(Of(uri), "none") << uri;
  }
}

TEST(CanonicalTest, WhatDoesNotFitIsNothing) {
  std::array<char, 4> small;
  EXPECT_EQ(Canonicalize("tel:12345", DigitUsers::kAreNumbers, small).kind, PartyKind::kNone);
  EXPECT_EQ(Canonicalize("tel:1234", DigitUsers::kAreNumbers, small).text, "1234");
}

}  // namespace
}  // namespace sipward::identity
