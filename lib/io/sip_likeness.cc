#include "io/sip_likeness.h"

#include <algorithm>

namespace sipward::io {
namespace {

constexpr std::string_view kVersion = "SIP/2.0";

struct FirstLine {
  std::string_view text;
  bool complete;
};

FirstLine TakeFirstLine(std::string_view bytes, std::string_view skipped) {
  const size_t begin = bytes.find_first_not_of(skipped);
  if (begin == std::string_view::npos) return {{}, false};
  bytes = bytes.substr(begin, kLongestStartLine);
  const size_t end = bytes.find_first_of("\r\n");
  if (end != std::string_view::npos) return {bytes.substr(0, end), true};
  return {bytes, bytes.size() == kLongestStartLine};
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// RFC 3261 section 25.1.
bool IsTokenChar(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return IsDigit(c) || (lower >= 'a' && lower <= 'z') ||
         std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}

// "SIP/2.0 NNN", then the end or a reason.
Likeness JudgeStatusLine(const FirstLine& line) {
  constexpr std::string_view kPattern = "SIP/2.0 999";
  const std::string_view text = line.text;
  const size_t known = std::min(text.size(), kPattern.size());
  for (size_t i = 0; i < known; ++i) {
    if (kPattern[i] == '9' ? !IsDigit(text[i]) : kPattern[i] != text[i]) return Likeness::kNot;
  }
  if (known < kPattern.size()) return line.complete ? Likeness::kNot : Likeness::kUndecided;
  return text.size() == known || text[known] == ' ' ? Likeness::kSip : Likeness::kNot;
}

// token SP URI SP "SIP/2.0".
Likeness JudgeRequestLine(const FirstLine& line) {
  constexpr size_t kLongestMethod = 64;
  const std::string_view text = line.text;
  const Likeness if_short = line.complete ? Likeness::kNot : Likeness::kUndecided;
  const size_t method =
      static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsTokenChar) - text.begin());
  if (method > kLongestMethod) return Likeness::kNot;
  if (method == text.size()) return if_short;
  if (method == 0 || text[method] != ' ') return Likeness::kNot;
  const std::string_view rest = text.substr(method + 1);
  const size_t uri = rest.find(' ');
  if (uri == std::string_view::npos) return if_short;
  if (uri == 0) return Likeness::kNot;
  const std::string_view version = rest.substr(uri + 1);
  if (version == kVersion) return Likeness::kSip;
  const bool may_become = version.size() < kVersion.size() && kVersion.starts_with(version);
  return may_become ? if_short : Likeness::kNot;
}

// Where the line first says "sip/", "sip:" or "sips:", or npos.
size_t FindSipName(std::string_view text) {
  const auto lower = [&](size_t at) { return static_cast<char>(text[at] | 0x20); };
  for (size_t i = 0; i + 4 <= text.size(); ++i) {
    if (lower(i) != 's' || lower(i + 1) != 'i' || lower(i + 2) != 'p') continue;
    const char next = text[i + 3];
    if (next == '/' || next == ':') return i;
    if (lower(i + 3) == 's' && i + 4 < text.size() && text[i + 4] == ':') return i;
  }
  return std::string_view::npos;
}

}  // namespace

Likeness JudgeStrictly(std::string_view bytes) {
  const FirstLine line = TakeFirstLine(bytes, "\r\n");
  if (line.text.empty()) return Likeness::kUndecided;
  const Likeness status = JudgeStatusLine(line);
  // "S" may become both.
  if (status == Likeness::kSip) return status;
  const Likeness request = JudgeRequestLine(line);
  return request == Likeness::kNot ? status : request;
}

Likeness JudgeGenerously(std::string_view bytes) {
  const FirstLine line = TakeFirstLine(bytes, "\r\n\t ");
  if (line.text.empty()) return Likeness::kUndecided;
  // Encapsulations that carry SIP inside (HEP, TURN, SigComp) begin with binary headers.
  const auto first = static_cast<unsigned char>(line.text[0]);
  if (first < 0x21 || first > 0x7E) return Likeness::kNot;
  const size_t name = FindSipName(line.text);
  const std::string_view before = line.text.substr(0, name);
  if (before.find('\0') != std::string_view::npos) return Likeness::kNot;
  if (name != std::string_view::npos) return Likeness::kSip;
  return line.complete ? Likeness::kNot : Likeness::kUndecided;
}

}  // namespace sipward::io
