// Every anomaly of anomaly.def can be raised: by one edit of a message that raises none, at the
// place where the edit is; and those of class `limit` one step past the limit and not at it.
#include <gtest/gtest.h>

#include <set>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kHead =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "From: \"Alice\" <sip:alice@example.org>;tag=1\r\n"
    "To: <sip:bob@example.com>\r\n"
    "Call-ID: a1@192.0.2.1\r\n"
    "CSeq: 1 INVITE\r\n"
    "Contact: <sip:alice@192.0.2.1>\r\n"
    "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n"
    "Expires: 60\r\n"
    "Subject: hi\r\n"
    "Identity: abc\r\n"
    "Authorization: Digest username=\"alice\", realm=\"example.org\", nonce=\"n\", "
    "uri=\"sip:bob@example.com\", response=\"66\", qop=auth, nc=00000001, cnonce=\"c\"\r\n"
    "Content-Type: application/sdp\r\n"
    "\r\n";
constexpr std::string_view kBody =
    "v=0\r\n"
    "o=- 1 1 IN IP4 192.0.2.1\r\n"
    "s=-\r\n"
    "c=IN IP4 192.0.2.1\r\n"
    "t=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\n";
constexpr std::string_view kTail =
    "sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\n";
constexpr std::string_view kStart = "INVITE sip:bob@example.com SIP/2.0";
constexpr std::string_view kRequestUri = "sip:bob@example.com SIP/2.0";
constexpr std::string_view kSender = "\"Alice\" <sip:alice@example.org>";
constexpr std::string_view kSubject = "Subject: hi";
constexpr std::string_view kDate = "Sat, 13 Nov 2010 23:29:00 GMT";

std::string Base() { return std::string(kHead) + std::string(kBody); }

// `from`, which stands once in the base message, becomes `to`. The anomaly is expected where "$$"
// stands in `to` (it is left out), or else where `at` stands first in the edited message.
struct EditCase {
  AnomalyId id;
  std::string_view from;
  std::string_view to;
  std::string_view at = "";
};

struct Edited {
  std::string text;
  size_t place = std::string::npos;
};

Edited Apply(const EditCase& edit) {
  Edited edited{Base()};
  const size_t from = edited.text.find(edit.from);
  EXPECT_NE(from, std::string::npos) << edit.from;
  EXPECT_EQ(edited.text.find(edit.from, from + 1), std::string::npos) << edit.from;
  std::string to(edit.to);
  const size_t marker = to.find("$$");
  if (marker != std::string::npos) to.erase(marker, 2);
  edited.text.replace(from, edit.from.size(), to);
  edited.place = marker != std::string::npos ? from + marker : edited.text.find(edit.at);
  return edited;
}

const std::vector<EditCase>& Edits() {
  using enum AnomalyId;
  static const std::vector<EditCase> edits = {
      {kLineBareLf, "Subject: hi\r\n", "Subject: hi$$\n"},
      {kLineBareCr, kSubject, "Subject: h$$\ri"},
      {kLineNul, kSubject, "Subject: h$$\0i"sv},
      {kLineCtl, kSubject, "Subject: h$$\x01i"},
      {kLineEscapedCtl, "\"Alice\"", "\"Ali\\$$\x01\""},
      {kLineLeadingCrlf, kStart, "$$\r\nINVITE sip:bob@example.com SIP/2.0"},
      {kLineTrailingSpace, kStart, "INVITE sip:bob@example.com SIP/2.0$$ "},
      {kLineUnterminated, kTail, "sdp\r\n$$"},
      {kStartMalformed, kStart, "hello$$"},
      {kStartVersion, kStart, "INVITE sip:bob@example.com $$SIP/3.0"},
      {kStartWhitespace, kStart, "INVITE$$  sip:bob@example.com SIP/2.0"},
      {kStartMethodCase, kStart, "$$Invite sip:bob@example.com SIP/2.0"},
      {kStartReasonMissing, kStart, "SIP/2.0 200$$"},
      {kStartReasonMalformed, kStart, "SIP/2.0 200 100$$% OK"},
      {kStartStatusRange, kStart, "SIP/2.0 $$700 OK"},
      {kHeaderNameInvalid, kSubject, "$$Sub ject: hi"},
      {kHeaderSpaceBeforeColon, kSubject, "Subject$$ : hi"},
      {kHeaderFold, kSubject, "Subject:\r\n$$ hi"},
      {kHeaderFoldBlank, kSubject, "Subject: h\r\n$$ \r\n i"},
      {kHeaderFoldFirst, "\r\nVia:", "\r\n$$ x\r\nVia:"},
      {kHeaderFoldIdentity, "Identity: abc", "Identity: $$ab\r\n c"},
      {kHeaderDuplicateSingleton, kSubject, "Subject: hi\r\n$$Subject: ho"},
      {kHeaderCompactAndLong, "<sip:alice@192.0.2.1>",
       "<sip:alice@192.0.2.1>\r\n$$m: <sip:alice@192.0.2.1>"},
      {kHeaderEmpty, kSubject, "$$Subject:"},
      {kHeaderMissingMandatory, "CSeq: 1 INVITE\r\n", "", "v=0"},
      {kContentLengthMissingOnStream, kSubject, "Subject: ho", "v=0"},
      {kContentLengthDuplicate, kSubject, "Content-Length: 4\r\nContent-Length: $$4"},
      {kContentLengthConflict, kSubject, "Content-Length: 4\r\nContent-Length: $$5"},
      {kContentLengthNotDigits, kSubject, "Content-Length: $$-1"},
      {kContentLengthOverflow, kSubject, "Content-Length: $$4294967296"},
      {kContentLengthBeyondDatagram, kSubject, "Content-Length: $$9999"},
      {kContentLengthShortOfDatagram, kSubject, "Content-Length: 3", "\r\no=-"},
      {kContentLengthHiddenMessage, "sdp\r\n\r\n",
       "sdp\r\nContent-Length: 0\r\n\r\n$$BYE sip:bob@example.com SIP/2.0\r\n\r\n"},
      {kCseqMalformed, "CSeq: 1 INVITE", "CSeq: 1$$"},
      {kCseqOverflow, "CSeq: 1 ", "CSeq: $$4294967296 "},
      {kCseqInitialRange, "CSeq: 1 ", "CSeq: $$2147483648 "},
      {kCseqMethodMismatch, "1 INVITE", "1 $$BYE"},
      {kCseqMethodCase, "1 INVITE", "1 $$Invite"},
      {kMaxForwardsRange, "Max-Forwards: 70", "Max-Forwards: $$256"},
      {kMaxForwardsMissing, "Max-Forwards: 70\r\n", "", "v=0"},
      {kExpiresRange, "Expires: 60", "Expires: $$4294967296"},
      {kNumberOverflow, kSubject, "RSeq: $$4294967296"},
      {kNumberMalformed, kSubject, "RSeq: $$one"},
      {kDateMalformed, kDate, "Sat, 13 Nov 2010 23:29:00 $$PST"},
      {kCallIdMalformed, "a1@192.0.2.1", "a1@$$@192.0.2.1"},
      {kViaMalformed, "UDP 192.0.2.1:5060", "UDP $$"},
      {kViaProtocol, "Via: SIP/2.0", "Via: $$SIP/3.0"},
      {kViaNoBranch, ";branch=z9hG4bK1", "", "SIP/2.0/UDP"},
      {kViaBranchNotRfc3261, "branch=z9hG4bK1", "branch=$$1"},
      {kViaBranchEmpty, "branch=z9hG4bK1", "branch=$$z9hG4bK"},
      {kViaUnknownTransport, "SIP/2.0/UDP", "SIP/2.0/$$X25"},
      {kUriMalformed, kRequestUri, "tel:$$7042 SIP/2.0"},
      {kUriTwoAt, kRequestUri, "sip:bob@example.org$$@example.com SIP/2.0"},
      {kUriNoBracketsComma, kSender, "sip:alice$$,bob@example.org"},
      {kUriNoBracketsQuestion, kSender, "sip:alice@example.org$$?Subject=hi"},
      {kUriHeadersInRequestUri, kRequestUri, "sip:bob@example.com$$?Subject=hi SIP/2.0"},
      {kUriBracketsInRequestUri, kRequestUri, "$$<sip:bob@example.com> SIP/2.0"},
      {kUriWhitespace, kSender, "<sip:alice@example.org$$ >"},
      {kUriPercentNul, kRequestUri, "sip:bob$$%00@example.com SIP/2.0"},
      {kUriPercentCtl, kRequestUri, "sip:bob$$%01@example.com SIP/2.0"},
      {kUriPercentAt, kRequestUri, "sip:bob$$%40example.org@example.com SIP/2.0"},
      {kUriBadEscape, kRequestUri, "sip:bob$$%4@example.com SIP/2.0"},
      {kUriPortRange, kRequestUri, "sip:bob@example.com:$$65536 SIP/2.0"},
      {kUriIpv6Bad, kRequestUri, "sip:bob@$$[2001:db8:1] SIP/2.0"},
      {kUriHostBad, kRequestUri, "sip:bob@$$my_host SIP/2.0"},
      {kUriUserAmbiguous, kRequestUri, "sip:bob$$;x@example.com SIP/2.0"},
      {kUriUnknownScheme, kRequestUri, "$$im:bob@example.com SIP/2.0"},
      {kInjectionCrlfEscaped, kRequestUri, "sip:bob$$%0D%0Ax@example.com SIP/2.0"},
      {kNameaddrMalformed, "\"Alice\"", "Bell$$, Alice"},
      {kNameaddrUnclosed, "alice@example.org>", "alice@example.org", "<sip:alice@example.org"},
      {kNameaddrQuoteUnbalanced, "\"Alice\"", "$$\"Alice"},
      {kNameaddrDisplayContainsUri, "\"Alice\"", "$$\"sip:bank@example.net\""},
      {kNameaddrDisplayNumber, "\"Alice\"", "$$\"+1 212 555 0123\""},
      {kContactStarMixed, "<sip:alice@192.0.2.1>", "$$*, <sip:alice@192.0.2.1>"},
      {kTagMissing, ";tag=1", "", "\"Alice\""},
      {kTagDuplicate, ";tag=1", ";tag=1;$$tag=2"},
      {kParamMalformed, ";tag=1", ";tag=1;x=$$"},
      {kParamDuplicate, ";tag=1", ";tag=1;x=1;$$x=2"},
      {kDigestMalformed, "uri=\"sip:bob@example.com\"", "uri=sip$$:bob@example.com"},
      {kDigestDuplicateParam, " nonce=\"n\"", " nonce=\"n\", $$nonce=\"m\""},
      {kDigestNoEquals, " nonce=\"n\"", " $$nonce"},
      {kDigestQopWithoutNc, " nc=00000001,", "", "auth, cnonce"},
      {kDigestRealmMissing, " realm=\"example.org\",", "", "Digest"},
      {kDigestUnknownScheme, "Digest username", "$$Basic username"},
      {kUtf8Invalid, kSubject, "Subject: $$\xFFi"},
      {kUtf8Bidi, kSubject, "Subject: $$\xE2\x80\xAEih"},
      {kUtf8ZeroWidth, kSubject, "Subject: h$$\xE2\x80\x8Bi"},
      {kBodyMultipartUnterminated, "application/sdp\r\n\r\n",
       "multipart/mixed;boundary=x\r\n\r\n$$--x\r\n\r\n"},
      {kBodyMultipartNoBoundary, "application/sdp", "$$multipart/mixed"},
      {kSdpNul, "s=-", "s=$$\0"sv},
      {kSdpMalformed, "t=0 0\r\n", "t=0 0\r\n$$a:x\r\n"},
      {kSdpOverflow, "m=audio 9", "m=audio $$65536"},
      {kSdpMissingLine, "s=-\r\n", "", "v=0"},
      {kSdpOrder, "c=IN IP4 192.0.2.1\r\nt=0 0\r\n", "t=0 0\r\n$$c=IN IP4 192.0.2.1\r\n"},
  };
  return edits;
}

// A message with `count` of what the limit counts, and where the first one too many is.
struct LimitCase {
  AnomalyId id;
  size_t limit;
  Edited (*make)(size_t count);
};

std::string Replaced(std::string_view from, const std::string& to) {
  std::string text = Base();
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string Repeated(size_t count, const std::string& part) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += part;
  return text;
}

Edited WithHeaders(size_t count) {
  const size_t there = 13;
  const std::string text =
      Replaced("Content-Type:", Repeated(count - there, "X-A: 1\r\n") + "Content-Type:");
  return {text, text.find("Content-Type:")};
}

Edited WithValueOf(size_t bytes) {
  const std::string text = Replaced("hi", std::string(bytes, 'x'));
  return {text, text.find("xxx")};
}

Edited WithContacts(size_t count) {
  const std::string last = "<sip:last@192.0.2.1>";
  const std::string text =
      Replaced("<sip:alice@192.0.2.1>", Repeated(count - 1, "<sip:a@192.0.2.1>,") + last);
  return {text, text.find(last)};
}

Edited WithLength(size_t bytes) {
  std::string text = Base() + "a=";
  text.resize(bytes, 'x');
  return {text, bytes - 1};
}

Edited WithVias(size_t count) {
  const std::string line = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK2\r\n";
  const std::string text = Replaced("Max-Forwards:", Repeated(count - 1, line) + "Max-Forwards:");
  return {text, text.rfind("SIP/2.0/UDP")};
}

Edited WithUriOf(size_t bytes) {
  std::string uri = "sip:bob@example.com;x=";
  uri.resize(bytes, 'x');
  return {Replaced("sip:bob@example.com", uri), 7};
}

Edited WithParams(size_t count) {
  std::string params = ";tag=1";
  for (size_t i = 1; i < count; ++i) params += ";p" + std::to_string(i);
  const std::string text = Replaced(";tag=1", params);
  return {text, text.find(";p" + std::to_string(count - 1)) + 1};
}

Edited WithMedia(size_t count) {
  const std::string text = Base() + Repeated(count - 1, "m=audio 9 RTP/AVP 0\r\n");
  return {text, text.rfind("m=")};
}

constexpr LimitCase kLimits[] = {
    {AnomalyId::kHeaderTooMany, 256, WithHeaders},
    {AnomalyId::kHeaderValueTooLong, 16'384, WithValueOf},
    {AnomalyId::kHeaderTooManyValues, 128, WithContacts},
    {AnomalyId::kMessageTooLong, 65'535, WithLength},
    {AnomalyId::kViaTooMany, 70, WithVias},
    {AnomalyId::kUriTooLong, 2'048, WithUriOf},
    {AnomalyId::kParamTooMany, 64, WithParams},
    {AnomalyId::kSdpTooManyMedia, 32, WithMedia},
};

std::string_view Name(AnomalyId id) { return Describe(id).name; }

bool IsAt(const Message& message, AnomalyId id, size_t place) {
  for (const Anomaly& anomaly : message.anomalies()) {
    if (anomaly.id == id && anomaly.offset == place) return true;
  }
  return false;
}

std::string All(const Message& message) {
  std::string all;
  for (const Anomaly& anomaly : message.anomalies()) {
    all += std::string(Name(anomaly.id)) + '@' + std::to_string(anomaly.offset) + ' ';
  }
  return all;
}

ParseStatus Read(std::string_view text, const ParseOptions& options, Message* message) {
  message->Parse(text, options);
  return message->Validate();
}

TEST(AnomalyCatalogueTest, TheBaseMessageRaisesNone) {
  Message message;
  EXPECT_EQ(Read(Base(), {.profile = Profile::kStrict}, &message), ParseStatus::kOk);
  EXPECT_EQ(All(message), "");
}

TEST(AnomalyCatalogueTest, EveryAnomalyHasItsCase) {
  std::multiset<AnomalyId> cases;
  for (const EditCase& edit : Edits()) cases.insert(edit.id);
  for (const LimitCase& limit : kLimits) cases.insert(limit.id);
  for (int i = 0; i < kAnomalyCount; ++i) {
    const auto id = static_cast<AnomalyId>(i);
    EXPECT_EQ(cases.count(id), 1u) << Name(id);
  }
}

TEST(AnomalyCatalogueTest, OneEditRaisesItWhereItStands) {
  Message message;
  for (const EditCase& edit : Edits()) {
    const Edited edited = Apply(edit);
    const bool stream = edit.id == AnomalyId::kContentLengthMissingOnStream;
    Read(edited.text, {.stream = stream}, &message);
    EXPECT_TRUE(IsAt(message, edit.id, edited.place))
        << Name(edit.id) << '@' << edited.place << " is not in " << All(message);
  }
}

TEST(AnomalyCatalogueTest, TheProfilesRefuseWhatTheCatalogueSays) {
  Message message;
  for (const EditCase& edit : Edits()) {
    const Edited edited = Apply(edit);
    const bool stream = edit.id == AnomalyId::kContentLengthMissingOnStream;
    const AnomalyInfo& info = Describe(edit.id);
    for (const Profile profile : {Profile::kStrict, Profile::kTolerant}) {
      const ParseStatus status =
          Read(edited.text, {.profile = profile, .stream = stream}, &message);
      const bool refuses =
          profile == Profile::kStrict ? info.refused_in_strict : info.refused_in_tolerant;
      if (refuses) {
        EXPECT_EQ(status, ParseStatus::kMalformed) << info.name;
      }
    }
  }
}

TEST(AnomalyCatalogueTest, ALimitIsPassedByOneAndNotBefore) {
  Message message;
  for (const LimitCase& limit : kLimits) {
    const Edited at_limit = limit.make(limit.limit);
    EXPECT_EQ(Read(at_limit.text, {}, &message), ParseStatus::kOk) << Name(limit.id);
    EXPECT_FALSE(message.anomalies().Has(limit.id)) << Name(limit.id);

    const Edited past = limit.make(limit.limit + 1);
    for (const Profile profile : {Profile::kStrict, Profile::kTolerant}) {
      EXPECT_EQ(Read(past.text, {.profile = profile}, &message), ParseStatus::kLimit)
          << Name(limit.id);
      EXPECT_TRUE(IsAt(message, limit.id, past.place))
          << Name(limit.id) << '@' << past.place << " is not in " << All(message);
    }
  }
}

}  // namespace
}  // namespace sipward::sip
