#include <cstring>

#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {

bool WalkCseq(const Marks& marks, const char* base, Slice text, Cseq* out) {
  if (!marks.Cover(text.end())) return false;
  Walk walk(marks, base, text.offset, text.end());
  const uint32_t space = walk.Next();
  const uint32_t digits = space - text.offset;
  // Nine digits are below 2^32.
  if (!walk.IsSpace() || digits == 0 || digits > 9) return false;
  uint32_t at = text.offset;
  uint64_t number = 0;
  for (; at != space; ++at) {
    if (!IsDigit(base[at])) return false;
    number = number * 10 + static_cast<uint64_t>(base[at] - '0');
  }
  const uint32_t method = space + 1;
  if (method == walk.end || walk.Next() != walk.end) return false;
  out->number_text = {text.offset, digits};
  out->method_text = Between(method, walk.end);
  out->method = FindMethod(out->method_text.In(base));
  out->number = number;
  out->number_valid = true;
  return true;
}

namespace {

// What a word may hold that is a mark (RFC 3261 section 25.1).
constexpr CharSet kWordMarks("%`()<>:\\\"/[]?{}");

}  // namespace

bool WalkCallId(const Marks& marks, const char* base, Slice text) {
  if (text.empty() || !marks.Cover(text.end())) return false;
  Walk walk(marks, base, text.offset, text.end());
  bool at_sign = false;
  for (uint32_t at = walk.Next(); at != walk.end; at = walk.Next()) {
    if (kWordMarks.Has(base[at])) continue;
    if (base[at] != '@' || at_sign || at == text.offset || at + 1 == walk.end) return false;
    at_sign = true;
  }
  return true;
}

namespace {

constexpr std::string_view kVersion = "SIP/2.0";

bool HasVersion(const char* text) {
  return std::memcmp(text, kVersion.data(), kVersion.size()) == 0;
}

// `SIP/2.0 200 OK`: a reason of plain octets and spaces.
bool WalkStatusLine(const Marks& marks, const char* base, Slice line, StartLine* out) {
  const char* text = base + line.offset;
  const uint32_t code = line.offset + 8;
  const uint32_t reason = code + 4;
  if (line.length < 12 || text[7] != ' ' || text[8] < '1' || text[8] > '6' || !IsDigit(text[9]) ||
      !IsDigit(text[10]) || text[11] != ' ') {
    return false;
  }
  Walk walk(marks, base, reason, line.end());
  while (walk.Next() < walk.end) {
    if (!walk.Is(' ')) return false;
  }
  *out = StartLine{};
  out->kind = StartKind::kResponse;
  out->text = line;
  out->version = {line.offset, 7};
  out->code_text = {code, 3};
  out->reason = Between(reason, line.end());
  out->code =
      static_cast<uint16_t>((text[8] - '0') * 100 + (text[9] - '0') * 10 + (text[10] - '0'));
  return true;
}

bool WalkRequestLine(const Marks& marks, const char* base, Slice line, StartLine* out) {
  Walk walk(marks, base, line.offset, line.end());
  const uint32_t method_end = walk.Next();
  const uint32_t version = line.end() - static_cast<uint32_t>(kVersion.size());
  if (method_end == line.offset || !walk.IsSpace() || base[version - 1] != ' ' ||
      version - 1 <= method_end + 1 || !HasVersion(base + version)) {
    return false;
  }
  const uint32_t uri = method_end + 1;
  for (uint32_t at = walk.Next(); at < version - 1; at = walk.Next()) {
    const auto c = static_cast<unsigned char>(base[at]);
    if (c <= 0x20 || c >= 0x7F || c == '<' || c == '>') return false;
  }
  *out = StartLine{};
  out->kind = StartKind::kRequest;
  out->text = line;
  out->method_text = Between(line.offset, method_end);
  out->request_uri = Between(uri, version - 1);
  out->version = Between(version, line.end());
  out->method = FindMethod(out->method_text.In(base));
  // Letters in another case have a name of their own.
  return out->method != Method::kOther;
}

}  // namespace

bool WalkStartLine(const Marks& marks, const char* base, Slice line, StartLine* out) {
  if (line.length <= kVersion.size() + 4 || !marks.Cover(line.end())) return false;
  return HasVersion(base + line.offset) ? WalkStatusLine(marks, base, line, out)
                                        : WalkRequestLine(marks, base, line, out);
}

}  // namespace sipward::sip
