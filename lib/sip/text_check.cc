#include <array>

#include "sip/line_check.h"

namespace sipward::sip {
namespace {

struct Decoded {
  uint32_t code = 0;
  uint32_t length = 0;  // 0: not UTF-8
};

unsigned At(std::string_view bytes, uint32_t i) { return static_cast<unsigned char>(bytes[i]); }

// RFC 3629 section 4: no overlong form, no surrogate, nothing above U+10FFFF.
Decoded Decode(std::string_view bytes, uint32_t at, uint32_t end) {
  const unsigned lead = At(bytes, at);
  const uint32_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (length == 0 || lead > 0xF4 || end - at < length) return {};
  if (length == 1) return {lead, 1};
  uint32_t code = lead & (0x7Fu >> length);
  for (uint32_t i = 1; i < length; ++i) {
    const unsigned next = At(bytes, at + i);
    if ((next & 0xC0) != 0x80) return {};
    code = code << 6 | (next & 0x3F);
  }
  constexpr std::array<uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || surrogate || code > 0x10FFFF) return {};
  return {code, length};
}

// The embeddings, overrides and isolates of UAX 9.
bool TurnsDirection(uint32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool HasNoWidth(uint32_t code) {
  return (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF;
}

}  // namespace

void CheckText(std::string_view bytes, uint32_t begin, uint32_t end, AnomalyLog& log) {
  CheckTextAs(AnomalyId::kUtf8Invalid, bytes, begin, end, log);
}

void CheckTextAs(AnomalyId invalid_id, std::string_view bytes, uint32_t begin, uint32_t end,
                 AnomalyLog& log) {
  bool invalid = false;
  bool bidi = false;
  bool zero_width = false;
  const auto note = [&log](AnomalyId id, bool* noted, uint32_t at) {
    if (!*noted) log.Add(id, at);
    *noted = true;
  };
  for (uint32_t at = begin; at < end;) {
    const Decoded decoded = Decode(bytes, at, end);
    if (decoded.length == 0) {
      note(invalid_id, &invalid, at);
      ++at;
      continue;
    }
    if (TurnsDirection(decoded.code)) note(AnomalyId::kUtf8Bidi, &bidi, at);
    if (HasNoWidth(decoded.code)) note(AnomalyId::kUtf8ZeroWidth, &zero_width, at);
    at += decoded.length;
  }
}

}  // namespace sipward::sip
