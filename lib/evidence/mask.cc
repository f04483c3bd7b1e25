#include "evidence/mask.h"

#include <sodium.h>

#include <algorithm>

namespace sipward::evidence {
namespace {

// As in SIV (RFC 5297): the nonce is a keyed hash of the text, and the text is enciphered under it.
// One key for each of the two comes from the key of the mask.
constexpr size_t kNonce = 16;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

struct Keys {
  explicit Keys(const MaskKey& key) {
    constexpr char kContext[] = "sw-mask";  // with its NUL the eight octets that are wanted
    static_assert(sizeof kContext == crypto_kdf_CONTEXTBYTES);
    crypto_kdf_derive_from_key(hash.data(), hash.size(), 1, kContext, key.data());
    crypto_kdf_derive_from_key(cipher.data(), cipher.size(), 2, kContext, key.data());
  }
  std::array<uint8_t, 32> hash, cipher;
};

const uint8_t* Octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

void NonceOf(const Keys& keys, std::string_view text, uint8_t* nonce) {
  crypto_generichash(nonce, kNonce, Octets(text), text.size(), keys.hash.data(), keys.hash.size());
}

void Cipher(const Keys& keys, const uint8_t* nonce, uint8_t* text, size_t size) {
  std::array<uint8_t, crypto_stream_xchacha20_NONCEBYTES> whole{};
  std::copy(nonce, nonce + kNonce, whole.begin());
  crypto_stream_xchacha20_xor(text, text, size, whole.data(), keys.cipher.data());
}

}  // namespace

MaskKey MakeMaskKey() {
  MaskKey key;
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string Mask(const MaskKey& key, std::string_view text) {
  if (text.empty()) return {};
  const Keys keys(key);
  std::string bytes(kNonce, '\0');
  bytes += text;
  auto* octets = reinterpret_cast<uint8_t*>(bytes.data());
  NonceOf(keys, text, octets);
  Cipher(keys, octets, octets + kNonce, text.size());
  std::string pseudonym(1 + sodium_base64_encoded_len(bytes.size(), kVariant), '~');
  sodium_bin2base64(pseudonym.data() + 1, pseudonym.size() - 1, octets, bytes.size(), kVariant);
  pseudonym.pop_back();  // the NUL
  return pseudonym;
}

std::optional<std::string> Unmask(const MaskKey& key, std::string_view pseudonym) {
  if (pseudonym.empty() || pseudonym[0] != '~') return std::nullopt;
  pseudonym.remove_prefix(1);
  std::string bytes(pseudonym.size(), '\0');
  size_t size = 0;
  const char* end = nullptr;
  auto* octets = reinterpret_cast<uint8_t*>(bytes.data());
  if (sodium_base642bin(octets, bytes.size(), pseudonym.data(), pseudonym.size(), nullptr, &size,
                        &end, kVariant) != 0 ||
      end != pseudonym.data() + pseudonym.size() || size <= kNonce) {
    return std::nullopt;
  }
  const Keys keys(key);
  Cipher(keys, octets, octets + kNonce, size - kNonce);
  std::string text = bytes.substr(kNonce, size - kNonce);
  std::array<uint8_t, kNonce> nonce;
  NonceOf(keys, text, nonce.data());
  if (sodium_memcmp(nonce.data(), octets, kNonce) != 0) return std::nullopt;
  return text;
}

}  // namespace sipward::evidence
