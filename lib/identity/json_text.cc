#include "identity/json_text.h"

#include <cstdint>

#include "base/ascii.h"

namespace sipward::identity {
namespace {

constexpr bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The length of the character that begins here, 0 if none does. RFC 3629: no overlong forms, no
// surrogates, nothing beyond U+10FFFF.
size_t Utf8Length(const char* at, size_t left) {
  const auto octet = [at](size_t i) { return static_cast<unsigned char>(at[i]); };
  const unsigned first = octet(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || left < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((octet(i) & 0xc0u) != 0x80) return 0;
  }
  const unsigned second = octet(1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) {
    return 0;
  }
  return length;
}

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
    const char c = ToLower(json[i]);
    if (!IsHexDigit(c)) return false;
    *code = *code << 4 | static_cast<uint32_t>(IsDigit(c) ? c - '0' : c - 'a' + 10);
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
    size_t length = Utf8Length(&json[in], json.size() - in);
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
