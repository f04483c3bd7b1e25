#include "tests/sip/oracle/samples.h"

namespace sipward::oracle {
namespace {

// What follows the start line of a good OPTIONS, and the start line.
#define GOOD_TAIL                                  \
  "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n" \
  "Max-Forwards: 70\r\n"                           \
  "From: <sip:a@example.com>;tag=1\r\n"            \
  "To: <sip:b@example.com>\r\n"                    \
  "Call-ID: 1@example.com\r\n"                     \
  "CSeq: 1 OPTIONS\r\n"
#define GOOD_START "OPTIONS sip:example.com SIP/2.0\r\n"

constexpr MessageSample kMessages[] = {
    {GOOD_START GOOD_TAIL "\r\n", true},
    {"\r\n\r\n" GOOD_START GOOD_TAIL "\r\n", true},
    {"OPTIONS sip:example.com sip/2.0\r\n" GOOD_TAIL "\r\n", true},
    {"OPTIONS sip:example.com SIP/2.1\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS sip:example.com SIP/02.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS  sip:example.com SIP/2.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS sip:example.com  SIP/2.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS sip:example.com SIP/2.0 \r\n" GOOD_TAIL "\r\n", false},
    {" OPTIONS sip:example.com SIP/2.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS\tsip:example.com SIP/2.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS sip:example.com\r\n" GOOD_TAIL "\r\n", false},
    {"OPT(IONS sip:example.com SIP/2.0\r\n" GOOD_TAIL "\r\n", false},
    {"OPTIONS sip:example.com SIP/2.0\n" GOOD_TAIL "\r\n", false},
    {GOOD_START GOOD_TAIL, false},
    {GOOD_START GOOD_TAIL "\n", false},
    {GOOD_START " folded\r\n" GOOD_TAIL "\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: b\nX-C: d\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: b\rX-C: d\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: b\r\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A b\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X A: b\r\n\r\n", false},
    {GOOD_START GOOD_TAIL ": b\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X(A): b\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: b\x01\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: \xFF\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "X-A: b\r\n \r\n c\r\n\r\n", true},
    {GOOD_START GOOD_TAIL "X-A:\r\n\r\n", true},
    {GOOD_START GOOD_TAIL "X-A : b : c\r\n\r\n", true},
    {GOOD_START GOOD_TAIL "f: <sip:a@example.com>;tag=1\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "Call-ID: 2@example.com\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "Content-Length: 0\r\nl: 0\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "Content-Length: 4\r\n\r\nab", false},
    {GOOD_START GOOD_TAIL "Content-Length: 2\r\n\r\nabcd", true},
    {GOOD_START GOOD_TAIL "Contact: *\r\nContact: <sip:a@example.com>\r\n\r\n", false},
    {GOOD_START GOOD_TAIL "Via: SIP/2.0/TCP b.example.com;branch=z9hG4bKb\r\n\r\n", true},
    {GOOD_START "Max-Forwards: 70\r\n\r\n", false},
    {"SIP/2.0 200 OK\r\n" GOOD_TAIL "\r\n", true},
    {"SIP/2.0 200 \r\n" GOOD_TAIL "\r\n", true},
    {"SIP/2.0 200\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 099 x\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 700 x\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 2000 x\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0  200 OK\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/3.0 200 OK\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 200 \xC3\xA9\t;/?:@&=+$,%20\r\n" GOOD_TAIL "\r\n", true},
    {"SIP/2.0 200 100%\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 200 \"OK\"\r\n" GOOD_TAIL "\r\n", false},
    {"SIP/2.0 200 \x01\r\n" GOOD_TAIL "\r\n", false},
    {"", false},
    {"\n" GOOD_START GOOD_TAIL "\r\n", false},
    {"\r\n\r\n", false},
    {"OPTIONS", false},
    {"OPTIONS sip:example.com SIP/2.0\r\n\r\n", false},
    {"HTTP/1.1 200 OK\r\n\r\n", false},
};

constexpr std::string_view kLines[] = {
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds",
    "Max-Forwards: 70",
    "From: \"Alice\" <sip:alice@example.org>;tag=1928301774",
    "To: Bob <sip:bob@example.com>",
    "Call-ID: a84b4c76e66710@192.0.2.1",
    "CSeq: 314159 INVITE",
    "Contact: <sip:alice@192.0.2.1>",
    "Content-Length: 0",
};

bool IsNamed(std::string_view line, std::string_view name) {
  constexpr std::string_view kCompact[][2] = {{"f", "From"},    {"t", "To"},
                                              {"v", "Via"},     {"i", "Call-ID"},
                                              {"m", "Contact"}, {"l", "Content-Length"}};
  for (const auto& [compact, full] : kCompact) {
    if (name == compact) name = full;
  }
  return line.substr(0, line.find(':')) == name;
}

}  // namespace

std::span<const MessageSample> MessageSamples() { return kMessages; }

std::string MessageWith(std::string_view line) {
  constexpr std::string_view kRequestUri = "Request-URI: ";
  const bool is_uri = line.starts_with(kRequestUri);
  std::string text = "INVITE ";
  text += is_uri ? line.substr(kRequestUri.size()) : "sip:bob@example.com";
  text += " SIP/2.0\r\n";
  const std::string_view name = line.substr(0, line.find_first_of(" \t:"));
  for (const std::string_view own : kLines) {
    if (!IsNamed(own, name)) text.append(own).append("\r\n");
  }
  if (!is_uri) text.append(line).append("\r\n");
  return text + "\r\n";
}

std::vector<std::string> AllSamples() {
  std::vector<std::string> all;
  for (const auto& samples : {AddressSamples(), UriSamples(), OtherSamples(), ItemSamples()}) {
    for (const LineSample& sample : samples) all.push_back(MessageWith(sample.line));
  }
  for (const MessageSample& sample : MessageSamples()) all.emplace_back(sample.text);
  return all;
}

}  // namespace sipward::oracle
