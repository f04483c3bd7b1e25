#include "tests/sip/golden/escape.h"

#include "base/ascii.h"

namespace sipward::sip::golden {
namespace {

int HexValue(char c) { return IsDigit(c) ? c - '0' : ToLower(c) - 'a' + 10; }

// What stands between a backslash and the end of its escape; empty if it is none.
std::string_view TakeEscape(std::string_view* rest) {
  size_t length = 1;
  if (rest->starts_with("x")) {
    length = 3;
    if (rest->size() < length || !IsHexDigit((*rest)[1]) || !IsHexDigit((*rest)[2])) return {};
  } else if (rest->starts_with("*(")) {
    const size_t end = rest->find(')');
    if (end == rest->npos) return {};
    length = end + 1;
  } else if (rest->find_first_of("rnt0\\") != 0) {
    return {};
  }
  const std::string_view escape = rest->substr(0, length);
  rest->remove_prefix(length);
  return escape;
}

// "*(N,text)"
std::optional<std::string> Repeat(std::string_view escape, std::string* wrong) {
  const size_t comma = escape.find(',');
  if (comma == escape.npos) return std::nullopt;
  int times = 0;
  for (const char c : escape.substr(2, comma - 2)) {
    if (!IsDigit(c)) return std::nullopt;
    times = times * 10 + (c - '0');
  }
  const std::string_view part = escape.substr(comma + 1, escape.size() - comma - 2);
  const std::optional<std::string> once = Unescape(std::string(part) + '\\', wrong);
  if (!once) return std::nullopt;
  std::string all;
  for (int i = 1; i <= times; ++i) {
    for (const char c : *once) c == '#' ? all += std::to_string(i) : all += c;
  }
  return all;
}

}  // namespace

std::optional<std::string> Unescape(std::string_view line, std::string* wrong) {
  std::string bytes;
  while (!line.empty()) {
    const char c = line.front();
    line.remove_prefix(1);
    if (c != '\\') {
      bytes += c;
      continue;
    }
    if (line.empty()) return bytes;
    *wrong = '\\' + std::string(line.substr(0, 12));
    const std::string_view escape = TakeEscape(&line);
    if (escape.empty()) return std::nullopt;
    switch (escape.front()) {
      case 'r':
        bytes += '\r';
        break;
      case 'n':
        bytes += '\n';
        break;
      case 't':
        bytes += '\t';
        break;
      case '0':
        bytes += '\0';
        break;
      case 'x':
        bytes += static_cast<char>(HexValue(escape[1]) * 16 + HexValue(escape[2]));
        break;
      case '*': {
        const std::optional<std::string> repeated = Repeat(escape, wrong);
        if (!repeated) return std::nullopt;
        bytes += *repeated;
        break;
      }
      default:
        bytes += '\\';
    }
  }
  return bytes + "\r\n";
}

std::string Escape(std::string_view bytes) {
  constexpr size_t kMost = 60;
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes.substr(0, kMost)) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\\') {
      text += "\\\\";
    } else if (c == '\r') {
      text += "\\r";
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '\t') {
      text += "\\t";
    } else if (octet < 0x20 || octet > 0x7E) {
      text += {'\\', 'x', kHex[octet >> 4], kHex[octet & 15]};
    } else {
      text += c;
    }
  }
  return bytes.size() > kMost ? text + "..." : text;
}

}  // namespace sipward::sip::golden
