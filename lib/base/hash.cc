#include "base/hash.h"

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

}  // namespace sipward
