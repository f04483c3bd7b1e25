#include "sip/line_check.h"

#include <algorithm>

#include "sip/header_line.h"

namespace sipward::sip {
namespace {

constexpr uint32_t kNowhere = 0xFFFFFFFFu;

bool IsControl(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u == 0x7F || (u < 0x20 && c != '\t' && c != '\r' && c != '\n');
}

// The first place of each anomaly; an octet that repeats a thousand times is said once.
struct FirstPlaces {
  uint32_t bare_lf = kNowhere, bare_cr = kNowhere, nul = kNowhere, ctl = kNowhere;
  uint32_t escaped = kNowhere, fold = kNowhere, fold_blank = kNowhere, fold_trailing = kNowhere;
};

void Keep(uint32_t* place, uint32_t at) { *place = std::min(*place, at); }

// Whether the physical line that begins at `at` holds nothing but white space.
bool IsBlankLine(std::string_view bytes, uint32_t at, uint32_t end) {
  while (at < end && IsBlank(bytes[at])) ++at;
  return at == end || bytes[at] == '\n' ||
         (bytes[at] == '\r' && (at + 1 == bytes.size() || bytes[at + 1] == '\n'));
}

FirstPlaces Scan(std::string_view bytes, const Line& line, uint32_t end, bool quoting) {
  FirstPlaces first;
  bool quoted = false;
  bool escaped = false;
  for (uint32_t i = line.begin; i < end; ++i) {
    const char c = bytes[i];
    if (c == '\n') {
      if (i == line.begin || bytes[i - 1] != '\r') Keep(&first.bare_lf, i);
      if (i < line.end && i + 1 < end) {
        Keep(&first.fold, i + 1);
        if (IsBlankLine(bytes, i + 1, line.end)) {
          const bool last = bytes.substr(i + 1, line.end - i - 1).find('\n') == bytes.npos;
          Keep(last ? &first.fold_trailing : &first.fold_blank, i + 1);
        }
      }
    } else if (c == '\r') {
      if (i + 1 >= bytes.size() || bytes[i + 1] != '\n') Keep(&first.bare_cr, i);
    } else if (IsControl(c)) {
      Keep(quoted && escaped ? &first.escaped : c == '\0' ? &first.nul : &first.ctl, i);
    }
    if (!quoting) continue;
    if (escaped) {
      escaped = false;
    } else if (quoted && c == '\\') {
      escaped = true;
    } else if (c == '"') {
      quoted = !quoted;
    }
  }
  return first;
}

void Note(AnomalyId id, uint32_t place, AnomalyLog& log) {
  if (place != kNowhere) log.Add(id, place);
}

}  // namespace

void CheckLineOctets(std::string_view bytes, const Line& line, bool quoting, AnomalyLog& log) {
  // With its line end, which may be the bare LF.
  uint32_t end = line.end;
  const auto size = static_cast<uint32_t>(bytes.size());
  if (end < size && bytes[end] == '\r') ++end;
  if (end < size && bytes[end] == '\n') ++end;
  const FirstPlaces first = Scan(bytes, line, end, quoting);
  Note(AnomalyId::kLineNul, first.nul, log);
  Note(AnomalyId::kLineCtl, first.ctl, log);
  Note(AnomalyId::kLineEscapedCtl, first.escaped, log);
  Note(AnomalyId::kLineBareCr, first.bare_cr, log);
  Note(AnomalyId::kLineBareLf, first.bare_lf, log);
  Note(AnomalyId::kHeaderFold, first.fold, log);
  Note(AnomalyId::kHeaderFoldBlank, first.fold_blank, log);
  Note(AnomalyId::kHeaderFoldTrailing, first.fold_trailing, log);
}

}  // namespace sipward::sip
