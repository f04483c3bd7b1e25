// One edit at a time: what it changes, and nothing else.
#include "sip/edit.h"

#include "tests/sip/edit_support.h"

namespace sipward::sip {
namespace {

using enum EditKind;
using P = EditProblem;

TEST_F(EditTest, WithoutEditsTheMessageIsCopied) {
  for (const std::string_view text : {kInvite, kResponse}) EXPECT_EQ(Write(text, {}), text);
  const std::string odd =
      "\r\n" + InviteWith("x-Y :  1\r\nSubject:\r\n\tz\r\n", "Subject") + "tail";
  EXPECT_EQ(Write(odd, {}), odd);
}

TEST_F(EditTest, AnEditThatIsNothingMakesTheFramingRightAlone) {
  EXPECT_EQ(Write(kInvite, {{.kind = kNothing}}), kInvite);
  EXPECT_EQ(Write(std::string(kInvite) + "more", {{.kind = kNothing}}), kInvite);
}

TEST_F(EditTest, AddsAtEveryPlace) {
  const auto add = [this](EditPlace place, std::string_view name) {
    const std::string text =
        Write(kInvite, {{.kind = kAdd, .place = place, .name = name, .value = "<sip:v>"}});
    const std::vector<std::string> lines = LinesOf(text);
    return std::find(lines.begin(), lines.end(), std::string(name) + ": <sip:v>") - lines.begin();
  };
  EXPECT_EQ(add(EditPlace::kTop, "Record-Route"), 1);
  EXPECT_EQ(add(EditPlace::kEnd, "Record-Route"), 13);
  EXPECT_EQ(add(EditPlace::kBeforeFirst, "Contact"), 8);
  EXPECT_EQ(add(EditPlace::kAfterLast, "Contact"), 9);
  EXPECT_EQ(add(EditPlace::kBeforeFirst, "X-None"), 1);
  EXPECT_EQ(add(EditPlace::kAfterLast, "X-None"), 13);
}

TEST_F(EditTest, LinesAddedAtOnePlaceStandInTheirOrder) {
  const std::string text =
      Write(kInvite, {{.kind = kAdd, .place = EditPlace::kTop, .name = "Via", .value = "a"},
                      {.kind = kAdd, .place = EditPlace::kBeforeFirst, .name = "Via", .value = "b"},
                      {.kind = kAdd, .place = EditPlace::kAfterLast, .name = "v", .value = "c"}});
  const std::vector<std::string> lines = LinesOf(text);
  EXPECT_EQ(lines[1], "Via: a");
  EXPECT_EQ(lines[2], "Via: b");
  EXPECT_EQ(lines[5], "Via: c");
}

TEST_F(EditTest, AnAddedHeaderTakesTheFormThatTheMessageHas) {
  EXPECT_EQ(
      LinesOf(Write(
          kResponse,
          {{.kind = kAdd, .place = EditPlace::kTop, .name = "VIA", .value = "SIP/2.0/UDP a"}}))[1],
      "v: SIP/2.0/UDP a");
  EXPECT_EQ(Changes(kResponse, Write(kResponse, {{.kind = kAdd, .name = "m", .value = "<sip:a>"}})),
            "+Contact: <sip:a>|");
  EXPECT_EQ(Changes(kResponse, Write(kResponse, {{.kind = kAdd, .name = "x-Y", .value = ""}})),
            "+x-Y:|");
}

TEST_F(EditTest, RemovesWhatIsChosen) {
  const std::string two = InviteWith("m: <sip:third>\r\nX-a: 1\r\nx-A: 2\r\nX-A : 3\r\n");
  const auto removed = [&](const Edit& edit) { return Changes(two, Write(two, {edit})); };
  EXPECT_EQ(removed({.kind = kRemove, .which = EditWhich::kFirst, .name = "CONTACT"}),
            "-Contact: <sip:alice@192.0.2.1>, <sip:alice@192.0.2.2>;q=0.5|");
  EXPECT_EQ(removed({.kind = kRemove, .which = EditWhich::kLast, .name = "Contact"}),
            "-m: <sip:third>|");
  EXPECT_EQ(removed({.kind = kRemove, .name = "M"}),
            "-Contact: <sip:alice@192.0.2.1>, <sip:alice@192.0.2.2>;q=0.5|-m: <sip:third>|");
  EXPECT_EQ(removed({.kind = kRemove, .name = "x-a"}), "-X-a: 1|-x-A: 2|-X-A : 3|");
  EXPECT_EQ(removed({.kind = kRemove, .which = EditWhich::kFirst, .name = "x-a"}), "-X-a: 1|");
  EXPECT_EQ(removed({.kind = kRemove, .which = EditWhich::kLast, .name = "x-a"}), "-X-A : 3|");
  EXPECT_EQ(removed({.kind = kRemove, .which = EditWhich::kLine, .number = 8}),
            "-Subject: a folded|-  subject|");
  EXPECT_EQ(removed({.kind = kRemove, .name = "X-B"}), "");
}

TEST_F(EditTest, ReplacesWhatIsChosen) {
  const std::string two = InviteWith("m: <sip:third>\r\nx-A :  1\r\n");
  const auto changed = [&](const Edit& edit) { return Changes(two, Write(two, {edit})); };
  EXPECT_EQ(changed({.kind = kReplace, .name = "X-a", .value = "2"}), "-x-A :  1|+x-A: 2|");
  EXPECT_EQ(
      changed({.kind = kReplace, .which = EditWhich::kLast, .name = "Contact", .value = "<sip:b>"}),
      "-m: <sip:third>|+m: <sip:b>|");
  EXPECT_EQ(changed({.kind = kReplace, .which = EditWhich::kLine, .number = 2, .value = "69"}),
            "-Max-Forwards: 70|+Max-Forwards: 69|");
  EXPECT_EQ(changed({.kind = kReplace, .name = "X-B", .value = "2"}), "");
}

TEST_F(EditTest, SetsOneValueWhateverWasThere) {
  const std::string two = InviteWith("m: <sip:third>\r\n");
  EXPECT_EQ(Changes(two, Write(two, {{.kind = kSet, .name = "contact", .value = "<sip:b>"}})),
            "-Contact: <sip:alice@192.0.2.1>, <sip:alice@192.0.2.2>;q=0.5|-m: <sip:third>|"
            "+Contact: <sip:b>|");
  EXPECT_EQ(Changes(two, Write(two, {{.kind = kSet, .name = "user-agent", .value = "b"}})),
            "+User-Agent: b|");
}

TEST_F(EditTest, TheLastEditOfALineDecides) {
  const Edit remove{.kind = kRemove, .name = "Subject"};
  const Edit replace{.kind = kReplace, .name = "Subject", .value = "new"};
  EXPECT_EQ(Changes(kInvite, Write(kInvite, {remove, replace})),
            "-Subject: a folded|-  subject|+Subject: new|");
  EXPECT_EQ(Changes(kInvite, Write(kInvite, {replace, remove})), "-Subject: a folded|-  subject|");
}

TEST_F(EditTest, WritesStartLines) {
  EXPECT_EQ(Changes(kInvite, Write(kInvite, {{.kind = kRequestUri, .value = "tel:112"}})),
            "-INVITE sip:bob@example.com SIP/2.0|+INVITE tel:112 SIP/2.0|");
  EXPECT_EQ(Changes(kResponse, Write(kResponse, {{.kind = kStatus, .number = 403, .value = "No"}})),
            "-SIP/2.0 200 OK|+SIP/2.0 403 No|");
  EXPECT_EQ(Changes(kResponse, Write(kResponse, {{.kind = kStatus, .value = "Fine"}})),
            "-SIP/2.0 200 OK|+SIP/2.0 200 Fine|");
}

TEST_F(EditTest, WritesBodiesWithTheirLength) {
  const auto body = [](std::string_view type, std::string_view text) {
    return Edit{.kind = kBody, .value = type, .body = text};
  };
  EXPECT_EQ(Changes(kInvite, Write(kInvite, {body("a/b", "hello world")})),
            "-Content-Type: text/plain|-Content-Length: 5|-hello|"
            "+Content-Type: a/b|+Content-Length: 11|+hello world|");
  EXPECT_EQ(Changes(kResponse, Write(kResponse, {body("a/b", "x")})),
            "-l: 0|+l: 1|+Content-Type: a/b|+x|");
  EXPECT_EQ(Changes(kInvite, Write(kInvite, {body("", "")})),
            "-Content-Type: text/plain|-Content-Length: 5|-hello|+Content-Length: 0|");
  const std::string no_length = InviteWith("", "Content-Length");
  EXPECT_EQ(Changes(no_length, Write(no_length, {body("text/plain", "hi")})),
            "-hello|+Content-Length: 2|+hi|");
}

TEST_F(EditTest, AnEditedMessageEndsWhereItsLengthSays) {
  const Edit any{.kind = kRemove, .name = "Subject"};
  const std::string tail = std::string(kInvite) + "INVITE sip:a SIP/2.0\r\n";
  EXPECT_TRUE(Write(tail, {any}).ends_with("\r\n\r\nhello"));
  const std::string beyond = InviteWith("l: 99\r\n", "Content-Length");
  EXPECT_NE(Write(beyond, {any}).find("\r\nl: 5\r\n"), std::string::npos);
  const std::string twice = InviteWith("l: 99\r\nContent-Length: 99\r\n", "Content-Length");
  EXPECT_EQ(Changes(twice, Write(twice, {any})),
            "-Subject: a folded|-  subject|-l: 99|-Content-Length: 99|+l: 5|");
  EXPECT_EQ(Problem(kInvite, {any}, {}, {.stream = true}), P::kNone);
}

TEST_F(EditTest, TheNormalFormIsPlain) {
  const std::string odd =
      "\r\nINVITE  sip:bob@example.com  sip/2.0\n"
      " lost: 1\r\n"
      "v : SIP/2.0/UDP a;branch=z9hG4bK1\r\n ;x=1\r\n"
      "no colon\r\n"
      "f:<sip:a@b>;tag=1\n"
      "t:\t <sip:c@d> \r\n"
      "call-id: 1\r\n"
      "CSEQ: 1 INVITE\r\n"
      "Max-Forwards: 70\r\n"
      "x-Y: \"a  b\"\r\n"
      "b@d: 1\r\n"
      "X-E:\r\n"
      "l: 02\r\n"
      "\n"
      "hello";
  EXPECT_EQ(Write(odd, {}, {.normalise = true}),
            "INVITE sip:bob@example.com SIP/2.0\r\n"
            "Via: SIP/2.0/UDP a;branch=z9hG4bK1 ;x=1\r\n"
            "From: <sip:a@b>;tag=1\r\n"
            "To: <sip:c@d>\r\n"
            "Call-ID: 1\r\n"
            "CSeq: 1 INVITE\r\n"
            "Max-Forwards: 70\r\n"
            "x-Y: \"a  b\"\r\n"
            "X-E:\r\n"
            "Content-Length: 2\r\n"
            "\r\n"
            "he");
}

TEST_F(EditTest, TheNormalFormOfAnAnswerHasItsStatusLine) {
  const std::string odd = "sip/2.0 200 Fine  thanks\n" + std::string(kResponse.substr(16));
  EXPECT_TRUE(Write(odd, {}, {.normalise = true}).starts_with("SIP/2.0 200 Fine  thanks\r\n"));
  EXPECT_TRUE(Write(odd, {{.kind = kStatus, .number = 410, .value = "Gone"}}, {.normalise = true})
                  .starts_with("SIP/2.0 410 Gone\r\n"));
}

TEST_F(EditTest, AKindThatIsNoneIsAProblem) {
  EXPECT_EQ(Problem(kInvite, {{.kind = static_cast<EditKind>(99)}}), P::kKind);
}

TEST_F(EditTest, ASizeIsAllThatATooSmallBufferGets) {
  Message message;
  message.Parse(kInvite, {});
  const Edit edits[] = {{.kind = kRequestUri, .value = "sip:x"}};
  char small[100];
  std::fill(std::begin(small), std::end(small), 'z');
  const EditResult result = WriteMessage(message, edits, {}, small, sizeof small);
  EXPECT_EQ(result.problem, P::kSpace);
  EXPECT_EQ(result.size, kInvite.size() - 15 + 1);
  EXPECT_EQ(std::count(std::begin(small), std::end(small), 'z'), 100);
}

}  // namespace
}  // namespace sipward::sip
