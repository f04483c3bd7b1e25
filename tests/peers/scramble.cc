// The second generator: octets, words and lines at random.
#include <algorithm>
#include <array>

#include "tests/peers/mutate.h"

namespace sipward::peers {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWords = {"\r\n"sv,
                               "\r\n "sv,
                               "\r\n\t"sv,
                               "\n"sv,
                               "\r"sv,
                               "\0"sv,
                               "\t"sv,
                               "  "sv,
                               "%00"sv,
                               "%0a"sv,
                               "%41"sv,
                               "%"sv,
                               "\""sv,
                               "\\"sv,
                               "\"\""sv,
                               "<"sv,
                               ">"sv,
                               "<>"sv,
                               ","sv,
                               ";"sv,
                               ";;"sv,
                               "=="sv,
                               ":"sv,
                               "::"sv,
                               "@"sv,
                               "@@"sv,
                               "/"sv,
                               "//"sv,
                               "?"sv,
                               "#"sv,
                               "("sv,
                               "(x)"sv,
                               "[::1]"sv,
                               "*"sv,
                               "-1"sv,
                               "0"sv,
                               "65536"sv,
                               "255"sv,
                               "4294967296"sv,
                               "18446744073709551616"sv,
                               "1.2.3.4"sv,
                               "sip:"sv,
                               "sips:"sv,
                               "tel:"sv,
                               "http://x"sv,
                               "SIP/2.0"sv,
                               "SIP"sv,
                               "INVITE"sv,
                               "ACK"sv,
                               "bye"sv,
                               ";tag=x"sv,
                               ";tag"sv,
                               ";lr"sv,
                               ";branch="sv,
                               "z9hG4bK"sv,
                               ";received=1.2.3.4"sv,
                               ";rport"sv,
                               ";q=2"sv,
                               ";expires=x"sv,
                               "From: "sv,
                               "To: "sv,
                               "Via: "sv,
                               "Call-ID: "sv,
                               "CSeq: "sv,
                               "Content-Length: "sv,
                               "\xC3\xA9"sv,
                               "\x80"sv,
                               "\xFF"sv,
                               "\x7F"sv,
                               "\x1B"sv};

size_t Place(const std::string& message, Random& random) {
  // Four of five in the head.
  const size_t head = std::min(message.find("\r\n\r\n"), message.size());
  return random.Below((random.OneIn(5) ? message.size() : head) + 1);
}

// The line around a place, its end included.
std::string LineAt(const std::string& message, size_t at) {
  const size_t before = at == 0 ? std::string::npos : message.rfind('\n', at - 1);
  const size_t begin = before == std::string::npos ? 0 : before + 1;
  const size_t end = message.find('\n', at);
  return message.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

void Change(const std::vector<std::string>& bases, Random& random, std::string* message) {
  const size_t at = Place(*message, random);
  const size_t length = 1 + (random.OneIn(3) ? random.Below(12) : 0);
  const char octet = static_cast<char>(random.Below(256));
  switch (random.Below(9)) {
    case 0:
      message->insert(at, 1, octet);
      break;
    case 1:
      message->insert(at, random.Of(kWords));
      break;
    case 2:
      message->erase(at, length);
      break;
    case 3:
      if (at < message->size()) (*message)[at] = octet;
      break;
    case 4:
      message->replace(at, std::min(length, message->size() - at), random.Of(kWords));
      break;
    case 5:
      message->insert(at, message->substr(at, length));
      break;
    case 6:
      if (at + 1 < message->size()) std::swap((*message)[at], (*message)[at + 1]);
      break;
    case 7:
      if (at < message->size()) (*message)[at] ^= static_cast<char>(1 << random.Below(8));
      break;
    default: {
      // A line of another message, before this one or instead of it.
      const std::string& other = bases[random.Below(bases.size())];
      const std::string line = LineAt(other, Place(other, random));
      const std::string mine = LineAt(*message, at);
      const size_t begin = message->find(mine);
      message->replace(begin, random.OneIn(2) ? mine.size() : 0, line);
    }
  }
}

}  // namespace

std::string ScrambledMessage(uint64_t number) {
  static const std::vector<std::string> bases = BaseMessages();
  Random random(~number);
  std::string message = bases[random.Below(bases.size())];
  const size_t count = 1 + random.Below(3);
  for (size_t i = 0; i < count; ++i) Change(bases, random, &message);
  return message;
}

}  // namespace sipward::peers
