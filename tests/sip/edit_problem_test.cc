// What is refused, each for its reason, and with the edit that it was.
#include "tests/sip/edit_support.h"

namespace sipward::sip {
namespace {

using enum EditKind;
using P = EditProblem;

constexpr Edit kFine = {.kind = kRemove, .name = "Subject"};

TEST_F(EditTest, WhatTheParserRefusedIsNotWritten) {
  EXPECT_EQ(Problem("", {}), P::kMessage);
  EXPECT_EQ(Problem("hello", {}), P::kMessage);
  EXPECT_EQ(Problem(InviteWith("", "CSeq"), {}), P::kMessage);
  EXPECT_EQ(Problem(kInvite.substr(0, kInvite.size() - 9), {}), P::kMessage) << "the head is open";
  EXPECT_EQ(Problem(InviteWith("From: <sip:x>\r\n"), {}), P::kNone) << "ambiguous";
  EXPECT_EQ(Problem(InviteWith("From: <sip:x>\r\n"), {}, {}, {.profile = Profile::kStrict}),
            P::kMessage);
  Message never_parsed;
  EXPECT_EQ(WriteMessage(never_parsed, {}, {}, nullptr, 0).problem, P::kMessage);
}

TEST_F(EditTest, TheEditThatIsRefusedIsNamed) {
  EXPECT_EQ(Problem(kInvite, {kFine, kFine, {.kind = kAdd, .name = "a b"}}), P::kName);
  EXPECT_EQ(check_.result().edit, 2u);
}

TEST_F(EditTest, NamesAreTokens) {
  for (const std::string_view name :
       {std::string_view(""), std::string_view("a b"), std::string_view("X:"),
        std::string_view("X\r\nY"), std::string_view("X\0", 2), std::string_view("\xC3\xA4"),
        std::string_view(" X"), std::string_view("X "), std::string_view("X\t")}) {
    for (const EditKind kind : {kAdd, kSet, kReplace, kRemove}) {
      EXPECT_EQ(Problem(kInvite, {{.kind = kind, .name = name, .value = "v"}}), P::kName) << name;
    }
  }
}

TEST_F(EditTest, ValuesBeginNoHeader) {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string value = "a" + std::string(1, static_cast<char>(octet)) + "X: b";
    const bool control = (octet < 0x20 && octet != '\t') || octet == 0x7F;
    const auto expected = control ? P::kValue : P::kNone;
    for (const EditKind kind : {kAdd, kSet, kReplace}) {
      EXPECT_EQ(Problem(kInvite, {{.kind = kind, .name = "Subject", .value = value}}),
                kind == kAdd && !control ? P::kSingleton : expected)
          << octet;
    }
    EXPECT_EQ(Problem(kInvite, {{.kind = kBody, .value = value, .body = "b"}}), expected) << octet;
    EXPECT_EQ(Problem(kInvite, {{.kind = kRequestUri, .value = value}}), P::kStartLine) << octet;
    EXPECT_EQ(Problem(kResponse, {{.kind = kStatus, .value = value}}),
              control ? P::kStartLine : P::kNone)
        << octet;
  }
  EXPECT_EQ(Problem(kInvite, {{.kind = kAdd, .name = "X", .value = "a\r\n b"}}), P::kValue)
      << "a fold";
}

TEST_F(EditTest, RequestUrisAreOneWord) {
  for (const std::string_view uri : {"", "sip:a b", "sip:a\tb", "sip:a SIP/2.0\r\nX: y"}) {
    EXPECT_EQ(Problem(kInvite, {{.kind = kRequestUri, .value = uri}}), P::kStartLine) << uri;
  }
  EXPECT_EQ(Problem(kResponse, {{.kind = kRequestUri, .value = "sip:a"}}), P::kStartLine);
}

TEST_F(EditTest, StatusCodesAreThreeDigits) {
  for (const uint32_t code : {1u, 99u, 700u, 1000u, 0xFFFFFFFFu}) {
    EXPECT_EQ(Problem(kResponse, {{.kind = kStatus, .number = code}}), P::kStartLine) << code;
  }
  EXPECT_EQ(Problem(kResponse, {{.kind = kStatus, .number = 699}}), P::kNone);
  EXPECT_EQ(Problem(kInvite, {{.kind = kStatus, .number = 200}}), P::kStartLine);
}

TEST_F(EditTest, LinesAreNamedByTheirNumber) {
  const auto line = [](uint32_t number, std::string_view name = "") {
    return Edit{.kind = kRemove, .which = EditWhich::kLine, .number = number, .name = name};
  };
  const std::string text = InviteWith("b@d: 1\r\n");
  EXPECT_EQ(Problem(text, {line(8)}), P::kNone);
  EXPECT_EQ(Problem(text, {line(8, "s")}), P::kNone);
  EXPECT_EQ(Problem(text, {line(8, "Contact")}), P::kLine);
  EXPECT_EQ(Problem(text, {line(11)}), P::kLine) << "its name is no token";
  EXPECT_EQ(Problem(text, {line(12)}), P::kLine);
  EXPECT_EQ(Problem(text, {line(10)}), P::kContentLength);
}

TEST_F(EditTest, ContentLengthBelongsToTheEditor) {
  for (const std::string_view name : {"Content-Length", "L", "content-length"}) {
    for (const EditKind kind : {kAdd, kSet, kReplace, kRemove}) {
      EXPECT_EQ(Problem(kInvite, {{.kind = kind, .name = name, .value = "7"}}), P::kContentLength);
    }
  }
}

TEST_F(EditTest, ABodyHasAType) {
  EXPECT_EQ(Problem(kInvite, {{.kind = kBody, .body = "x"}}), P::kContentType);
}

TEST_F(EditTest, WhatMayStandOnceStandsOnce) {
  const Edit from{.kind = kAdd, .name = "f", .value = "<sip:x>;tag=1"};
  EXPECT_EQ(Problem(kInvite, {from}), P::kSingleton);
  EXPECT_EQ(Problem(kInvite, {{.kind = kRemove, .name = "From"}, from}), P::kNone);
  EXPECT_EQ(Problem(kInvite, {{.kind = kRemove, .name = "From"}, from, from}), P::kSingleton);
  EXPECT_EQ(check_.result().edit, 2u);
}

TEST_F(EditTest, WhatEveryMessageHasStays) {
  for (const std::string_view name : {"v", "From", "t", "CALL-ID", "cseq", "Max-Forwards"}) {
    EXPECT_EQ(Problem(kInvite, {kFine, {.kind = kRemove, .name = name}}), P::kMandatory) << name;
    EXPECT_EQ(check_.result().edit, 1u);
  }
  const std::string response = InviteWith("Max-Forwards: 7\r\n").replace(0, 34, "SIP/2.0 200 OK");
  EXPECT_EQ(Problem(response, {{.kind = kRemove, .name = "Max-Forwards"}}), P::kNone);
}

TEST_F(EditTest, UnknownKindsPlacesAndChoicesAreRefused) {
  EXPECT_EQ(Problem(kInvite, {{.kind = static_cast<EditKind>(9)}}), P::kKind);
  EXPECT_EQ(Problem(kInvite, {{.place = static_cast<EditPlace>(4), .name = "X"}}), P::kKind);
  EXPECT_EQ(Problem(kInvite, {{.kind = kRemove, .which = static_cast<EditWhich>(4), .name = "X"}}),
            P::kKind);
  for (const uint32_t set : {0u, 512u, 0xFFFFFFFFu}) {
    EXPECT_EQ(Problem(kInvite, {{.kind = kStripIdentity, .number = set}}), P::kKind);
  }
}

TEST_F(EditTest, AsManyEditsAsOneCallTakes) {
  std::vector<Edit> edits(kMaxEdits, Edit{.name = "X-A", .value = "y"});
  EXPECT_TRUE(check_.Run(kInvite, {}, edits, {})) << check_.why();
  EXPECT_EQ(check_.result().problem, P::kNone);
  EXPECT_EQ(check_.after().headers().size(), 11 + kMaxEdits);
  edits.push_back(edits[0]);
  check_.Run(kInvite, {}, edits, {});
  EXPECT_EQ(check_.result().problem, P::kTooMany);
}

TEST_F(EditTest, TheLimitsOfTheParserHold) {
  ParseOptions options;
  options.limits.headers = 12;
  options.limits.header_value_bytes = 90;
  options.limits.uri_bytes = 30;
  const Edit add{.name = "X-A", .value = "y"};
  EXPECT_EQ(Problem(kInvite, {add}, {}, options), P::kNone);
  EXPECT_EQ(Problem(kInvite, {add, add}, {}, options), P::kLimit);
  const std::string at(90, 'v');
  EXPECT_EQ(Problem(kInvite, {{.name = "X-A", .value = at}}, {}, options), P::kNone);
  EXPECT_EQ(Problem(kInvite, {{.name = "X-A", .value = at + "v"}}, {}, options), P::kLimit);
  const std::string uri = "sip:" + std::string(26, 'u');
  EXPECT_EQ(Problem(kInvite, {{.kind = kRequestUri, .value = uri}}, {}, options), P::kNone);
  EXPECT_EQ(Problem(kInvite, {{.kind = kRequestUri, .value = uri + "u"}}, {}, options), P::kLimit);
  options = {};
  options.limits.message_bytes = static_cast<uint32_t>(kInvite.size()) + 8;
  EXPECT_EQ(Problem(kInvite, {add}, {}, options), P::kNone);
  EXPECT_EQ(Problem(kInvite, {{.name = "X-AA", .value = "y"}}, {}, options), P::kLimit);
}

TEST_F(EditTest, WhatHasNoNormalFormIsRefused) {
  using namespace std::string_literals;
  for (const std::string& octet : {"\0"s, "\x01"s, "\r"s, "\x7F"s, "\x0B"s}) {
    const std::string text = InviteWith("X: a" + octet + "b\r\n");
    EXPECT_EQ(Problem(text, {}, {.normalise = true}), P::kNotNormal);
    EXPECT_EQ(Problem(text, {}), P::kNone);
  }
  EXPECT_EQ(Problem(InviteWith("X: \"a\\\x01\"\r\n"), {}, {.normalise = true}), P::kNone)
      << "a quoted pair may hold it";
}

TEST_F(EditTest, NeverInPlace) {
  std::string room(kInvite);
  room.resize(4096);
  Message message;
  message.Parse(std::string_view(room).substr(0, kInvite.size()), {});
  const Edit remove[] = {kFine};
  const auto write = [&](std::span<const Edit> edits, char* out, size_t capacity) {
    return WriteMessage(message, edits, {}, out, capacity).problem;
  };
  EXPECT_EQ(write(remove, room.data(), room.size()), P::kOverlap);
  EXPECT_EQ(write({}, room.data(), room.size()), P::kOverlap);
  EXPECT_EQ(write(remove, room.data() + kInvite.size() - 1, 3000), P::kOverlap);
  EXPECT_EQ(write(remove, room.data() + kInvite.size(), 3000), P::kNone) << "behind it";
  char value[8] = "in it";
  for (const Edit& edit : {Edit{.name = "X", .value = {value, 5}}, Edit{.name = {value, 2}},
                           Edit{.kind = kBody, .value = "a/b", .body = {value, 5}}}) {
    EXPECT_EQ(write({&edit, 1}, value + 1, 4), P::kOverlap);
    EXPECT_EQ(write({&edit, 1}, value + 5, 3), P::kSpace);
  }
}

TEST(EditProblems, EveryOneHasASentenceOfItsOwn) {
  std::vector<std::string_view> sentences;
  for (int i = 0; i < kEditProblemCount; ++i) {
    sentences.push_back(DescribeEditProblem(static_cast<P>(i)));
    EXPECT_TRUE(sentences.back().ends_with('.'));
  }
  std::sort(sentences.begin(), sentences.end());
  EXPECT_EQ(std::unique(sentences.begin(), sentences.end()), sentences.end());
}

}  // namespace
}  // namespace sipward::sip
