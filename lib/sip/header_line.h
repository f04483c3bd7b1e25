// A header line cut into name and value: one reading, shared by messages and by the framing of
// streams.
#ifndef SIPWARD_SIP_HEADER_LINE_H_
#define SIPWARD_SIP_HEADER_LINE_H_

#include <algorithm>
#include <string_view>

#include "base/slice.h"
#include "sip/index.h"
#include "sip/scan.h"

namespace sipward::sip {

struct HeaderLine {
  Slice name;   // absent if the line has no colon
  Slice value;  // white space and line ends around it left out
  bool space_before_colon = false;
};

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// RFC 3261 section 25.1: header-name is a token.
inline bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

inline HeaderLine CutHeaderLine(const char* base, const Line& line) {
  HeaderLine cut;
  const uint32_t colon = FindChar(base, line.begin, line.end, ':');
  if (colon == line.end) return cut;
  uint32_t name_end = colon;
  while (name_end > line.begin && IsBlank(base[name_end - 1])) --name_end;
  cut.name = {line.begin, name_end - line.begin};
  cut.space_before_colon = name_end != colon;
  cut.value = Trim(base, Between(colon + 1, line.end));
  return cut;
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_HEADER_LINE_H_
