// Values that a Message reads when it is asked, and what only a whole message shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

class MessageLazyTest : public testing::Test {
 protected:
  ParseStatus Validate(std::string text, ParseOptions options = {}) {
    text_ = std::move(text);
    message_.Parse(text_, options);
    return message_.Validate();
  }
  bool Has(AnomalyId id) const { return message_.anomalies().Has(id); }
  std::string Text(Slice slice) const { return std::string(slice.In(text_.data())); }

  std::string text_;
  Message message_;
};

std::string WithVia(std::string_view via) {
  std::string text(kInvite);
  const size_t at = text.find("SIP/2.0/UDP 192.0.2.1");
  return text.replace(at, text.find("\r\n", at) - at, via);
}

TEST_F(MessageLazyTest, ReadsAllViasTopmostFirst) {
  ASSERT_EQ(Validate(std::string(kInvite), {.profile = Profile::kStrict}), ParseStatus::kOk);
  const auto vias = message_.vias();
  ASSERT_EQ(vias.size(), 3u);
  EXPECT_EQ(Text(vias[0].host), "192.0.2.1");
  EXPECT_EQ(Text(vias[1].host), "proxy.example.org");
  EXPECT_EQ(Text(vias[2].branch), "z9hG4bKx");
}

TEST_F(MessageLazyTest, ReadsAddressesInMessageOrder) {
  Validate(InviteWith("m: <sip:third@192.0.2.3>\r\n"));
  const auto contacts = message_.addresses(HeaderId::kContact);
  ASSERT_EQ(contacts.size(), 3u);
  EXPECT_EQ(Text(contacts[1].uri.host), "192.0.2.2");
  EXPECT_EQ(Text(contacts[2].uri.user), "third");
  EXPECT_EQ(message_.addresses(HeaderId::kFrom).size(), 1u);
  EXPECT_EQ(message_.addresses(HeaderId::kSubject).size(), 0u);
}

TEST_F(MessageLazyTest, ReadsAValueOnceAndNamesItsAnomaliesOnce) {
  Validate(InviteWith("", "From"));
  text_ = InviteWith("From: <sip:alice@example.org>\r\n", "From");
  message_.Parse(text_, {});
  EXPECT_FALSE(Has(AnomalyId::kTagMissing));
  message_.from();
  EXPECT_TRUE(Has(AnomalyId::kTagMissing));
  const int before = message_.anomalies().size();
  message_.from();
  EXPECT_EQ(message_.anomalies().size(), before);
}

TEST_F(MessageLazyTest, JudgesTheBranchOfTheTopmostViaAlone) {
  Validate(WithVia("SIP/2.0/UDP 192.0.2.1"));
  EXPECT_TRUE(Has(AnomalyId::kViaNoBranch));
  Validate(WithVia("SIP/2.0/UDP 192.0.2.1;branch=1234"));
  EXPECT_TRUE(Has(AnomalyId::kViaBranchNotRfc3261));
  Validate(WithVia("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"));
  EXPECT_TRUE(Has(AnomalyId::kViaBranchEmpty));
  Validate(WithVia("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1, SIP/2.0/UDP 192.0.2.2"));
  EXPECT_FALSE(Has(AnomalyId::kViaNoBranch));
}

TEST_F(MessageLazyTest, ComparesTheMethodOfCseqWithTheRequest) {
  Validate(InviteWith("CSeq: 1 BYE\r\n", "CSeq"));
  EXPECT_TRUE(Has(AnomalyId::kCseqMethodMismatch));
  Validate(InviteWith("CSeq: 1 Invite\r\n", "CSeq"));
  EXPECT_TRUE(Has(AnomalyId::kCseqMethodCase));
  EXPECT_FALSE(Has(AnomalyId::kCseqMethodMismatch));
}

TEST_F(MessageLazyTest, AHighCseqIsNamedWhereItOpensSomething) {
  Validate(InviteWith("CSeq: 2147483647 INVITE\r\n", "CSeq"));
  EXPECT_FALSE(Has(AnomalyId::kCseqInitialRange));
  std::string text = InviteWith("CSeq: 2147483648 INVITE\r\n", "CSeq");
  Validate(text);
  EXPECT_TRUE(Has(AnomalyId::kCseqInitialRange));
  text.insert(text.find("<sip:bob@example.com>") + 21, ";tag=9");
  Validate(text);
  EXPECT_FALSE(Has(AnomalyId::kCseqInitialRange)) << "inside a dialog";
  Validate(InviteWith("CSeq: 4294967296 INVITE\r\n", "CSeq"));
  EXPECT_TRUE(Has(AnomalyId::kCseqOverflow));
  EXPECT_FALSE(message_.cseq().number_valid);
}

TEST_F(MessageLazyTest, ReadsNumbersWithinTheirRanges) {
  Validate(
      InviteWith("Expires: 4294967295\r\nSession-Expires: 90;refresher=uac\r\n"
                 "Retry-After: 120 (busy);duration=5\r\n"));
  EXPECT_EQ(message_.number(HeaderId::kMaxForwards), 70);
  EXPECT_EQ(message_.number(HeaderId::kExpires), 4294967295);
  EXPECT_EQ(message_.number(HeaderId::kSessionExpires), 90);
  EXPECT_EQ(message_.number(HeaderId::kRetryAfter), 120);
  EXPECT_EQ(message_.number(HeaderId::kRseq), -1);
  EXPECT_EQ(message_.number(HeaderId::kFrom), -1);
  EXPECT_FALSE(message_.anomalies().HasClass(AnomalyClass::kViolation));
}

TEST_F(MessageLazyTest, NamesNumbersOutOfRange) {
  const struct {
    const char* line;
    AnomalyId id;
  } cases[] = {{"Max-Forwards: 256", AnomalyId::kMaxForwardsRange},
               {"Max-Forwards: -1", AnomalyId::kMaxForwardsRange},
               {"Expires: 4294967296", AnomalyId::kExpiresRange},
               {"Expires: never", AnomalyId::kExpiresRange},
               {"Expires: 99999999999999999999999999", AnomalyId::kExpiresRange},
               {"Min-Expires: 1x", AnomalyId::kExpiresRange},
               {"Session-Expires: ;a", AnomalyId::kExpiresRange},
               {"Retry-After: 4294967296", AnomalyId::kNumberOverflow},
               {"RSeq: 1.5", AnomalyId::kNumberMalformed}};
  for (const auto& [line, id] : cases) {
    Validate(InviteWith(std::string(line) + "\r\n", "Max-Forwards"));
    EXPECT_TRUE(Has(id)) << line;
  }
}

TEST_F(MessageLazyTest, AStarIsTheWholeOfContact) {
  Validate(InviteWith("Contact: *\r\n", "Contact"));
  EXPECT_FALSE(Has(AnomalyId::kContactStarMixed));
  Validate(InviteWith("Contact: *\r\n"));
  EXPECT_TRUE(Has(AnomalyId::kContactStarMixed));
}

TEST_F(MessageLazyTest, NamesAFoldedIdentity) {
  Validate(InviteWith("Identity: abc\r\n ;info=<https://example.com/c>\r\n"));
  EXPECT_TRUE(Has(AnomalyId::kHeaderFoldIdentity));
  Validate(InviteWith("Identity: abc;info=<https://example.com/c>\r\n"));
  EXPECT_FALSE(Has(AnomalyId::kHeaderFoldIdentity));
}

TEST_F(MessageLazyTest, ReadsDateAndCallId) {
  Validate(InviteWith("Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n"));
  EXPECT_FALSE(Has(AnomalyId::kDateMalformed));
  Validate(InviteWith("Date: Sat, 13 Nov 2010 23:29:00 EST\r\n"));
  EXPECT_TRUE(Has(AnomalyId::kDateMalformed));
  Validate(InviteWith("Call-ID: a b\r\n", "Call-ID"));
  EXPECT_TRUE(Has(AnomalyId::kCallIdMalformed));
}

TEST_F(MessageLazyTest, ReadsBodiesByTheirContentType) {
  Validate(InviteWith("Content-Type: application / SDP ;x=1\r\n", "Content-Type"));
  EXPECT_TRUE(Has(AnomalyId::kSdpMissingLine));
  Validate(InviteWith("Content-Type: multipart/mixed\r\n", "Content-Type"));
  EXPECT_TRUE(Has(AnomalyId::kBodyMultipartNoBoundary));
  Validate(InviteWith("Content-Type: application/sdpx\r\n", "Content-Type"));
  EXPECT_FALSE(Has(AnomalyId::kSdpMissingLine));
}

TEST_F(MessageLazyTest, ReadsOneSetOfCredentialsFromEachHeader) {
  Validate(InviteWith(
      "Authorization: Digest username=\"a,b\", realm=\"one\", nonce=\"n\", uri=\"sip:x\", "
      "response=\"r\"\r\nAuthorization: Digest realm=\"two\"\r\n"));
  const auto credentials = message_.digests(HeaderId::kAuthorization);
  ASSERT_EQ(credentials.size(), 2u);
  EXPECT_EQ(Text(credentials[0].username), "a,b");
  EXPECT_EQ(Text(credentials[1].realm), "two");
  EXPECT_EQ(message_.digests(HeaderId::kFrom).size(), 0u);
}

TEST_F(MessageLazyTest, LimitsOfViasAndValuesHoldAtTheirValueAndRefuseOneBeyond) {
  const auto repeat = [](std::string_view name, std::string_view value, int n) {
    std::string line = std::string(name) + ": " + std::string(value);
    for (int i = 1; i < n; ++i) line.append(", ").append(value);
    return InviteWith(line + "\r\n");
  };
  EXPECT_EQ(Validate(repeat("Via", "SIP/2.0/UDP a;branch=z9hG4bK1", 67)), ParseStatus::kOk);
  EXPECT_EQ(message_.vias().size(), 70u);
  EXPECT_EQ(Validate(repeat("Via", "SIP/2.0/UDP a;branch=z9hG4bK1", 68)), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kViaTooMany);
  EXPECT_EQ(Validate(repeat("Route", "<sip:a>", 128)), ParseStatus::kOk);
  EXPECT_EQ(message_.addresses(HeaderId::kRoute).size(), 128u);
  EXPECT_EQ(Validate(repeat("Route", "<sip:a>", 129)), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kHeaderTooManyValues);
}

TEST_F(MessageLazyTest, ManyHeadersOfManyValuesStayWithinTheFixedArrays) {
  std::string routes = "Route: <sip:a>";
  for (int i = 1; i < 100; ++i) routes += ",<sip:a>";
  routes += "\r\n";
  EXPECT_EQ(Validate(InviteWith(routes + routes + routes)), ParseStatus::kLimit);
  EXPECT_EQ(message_.error()->id, AnomalyId::kHeaderTooManyValues);
  EXPECT_LE(message_.addresses(HeaderId::kRoute).size(), 300u);

  std::string credentials;
  for (int i = 0; i < 33; ++i) credentials += "Authorization: Digest realm=\"a\"\r\n";
  EXPECT_EQ(Validate(InviteWith(credentials)), ParseStatus::kLimit);
  EXPECT_EQ(message_.digests(HeaderId::kAuthorization).size(), 32u);

  ParseOptions options;
  options.limits.vias = 1'000'000;
  std::string vias;
  for (int i = 0; i < 200; ++i) vias += "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n";
  EXPECT_EQ(Validate(InviteWith(vias), options), ParseStatus::kLimit);
  EXPECT_EQ(message_.vias().size(), 128u);
}

TEST_F(MessageLazyTest, AfterACommaOneFoldIsWhiteSpaceAndTwoAreNot) {
  for (const auto& [gap, malformed] :
       {std::pair("\r\n c ", false), std::pair("\r\n \r\n c ", true),
        std::pair("\r\n \r\n ", false), std::pair("\r\n \r\n \"c\" ", false)}) {
    const std::string text = InviteWith(
        "Contact: <sip:a@example.com>," + std::string(gap) + "<sip:c@example.com>\r\n", "Contact");
    message_.Parse(text, {.profile = Profile::kStrict});
    EXPECT_EQ(message_.addresses(HeaderId::kContact).size(), 2u);
    EXPECT_EQ(message_.anomalies().Has(AnomalyId::kNameaddrMalformed), malformed) << gap;
  }
}

}  // namespace
}  // namespace sipward::sip
