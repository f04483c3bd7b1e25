#include "auth/base32.h"

#include <sodium/utils.h>

#include "base/ascii.h"

namespace sipward::auth {
namespace {

int ValueOf(char c) {
  const char letter = ToLower(c);
  if (letter >= 'a' && letter <= 'z') return letter - 'a';
  return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

}  // namespace

Secret::~Secret() { sodium_memzero(octets.data(), octets.size()); }

bool DecodeBase32(std::string_view text, Secret* out) {
  out->size = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const int value = ValueOf(c);
    if (value < 0) return false;
    bits = bits << 5 | static_cast<uint32_t>(value);
    held += 5;
    if (held < 8) continue;
    held -= 8;
    if (out->size == Secret::kMost) return false;
    out->octets[out->size++] = static_cast<char>(bits >> held & 0xFF);
    bits &= (1u << held) - 1;
  }
  // Five bits or more left over are a digit that belongs to nothing; others must be 0.
  return held < 5 && bits == 0 && out->size >= Secret::kLeast;
}

}  // namespace sipward::auth
