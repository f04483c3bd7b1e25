// Changes of addresses and their parts.
#include <algorithm>
#include <array>

#include "tests/peers/mutations.h"

namespace sipward::peers {

using namespace std::string_view_literals;

void Escape(Draft* draft, Random& random) {
  constexpr std::array kEscapes = {"%00"sv,   "%0d%0a"sv, "%0A"sv, "%40"sv, "%3a"sv, "%3B"sv,
                                   "%2541"sv, "%zz"sv,    "%4"sv,  "%"sv,   "%61"sv, "%20"sv,
                                   "%22"sv,   "%3e"sv,    "%2C"sv, "%ff"sv, "%1f"sv, "%7F"sv,
                                   "%25"sv,   "%3f"sv,    "%2f"sv};
  const size_t at =
      random.OneIn(4) ? 0 : PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m"});
  std::string& line = draft->lines[at];
  line.insert(PickPlaceAt(line, at != 0, ":@.;=", random), random.Of(kEscapes));
}

void User(Draft* draft, Random& random) {
  constexpr std::array kUsers = {
      ":@"sv,  ":secret@"sv, ":"sv,         ";x=1@"sv, "?x=1@"sv, "/x@"sv, ",x@"sv,
      "&x@"sv, "=x@"sv,      "+x@"sv,       "$x@"sv,   "#x@"sv,   " x@"sv, "@@"sv,
      "@x@"sv, "^@"sv,       "\xC3\xA9@"sv, "|@"sv,    "\\@"sv,   "\"@"sv, "[@"sv,
      "<@"sv,  "(x)@"sv,     "*@"sv,        ":a:b@"sv, ";@"sv,    "?@"sv};
  const size_t at =
      random.OneIn(4) ? 0 : PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m"});
  ReplaceOnce(&draft->lines[at], "@", random.Of(kUsers));
}

void Host(Draft* draft, Random& random) {
  constexpr std::array kHosts = {"EXAMPLE.COM"sv,
                                 "example.com."sv,
                                 "my_host"sv,
                                 "-a.example"sv,
                                 "a-.example"sv,
                                 ""sv,
                                 "1.2.3"sv,
                                 "256.1.1.1"sv,
                                 "01.02.03.04"sv,
                                 "192.0.2.1.5"sv,
                                 "[2001:db8::1]"sv,
                                 "2001:db8::1"sv,
                                 "[::1"sv,
                                 "::1]"sv,
                                 "[1.2.3.4]"sv,
                                 "[::ffff:1.2.3.4]"sv,
                                 "[fe80::1%25eth0]"sv,
                                 "[g::1]"sv,
                                 "a..b"sv,
                                 ".a"sv,
                                 "example.123"sv,
                                 "12345"sv,
                                 "0x7f.1"sv,
                                 "ex%61mple.com"sv,
                                 "xn--nxasmq6b"sv,
                                 "b\xC3\xBC"
                                 "cher.example"sv,
                                 "a b"sv,
                                 "localhost"sv,
                                 "[v1.x]"sv,
                                 "a,b"sv,
                                 "*"sv,
                                 "host!"sv,
                                 "(a)"sv,
                                 "a/b"sv,
                                 "a\\b"sv};
  const size_t at =
      random.OneIn(4)
          ? 0
          : PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m", "Via", "v"});
  std::string& line = draft->lines[at];
  size_t begin = line.find('@');
  if (begin == std::string::npos) begin = line.find(NameOf(line).starts_with("V") ? ' ' : ':', 6);
  if (begin == std::string::npos || begin + 1 >= line.size()) return;
  ++begin;
  size_t end = line.find_first_of(">;, ", begin);
  if (end == std::string::npos) end = line.size();
  if (random.OneIn(2)) end = std::min(end, line.find(':', begin));
  line.replace(begin, end - begin, random.Of(kHosts));
}

void Port(Draft* draft, Random& random) {
  constexpr std::array kPorts = {
      ":0"sv,      ":65535"sv, ":65536"sv, ":00005060"sv, ":"sv,
      ":5060x"sv,  ":-1"sv,    ":+5060"sv, ":70000"sv,    ":4294972356"sv,
      ":5060:1"sv, ": 5060"sv, " :5060"sv, ":x"sv,        ":99999999999999999999"sv,
      ":0x13c4"sv, ":1"sv};
  const size_t at =
      random.OneIn(4)
          ? 0
          : PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m", "Via", "v"});
  std::string& line = draft->lines[at];
  size_t place = line.find('@');
  if (place == std::string::npos) place = line.find("com");
  if (place == std::string::npos) return;
  place = line.find_first_of(">; ", place);
  line.insert(place == std::string::npos ? line.size() : place, random.Of(kPorts));
}

void Params(Draft* draft, Random& random) {
  constexpr std::array kParams = {";tag=2"sv,
                                  ";tag="sv,
                                  ";tag"sv,
                                  ";TAG=3"sv,
                                  ";tag=\"q\""sv,
                                  ";;"sv,
                                  "; "sv,
                                  ";a"sv,
                                  ";a="sv,
                                  ";a=1;a=2"sv,
                                  ";=b"sv,
                                  " ; a = b "sv,
                                  ";a=\"b;c\""sv,
                                  ";a=\"b"sv,
                                  ";a=b=c"sv,
                                  ";a=<b>"sv,
                                  ";a=b,c"sv,
                                  ";a=b c"sv,
                                  ";branch=z9hG4bKdup"sv,
                                  ";branch="sv,
                                  ";branch"sv,
                                  ";received=x"sv,
                                  ";received=1.2.3.4;received=5.6.7.8"sv,
                                  ";rport=0"sv,
                                  ";rport=x"sv,
                                  ";ttl=256"sv,
                                  ";maddr=224.0.0.1"sv,
                                  ";lr=on"sv,
                                  ";method=BYE"sv,
                                  ";transport=udp"sv,
                                  ";a=[::1]"sv,
                                  ";a=[x"sv,
                                  ";a=%00"sv,
                                  ";\xC3\xA9=1"sv,
                                  ";a=\xC3\xA9"sv,
                                  ";a=(c)"sv,
                                  " (c)"sv,
                                  ";expires=-1"sv,
                                  ";q=2"sv,
                                  "?h=v"sv,
                                  "?h"sv,
                                  ";tag=a tag=b"sv,
                                  ",tag=4"sv,
                                  ";tag=a@b"sv,
                                  ";tag=a%00"sv};
  const size_t at = random.OneIn(5) ? 0 : PickHeader(*draft, random);
  std::string& line = draft->lines[at];
  size_t place = line.size();
  if (random.OneIn(3))
    place = std::min(line.size(), line.find_first_of(";>", ValueBegin(line, at != 0)));
  if (at == 0 && line.size() > 8) place = line.size() - 8;
  line.insert(place, random.Of(kParams));
}

void Scheme(Draft* draft, Random& random) {
  constexpr std::array kSchemes = {
      "SIP:"sv,     "sips:"sv,  "Sip:"sv,  "tel:"sv,    "http:"sv,  ""sv,      ":"sv,
      "sip::"sv,    "sip: "sv,  " sip:"sv, "sip :"sv,   "sip"sv,    "im:"sv,   "urn:"sv,
      "sip:sip:"sv, "sip://"sv, "sipx:"sv, "mailto:"sv, "s%69p:"sv, "1sip:"sv, "http://"sv};
  const size_t at =
      random.OneIn(4) ? 0 : PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m"});
  ReplaceOnce(&draft->lines[at], "sip:", random.Of(kSchemes));
}

void Brackets(Draft* draft, Random& random) {
  constexpr std::array kOpen = {""sv,     "<<"sv,  "< "sv,    " <"sv,   "<>"sv,
                                "(c)<"sv, "<\t"sv, "\"\"<"sv, "<(c)"sv, "<<>"sv};
  constexpr std::array kClose = {""sv,
                                 ">>"sv,
                                 " >"sv,
                                 "> "sv,
                                 "><"sv,
                                 ">(c)"sv,
                                 ">x"sv,
                                 "><sip:x@example.net>"sv,
                                 ">,<sip:x@example.net>"sv,
                                 ">, "sv,
                                 ">\"x\""sv};
  const size_t at = PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m"});
  if (random.OneIn(2)) ReplaceOnce(&draft->lines[at], "<", random.Of(kOpen));
  if (random.OneIn(2)) ReplaceOnce(&draft->lines[at], ">", random.Of(kClose));
}

void Display(Draft* draft, Random& random) {
  constexpr std::array kNames = {"Alice "sv,
                                 "Alice"sv,
                                 "A B C "sv,
                                 "\"A\""sv,
                                 "\"A, B\" "sv,
                                 "A, B "sv,
                                 "\"A\\\"B\" "sv,
                                 "\"A\\\\\" "sv,
                                 "\"A\\\" "sv,
                                 "\"A "sv,
                                 "A\" "sv,
                                 "\"A\" \"B\" "sv,
                                 "\"<sip:x@example.net>\" "sv,
                                 "sip:x@example.net "sv,
                                 "A@B "sv,
                                 "\xC3\x89va "sv,
                                 "\"\xC3\x89va\" "sv,
                                 "\"\xFF\" "sv,
                                 "A;B "sv,
                                 "A:B "sv,
                                 "A=B "sv,
                                 "(A) "sv,
                                 "\"\" "sv,
                                 "A\tB "sv,
                                 "'A' "sv,
                                 "A.B "sv,
                                 "\"A\tB\" "sv,
                                 "\"A\r\n B\" "sv,
                                 "A\r\n B "sv,
                                 "\"A\\\r\n B\" "sv,
                                 "+123 "sv,
                                 "\"a;tag=9\" "sv,
                                 "\\ "sv,
                                 "A/B "sv,
                                 "[A] "sv,
                                 "\"\\x\" "sv,
                                 "%41 "sv,
                                 "* "sv,
                                 "\"A\\\0\" "sv};
  const size_t at = PickNamed(*draft, random, {"From", "f", "To", "t", "Contact", "m"});
  std::string& line = draft->lines[at];
  const size_t begin = ValueBegin(line, true);
  const size_t open = line.find('<');
  line.replace(begin, open == std::string::npos ? 0 : open - begin, random.Of(kNames));
}

}  // namespace sipward::peers
