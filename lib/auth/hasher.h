// Hashes by libcrypto, for the sources of this folder alone.
#ifndef SIPWARD_AUTH_HASHER_H_
#define SIPWARD_AUTH_HASHER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include "auth/algorithm.h"

struct evp_md_st;
struct evp_md_ctx_st;

namespace sipward::auth {

enum class HashFunction : uint8_t { kMd5, kSha256, kSha512_256, kSha1, kSha512 };
inline constexpr size_t kHashFunctions = 5;

constexpr HashFunction FunctionOf(Strength strength) { return static_cast<HashFunction>(strength); }

// Octets of a hash; wiped when it goes.
struct Hash {
  std::array<uint8_t, 64> octets{};
  size_t size = 0;

  Hash() = default;
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;
  ~Hash();
};

// A hash in small hexadecimal digits; wiped when it goes.
struct Hex {
  std::array<char, 64> digits{};
  size_t size = 0;

  Hex() = default;
  Hex(const Hex&) = delete;
  Hex& operator=(const Hex&) = delete;
  ~Hex();
  std::string_view text() const { return {digits.data(), size}; }
};

// One thread's. What it needs of libcrypto is made once.
class Hasher {
 public:
  using Pieces = std::initializer_list<std::string_view>;

  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  // False: this libcrypto has no such hash, as one under FIPS has no MD5.
  bool Has(HashFunction function) const;
  // Of the pieces one behind the other. False if libcrypto cannot.
  bool Digest(HashFunction function, Pieces pieces, Hash* out);
  bool Digest(HashFunction function, Pieces pieces, Hex* out);
  // HMAC (RFC 2104).
  bool Authenticate(HashFunction function, std::string_view key, std::string_view text, Hash* out);

 private:
  struct FreeFunction {
    void operator()(evp_md_st* function) const;
  };
  struct FreeContext {
    void operator()(evp_md_ctx_st* context) const;
  };
  struct Engine {
    std::unique_ptr<evp_md_st, FreeFunction> function;
    std::unique_ptr<evp_md_ctx_st, FreeContext> context;
  };
  std::array<Engine, kHashFunctions> engines_;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_HASHER_H_
