#include "auth/hasher.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>

namespace sipward::auth {
namespace {

constexpr std::array<const char*, kHashFunctions> kNames = {"MD5", "SHA256", "SHA512-256", "SHA1",
                                                            "SHA512"};

size_t BlockOf(HashFunction function) {
  const bool large = function == HashFunction::kSha512 || function == HashFunction::kSha512_256;
  return large ? 128 : 64;
}

// The key of HMAC, as long as a block, combined with an octet; wiped when it goes.
class Pad {
 public:
  Pad(std::string_view key, uint8_t with, size_t block) : size_(block) {
    std::copy(key.begin(), key.end(), octets_.begin());
    for (size_t i = 0; i < block; ++i) {
      octets_[i] = static_cast<char>(static_cast<uint8_t>(octets_[i]) ^ with);
    }
  }
  ~Pad() { OPENSSL_cleanse(octets_.data(), octets_.size()); }
  Pad(const Pad&) = delete;
  Pad& operator=(const Pad&) = delete;
  std::string_view text() const { return {octets_.data(), size_}; }

 private:
  std::array<char, 128> octets_{};
  size_t size_;
};

std::string_view TextOf(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.octets.data()), hash.size};
}

}  // namespace

Hash::~Hash() { OPENSSL_cleanse(octets.data(), octets.size()); }
Hex::~Hex() { OPENSSL_cleanse(digits.data(), digits.size()); }

void Hasher::FreeFunction::operator()(evp_md_st* function) const { EVP_MD_free(function); }
void Hasher::FreeContext::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Hasher::Hasher() {
  // The error queue of the thread belongs to the host as well.
  ERR_set_mark();
  for (size_t i = 0; i < kHashFunctions; ++i) {
    engines_[i].function.reset(EVP_MD_fetch(nullptr, kNames[i], nullptr));
    if (engines_[i].function) engines_[i].context.reset(EVP_MD_CTX_new());
  }
  ERR_pop_to_mark();
}

Hasher::~Hasher() = default;

bool Hasher::Has(HashFunction function) const {
  return engines_[static_cast<size_t>(function)].context != nullptr;
}

bool Hasher::Digest(HashFunction function, Pieces pieces, Hash* out) {
  const Engine& engine = engines_[static_cast<size_t>(function)];
  if (!Has(function)) return false;
  ERR_set_mark();
  bool done = EVP_DigestInit_ex2(engine.context.get(), engine.function.get(), nullptr) == 1;
  for (const std::string_view piece : pieces) {
    done = done && EVP_DigestUpdate(engine.context.get(), piece.data(), piece.size()) == 1;
  }
  unsigned size = 0;
  done = done && EVP_DigestFinal_ex(engine.context.get(), out->octets.data(), &size) == 1;
  ERR_pop_to_mark();
  out->size = done ? size : 0;
  return done;
}

bool Hasher::Digest(HashFunction function, Pieces pieces, Hex* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  Hash hash;
  if (!Digest(function, pieces, &hash) || 2 * hash.size > out->digits.size()) return false;
  for (size_t i = 0; i < hash.size; ++i) {
    out->digits[2 * i] = kDigits[hash.octets[i] >> 4];
    out->digits[2 * i + 1] = kDigits[hash.octets[i] & 15];
  }
  out->size = 2 * hash.size;
  return true;
}

bool Hasher::Authenticate(HashFunction function, std::string_view key, std::string_view text,
                          Hash* out) {
  const size_t block = BlockOf(function);
  Hash shortened;
  if (key.size() > block) {
    if (!Digest(function, {key}, &shortened)) return false;
    key = TextOf(shortened);
  }
  Hash inner;
  if (!Digest(function, {Pad(key, 0x36, block).text(), text}, &inner)) return false;
  return Digest(function, {Pad(key, 0x5c, block).text(), TextOf(inner)}, out);
}

}  // namespace sipward::auth
