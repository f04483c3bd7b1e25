// Keyed hashing: every table whose key an attacker can choose is keyed by SipHash-2-4.
#ifndef SIPWARD_BASE_HASH_H_
#define SIPWARD_BASE_HASH_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace sipward {

// Secret of one state region. Two regions with the same secret and the same events reach the same
// state.
struct HashSecret {
  std::array<uint8_t, 16> bytes{};
};

// A 128-bit keyed hash: what counters keep instead of the key itself.
struct Hash128 {
  uint64_t low = 0;
  uint64_t high = 0;
  friend constexpr bool operator==(const Hash128&, const Hash128&) = default;
};

// SipHash-2-4 with 64 and 128 bits of output (libsodium). Pure, thread-safe, about 20 ns for a
// short key.
uint64_t KeyedHash64(const HashSecret& secret, std::string_view bytes);
Hash128 KeyedHash128(const HashSecret& secret, std::string_view bytes);

// BLAKE2b with 256 bits of output over two pieces, one behind the other. Load time.
using Digest256 = std::array<uint8_t, 32>;
Digest256 KeyedDigest(const HashSecret& secret, std::string_view first, std::string_view second);

}  // namespace sipward

#endif  // SIPWARD_BASE_HASH_H_
