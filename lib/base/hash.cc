#include "base/hash.h"

#include <sodium/crypto_generichash.h>
#include <sodium/crypto_shorthash.h>
#include <sodium/crypto_shorthash_siphash24.h>

#include <cstring>

namespace sipward {

uint64_t KeyedHash64(const HashSecret& secret, std::string_view bytes) {
  unsigned char out[crypto_shorthash_BYTES];
  crypto_shorthash(out, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                   secret.bytes.data());
  uint64_t value;
  std::memcpy(&value, out, sizeof value);
  return value;
}

Hash128 KeyedHash128(const HashSecret& secret, std::string_view bytes) {
  unsigned char out[crypto_shorthash_siphashx24_BYTES];
  crypto_shorthash_siphashx24(out, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size(), secret.bytes.data());
  Hash128 value;
  std::memcpy(&value.low, out, sizeof value.low);
  std::memcpy(&value.high, out + sizeof value.low, sizeof value.high);
  return value;
}

Digest256 KeyedDigest(const HashSecret& secret, std::string_view first, std::string_view second) {
  static_assert(sizeof secret.bytes >= crypto_generichash_KEYBYTES_MIN);
  Digest256 digest;
  crypto_generichash_state state;
  crypto_generichash_init(&state, secret.bytes.data(), secret.bytes.size(), digest.size());
  for (const std::string_view piece : {first, second}) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                              piece.size());
  }
  crypto_generichash_final(&state, digest.data(), digest.size());
  return digest;
}

}  // namespace sipward
