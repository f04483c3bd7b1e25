#include <algorithm>

#include "sip/machines.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kVersion = "SIP/2.0";

// White space inside a line; CR and LF are not, because a line ends where the caller says.
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }

constexpr uint32_t SkipBlanks(const char* base, uint32_t at, uint32_t end) {
  while (at < end && IsBlank(base[at])) ++at;
  return at;
}

constexpr uint32_t FindBlank(const char* base, uint32_t at, uint32_t end) {
  while (at < end && !IsBlank(base[at])) ++at;
  return at;
}

bool LooksLikeVersion(std::string_view text) {
  return text.size() >= 4 && EqualsIgnoreCase(text.substr(0, 4), "SIP/");
}

uint16_t ThreeDigits(std::string_view text) {
  return static_cast<uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
}

bool AreThreeDigits(std::string_view text) {
  return text.size() == 3 && IsDigit(text[0]) && IsDigit(text[1]) && IsDigit(text[2]);
}

void FillFromMarks(const char* base, const StartLineMarks& marks, StartLine* out) {
  const uint32_t begin = out->text.offset;
  const uint32_t end = out->text.end();
  if (marks.reason_begin != kNoMark) {
    out->kind = StartKind::kResponse;
    out->version = Between(begin, marks.version_end);
    out->code_text = Between(marks.code_begin, marks.code_begin + 3);
    out->code = ThreeDigits(out->code_text.In(base));
    out->reason = Between(marks.reason_begin, end);
  } else {
    out->kind = StartKind::kRequest;
    out->method_text = Between(begin, marks.method_end);
    out->request_uri = Between(marks.uri_begin, marks.uri_end);
    out->version = Between(marks.version_begin, end);
  }
}

void CheckVersion(const char* base, Slice version, Diagnosis& diagnosis) {
  if (!EqualsIgnoreCase(version.In(base), kVersion)) {
    diagnosis.Note(AnomalyId::kStartVersion, version.offset);
  }
}

// Between two parts stands one space.
void CheckGap(const char* base, uint32_t begin, uint32_t end, Diagnosis& diagnosis) {
  if (end - begin != 1 || base[begin] != ' ') diagnosis.Note(AnomalyId::kStartWhitespace, begin);
}

constexpr CharSet kNotInReason("\"#<>[\\]^`{|}");

// RFC 3261 section 25.1, Reason-Phrase. Control characters have names of their own (line.*).
void CheckReason(const char* base, Slice reason, Diagnosis& diagnosis) {
  const uint32_t end = reason.end();
  for (uint32_t at = reason.offset; at < end; ++at) {
    const bool escape = end - at >= 3 && IsHexDigit(base[at + 1]) && IsHexDigit(base[at + 2]);
    if (base[at] == '%' ? escape : !kNotInReason.Has(base[at])) continue;
    diagnosis.Note(AnomalyId::kStartReasonMalformed, at);
    return;
  }
}

bool SalvageStatus(const char* base, uint32_t begin, uint32_t version_end, Diagnosis& diagnosis,
                   StartLine* out) {
  const uint32_t end = out->text.end();
  out->version = Between(begin, version_end);
  CheckVersion(base, out->version, diagnosis);
  const uint32_t code = SkipBlanks(base, version_end, end);
  if (code == end) {
    diagnosis.Note(AnomalyId::kStartMalformed, code);
    return false;
  }
  CheckGap(base, version_end, code, diagnosis);
  const uint32_t code_end = FindBlank(base, code, end);
  out->kind = StartKind::kResponse;
  out->code_text = Between(code, code_end);
  const std::string_view digits = out->code_text.In(base);
  if (AreThreeDigits(digits)) out->code = ThreeDigits(digits);
  if (out->code < 100 || out->code > 699) diagnosis.Note(AnomalyId::kStartStatusRange, code);
  if (code_end == end) {
    diagnosis.Note(AnomalyId::kStartReasonMissing, end);
    return true;
  }
  if (base[code_end] != ' ') diagnosis.Note(AnomalyId::kStartWhitespace, code_end);
  out->reason = Between(code_end + 1, end);
  CheckReason(base, out->reason, diagnosis);
  return true;
}

// The last part if it is a version; otherwise what is wrong has been named.
bool CutVersion(const char* base, uint32_t method_end, uint32_t end, Diagnosis& diagnosis,
                StartLine* out) {
  uint32_t begin = end;
  while (begin > method_end && !IsBlank(base[begin - 1])) --begin;
  out->version = Between(begin, end);
  if (begin == method_end || !LooksLikeVersion(out->version.In(base))) {
    out->version = Slice{};
    diagnosis.Note(AnomalyId::kStartMalformed, begin);
    return false;
  }
  CheckVersion(base, out->version, diagnosis);
  return true;
}

bool SalvageRequest(const char* base, uint32_t begin, uint32_t method_end, uint32_t end,
                    Diagnosis& diagnosis, StartLine* out) {
  for (uint32_t at = begin; at < method_end; ++at) {
    if (IsTokenChar(base[at])) continue;
    diagnosis.Note(AnomalyId::kStartMalformed, at);
    return false;
  }
  out->method_text = Between(begin, method_end);
  if (!CutVersion(base, method_end, end, diagnosis, out)) return false;
  const uint32_t uri = SkipBlanks(base, method_end, out->version.offset);
  uint32_t uri_end = out->version.offset;
  while (uri_end > uri && IsBlank(base[uri_end - 1])) --uri_end;
  if (uri_end == uri) {
    diagnosis.Note(AnomalyId::kStartMalformed, uri);
    return false;
  }
  out->request_uri = Between(uri, uri_end);
  out->kind = StartKind::kRequest;
  CheckGap(base, method_end, uri, diagnosis);
  const uint32_t inside = FindBlank(base, uri, uri_end);
  if (inside < uri_end) diagnosis.Note(AnomalyId::kUriWhitespace, inside);
  CheckGap(base, uri_end, out->version.offset, diagnosis);
  return true;
}

bool Salvage(const char* base, Diagnosis& diagnosis, StartLine* out) {
  const uint32_t line_end = out->text.end();
  const uint32_t begin = SkipBlanks(base, out->text.offset, line_end);
  if (begin == line_end) {
    diagnosis.Note(AnomalyId::kStartMalformed, out->text.offset);
    return false;
  }
  if (begin != out->text.offset) diagnosis.Note(AnomalyId::kStartWhitespace, out->text.offset);
  const uint32_t first_end = FindBlank(base, begin, line_end);
  if (LooksLikeVersion(Between(begin, first_end).In(base))) {
    return SalvageStatus(base, begin, first_end, diagnosis, out);
  }
  uint32_t end = line_end;
  while (end > begin && IsBlank(base[end - 1])) --end;
  if (end != line_end) diagnosis.Note(AnomalyId::kLineTrailingSpace, end);
  return SalvageRequest(base, begin, first_end, end, diagnosis, out);
}

void NoteMethod(const char* base, Diagnosis& diagnosis, StartLine* out) {
  if (!out->method_text.present()) return;
  const std::string_view text = out->method_text.In(base);
  out->method = FindMethod(text);
  if (out->method != Method::kOther) return;
#define SIPWARD_METHOD(symbol, name) \
  if (EqualsIgnoreCase(text, name))  \
    diagnosis.Remark(AnomalyId::kStartMethodCase, out->method_text.offset);
#include "sip/method.def"
#undef SIPWARD_METHOD
}

// Some number of a version, for those that do not look closer.
bool IsVersionNumber(std::string_view version) {
  const std::string_view number = version.substr(version.find('/') + 1);
  return number.find('.') != number.npos && std::all_of(number.begin(), number.end(), IsTokenChar);
}

// RFC 3261 section 7.1: case-insensitive, and upper case is what everybody must send.
void NoteVersion(const char* base, const StartLine& line, AnomalyLog& log) {
  const std::string_view version = line.version.In(base);
  if (!line.version.present() || version == kVersion) return;
  if (EqualsIgnoreCase(version, kVersion)) {
    log.Add(AnomalyId::kStartVersionCase, line.version.offset);
  } else if (line.kind == StartKind::kRequest || !IsVersionNumber(version)) {
    log.Add(AnomalyId::kStartVersionDisputed, line.version.offset);
  }
}

}  // namespace

bool ParseStartLine(const char* base, Slice line, AnomalyLog& log, StartLine* out) {
  *out = StartLine{};
  out->text = line;
  Diagnosis diagnosis(log);
  StartLineMarks marks;
  if (MatchStartLine(base, line, &marks).accepted) {
    FillFromMarks(base, marks, out);
  } else if (!Salvage(base, diagnosis, out)) {
    return false;
  }
  NoteMethod(base, diagnosis, out);
  NoteVersion(base, *out, log);
  return true;
}

}  // namespace sipward::sip
