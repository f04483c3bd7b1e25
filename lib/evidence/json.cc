#include "evidence/json.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/utf8.h"

namespace sipward::evidence {
namespace {

constexpr uint32_t kByteBase = 0xF700;
constexpr uint32_t kFirstByteCharacter = kByteBase + 0x80;
constexpr uint32_t kLastByteCharacter = kByteBase + 0xFF;
constexpr int kMostNesting = 64;

void AppendUnit(std::string* out, uint32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) *out += kDigits[unit >> shift & 0xF];
}

uint32_t CodeOf(std::string_view character) {
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(character[i]));
  };
  switch (character.size()) {
    case 2:
      return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
      return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4:
      return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
             (byte(3) & 0x3F);
    default:
      return byte(0);
  }
}

// One character, or one byte that is none. How many bytes it was.
size_t AppendCharacter(std::string* out, std::string_view bytes) {
  const auto first = static_cast<uint8_t>(bytes[0]);
  if (first < 0x80) {
    if (first == '"' || first == '\\') *out += '\\';
    if (first < 0x20 || first == 0x7F) {
      AppendUnit(out, first);
    } else {
      *out += static_cast<char>(first);
    }
    return 1;
  }
  const size_t length = Utf8Length(bytes);
  const uint32_t code = length == 0 ? 0 : CodeOf(bytes.substr(0, length));
  if (length == 0 || (code >= kFirstByteCharacter && code <= kLastByteCharacter)) {
    AppendUnit(out, kByteBase + first);
    return 1;
  }
  if (code < 0x10000) {
    AppendUnit(out, code);
  } else {
    AppendUnit(out, 0xD800 + ((code - 0x10000) >> 10));
    AppendUnit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
  }
  return length;
}

void AppendUtf8(std::string* out, uint32_t code) {
  const auto put = [&](uint32_t byte) { *out += static_cast<char>(byte); };
  if (code >= kFirstByteCharacter && code <= kLastByteCharacter) return put(code - kByteBase);
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

std::string_view SkipSpace(std::string_view text) {
  const size_t at = text.find_first_not_of(" \t\r\n");
  return at == text.npos ? std::string_view() : text.substr(at);
}

// The string at the front with its quotes; empty if there is none that ends.
std::string_view StringAt(std::string_view text) {
  if (text.empty() || text[0] != '"') return {};
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return text.substr(0, i + 1);
    }
  }
  return {};
}

// The value at the front; empty if there is none that ends.
std::string_view ValueAt(std::string_view text) {
  if (text.empty()) return {};
  if (text[0] == '"') return StringAt(text);
  if (text[0] != '{' && text[0] != '[') {
    const size_t end = std::min(text.find_first_of(",]} \t\r\n"), text.size());
    return text.substr(0, end);
  }
  std::array<char, kMostNesting> closes;
  size_t depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::string_view string = StringAt(text.substr(i));
      if (string.empty()) return {};
      i += string.size() - 1;
    } else if (c == '{' || c == '[') {
      if (depth == closes.size()) return {};
      closes[depth++] = c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (closes[--depth] != c) return {};
      if (depth == 0) return text.substr(0, i + 1);
    }
  }
  return {};
}

std::string_view SkipDigits(std::string_view text) {
  const size_t at = text.find_first_not_of("0123456789");
  return at == text.npos ? std::string_view() : text.substr(at);
}

// A number (RFC 8259 section 6), true, false or null.
bool IsLiteral(std::string_view text) {
  if (text == "true" || text == "false" || text == "null") return true;
  const auto digits = [&text] {
    const size_t before = text.size();
    text = SkipDigits(text);
    return text.size() != before;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  if (zero) text.remove_prefix(1);
  if (!zero && !digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!digits()) return false;
  }
  return text.empty();
}

std::optional<uint32_t> UnitAt(std::string_view text) {
  uint32_t unit = 0;
  if (text.size() < 4) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 4, unit, 16);
  if (error != std::errc() || end != text.data() + 4) return std::nullopt;
  return unit;
}

}  // namespace

void AppendString(std::string* out, std::string_view bytes) {
  *out += '"';
  while (!bytes.empty()) bytes.remove_prefix(AppendCharacter(out, bytes));
  *out += '"';
}

// What is encoded is no secret, so this need not take the same time for all bytes as sodium's own
// does.
void AppendBase64(std::string* out, std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const size_t begin = out->size();
  out->resize(begin + 2 + (bytes.size() + 2) / 3 * 4, '=');
  char* at = out->data() + begin;
  *at++ = '"';
  const auto octet = [&](size_t i) {
    return i < bytes.size() ? static_cast<uint32_t>(static_cast<uint8_t>(bytes[i])) : 0U;
  };
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const uint32_t three = octet(i) << 16 | octet(i + 1) << 8 | octet(i + 2);
    const size_t digits = std::min<size_t>(bytes.size() - i, 3) + 1;
    for (size_t d = 0; d < digits; ++d) at[d] = kDigits[three >> (18 - 6 * d) & 0x3F];
    at += 4;
  }
  *at = '"';
}

std::string ToHex(std::string_view bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const uint8_t*>(bytes.data()),
                 bytes.size());
  hex.pop_back();
  return hex;
}

std::optional<std::string> FromHex(std::string_view hex) {
  std::string bytes(hex.size() / 2, '\0');
  size_t size = 0;
  if (hex.size() % 2 != 0 ||
      sodium_hex2bin(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size(), hex.data(), hex.size(),
                     nullptr, &size, nullptr) != 0 ||
      size != bytes.size()) {
    return std::nullopt;
  }
  return bytes;
}

void Writer::Separate() {
  if (comma_) out_ += ',';
}

void Writer::Begin(char bracket) {
  Separate();
  out_ += bracket;
  comma_ = false;
}

void Writer::End(char bracket) {
  out_ += bracket;
  comma_ = true;
}

Writer& Writer::Key(std::string_view key) {
  Separate();
  ((out_ += '"') += key) += "\":";
  comma_ = false;
  return *this;
}

void Writer::String(std::string_view bytes) {
  Separate();
  AppendString(&out_, bytes);
  comma_ = true;
}

void Writer::Base64(std::string_view bytes) {
  Separate();
  AppendBase64(&out_, bytes);
  comma_ = true;
}

void Writer::Float(double number) {
  if (!std::isfinite(number)) return Null();
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  Literal(error == std::errc()
              ? std::string_view(text.data(), static_cast<size_t>(end - text.data()))
              : "null");
}

void Writer::Literal(std::string_view json) {
  Separate();
  out_ += json;
  comma_ = true;
}

Walk::Walk(std::string_view json) : rest_(SkipSpace(json)) {
  if (rest_.empty() || (rest_[0] != '{' && rest_[0] != '[')) return;
  close_ = rest_[0] == '{' ? '}' : ']';
  rest_ = SkipSpace(rest_.substr(1));
}

bool Walk::Next(std::string_view* name, std::string_view* value) {
  if (close_ == 0 || whole_ || rest_.empty()) return false;
  if (rest_[0] == close_) {
    whole_ = true;
    return false;
  }
  if (!first_) {
    if (rest_[0] != ',') return false;
    rest_ = SkipSpace(rest_.substr(1));
  }
  first_ = false;
  *name = {};
  if (close_ == '}') {
    const std::string_view quoted = StringAt(rest_);
    if (quoted.empty()) return false;
    *name = quoted.substr(1, quoted.size() - 2);
    rest_ = SkipSpace(rest_.substr(quoted.size()));
    if (rest_.empty() || rest_[0] != ':') return false;
    rest_ = SkipSpace(rest_.substr(1));
  }
  *value = ValueAt(rest_);
  if (value->empty()) return false;
  rest_ = SkipSpace(rest_.substr(value->size()));
  return true;
}

std::string_view Find(std::string_view object, std::string_view name) {
  object = SkipSpace(object);
  if (object.empty() || object[0] != '{') return {};
  Walk walk(object);
  std::string_view found, value;
  while (walk.Next(&found, &value)) {
    if (found == name) return value;
  }
  return {};
}

bool IsJson(std::string_view value) {
  if (value.empty() || ValueAt(value).size() != value.size()) return false;
  const char first = value[0];
  if (first == '"') {
    return TextOf(value) &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
  }
  if (first != '{' && first != '[') return IsLiteral(value);
  // As deep as ValueAt allows.
  Walk walk(value);
  std::string_view name, inner;
  while (walk.Next(&name, &inner)) {
    // A name stands between quotes.
    if (first == '{' && !IsJson({name.data() - 1, name.size() + 2})) return false;
    if (!IsJson(inner)) return false;
  }
  return walk.whole();
}

std::optional<std::string> TextOf(std::string_view value) {
  if (value.size() < 2 || StringAt(value).size() != value.size()) return std::nullopt;
  value = value.substr(1, value.size() - 2);
  std::string text;
  text.reserve(value.size());
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\') {
      text += value[i];
      continue;
    }
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const char escape = value[++i];  // a string does not end behind a backslash
    if (escape != 'u') {
      const size_t at = kEscapes.find(escape);
      if (at == kEscapes.npos) return std::nullopt;
      text += kMeant[at];
      continue;
    }
    auto unit = UnitAt(value.substr(i + 1));
    if (!unit) return std::nullopt;
    i += 4;
    if (*unit >= 0xD800 && *unit < 0xDC00 && value.substr(i + 1, 2) == "\\u") {
      const auto low = UnitAt(value.substr(i + 3));
      if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
      unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
      i += 6;
    }
    AppendUtf8(&text, *unit);
  }
  return text;
}

std::string TextIn(std::string_view object, std::string_view name) {
  return TextOf(Find(object, name)).value_or("");
}

std::optional<int64_t> IntOf(std::string_view value) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || error != std::errc() || end != value.data() + value.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::string> BytesOfBase64(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::nullopt;
  value = value.substr(1, value.size() - 2);
  std::string bytes(value.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size(), value.data(),
                        value.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != value.data() + value.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace sipward::evidence
