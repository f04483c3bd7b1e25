// Makes keys and signatures as minisign does.
#ifndef SIPWARD_TESTS_LISTS_MINISIGN_MAKER_H_
#define SIPWARD_TESTS_LISTS_MINISIGN_MAKER_H_

#include <sodium.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipward::lists {

class MinisignMaker {
 public:
  MinisignMaker() {
    if (sodium_init() < 0) return;
    crypto_sign_keypair(public_.data(), secret_.data());
    randombytes_buf(id_.data(), id_.size());
  }
  // The text of a file of a public key.
  std::string PublicKey() const {
    return "untrusted comment: minisign public key\n" +
           Base64("Ed" + Text(id_.data(), id_.size()) + Text(public_.data(), public_.size())) +
           '\n';
  }
  // The text of a file of a signature.
  std::string Sign(std::string_view bytes, const std::string& comment, bool hashed) const {
    std::array<uint8_t, crypto_generichash_BYTES_MAX> digest;
    if (hashed) {
      crypto_generichash(digest.data(), digest.size(), Octets(bytes), bytes.size(), nullptr, 0);
      bytes = {reinterpret_cast<const char*>(digest.data()), digest.size()};
    }
    const std::string signature = SignBytes(bytes);
    return "untrusted comment: signature\n" +
           Base64((hashed ? "ED" : "Ed") + Text(id_.data(), id_.size()) + signature) +
           "\ntrusted comment: " + comment + '\n' + Base64(SignBytes(signature + comment)) + '\n';
  }

 private:
  static const uint8_t* Octets(std::string_view bytes) {
    return reinterpret_cast<const uint8_t*>(bytes.data());
  }
  static std::string Text(const uint8_t* octets, size_t size) {
    return {reinterpret_cast<const char*>(octets), size};
  }
  static std::string Base64(const std::string& bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), Octets(bytes), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
  }
  std::string SignBytes(std::string_view bytes) const {
    std::array<uint8_t, crypto_sign_BYTES> signature;
    crypto_sign_detached(signature.data(), nullptr, Octets(bytes), bytes.size(), secret_.data());
    return Text(signature.data(), signature.size());
  }

  std::array<uint8_t, crypto_sign_PUBLICKEYBYTES> public_{};
  std::array<uint8_t, crypto_sign_SECRETKEYBYTES> secret_{};
  std::array<uint8_t, 8> id_{};
};

}  // namespace sipward::lists

#endif  // SIPWARD_TESTS_LISTS_MINISIGN_MAKER_H_
