// A private key to sign tokens with: of this process, or of a host that keeps it elsewhere.
#ifndef SIPWARD_IDENTITY_SIGNING_KEY_H_
#define SIPWARD_IDENTITY_SIGNING_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace sipward::identity {

using Sha256 = std::array<uint8_t, 32>;
using Es256Signature = std::array<uint8_t, 64>;  // r and s

// Any number of threads may sign with one.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  // False if it cannot be signed.
  virtual bool Sign(const Sha256& digest, Es256Signature* signature) const = 0;
};

// Of P-256, in a page that is locked in memory, guarded on both sides, read-only and left out of
// core dumps (libsodium), and wiped when it is freed. libcrypto has a copy for the time of a
// signature, which it wipes; that costs about as much as the signature.
class LocalKey final : public SigningKey {
 public:
  enum class Problem : uint8_t {
    kNone,
    kMalformed,  // not PEM of an unencrypted PKCS #8 or SEC 1 key
    kNotP256,
    kNoMemory,
  };
  struct Read {
    Problem problem = Problem::kMalformed;
    std::unique_ptr<LocalKey> key;
  };
  // "PRIVATE KEY" (RFC 5958) or "EC PRIVATE KEY" (RFC 5915). The text stays the caller's to wipe.
  static Read FromPem(std::string_view pem);

  ~LocalKey() override;
  LocalKey(const LocalKey&) = delete;
  LocalKey& operator=(const LocalKey&) = delete;

  bool Sign(const Sha256& digest, Es256Signature* signature) const override;

 private:
  explicit LocalKey(uint8_t* scalar) : scalar_(scalar) {}

  uint8_t* scalar_;  // of libsodium; the lowest octet first
};

// Kept by the host, in a hardware module or another process.
class CallbackKey final : public SigningKey {
 public:
  // Writes r and s, 32 octets each, and returns 0; anything else if it cannot. Called from the
  // threads that sign.
  using Callback = int32_t (*)(void* context, const uint8_t* digest, uint8_t* signature);

  CallbackKey(Callback callback, void* context) : callback_(callback), context_(context) {}

  bool Sign(const Sha256& digest, Es256Signature* signature) const override {
    return callback_(context_, digest.data(), signature->data()) == 0;
  }

 private:
  Callback callback_;
  void* context_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_SIGNING_KEY_H_
