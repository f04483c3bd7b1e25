// Bytes that are cut or hostile: nothing is read outside them.
#include <gtest/gtest.h>

#include <random>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kRich =
    "REGISTER sips:[2001:db8::1]:5061;transport=tls SIP/2.0\r\n"
    "v: SIP/2.0/TLS [2001:db8::9]:5061;branch=z9hG4bK1;rport\r\n"
    "Max-Forwards: 70\r\n"
    "f: \"A \\\" B\" <sips:a%20b:pw@example.com;user=phone?x=y>;tag=1\r\n"
    "t: <tel:+1-201-555-0123;phone-context=example.com>\r\n"
    "i: x@y\r\n"
    "CSeq: 2 REGISTER\r\n"
    "m: *\r\n"
    "Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:b\", "
    "response=\"0\", qop=auth,\r\n"
    " nc=00000001, cnonce=\"c\"\r\n"
    "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n"
    "Expires: 3600\r\n"
    "c: multipart/mixed;boundary=b\r\n"
    "l: 86\r\n"
    "\r\n"
    "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 "
    "0\r\n--b--\r\n";

void ReadAll(Message& message, std::string_view bytes) {
  for (Profile profile : {Profile::kTolerant, Profile::kStrict}) {
    message.Parse(bytes, {.profile = profile});
    Reading(message).All();
  }
}

TEST(MessageBytes, EveryPrefixIsReadWithoutAStepOverEitherEnd) {
  Message message;
  GuardedPages pages(4096);
  for (std::string_view text : {kInvite, kResponse, kRich}) {
    for (size_t length = 0; length <= text.size(); ++length) {
      ReadAll(message, pages.AtEnd(text.substr(0, length)));
      ReadAll(message, pages.AtBegin(text.substr(0, length)));
    }
  }
  message.Parse(kRich, {});
  EXPECT_EQ(message.headers().size(), 12u);
}

TEST(MessageBytes, EverySuffixIsReadWithoutAStepOverEitherEnd) {
  Message message;
  GuardedPages pages(4096);
  size_t malformed = 0;
  for (size_t at = 1; at < kRich.size(); ++at) {
    ReadAll(message, pages.AtEnd(kRich.substr(at)));
    malformed += message.status() == ParseStatus::kMalformed;
  }
  EXPECT_GT(malformed, kRich.size() / 2);
}

TEST(MessageBytes, AnUnrelatedHeaderChangesNothingElse) {
  Message with;
  Message without;
  const std::string longer = InviteWith("X-Filler: \"<sip:eve@example.net>;tag=9, Via: x\r\n");
  with.Parse(longer, {});
  without.Parse(kInvite, {});
  with.Validate();
  without.Validate();
  const auto same = [&](Slice a, Slice b) { EXPECT_EQ(a.In(longer.data()), b.In(kInvite.data())); };
  same(with.from().text, without.from().text);
  same(with.to().text, without.to().text);
  same(with.cseq().method_text, without.cseq().method_text);
  same(with.call_id(), without.call_id());
  same(with.body(), without.body());
  ASSERT_EQ(with.vias().size(), without.vias().size());
  for (size_t i = 0; i < with.vias().size(); ++i) same(with.vias()[i].text, without.vias()[i].text);
  EXPECT_EQ(AnomalyNames(with), AnomalyNames(without));
}

TEST(MessageBytes, ChangedOctetsNeverLeadOutOfTheMessage) {
  std::mt19937 random(7);
  Message message;
  GuardedPages pages(4096);
  constexpr std::string_view kSpice = "\r\n\0\t \"\\<>()@:;,?=%[]*\x7F\x80\xFF/0z";
  for (int round = 0; round < 20'000; ++round) {
    std::string text(round % 2 == 0 ? kRich : kInvite);
    for (auto n = 1 + random() % 6; n != 0; --n) {
      text[random() % text.size()] = kSpice[random() % kSpice.size()];
    }
    const std::string_view bytes = pages.AtEnd(text);
    ReadAll(message, bytes);
    for (const Header& header : message.headers()) {
      ASSERT_LE(header.name.end(), bytes.size());
      ASSERT_LE(header.value.end(), bytes.size());
    }
    for (const Anomaly& anomaly : message.anomalies()) ASSERT_LE(anomaly.offset, bytes.size());
  }
}

}  // namespace
}  // namespace sipward::sip
