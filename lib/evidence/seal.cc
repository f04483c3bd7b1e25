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

}  // namespace

RecordKey MakeRecordKey() {
  RecordKey key;
  randombytes_buf(key.data(), key.size());
  return key;
}

bool IsDestroyed(const RecordKey& key) {
  return std::all_of(key.begin(), key.end(), [](uint8_t octet) { return octet == 0; });
}

std::string Seal(const RecordKey& key, uint64_t sequence, std::string_view text) {
  const std::string place = std::to_string(sequence);
  std::string sealed(kNonce + text.size() + kTag, '\0');
  auto* out = reinterpret_cast<uint8_t*>(sealed.data());
  randombytes_buf(out, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonce, nullptr, Octets(text), text.size(),
                                             Octets(place), place.size(), nullptr, out, key.data());
  return sealed;
}

std::optional<std::string> Open(const RecordKey& key, uint64_t sequence, std::string_view sealed) {
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  const std::string place = std::to_string(sequence);
  std::string text(sealed.size() - kNonce - kTag, '\0');
  const std::string_view cipher = sealed.substr(kNonce);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<uint8_t*>(text.data()), nullptr, nullptr, Octets(cipher), cipher.size(),
          Octets(place), place.size(), Octets(sealed), key.data()) != 0) {
    return std::nullopt;
  }
  return text;
}

}  // namespace sipward::evidence
