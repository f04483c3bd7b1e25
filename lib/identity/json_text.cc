#include "identity/json_text.h"

#include <cstdint>

#include "base/ascii.h"
#include "base/utf8.h"

namespace sipward::identity {
namespace {

constexpr bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

char* PutUtf8(uint32_t code, char* out) {
  if (code < 0x80) {
    *out++ = static_cast<char>(code);
    return out;
  }
  if (code < 0x800) {
    *out++ = static_cast<char>(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      *out++ = static_cast<char>(0xe0 | code >> 12);
    } else {
      *out++ = static_cast<char>(0xf0 | code >> 18);
      *out++ = static_cast<char>(0x80 | (code >> 12 & 0x3f));
    }
    *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3f));
  }
  *out++ = static_cast<char>(0x80 | (code & 0x3f));
  return out;
}

// Four hexadecimal digits at `at`; false if there are none.
bool Hex4(std::span<char> json, size_t at, uint32_t* code) {
  if (json.size() - at < 4) return false;
  *code = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const int digit = HexValue(json[i]);
    if (digit < 0) return false;
    *code = *code << 4 | static_cast<uint32_t>(digit);
  }
  return true;
}

// `*at` is behind "\u".
Reason ReadUnicode(std::span<char> json, size_t* at, uint32_t* code) {
  if (!Hex4(json, *at, code)) return Reason::kJsonSyntax;
  *at += 4;
  if (*code >= 0xdc00 && *code < 0xe000) return Reason::kJsonUtf8;
  if (*code < 0xd800 || *code >= 0xdc00) return Reason::kOk;
  uint32_t low = 0;
  if (json.size() - *at < 6 || json[*at] != '\\' || json[*at + 1] != 'u' ||
      !Hex4(json, *at + 2, &low) || low < 0xdc00 || low > 0xdfff) {
    return Reason::kJsonUtf8;
  }
  *at += 6;
  *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
  return Reason::kOk;
}

// `*at` is behind the backslash.
Reason ReadEscape(std::span<char> json, size_t* at, uint32_t* code) {
  if (*at == json.size()) return Reason::kJsonSyntax;
  const char c = json[(*at)++];
  switch (c) {
    case '"':
    case '\\':
    case '/':
      *code = static_cast<unsigned char>(c);
      return Reason::kOk;
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      return Reason::kJsonControl;
    case 'u': {
      const Reason reason = ReadUnicode(json, at, code);
      return reason == Reason::kOk && *code < 0x20 ? Reason::kJsonControl : reason;
    }
    default:
      return Reason::kJsonSyntax;
  }
}

}  // namespace

Reason ReadJsonText(std::span<char> json, size_t* at, std::string_view* text) {
  const size_t begin = *at + 1;
  size_t in = begin;
  char* out = json.data() + begin;
  while (in < json.size() && json[in] != '"') {
    const char c = json[in];
    if (IsControl(c)) return Reason::kJsonSyntax;
    if (c == '\\') {
      ++in;
      uint32_t code = 0;
      const Reason reason = ReadEscape(json, &in, &code);
      if (reason != Reason::kOk) return reason;
      out = PutUtf8(code, out);  // an escape is longer than what it means
      continue;
    }
    size_t length = Utf8Length({&json[in], json.size() - in});
    if (length == 0) return Reason::kJsonUtf8;
    for (; length != 0; --length) *out++ = json[in++];
  }
  if (in == json.size()) return Reason::kJsonSyntax;
  *text = {json.data() + begin, static_cast<size_t>(out - (json.data() + begin))};
  *at = in + 1;
  return Reason::kOk;
}

size_t WriteJsonText(std::string_view text, std::span<char> out) {
  size_t size = 0;
  const auto put = [&out, &size](char c) {
    if (size < out.size()) out[size] = c;
    ++size;
  };
  put('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') put('\\');
    put(c);
  }
  put('"');
  return size <= out.size() ? size : 0;
}

}  // namespace sipward::identity
