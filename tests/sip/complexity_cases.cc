#include "tests/sip/complexity_cases.h"

#include <array>
#include <limits>
#include <memory>
#include <vector>

#include "sip/edit.h"
#include "sip/sip.h"
#include "tests/sip/reading.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kBegin =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:alice@example.org>;tag=1\r\n"
    "To: <sip:bob@example.com>\r\n"
    "Call-ID: 1@192.0.2.1\r\n"
    "CSeq: 1 INVITE\r\n";
constexpr std::string_view kMixed = "Content-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n";
constexpr std::string_view kSdp =
    "Content-Type: application/sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nt=0 0\r\n";
constexpr std::string_view kSmall =
    "OPTIONS sip:a SIP/2.0\r\nv: SIP/2.0/TCP a;branch=z9hG4bK1\r\nf: <sip:a>;tag=1\r\nt: "
    "<sip:a>\r\n"
    "i: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 1\r\nl: 0\r\n\r\n";

constexpr ComplexityCase kCases[] = {
    {"nested parentheses", Way::kMessage, "Retry-After: 1 ", "(", ""},
    {"closed parentheses", Way::kMessage, "Retry-After: 1 ", "()", ""},
    {"comments in a server", Way::kMessage, "User-Agent: a ", "(\\(", ""},
    {"commas", Way::kMessage, "Contact: ", ",", ""},
    {"commas in quotes", Way::kMessage, "Contact: \"", ",", "\" <sip:a>"},
    {"addresses", Way::kMessage, "Contact: <sip:a>", ",<sip:a>", ""},
    {"folds", Way::kMessage, "Contact: <sip:a>", "\r\n ", ";q=1"},
    {"folds of nothing", Way::kMessage, "X-A: ", "a\r\n \r\n ", "a"},
    {"folds by a bare LF", Way::kMessage, "Subject: ", "a\n ", "a"},
    {"folds by a bare LF in a line without a colon", Way::kMessage, "a", "\n a", "a"},
    {"bare CRs", Way::kMessage, "Subject: ", "a\r", "a"},
    {"blank lines of a fold", Way::kMessage, "Subject: a", "\r\n\t", "a"},
    {"quotes", Way::kMessage, "From: ", "\"", " <sip:a>"},
    {"pairs of quotes", Way::kMessage, "From: ", "\"a\" ", "<sip:a>"},
    {"backslashes", Way::kMessage, "From: \"", "\\", "\" <sip:a>"},
    {"quoted quotes", Way::kMessage, "From: \"", "\\\"", "\" <sip:a>"},
    {"parameters", Way::kMessage, "From: <sip:a>", ";a=b", ""},
    {"parameters without a value", Way::kMessage, "From: <sip:a>", ";a", ""},
    {"parameters with an open quote", Way::kMessage, "From: <sip:a>", ";a=\"", ""},
    {"parameters of a URI", Way::kMessage, "To: <sip:a", ";a=b", ">"},
    {"headers of a URI", Way::kMessage, "To: <sip:a?", "a=b&", ">"},
    {"headers", Way::kMessage, "", "a:b\r\n", "X-A: 1"},
    {"headers without a colon", Way::kMessage, "", "a\r\n", "X-A: 1"},
    {"long names", Way::kMessage, "", "aaaaaaaa", ": 1"},
    {"escapes", Way::kMessage, "To: <sip:", "%41", "@a>"},
    {"broken escapes", Way::kMessage, "To: <sip:", "%4", "@a>"},
    {"angle brackets", Way::kMessage, "To: ", "<", ""},
    {"pairs of angle brackets", Way::kMessage, "Route: ", "<>", ""},
    {"at signs", Way::kMessage, "To: <sip:", "@", ">"},
    {"at signs and colons", Way::kMessage, "To: <sip:", "a:a@", "a>"},
    {"dots of a host", Way::kMessage, "To: <sip:a@", "a.", "a>"},
    {"colons of an IPv6 address", Way::kMessage, "To: <sip:a@[", "1:", "]>"},
    {"digits", Way::kMessage, "Expires: ", "9", ""},
    {"words of a Call-ID", Way::kMessage, "Call-ID: ", "a@", ""},
    {"boundaries", Way::kMessage, kMixed, "\r\n--b\r\n\r\n", "\r\n--b--"},
    {"boundaries that are none", Way::kMessage, kMixed, "--b-\r\n", "--b--"},
    {"hyphens", Way::kMessage, kMixed, "-", "\r\n--b--"},
    {"nested multiparts", Way::kMessage, kMixed,
     "Content-Type: multipart/mixed;boundary=b\r\n\r\n--b\r\n", ""},
    {"lines of an SDP", Way::kMessage, kSdp, "a=\r\n", ""},
    {"attributes of an SDP", Way::kMessage, kSdp, "a=rtpmap:0 PCMU/8000\r\n", ""},
    {"media of an SDP", Way::kMessage, kSdp, "m=audio 1 RTP/AVP 0\r\n", ""},
    {"formats of a medium", Way::kMessage, kSdp, " 0", "\r\n"},
    {"digest parameters", Way::kMessage, "Authorization: Digest a=b", ",a=b", ""},
    {"digest quotes", Way::kMessage, "Authorization: Digest a=\"", "\\\"", "\""},
    {"digest open quotes", Way::kMessage, "WWW-Authenticate: Digest ", "a=\",", ""},
    {"Vias in one line", Way::kMessage, "Via: SIP/2.0/UDP a", ",SIP/2.0/UDP a", ""},
    {"Vias in lines", Way::kMessage, "", "Via: SIP/2.0/UDP a\r\n", "X-A: 1"},
    {"white space in a Via", Way::kMessage, "Via: SIP / 2.0 / UDP", " \t", "a"},
    {"characters of two octets", Way::kMessage, "Subject: ", "\xC3\xA4", ""},
    {"octets that are no UTF-8", Way::kMessage, "Subject: ", "\xE2\x82", ""},
    {"NUL", Way::kMessage, "Subject: ", std::string_view("\0", 1), ""},
    {"messages by 1", Way::kStream1, "", kSmall},
    {"messages by 7", Way::kStream7, "", kSmall},
    {"messages by 1000", Way::kStream1000, "", kSmall},
    {"keep-alives by 1", Way::kStream1, "", "\r\n"},
    {"an open head by 1", Way::kStream1, kBegin, "X-A: 1\r\n"},
    {"an open line by 1", Way::kStream1, kBegin, "a"},
    {"CRs by 1", Way::kStream1, kBegin, "\r"},
    {"LFs with blanks by 7", Way::kStream7, kBegin, "\n "},
    {"strip folds that look like it", Way::kStrip, "X-A: a", "\r\n y:"},
    {"strip folds that do not", Way::kStrip, "X-A: a", "\r\n y "},
    {"strip lines of words", Way::kStrip, "b@d ", "x y- ", ": a"},
    {"strip a name with rubbish", Way::kStrip, "", "\x01y", ": a"},
    {"strip controls", Way::kStrip, "X-A: ", "\x01 y", ""},
    {"strip headers", Way::kStrip, "", "y:a\r\n", "X-A: 1"},
    {"normal folds", Way::kNormal, "X-A: a", "  \r\n  a", ""},
    {"normal white space", Way::kNormal, "X-A: a", " ", "a"},
    {"normal headers", Way::kNormal, "", "m:<sip:a>\r\n", "X-A: 1"},
    {"edit headers", Way::kRemove, "", "x-a:a\r\n", "X-A: 1"},
    {"edit folds", Way::kRemove, "X-A: 1", "\r\n x-b:", ""},
};

size_t ReadStream(std::string_view input, size_t piece) {
  StreamFramer framer(static_cast<uint32_t>(input.size()) + 1);
  size_t messages = 0;
  std::string_view message;
  while (!input.empty()) {
    input.remove_prefix(framer.Push(input.substr(0, piece)));
    StreamFramer::Status status;
    while ((status = framer.Next(&message)) == StreamFramer::Status::kMessage) ++messages;
    if (status == StreamFramer::Status::kError) break;
  }
  return messages;
}

size_t WriteAgain(const Message& message, Way way, char* out, size_t capacity) {
  std::array<Edit, kMaxEdits> edits;
  size_t count = 0;
  if (way == Way::kStrip) {
    edits[count++] = {.kind = EditKind::kStripIdentity, .number = kStripEverything};
  } else if (way == Way::kRemove) {
    for (; count < kMaxEdits; ++count) edits[count] = {.kind = EditKind::kRemove, .name = "X-B"};
  }
  return WriteMessage(message, {edits.data(), count}, {.normalise = way == Way::kNormal}, out,
                      capacity)
      .size;
}

}  // namespace

std::span<const ComplexityCase> ComplexityCases() { return kCases; }

std::string MakeInput(const ComplexityCase& one, size_t size) {
  const bool stream =
      one.way == Way::kStream1 || one.way == Way::kStream7 || one.way == Way::kStream1000;
  std::string text = stream ? "" : std::string(kBegin);
  text += one.head;
  while (text.size() < size) text += one.piece;
  text += one.tail;
  if (!stream && one.head.find("\r\n\r\n") == one.head.npos) text += "\r\n\r\n";
  return text;
}

size_t ReadInput(const ComplexityCase& one, std::string_view input) {
  switch (one.way) {
    case Way::kStream1:
      return ReadStream(input, 1);
    case Way::kStream7:
      return ReadStream(input, 7);
    case Way::kStream1000:
      return ReadStream(input, 1000);
    default:
      break;
  }
  constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();
  ParseOptions options;
  options.limits.message_bytes = options.limits.header_value_bytes = kMost;
  options.limits.uri_bytes = options.limits.params_per_value = options.limits.sdp_media = kMost;
  static Message message;
  if (one.way == Way::kMessage) return ReadEverything(message, input, options);
  static std::vector<char> out(size_t{4} << 20);
  message.Parse(input, options);
  return WriteAgain(message, one.way, out.data(), out.size());
}

}  // namespace sipward::sip
