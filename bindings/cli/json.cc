#include "json.h"

#include <cstdio>

#include "text.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kByteBase = 0xF700;
constexpr uint32_t kFirstByteCharacter = kByteBase + 0x80;
constexpr uint32_t kLastByteCharacter = kByteBase + 0xFF;

void AppendByteCharacter(std::string* out, char c) {
  const uint32_t code = kByteBase + static_cast<uint8_t>(c);
  out->push_back(static_cast<char>(0xE0 | code >> 12));
  out->push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
  out->push_back(static_cast<char>(0x80 | (code & 0x3F)));
}

void AppendEscape(std::string* out, uint32_t code) {
  switch (code) {
    case '"':
      *out += "\\\"";
      return;
    case '\\':
      *out += "\\\\";
      return;
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    default:
      break;
  }
  char escape[8];
  std::snprintf(escape, sizeof escape, "\\u%04x", code & 0xFFFF);
  *out += escape;
}

// How many bytes from `at` on are printable ASCII, and nothing that is escaped: most are.
size_t PlainRun(std::string_view bytes, size_t at) {
  const size_t begin = at;
  while (at < bytes.size() && bytes[at] >= ' ' && bytes[at] <= '~' && bytes[at] != '"' &&
         bytes[at] != '\\') {
    ++at;
  }
  return at - begin;
}

}  // namespace

void AppendJsonString(std::string* out, std::string_view bytes) {
  out->push_back('"');
  for (size_t at = 0;;) {
    const size_t plain = PlainRun(bytes, at);
    out->append(bytes, at, plain);
    at += plain;
    if (at == bytes.size()) break;
    const Utf8Char c = DecodeUtf8(bytes, at);
    if (c.length == 0 || (c.code >= kFirstByteCharacter && c.code <= kLastByteCharacter)) {
      // Of a private character only this byte: the two behind it are not valid by themselves.
      AppendByteCharacter(out, bytes[at]);
      ++at;
      continue;
    }
    if (c.code == '"' || c.code == '\\' || IsUnprintable(c.code)) {
      AppendEscape(out, c.code);
    } else {
      *out += bytes.substr(at, c.length);
    }
    at += c.length;
  }
  out->push_back('"');
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  out_.push_back('"');
  out_ += key;
  out_ += "\":";
  comma_ = false;
  return *this;
}

void JsonWriter::String(std::string_view bytes) {
  Separate();
  AppendJsonString(&out_, bytes);
  comma_ = true;
}

void JsonWriter::StringOrNull(const std::optional<std::string_view>& text) {
  if (text) {
    String(*text);
  } else {
    Null();
  }
}

void JsonWriter::UIntOrNull(const std::optional<uint64_t>& number) {
  if (number) {
    UInt(*number);
  } else {
    Null();
  }
}

void JsonWriter::Separate() {
  if (comma_) out_.push_back(',');
}

void JsonWriter::Open(char bracket) {
  Separate();
  out_.push_back(bracket);
  comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_.push_back(bracket);
  comma_ = true;
}

void JsonWriter::Literal(std::string_view text) {
  Separate();
  out_ += text;
  comma_ = true;
}

}  // namespace sipward::cli
