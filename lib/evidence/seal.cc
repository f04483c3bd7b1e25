#include "evidence/seal.h"

#include <sodium.h>

#include <algorithm>

namespace sipward::evidence {
namespace {

constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

const uint8_t* Octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

// The sequence, the lowest octet first.
struct Place {
  explicit Place(uint64_t sequence) {
    for (size_t i = 0; i < sizeof sequence; ++i) {
      nonce[i] = static_cast<uint8_t>(sequence >> (8 * i));
    }
  }
  std::array<uint8_t, kNonce> nonce{};
};

}  // namespace

RecordKeys::~RecordKeys() { sodium_memzero(octets_.data(), octets_.size()); }

RecordKey RecordKeys::Next() {
  if (used_ == octets_.size()) {
    randombytes_buf(octets_.data(), octets_.size());
    used_ = 0;
  }
  RecordKey key;
  uint8_t* at = octets_.data() + used_;
  std::copy(at, at + key.size(), key.begin());
  sodium_memzero(at, key.size());
  used_ += key.size();
  return key;
}

bool IsDestroyed(const RecordKey& key) {
  return std::all_of(key.begin(), key.end(), [](uint8_t octet) { return octet == 0; });
}

std::string Seal(const RecordKey& key, uint64_t sequence, std::string_view text) {
  const Place place(sequence);
  std::string sealed(text.size() + kTag, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<uint8_t*>(sealed.data()), nullptr, Octets(text), text.size(),
      place.nonce.data(), place.nonce.size(), nullptr, place.nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> Open(const RecordKey& key, uint64_t sequence, std::string_view sealed) {
  if (sealed.size() < kTag) return std::nullopt;
  const Place place(sequence);
  std::string text(sealed.size() - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<uint8_t*>(text.data()), nullptr, nullptr, Octets(sealed), sealed.size(),
          place.nonce.data(), place.nonce.size(), place.nonce.data(), key.data()) != 0) {
    return std::nullopt;
  }
  return text;
}

}  // namespace sipward::evidence
