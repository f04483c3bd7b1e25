// Nonces that need no memory: what they say is sealed with a key, so that any worker with the key
// can tell its own from forged ones, and how old they are.
#ifndef SIPWARD_AUTH_NONCE_H_
#define SIPWARD_AUTH_NONCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "base/time.h"

namespace sipward::auth {

// What of the source a nonce is good for.
enum class Binding : uint8_t {
  kNone,     // anybody
  kNetwork,  // its /24, or its /64
  kHost,     // its address, or its /64 for IPv6
};

inline constexpr size_t kNonceChars = 48;
inline constexpr size_t kLeastNonceKey = 16;

// A key out of a secret of at least kLeastNonceKey octets; wiped when it goes.
class NonceKey {
 public:
  explicit NonceKey(std::string_view secret);
  ~NonceKey();
  NonceKey(const NonceKey&) = default;
  NonceKey& operator=(const NonceKey&) = default;

  // Stands in front of a nonce, so that one hash tells which of two keys it is.
  uint8_t number() const { return octets_.back(); }
  std::span<const uint8_t> octets() const { return std::span(octets_).first<32>(); }

 private:
  std::array<uint8_t, 33> octets_{};
};

enum class NonceState : uint8_t {
  kGood,
  kStale,      // ours, but older than its life; or from so far ahead that clocks do not explain it
  kElsewhere,  // ours, but given to another source
  kForged,     // not made with any of the keys, or for another realm
};

// Not changed by what it does but SetKey: any number of threads may use it.
class NonceSealer {
 public:
  NonceSealer(std::string realm, Binding binding, Nanos lifetime, std::string_view secret);

  // The key of what is made from now on; what the one before made stays good for its life.
  void SetKey(std::string_view secret);
  // `counter`: another one for each nonce of the same millisecond, from all workers.
  void Make(const IpAddress& source, Nanos wall, uint64_t counter,
            std::span<char, kNonceChars> out) const;
  NonceState Check(std::string_view nonce, const IpAddress& source, Nanos wall) const;

 private:
  std::string realm_;
  Binding binding_;
  Nanos lifetime_;
  NonceKey key_;
  std::optional<NonceKey> before_;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_NONCE_H_
