// Digest algorithms (RFC 7616 section 3.2, RFC 8760 section 2.1).
#ifndef SIPWARD_AUTH_ALGORITHM_H_
#define SIPWARD_AUTH_ALGORITHM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::auth {

enum class Algorithm : uint8_t {
  kMd5,
  kMd5Session,
  kSha256,
  kSha256Session,
  kSha512_256,
  kSha512_256Session,
};
inline constexpr size_t kAlgorithms = 6;
// The stronger the later.
enum class Strength : uint8_t { kMd5, kSha256, kSha512_256 };
inline constexpr size_t kStrengths = 3;

constexpr Strength StrengthOf(Algorithm algorithm) {
  return static_cast<Strength>(static_cast<uint8_t>(algorithm) / 2);
}
// HA1 is hashed once more with nonce and cnonce.
constexpr bool IsSession(Algorithm algorithm) { return static_cast<uint8_t>(algorithm) % 2 == 1; }
// Digits of a hash.
constexpr size_t HexDigits(Strength strength) { return strength == Strength::kMd5 ? 32 : 64; }

// A set of algorithms.
class Algorithms {
 public:
  constexpr Algorithms() = default;
  constexpr explicit Algorithms(uint8_t bits) : bits_(bits) {}
  constexpr void Add(Algorithm algorithm) {
    bits_ = static_cast<uint8_t>(bits_ | 1u << static_cast<unsigned>(algorithm));
  }
  constexpr bool Has(Algorithm algorithm) const {
    return (bits_ >> static_cast<unsigned>(algorithm) & 1) != 0;
  }
  constexpr bool HasStrength(Strength strength) const {
    return (bits_ >> 2 * static_cast<unsigned>(strength) & 3) != 0;
  }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  uint8_t bits_ = 0;  // 1 << Algorithm
};

std::string_view AlgorithmName(Algorithm algorithm);  // "SHA-512-256-sess"
// In any letters; the hash that is named SHA-512/256 has a hyphen here.
std::optional<Algorithm> FindAlgorithm(std::string_view name);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_ALGORITHM_H_
