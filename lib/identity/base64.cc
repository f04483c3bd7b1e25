#include "identity/base64.h"

#include <array>
#include <cstdint>

namespace sipward::identity {
namespace {

constexpr uint8_t kInvalid = 0x80;  // a bit that no value has
using Alphabet = std::array<uint8_t, 256>;

constexpr Alphabet MakeAlphabet(char c62, char c63) {
  Alphabet table{};
  table.fill(kInvalid);
  for (unsigned i = 0; i < 26; ++i) {
    table['A' + i] = static_cast<uint8_t>(i);
    table['a' + i] = static_cast<uint8_t>(26 + i);
  }
  for (unsigned i = 0; i < 10; ++i) table['0' + i] = static_cast<uint8_t>(52 + i);
  table[static_cast<unsigned char>(c62)] = 62;
  table[static_cast<unsigned char>(c63)] = 63;
  return table;
}
constexpr Alphabet kUrl = MakeAlphabet('-', '_');
constexpr Alphabet kStandard = MakeAlphabet('+', '/');

constexpr size_t EncodedSize(size_t octets) { return (octets * 4 + 2) / 3; }

Reason Decode(const Alphabet& alphabet, std::string_view text, std::span<char> out, size_t* size) {
  if (text.size() % 4 == 1 || out.size() < DecodedSize(text.size())) return Reason::kB64Invalid;
  const auto value = [&alphabet, text](size_t at) -> uint32_t {
    return alphabet[static_cast<unsigned char>(text[at])];
  };
  char* to = out.data();
  size_t at = 0;
  for (; text.size() - at >= 4; at += 4) {
    const uint32_t a = value(at), b = value(at + 1), c = value(at + 2), d = value(at + 3);
    if (((a | b | c | d) & kInvalid) != 0) return Reason::kB64Invalid;
    const uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    *to++ = static_cast<char>(bits >> 16);
    *to++ = static_cast<char>(bits >> 8 & 0xffu);
    *to++ = static_cast<char>(bits & 0xffu);
  }
  if (at != text.size()) {  // two characters more, or three
    const bool three = text.size() - at == 3;
    const uint32_t a = value(at), b = value(at + 1), c = three ? value(at + 2) : 0;
    if (((a | b | c) & kInvalid) != 0) return Reason::kB64Invalid;
    const uint32_t bits = a << 18 | b << 12 | c << 6;
    *to++ = static_cast<char>(bits >> 16);
    if (three) *to++ = static_cast<char>(bits >> 8 & 0xffu);
    if ((bits & (three ? 0xffu : 0xffffu)) != 0) return Reason::kB64Noncanonical;
  }
  *size = static_cast<size_t>(to - out.data());
  return Reason::kOk;
}

}  // namespace

Reason DecodeBase64Url(std::string_view text, std::span<char> out, size_t* size) {
  return Decode(kUrl, text, out, size);
}

size_t EncodeBase64Url(std::string_view octets, std::span<char> out) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (out.size() < EncodedSize(octets.size())) return 0;
  size_t written = 0;
  uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : octets) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6;) {
      held -= 6;
      out[written++] = kCharacters[bits >> held & 63u];
    }
  }
  if (held != 0) out[written++] = kCharacters[bits << (6 - held) & 63u];
  return written;
}

void AppendBase64Url(std::string_view octets, std::string* out) {
  const size_t before = out->size();
  out->resize(before + EncodedSize(octets.size()));
  EncodeBase64Url(octets, std::span(*out).subspan(before));
}

bool DecodeBase64(std::string_view text, std::span<char> out, size_t* size) {
  if (text.size() % 4 != 0) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return Decode(kStandard, text, out, size) == Reason::kOk;
}

}  // namespace sipward::identity
