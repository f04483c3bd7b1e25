// Changes of numbers, Call-ID, Via and the start line.
#include <algorithm>
#include <array>

#include "tests/peers/mutations.h"

namespace sipward::peers {

using namespace std::string_view_literals;

void Number(Draft* draft, Random& random) {
  constexpr std::array kNumbers = {"0"sv,
                                   "00"sv,
                                   "0009"sv,
                                   "255"sv,
                                   "256"sv,
                                   "2147483647"sv,
                                   "2147483648"sv,
                                   "4294967295"sv,
                                   "4294967296"sv,
                                   "4294967297"sv,
                                   "18446744073709551615"sv,
                                   "18446744073709551616"sv,
                                   "1000000000000000000000000000000"sv,
                                   "-1"sv,
                                   "+1"sv,
                                   "0x10"sv,
                                   "1e3"sv,
                                   "1.0"sv,
                                   "1,2"sv,
                                   "1;x"sv,
                                   ""sv,
                                   " "sv,
                                   "x"sv,
                                   "1x"sv,
                                   "1 2"sv,
                                   "\"1\""sv,
                                   "(1)"sv,
                                   "\xEF\xBC\x91"sv,
                                   "%31"sv,
                                   "99999"sv,
                                   "1\t"sv,
                                   "00000000000000000000000000001"sv,
                                   "4, 4"sv,
                                   "-0"sv,
                                   "1\0"sv};
  const size_t at =
      PickNamed(*draft, random, {"CSeq", "Content-Length", "CSeq", "Max-Forwards", "Expires"});
  std::string& line = draft->lines[at];
  const size_t begin = ValueBegin(line, true);
  const size_t end = std::min(line.size(), line.find(' ', begin));
  line.replace(begin, end - begin, random.Of(kNumbers));
}

void CseqMethod(Draft* draft, Random& random) {
  constexpr std::array kMethods = {" invite"sv,     " BYE"sv,      ""sv,         " "sv,
                                   " INVITE x"sv,   "\tINVITE"sv,  "  INVITE"sv, "INVITE"sv,
                                   "\r\n INVITE"sv, " INVITE;x"sv, " IN VITE"sv, " \"INVITE\""sv,
                                   " INVITE,"sv,    " Invite"sv,   " X-NEW"sv,   " IN@VITE"sv,
                                   " INVITE(c)"sv,  " INVITE\0"sv};
  const size_t at = PickNamed(*draft, random, {"CSeq"});
  if (at == 0) return;
  std::string& line = draft->lines[at];
  const size_t place = line.rfind(' ');
  line.erase(place == std::string::npos ? line.size() : place);
  line += random.Of(kMethods);
}

void ContentLength(Draft* draft, Random& random) {
  const size_t at = PickNamed(*draft, random, {"Content-Length", "l"});
  if (at == 0) return;
  const size_t size = draft->body.size();
  const std::array<size_t, 6> lengths = {
      size + 1, size - std::min<size_t>(size, 1), 0, size * 10 + 7, size, 65'536};
  const std::string line = "Content-Length: " + std::to_string(lengths[random.Below(6)]);
  if (random.OneIn(3)) {
    InsertLine(draft, 1 + random.Below(draft->lines.size()),
               random.OneIn(2) ? line : "l: " + line.substr(16));
  } else {
    draft->lines[at] = line;
  }
}

void CallId(Draft* draft, Random& random) {
  constexpr std::array kIds = {
      "a@b@c"sv, "@b"sv,      "a@"sv,   "a b"sv,        "<a@b>"sv,   "\"a\"@b"sv, "a,b"sv,
      "a;b"sv,   "a(b)"sv,    "a\tb"sv, "a\r\n b"sv,    "A@B"sv,     "a@[::1]"sv, "{a}"sv,
      "a=b"sv,   "a&b"sv,     "a#b"sv,  "\xC3\xA9@b"sv, "a%00b@c"sv, "a\0b"sv,    "|"sv,
      "$"sv,     "a@b;c=d"sv, "a @b"sv, "?"sv,          "a$b"sv};
  const size_t at = PickNamed(*draft, random, {"Call-ID", "i"});
  if (at == 0) return;
  std::string& line = draft->lines[at];
  line.replace(ValueBegin(line, true), std::string::npos, random.Of(kIds));
}

void ViaValue(Draft* draft, Random& random) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kEdits = {
      {{"SIP/2.0/", "sip/2.0/"},
       {"SIP/2.0/", "SIP/3.0/"},
       {"SIP/2.0/", "SIP / 2.0 / "},
       {"SIP/2.0/", "SIP/2.0"},
       {"SIP/2.0/", "/2.0/"},
       {"SIP/2.0/", "SIP//"},
       {"SIP/2.0/", ""},
       {"SIP/2.0/", "HTTP/1.1/"},
       {"UDP", "udp"},
       {"UDP", "X"},
       {"UDP", ""},
       {"UDP ", "UDP"},
       {"UDP ", "UDP\t"},
       {"UDP ", "UDP  "},
       {"UDP", "U DP"},
       {";branch", ",branch"},
       {";branch", ", ;branch"},
       {";branch", " ;branch"},
       {";branch=", ";branch = "},
       {";branch", ", SIP/2.0/UDP 203.0.113.9;branch"},
       {";branch", ",,SIP/2.0/UDP 203.0.113.9;branch"},
       {"z9hG4bK", ""},
       {"z9hG4bK", "Z9HG4BK"},
       {"z9hG4bK", "\"z9hG4bK\""},
       {";branch", " (c);branch"},
       {"=z9hG4bK", "=z9hG4bK,"}}};
  const size_t at = PickNamed(*draft, random, {"Via", "v"});
  if (at == 0) return;
  const auto& [from, to] = kEdits[random.Below(kEdits.size())];
  ReplaceOnce(&draft->lines[at], from, to);
}

void StartLine(Draft* draft, Random& random) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kEdits = {
      {{"SIP/2.0", "sip/2.0"},
       {"SIP/2.0", "SIP/2.1"},
       {"SIP/2.0", "SIP/1.0"},
       {"SIP/2.0", "SIP/02.0"},
       {"SIP/2.0", "SIP/2.00"},
       {"SIP/2.0", "SIP/2"},
       {"SIP/2.0", ""},
       {"SIP/2.0", "SIP /2.0"},
       {"SIP/2.0", "HTTP/1.1"},
       {"SIP/2.0", "SIP/2.0 "},
       {"SIP/2.0", "SIP/2.0\t"},
       {"SIP/2.0", "Sip/2.0"},
       {"SIP/2.0", "SIP/2.0x"},
       {"SIP/2.0", "SIP/3.0"},
       {"SIP/2.0", " SIP/2.0"},
       {"SIP/2.0", "\tSIP/2.0"},
       {" ", "  "},
       {" ", "\t"},
       {" ", ""},
       {" ", " <"},
       {"INVITE", "invite"},
       {"INVITE", "Invite"},
       {"INVITE", "INVITE\0"sv},
       {"INVITE", "IN/VITE"},
       {"INVITE", "X-M.~"},
       {"INVITE", "\"INVITE\""},
       {"INVITE", ""},
       {"INVITE", "ACK"},
       {"INVITE", "IN\xC3\xA9"},
       {"200", "99"},
       {"200", "100"},
       {"200", "700"},
       {"200", "2OO"},
       {"200", "0200"},
       {"200", "1200"},
       {"200 OK", "200"},
       {"200 OK", "200 "},
       {"200", "-200"},
       {"200 OK", "200 \xC3\xA9"},
       {"sip:", "<sip:"}}};
  const auto& [from, to] = kEdits[random.Below(kEdits.size())];
  ReplaceOnce(&draft->lines[0], from, to);
}

}  // namespace sipward::peers
