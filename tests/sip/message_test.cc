#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

class MessageTest : public testing::Test {
 protected:
  ParseStatus Parse(std::string text, ParseOptions options = {}) {
    text_ = std::move(text);
    return message_.Parse(text_, options);
  }
  ParseStatus ParseStrict(std::string text) {
    return Parse(std::move(text), {.profile = Profile::kStrict});
  }
  std::string Text(Slice slice) const { return std::string(slice.In(text_.data())); }
  // Where the anomaly was first found; -1 if it was not.
  int64_t Place(AnomalyId id) const {
    for (const Anomaly& anomaly : message_.anomalies()) {
      if (anomaly.id == id) return anomaly.offset;
    }
    return -1;
  }
  int64_t Offset(std::string_view part) const { return static_cast<int64_t>(text_.find(part)); }

  std::string text_;
  Message message_;
};

TEST_F(MessageTest, ReadsAnOrdinaryRequestWithoutAnomaliesButTheFold) {
  ASSERT_EQ(ParseStrict(std::string(kInvite)), ParseStatus::kOk);
  EXPECT_TRUE(message_.is_request());
  EXPECT_EQ(message_.start().method, Method::kInvite);
  EXPECT_EQ(message_.headers().size(), 11u);
  EXPECT_EQ(message_.CountOf(HeaderId::kVia), 2u);
  EXPECT_EQ(Text(message_.ValueOf(HeaderId::kSubject)), "a folded\r\n  subject");
  EXPECT_TRUE(message_.Find(HeaderId::kSubject)->folded);
  EXPECT_EQ(Text(message_.body()), "hello");
  EXPECT_TRUE(message_.complete());
  EXPECT_THAT(AnomalyNames(message_), testing::ElementsAre("header.fold"));
  EXPECT_EQ(Place(AnomalyId::kHeaderFold), Offset("  subject"));
}

TEST_F(MessageTest, NamesCompactForms) {
  ASSERT_EQ(ParseStrict(std::string(kResponse)), ParseStatus::kOk);
  EXPECT_TRUE(message_.is_response());
  EXPECT_EQ(message_.start().code, 200);
  EXPECT_EQ(Text(message_.call_id()), "1@192.0.2.1");
  EXPECT_TRUE(message_.Find(HeaderId::kFrom)->compact);
  EXPECT_EQ(message_.number(HeaderId::kContentLength), 0);
  EXPECT_THAT(AnomalyNames(message_), IsEmpty());
}

TEST_F(MessageTest, FindsHeadersByAnyFormOfTheirName) {
  Parse(InviteWith("X-Odd: 1\r\n"));
  ASSERT_NE(message_.Find("x-ODD"), nullptr);
  EXPECT_EQ(Text(message_.Find("x-ODD")->value), "1");
  EXPECT_EQ(message_.Find("i"), message_.Find("Call-Id"));
  EXPECT_EQ(message_.Find("X-None"), nullptr);
  EXPECT_EQ(message_.Find(HeaderId::kOther), nullptr);
  EXPECT_EQ(message_.CountOf(HeaderId::kOther), 0u);
}

TEST_F(MessageTest, ChainsHeadersOfOneName) {
  Parse(std::string(kInvite));
  const Header* first = message_.Find(HeaderId::kVia);
  ASSERT_NE(first, nullptr);
  const Header* second = message_.Next(*first);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(Text(second->value).substr(0, 11), "SIP/2.0/TCP");
  EXPECT_EQ(message_.Next(*second), nullptr);
}

TEST_F(MessageTest, ABareLineFeedEndsALineAndIsNamed) {
  const std::string text = InviteWith("X-A: 1\nX-B: 2\r\n");
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(Text(message_.Find("X-B")->value), "2");
  EXPECT_EQ(Place(AnomalyId::kLineBareLf), Offset("\nX-B"));
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
  EXPECT_EQ(message_.error()->id, AnomalyId::kLineBareLf);
}

TEST_F(MessageTest, ABareLineFeedAsTheEmptyLineIsNamed) {
  std::string text(kInvite);
  text.erase(text.find("\r\n\r\nhello") + 2, 1);
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(Place(AnomalyId::kLineBareLf), Offset("\nhello"));
  EXPECT_EQ(Text(message_.body()), "hello");
}

TEST_F(MessageTest, ABareCarriageReturnEndsNoLineAndIsNamed) {
  const std::string text = InviteWith("X-A: 1\rVia: SIP/2.0/UDP 203.0.113.9\r\n");
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(message_.CountOf(HeaderId::kVia), 2u);
  EXPECT_EQ(Place(AnomalyId::kLineBareCr), Offset("\rVia: SIP/2.0/UDP 203"));
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
}

TEST_F(MessageTest, ControlsAreNamedUnlessTheyAreEscapedInQuotes) {
  using namespace std::string_literals;
  Parse(InviteWith("X-A: a\0b\r\n"s));
  EXPECT_EQ(Place(AnomalyId::kLineNul), Offset("\0b"s));
  Parse(InviteWith("X-A: \"a\x01\"\r\n"));
  EXPECT_EQ(Place(AnomalyId::kLineCtl), Offset("\x01"));
  Parse(InviteWith("X-A: \"a\\\x07 \\\0 \\\x7F\"\r\n"s));
  EXPECT_EQ(Place(AnomalyId::kLineEscapedCtl), Offset("\x07"));
  EXPECT_EQ(Place(AnomalyId::kLineNul), -1);
  EXPECT_EQ(Place(AnomalyId::kLineCtl), -1);
  Parse(InviteWith("X-A: \"a\\\\\x07\"\r\n"));
  EXPECT_EQ(Place(AnomalyId::kLineCtl), Offset("\x07")) << "the backslash is itself escaped";
  Parse(InviteWith("X-A: a\\\x07\r\n"));
  EXPECT_EQ(Place(AnomalyId::kLineCtl), Offset("\x07")) << "no quoted string, no quoted pair";
}

TEST_F(MessageTest, LeadingEmptyLinesAreSkippedAndNamed) {
  EXPECT_EQ(ParseStrict("\r\n\r\n" + std::string(kInvite)), ParseStatus::kOk);
  EXPECT_EQ(Place(AnomalyId::kLineLeadingCrlf), 0);
  EXPECT_EQ(message_.start().method, Method::kInvite);
}

TEST_F(MessageTest, AFoldBehindTheStartLineIsNoHeader) {
  std::string text(kInvite);
  text.insert(text.find("Via:"), " X: 1\r\n");
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(Place(AnomalyId::kHeaderFoldFirst), Offset(" X: 1"));
  EXPECT_EQ(message_.Find("X"), nullptr);
  EXPECT_EQ(message_.headers().size(), 11u);
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
}

TEST_F(MessageTest, ABlankFoldIsNamedAndEndsNothing) {
  Parse(InviteWith("X-A: 1\r\n \t\r\n 2\r\nX-B: 3\r\n"));
  EXPECT_EQ(Place(AnomalyId::kHeaderFoldBlank), Offset(" \t\r\n"));
  EXPECT_EQ(Text(message_.Find("X-A")->value), "1\r\n \t\r\n 2");
  EXPECT_NE(message_.Find("X-B"), nullptr);
}

TEST_F(MessageTest, LinesThatAreNoHeadersAreNamedAndPassed) {
  Parse(InviteWith("no colon here\r\n: no name\r\nbad name: 1\r\nX-B: 2\r\n"));
  const auto names = AnomalyNames(message_);
  EXPECT_EQ(std::count(names.begin(), names.end(), "header.name_invalid"), 3);
  EXPECT_EQ(Place(AnomalyId::kHeaderNameInvalid), Offset("no colon here"));
  EXPECT_EQ(Text(message_.Find("X-B")->value), "2");
  EXPECT_EQ(message_.headers().size(), 13u) << "the badly named one can still be looked at";
}

TEST_F(MessageTest, WhiteSpaceBeforeTheColonIsNamed) {
  EXPECT_EQ(ParseStrict(InviteWith("Priority \t : urgent\r\n")), ParseStatus::kOk);
  EXPECT_EQ(Text(message_.ValueOf(HeaderId::kPriority)), "urgent");
  EXPECT_EQ(Place(AnomalyId::kHeaderSpaceBeforeColon), Offset(" \t : urgent"));
}

TEST_F(MessageTest, EmptyValuesAreNamed) {
  ParseStrict(InviteWith("Supported: \r\n"));
  EXPECT_EQ(Place(AnomalyId::kHeaderEmpty), Offset("Supported"));
  EXPECT_TRUE(message_.ValueOf(HeaderId::kSupported).present());
  EXPECT_TRUE(message_.ValueOf(HeaderId::kSupported).empty());
}

TEST_F(MessageTest, ASecondSingletonIsAmbiguous) {
  const std::string text = InviteWith("From: <sip:eve@example.net>;tag=2\r\n");
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(Place(AnomalyId::kHeaderDuplicateSingleton), Offset("From: <sip:eve"));
  EXPECT_EQ(Text(message_.from().uri.user), "alice");
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
}

TEST_F(MessageTest, CompactAndLongFormTogetherAreNamed) {
  Parse(InviteWith("m: <sip:eve@example.net>\r\n"));
  EXPECT_EQ(Place(AnomalyId::kHeaderCompactAndLong), Offset("m: <sip:eve"));
  Parse(InviteWith("Contact: <sip:eve@example.net>\r\n"));
  EXPECT_EQ(Place(AnomalyId::kHeaderCompactAndLong), -1);
}

TEST_F(MessageTest, EveryMandatoryHeaderIsMissed) {
  for (const char* header : {"From", "To", "Call-ID", "CSeq"}) {
    EXPECT_EQ(Parse(InviteWith("", header)), ParseStatus::kMalformed) << header;
    EXPECT_EQ(message_.error()->id, AnomalyId::kHeaderMissingMandatory) << header;
  }
  std::string response(kResponse);
  response.erase(response.find("v:"), response.find("f:") - response.find("v:"));
  EXPECT_EQ(Parse(response), ParseStatus::kMalformed);
}

TEST_F(MessageTest, MissingMaxForwardsRefusesNothing) {
  EXPECT_EQ(ParseStrict(InviteWith("", "Max-Forwards")), ParseStatus::kOk);
  EXPECT_TRUE(message_.anomalies().Has(AnomalyId::kMaxForwardsMissing));
  EXPECT_FALSE(message_.anomalies().Has(AnomalyId::kHeaderMissingMandatory));
}

TEST_F(MessageTest, TheBodyIsCutAtContentLength) {
  EXPECT_EQ(ParseStrict(std::string(kInvite) + " world\r\n"), ParseStatus::kOk);
  EXPECT_EQ(Text(message_.body()), "hello");
  EXPECT_EQ(Place(AnomalyId::kContentLengthShortOfDatagram), Offset(" world"));
  EXPECT_FALSE(message_.anomalies().Has(AnomalyId::kContentLengthHiddenMessage));
}

TEST_F(MessageTest, AMessageBehindTheBodyIsAmbiguous) {
  for (const char* hidden : {"BYE sip:a SIP/2.0\r\n", "\r\n\r\nSIP/2.0 200 OK\r\n"}) {
    EXPECT_EQ(ParseStrict(std::string(kInvite) + hidden), ParseStatus::kOk);
    EXPECT_EQ(Place(AnomalyId::kContentLengthHiddenMessage), Offset(hidden)) << hidden;
  }
}

TEST_F(MessageTest, WithoutContentLengthTheBodyIsTheRestOfTheDatagram) {
  EXPECT_EQ(ParseStrict(InviteWith("", "Content-Length")), ParseStatus::kOk);
  EXPECT_EQ(Text(message_.body()), "hello");
  EXPECT_EQ(message_.number(HeaderId::kContentLength), -1);
  EXPECT_EQ(Parse(InviteWith("", "Content-Length"), {.stream = true}), ParseStatus::kMalformed);
  EXPECT_EQ(message_.error()->id, AnomalyId::kContentLengthMissingOnStream);
}

TEST_F(MessageTest, AContentLengthBeyondTheDatagramLeavesTheRest) {
  const std::string text = InviteWith("Content-Length: 6\r\n", "Content-Length");
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_EQ(Text(message_.body()), "hello");
  EXPECT_TRUE(message_.anomalies().Has(AnomalyId::kContentLengthBeyondDatagram));
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
}

TEST_F(MessageTest, AContentLengthThatIsNoNumberIsRefused) {
  const struct {
    const char* value;
    AnomalyId id;
  } cases[] = {{"", AnomalyId::kContentLengthNotDigits},
               {"-1", AnomalyId::kContentLengthNotDigits},
               {"+5", AnomalyId::kContentLengthNotDigits},
               {"5, 5", AnomalyId::kContentLengthNotDigits},
               {"0x5", AnomalyId::kContentLengthNotDigits},
               {"4294967296", AnomalyId::kContentLengthOverflow},
               {"18446744073709551621", AnomalyId::kContentLengthOverflow}};
  for (const auto& [value, id] : cases) {
    const std::string line = std::string("Content-Length: ") + value + "\r\n";
    EXPECT_EQ(Parse(InviteWith(line, "Content-Length")), ParseStatus::kMalformed) << value;
    EXPECT_EQ(message_.error()->id, id) << value;
    EXPECT_EQ(message_.number(HeaderId::kContentLength), -1) << value;
  }
}

TEST_F(MessageTest, TwoContentLengthsAreDuplicateOrConflict) {
  EXPECT_EQ(Parse(InviteWith("l: 0005\r\n")), ParseStatus::kOk);
  EXPECT_TRUE(message_.anomalies().Has(AnomalyId::kContentLengthDuplicate));
  EXPECT_FALSE(message_.anomalies().Has(AnomalyId::kHeaderDuplicateSingleton));
  EXPECT_EQ(ParseStrict(InviteWith("l: 5\r\n")), ParseStatus::kMalformed);
  EXPECT_EQ(Parse(InviteWith("l: 4\r\n")), ParseStatus::kMalformed);
  EXPECT_EQ(message_.error()->id, AnomalyId::kContentLengthConflict);
  EXPECT_EQ(message_.number(HeaderId::kContentLength), -1);
}

TEST_F(MessageTest, TextThatIsNotUtf8IsNamed) {
  Parse(InviteWith("X-A: caf\xC3\xA9\r\n"));
  EXPECT_THAT(AnomalyNames(message_), Not(Contains("utf8.invalid")));
  const char* const wrong[] = {"\xE9",     "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                               "\xE2\x82", "\x80"};
  for (const char* octets : wrong) {
    Parse(InviteWith("X-A: ok " + std::string(octets) + "\r\n"));
    EXPECT_EQ(Place(AnomalyId::kUtf8Invalid), Offset(octets)) << octets;
  }
}

TEST_F(MessageTest, InvisibleAndTurningCharactersAreNamed) {
  Parse(
      InviteWith("X-A: a\xE2\x80\xAE"
                 "b\r\nX-B: c\xE2\x80\x8B"
                 "d\r\n"));
  EXPECT_EQ(Place(AnomalyId::kUtf8Bidi), Offset("\xE2\x80\xAE"));
  EXPECT_EQ(Place(AnomalyId::kUtf8ZeroWidth), Offset("\xE2\x80\x8B"));
  EXPECT_FALSE(message_.anomalies().Has(AnomalyId::kUtf8Invalid));
}

TEST_F(MessageTest, AMessageWithoutTheEmptyLineIsUnterminated) {
  const std::string text(kInvite.substr(0, kInvite.size() - 7));
  EXPECT_EQ(Parse(text), ParseStatus::kOk);
  EXPECT_FALSE(message_.complete());
  EXPECT_FALSE(message_.body().present());
  EXPECT_TRUE(message_.anomalies().Has(AnomalyId::kLineUnterminated));
  EXPECT_EQ(ParseStrict(text), ParseStatus::kMalformed);
}

TEST_F(MessageTest, HeadersAreReadBehindABrokenStartLine) {
  EXPECT_EQ(Parse("nonsense\r\n" + std::string(kInvite.substr(kInvite.find("Via:")))),
            ParseStatus::kMalformed);
  EXPECT_EQ(Text(message_.from().uri.user), "alice");
  EXPECT_EQ(message_.headers().size(), 11u);
}

TEST_F(MessageTest, NothingIsMalformed) {
  EXPECT_EQ(Parse(""), ParseStatus::kMalformed);
  EXPECT_EQ(Parse("\r\n\r\n"), ParseStatus::kMalformed);
  EXPECT_EQ(Parse("\r"), ParseStatus::kMalformed);
  EXPECT_FALSE(message_.from().uri.text.present());
}

TEST_F(MessageTest, LimitsHoldAtTheirValueAndRefuseOneBeyond) {
  const auto headers = [](int n) {
    std::string lines;
    for (int i = 0; i < n; ++i) lines += "X-A: 1\r\n";
    return InviteWith(lines);
  };
  EXPECT_EQ(Parse(headers(256 - 11)), ParseStatus::kOk);
  EXPECT_EQ(Parse(headers(256 - 10)), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kHeaderTooMany);
  EXPECT_EQ(Parse(headers(5'000)), ParseStatus::kLimit);

  ParseOptions options;
  options.limits.message_bytes = static_cast<uint32_t>(kInvite.size());
  EXPECT_EQ(Parse(std::string(kInvite), options), ParseStatus::kOk);
  --options.limits.message_bytes;
  EXPECT_EQ(Parse(std::string(kInvite), options), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kMessageTooLong);

  EXPECT_EQ(Parse(InviteWith("X-A: " + std::string(16'384, 'a') + "\r\n")), ParseStatus::kOk);
  EXPECT_EQ(Parse(InviteWith("X-A: " + std::string(16'385, 'a') + "\r\n")), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kHeaderValueTooLong);
}

TEST_F(MessageTest, KeepsNothingOfTheMessageBefore) {
  Parse(InviteWith("Route: <sip:192.0.2.9;lr>\r\nAuthorization: Digest realm=\"a\"\r\n"));
  Reading(message_).All();
  ASSERT_EQ(message_.addresses(HeaderId::kRoute).size(), 1u);
  Parse(std::string(kResponse));
  EXPECT_EQ(message_.addresses(HeaderId::kRoute).size(), 0u);
  EXPECT_EQ(message_.digests(HeaderId::kAuthorization).size(), 0u);
  EXPECT_FALSE(message_.request_uri().text.present());
  EXPECT_EQ(message_.number(HeaderId::kMaxForwards), -1);
  EXPECT_EQ(message_.vias().size(), 1u);
  EXPECT_THAT(AnomalyNames(message_), IsEmpty());
}

TEST(MessageComma, ABareUriWithACommaIsTwoThings) {
  Message message;
  const auto has = [&](std::string_view contact) {
    const std::string text = InviteWith("Contact: " + std::string(contact) + "\r\n");
    message.Parse(text, {});
    message.Validate();
    return message.anomalies().Has(AnomalyId::kUriNoBracketsComma);
  };
  EXPECT_TRUE(has("sip:a,b@example.com"));
  EXPECT_FALSE(has("sip:a@example.com, sip:b@example.com"));
  EXPECT_FALSE(has("<sip:a@example.com>, <sip:b@example.com>"));
}

TEST(MessageLimit, ValuesAreCountedOverAllLines) {
  Message message;
  std::string contacts;
  for (int i = 0; i < 126; ++i) contacts += "Contact: <sip:a@example.com>\r\n";
  std::string text = InviteWith(contacts);
  message.Parse(text, {});
  EXPECT_EQ(message.Validate(), ParseStatus::kOk);
  text = InviteWith(contacts + "Contact: <sip:a@example.com>\r\n");
  message.Parse(text, {});
  EXPECT_EQ(message.Validate(), ParseStatus::kLimit);
}

// An attacker who repeats one anomaly hides no other by it.
TEST(AnomalyLogTest, KeepsTheFirstPlaceOfEveryAnomaly) {
  AnomalyLog log;
  for (uint32_t i = 0; i < 500; ++i) log.Add(AnomalyId::kHeaderFold, i);
  log.Add(AnomalyId::kTagDuplicate, 600);
  EXPECT_EQ(log.size(), AnomalyLog::kMaxPlaces + 1);
  EXPECT_EQ(log[AnomalyLog::kMaxPlaces].id, AnomalyId::kTagDuplicate);
  EXPECT_EQ(log.omitted(), 436u);
  EXPECT_EQ(log.ClassCount(AnomalyClass::kSuspicious), 500u);
  EXPECT_EQ(log.ClassCount(AnomalyClass::kAmbiguous), 1u);
}

}  // namespace
}  // namespace sipward::sip
