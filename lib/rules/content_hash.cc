#include "rules/content_hash.h"

#include <array>
#include <cstdint>

namespace sipward::rules {
namespace {

constexpr size_t kHashBytes = 32;

}  // namespace

ContentHasher::ContentHasher() { crypto_generichash_init(&state_, nullptr, 0, kHashBytes); }

void ContentHasher::Add(std::string_view text) {
  std::array<unsigned char, 8> length;
  for (size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<unsigned char>(uint64_t{text.size()} >> (8 * i));
  }
  crypto_generichash_update(&state_, length.data(), length.size());
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()),
                            text.size());
}

std::string ContentHasher::Finish() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, kHashBytes> hash;
  crypto_generichash_final(&state_, hash.data(), hash.size());
  std::string text;
  for (const unsigned char byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace sipward::rules
