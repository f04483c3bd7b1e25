// Changes of lines and octets.
#include <algorithm>
#include <array>

#include "tests/peers/mutations.h"

namespace sipward::peers {

using namespace std::string_view_literals;

void DoubleLine(Draft* draft, Random& random) {
  const size_t at = PickHeader(*draft, random);
  std::string copy = draft->lines[at];
  constexpr std::array kOther = {"mallory"sv, "9"sv, "x"sv};
  if (!random.OneIn(3)) copy.insert(PickPlace(copy, true, random), random.Of(kOther));
  InsertLine(draft, 1 + random.Below(draft->lines.size()), copy);
}

void DropLine(Draft* draft, Random& random) { RemoveLine(draft, PickHeader(*draft, random)); }

void Rename(Draft* draft, Random& random) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kForms = {
      {{"Via", "v"},
       {"From", "f"},
       {"To", "t"},
       {"Call-ID", "i"},
       {"Contact", "m"},
       {"Content-Length", "l"},
       {"Content-Type", "c"}}};
  std::string& line = draft->lines[PickHeader(*draft, random)];
  const std::string name(NameOf(line));
  std::string other = name;
  for (const auto& [full, compact] : kForms) {
    if (name == full) other = compact;
    if (name == compact) other = full;
  }
  if (other == name || random.OneIn(2)) {
    for (char& c : other) {
      if (random.OneIn(2)) c = static_cast<char>(c ^ (c >= 'A' ? 0x20 : 0));
    }
    if (other.find('\r') != other.npos || other.find('-') == other.npos)
      line.replace(0, name.size(), other);
    return;
  }
  line.replace(0, name.size(), other);
}

void SpoilName(Draft* draft, Random& random) {
  constexpr std::array kSpoilt = {" "sv, "\t"sv,   "  "sv, "\0"sv,  "("sv,
                                  "@"sv, "\x80"sv, ";"sv,  "\x7f"sv};
  std::string& line = draft->lines[PickHeader(*draft, random)];
  const size_t end = NameOf(line).size();
  if (random.OneIn(8)) {
    line.erase(end, 1);  // no colon
  } else if (random.OneIn(8)) {
    line.erase(0, end);  // no name
  } else {
    const size_t at = random.OneIn(2) ? end : random.Below(end + 1);
    line.insert(at, random.Of(kSpoilt));
  }
}

void ColonSpace(Draft* draft, Random& random) {
  constexpr std::array kSpaces = {":"sv,    ":\t"sv,   ":   "sv,  " : "sv,
                                  "\t: "sv, ": \t "sv, ":\r\n "sv};
  ReplaceOnce(&draft->lines[PickHeader(*draft, random)], ": ", random.Of(kSpaces));
}

void EmptyValue(Draft* draft, Random& random) {
  std::string& line = draft->lines[PickHeader(*draft, random)];
  line.erase(ValueBegin(line, true));
  if (random.OneIn(2)) line += ' ';
}

void TrailingSpace(Draft* draft, Random& random) {
  constexpr std::array kTails = {" "sv, "\t"sv, "   "sv, "\r\n "sv, ";"sv, ","sv, " ;"sv, ", "sv};
  draft->lines[random.Below(draft->lines.size())] += random.Of(kTails);
}

void Fold(Draft* draft, Random& random) {
  constexpr std::array kFolds = {"\r\n "sv, "\r\n\t"sv, "\r\n  \t "sv,
                                 "\n "sv,   "\r "sv,    "\r\n \r\n "sv};
  const size_t at = random.OneIn(12) ? 0 : PickHeader(*draft, random);
  std::string& line = draft->lines[at];
  const size_t place = random.OneIn(4) ? PickPlace(line, at != 0, random)
                                       : PickPlaceAt(line, at != 0, kSeparators, random);
  line.insert(place, random.Of(kFolds));
}

void LineEnd(Draft* draft, Random& random) {
  constexpr std::array kEnds = {"\n"sv,    "\r"sv,     "\n\r"sv,    "\r\r\n"sv,
                                " \r\n"sv, "\0\r\n"sv, "\r\n\r\n"sv};
  if (random.OneIn(8)) {
    draft->head_end = std::string(random.Of(kEnds));
  } else {
    draft->ends[random.Below(draft->ends.size())] = std::string(random.Of(kEnds));
  }
}

void Smuggle(Draft* draft, Random& random) {
  constexpr std::array kBreaks = {"\r"sv, "\n"sv, "%0d%0a"sv, "\\r\\n"sv, "\0"sv, "\v"sv, "\x85"sv};
  constexpr std::array kLines = {"From: <sip:mallory@example.net>;tag=6"sv,
                                 "To: <sip:victim@example.net>"sv,
                                 "Via: SIP/2.0/UDP 203.0.113.66;branch=z9hG4bK6"sv,
                                 "Content-Length: 0"sv,
                                 "CSeq: 9 BYE"sv,
                                 "Call-ID: 6"sv,
                                 "Contact: <sip:mallory@example.net>"sv,
                                 "X: y"sv};
  const size_t at = random.Below(draft->lines.size());
  std::string& line = draft->lines[at];
  const std::string more = std::string(random.Of(kBreaks)) + std::string(random.Of(kLines));
  line.insert(random.OneIn(3) ? PickPlace(line, at != 0, random) : line.size(), more);
}

void LeadingLine(Draft* draft, Random& random) {
  constexpr std::array kLeads = {"\r\n"sv, "\n"sv, "\r\n\r\n"sv, " "sv,
                                 "\t"sv,   "\0"sv, "\r"sv,       "\xEF\xBB\xBF"sv};
  draft->lines[0].insert(0, random.Of(kLeads));
}

void InsertOctet(Draft* draft, Random& random) {
  constexpr std::array kOctets = {"<"sv,        ">"sv,
                                  ";"sv,        ","sv,
                                  ":"sv,        "@"sv,
                                  "?"sv,        "="sv,
                                  "\""sv,       "\\"sv,
                                  "%"sv,        "/"sv,
                                  "("sv,        ")"sv,
                                  "["sv,        "]"sv,
                                  "{"sv,        "}"sv,
                                  "|"sv,        "^"sv,
                                  "`"sv,        "#"sv,
                                  "&"sv,        "$"sv,
                                  "*"sv,        "'"sv,
                                  " "sv,        "\t"sv,
                                  "\0"sv,       "\x01"sv,
                                  "\x7f"sv,     "\x80"sv,
                                  "\xC3\xA9"sv, "\xE2\x80\xAE"sv,
                                  "-"sv,        "+"sv,
                                  "."sv,        "_"sv,
                                  "~"sv,        "!"sv,
                                  "0"sv,        "a"sv};
  const size_t at = random.OneIn(6) ? 0 : PickHeader(*draft, random);
  std::string& line = draft->lines[at];
  const size_t place = random.OneIn(2) ? PickPlace(line, at != 0, random)
                                       : PickPlaceAt(line, at != 0, kSeparators, random);
  line.insert(place, random.Of(kOctets));
}

void DropOctet(Draft* draft, Random& random) {
  const size_t at = random.OneIn(6) ? 0 : PickHeader(*draft, random);
  std::string& line = draft->lines[at];
  const size_t place = PickPlaceAt(line, at != 0, kSeparators, random);
  if (place < line.size()) line.erase(place, 1);
}

void SwapOctet(Draft* draft, Random& random) {
  constexpr std::array kOctets = {"<"sv, ">"sv,  ";"sv, ","sv,  ":"sv, "@"sv,
                                  "="sv, "\""sv, " "sv, "\t"sv, "%"sv};
  const size_t at = random.OneIn(6) ? 0 : PickHeader(*draft, random);
  std::string& line = draft->lines[at];
  const size_t place = PickPlaceAt(line, at != 0, kSeparators, random);
  if (place < line.size()) line.replace(place, 1, random.Of(kOctets));
}

void Noise(Draft* draft, Random& random) {
  std::string& line = draft->lines[random.Below(draft->lines.size())];
  if (!line.empty()) line[random.Below(line.size())] = static_cast<char>(random.Below(256));
}

}  // namespace sipward::peers
