#include "text.h"

#include <cstdio>

#include "sipward.h"

namespace sipward::cli {

Utf8Char DecodeUtf8(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[at + i]); };
  const uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  size_t length = 0;
  uint32_t code = 0;
  uint32_t least = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2, code = first & 0x1F, least = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3, code = first & 0x0F, least = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4, code = first & 0x07, least = 0x10000;
  }
  if (length == 0 || text.size() - at < length) return {};
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least || code > 0x10FFFF || surrogate) return {};
  return {code, length};
}

bool IsUnprintable(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

std::string Printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  char escape[16];
  for (size_t at = 0; at < bytes.size();) {
    const Utf8Char c = DecodeUtf8(bytes, at);
    if (c.length == 0 || (c.code < 0x80 && IsUnprintable(c.code))) {
      std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<uint8_t>(bytes[at]));
      out += escape;
      ++at;
      continue;
    }
    if (IsUnprintable(c.code)) {
      std::snprintf(escape, sizeof escape, "\\u{%x}", c.code);
      out += escape;
    } else {
      out += bytes.substr(at, c.length);
    }
    at += c.length;
  }
  return out;
}

size_t DisplayWidth(std::string_view printable) {
  size_t width = 0;
  for (const char c : printable) width += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return width;
}

std::string Clip(std::string printable, size_t columns) {
  if (DisplayWidth(printable) <= columns || columns == 0) return printable;
  size_t seen = 0;
  for (size_t at = 0; at < printable.size(); ++at) {
    if ((static_cast<uint8_t>(printable[at]) & 0xC0) == 0x80) continue;
    if (++seen == columns) {
      printable.resize(at);
      break;
    }
  }
  return printable + "…";
}

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string VersionText() {
  const uint32_t version = sipward_version();
  return std::to_string(version >> 16) + "." + std::to_string(version >> 8 & 0xFF) + "." +
         std::to_string(version & 0xFF);
}

std::string Counted(uint64_t number, std::string_view noun) {
  return Grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace sipward::cli
