// Headers that must be gone for everybody: think of who wants to keep one, and writes it so that
// the border reads past it and the exchange behind does not.
#include <iostream>

#include "tests/sip/edit_support.h"

namespace sipward::sip {
namespace {

using namespace std::string_literals;
using P = EditProblem;

constexpr Edit kStrip = {.kind = EditKind::kStripIdentity, .number = kStripUntrusted};
constexpr Edit kStripAll = {.kind = EditKind::kStripIdentity, .number = kStripEverything};

TEST_F(EditTest, EverySpellingOfAHeaderGoes) {
  const std::string lines[] = {"P-Asserted-Identity: <sip:a>\r\n",
                               "p-asserted-IDENTITY:<sip:a>\r\n",
                               "P-Asserted-Identity : <sip:a>\r\n",
                               "P-Asserted-Identity\t \t: <sip:a>\r\n",
                               "P-Asserted-Identity\r\n : <sip:a>\r\n",
                               "P-Asserted-Identity:\r\n <sip:a>\r\n",
                               "P-Asserted-Identity\0: <sip:a>\r\n"s,
                               "\0P-Asserted-Identity: <sip:a>\r\n"s,
                               "P-Asserted-Identity\x0B: <sip:a>\r\n",
                               "P-Asserted-Identity\r: <sip:a>\r\n",
                               "\rP-Asserted-Identity: <sip:a>\r\n",
                               "P-Asserted\r-Identity: <sip:a>\r\n",
                               "P-Asserted\xC2\xA0-Identity: <sip:a>\r\n",
                               "\xEF\xBB\xBFP-Asserted-Identity: <sip:a>\r\n",
                               ":P-Asserted-Identity: <sip:a>\r\n",
                               "x y P-Asserted-Identity: <sip:a>\r\n",
                               "P-Asserted-Identity <sip:a>\r\n",
                               "P-Asserted-Identity\r\n",
                               "P-Asserted-Identity; x: <sip:a>\r\n",
                               "\"P-Asserted-Identity\": <sip:a>\r\n",
                               "Remote-Party-ID: <sip:a>\r\nremote-party-id : <sip:b>\r\n"};
  for (const std::string& line : lines) {
    const std::string text = InviteWith(line);
    EXPECT_EQ(Write(text, {kStrip}), InviteWith("")) << line;
    // The same for a header that the caller names.
    EXPECT_EQ(Write(text, {{.kind = EditKind::kRemove, .name = "P-Asserted-Identity"}}),
              line[0] == 'R' ? text : InviteWith(""))
        << line;
  }
}

TEST_F(EditTest, AHeaderOfTheHostsOwnIsRemovedAsThoroughly) {
  const Edit remove{.kind = EditKind::kRemove, .name = "X-Bypass-Me"};
  for (const std::string& line :
       {"X-Bypass-me : lol\r\n"s, "x-bypass-me\r\n\t: lol\r\n"s, "X-Bypass-Me\0: lol\r\n"s,
        "X-By\x01pass-Me: lol\r\n"s, "?X-Bypass-Me: lol\r\n"s, "X-Bypass-Me lol\r\n"s}) {
    EXPECT_EQ(Write(InviteWith(line), {remove}), InviteWith("")) << line;
  }
  for (const std::string& line : {"X-Bypass-Me2: a\r\n"s, "XX-Bypass-Me: a\r\n"s,
                                  "X-Bypass-M: a\r\n"s, "X-Other: X-Bypass-Me: a\r\n"s}) {
    EXPECT_EQ(Write(InviteWith(line), {remove}), InviteWith(line)) << line;
  }
  EXPECT_EQ(Write(InviteWith("X-A: 1\r\n X-Bypass-Me: 2\r\n"), {remove}),
            InviteWith("X-A: 1 X-Bypass-Me: 2\r\n"));
}

TEST_F(EditTest, AFirstLineThatIsAFoldOfNothingGoes) {
  std::string text(kInvite);
  text.insert(text.find("\r\n") + 2, " P-Asserted-Identity: <sip:a>\r\n\t more\r\n");
  EXPECT_EQ(Write(text, {kStrip}), kInvite);
}

TEST_F(EditTest, AFoldThatBeginsLikeTheHeaderIsUnfolded) {
  const std::string text =
      InviteWith("X-Note: a \r\n\tP-Asserted-Identity : <sip:a>\r\n  b\r\nX-More: c\r\n d\r\n");
  EXPECT_EQ(Write(text, {kStrip}),
            InviteWith("X-Note: a P-Asserted-Identity : <sip:a> b\r\nX-More: c\r\n d\r\n"));
  const std::string harmless = InviteWith("X-Note: a\r\n P-Asserted-Identity\r\n");
  EXPECT_EQ(Write(harmless, {kStrip}), harmless);
}

TEST_F(EditTest, WhatHidesBehindAControlCharacterIsRefused) {
  for (const std::string& octet : {"\r"s, "\0"s, "\x0B"s, "\x0C"s, "\x1C"s, "\r\r"s, "\x7F"s}) {
    const std::string text = InviteWith("X-Note: a" + octet + " P-Asserted-Identity: <sip:a>\r\n");
    EXPECT_EQ(Problem(text, {{.name = "X-A", .value = "y"}, kStrip}), P::kHidden);
    EXPECT_EQ(check_.result().edit, 1u);
    EXPECT_EQ(Problem(InviteWith("X-Note: a" + octet + "b\r\n"), {kStrip}), P::kNone);
  }
  std::string response(kResponse);
  response.insert(response.find("OK") + 2, "\rPrivacy: none");
  EXPECT_EQ(Problem(response, {kStripAll}), P::kHidden);
  EXPECT_EQ(Problem(response, {kStrip}), P::kNone) << "Privacy is not in the set";
}

TEST_F(EditTest, NobodyFindsAnotherEndOfTheHead) {
  // For a program that wants CRLF this head goes on in what we call its body.
  std::string text = InviteWith("X-Last: 1\n", "Content-Length");
  text.replace(text.find("1\n\r\n"), 9, "1\n\nP-Asserted-Identity: <sip:a>\r\n\r\n");
  const std::string out = Write(text, {kStrip});
  EXPECT_NE(out.find("X-Last: 1\r\n\r\nP-Asserted-Identity"), std::string::npos);
}

TEST_F(EditTest, EveryHeaderOfTheSetAndNoOther) {
  const std::pair<const char*, uint32_t> headers[] = {
      {"P-Asserted-Identity", kStripAsserted},
      {"P-Preferred-Identity", kStripPreferred},
      {"Remote-Party-ID", kStripRemoteParty},
      {"Diversion", kStripDiversion},
      {"CC-Diversion", kStripDiversion},
      {"History-Info", kStripHistory},
      {"P-Attestation-Indicator", kStripAttestation},
      {"P-Origination-Id", kStripAttestation},
      {"Attestation-Info", kStripAttestation},
      {"Origination-Id", kStripAttestation},
      {"P-Asserted-Service", kStripProvider},
      {"P-Served-User", kStripProvider},
      {"P-Called-Party-ID", kStripProvider},
      {"P-Charging-Vector", kStripProvider},
      {"P-Charging-Function-Addresses", kStripProvider},
      {"Identity", kStripIdentity},
      {"y", kStripIdentity},
      {"Identity-Info", kStripIdentity},
      {"n", kStripIdentity},
      {"Privacy", kStripPrivacy}};
  for (const auto& [name, flag] : headers) {
    const std::string text = InviteWith(std::string(name) + ": <sip:a>\r\n");
    for (uint32_t one = 1; one <= kStripPrivacy; one *= 2) {
      EXPECT_EQ(Write(text, {{.kind = EditKind::kStripIdentity, .number = one}}),
                one == flag ? InviteWith("") : text)
          << name << one;
    }
    EXPECT_EQ(Write(text, {kStripAll}), InviteWith(""));
    EXPECT_EQ(Write(text, {kStrip}) == text, flag >= kStripIdentity);
  }
}

TEST_F(EditTest, TheHostPutsItsOwnInAfterwards) {
  const std::string text = InviteWith("P-Asserted-Identity: <sip:forged>\r\n");
  const Edit own{.name = "P-Asserted-Identity", .value = "<sip:proven>"};
  EXPECT_EQ(Write(text, {kStrip, own}), InviteWith("P-Asserted-Identity: <sip:proven>\r\n"));
  EXPECT_EQ(Write(text, {own, kStrip}), InviteWith("P-Asserted-Identity: <sip:proven>\r\n"));
}

}  // namespace
}  // namespace sipward::sip
