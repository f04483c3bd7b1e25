#include "identity/es256.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>

#include "identity/ossl.h"

namespace sipward::identity {
namespace {

constexpr size_t kHalf = kEs256Size / 2;

// The order of P-256 (SEC 2).
constexpr unsigned char kOrder[kHalf] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

// INTEGER of a number above zero.
size_t AppendInteger(const unsigned char* number, unsigned char* out) {
  size_t zeros = 0;
  while (number[zeros] == 0) ++zeros;
  const size_t sign = number[zeros] >= 0x80 ? 1 : 0;
  const size_t size = kHalf - zeros + sign;
  out[0] = 0x02;
  out[1] = static_cast<unsigned char>(size);
  out[2] = 0;
  std::memcpy(out + 2 + sign, number + zeros, kHalf - zeros);
  return 2 + size;
}

// ECDSA-Sig-Value (RFC 3279), which OpenSSL takes.
constexpr size_t kMaxDer = 2 + 2 * (2 + 1 + kHalf);
size_t ToDer(const unsigned char* signature, unsigned char (&out)[kMaxDer]) {
  size_t size = AppendInteger(signature, out + 2);
  size += AppendInteger(signature + kHalf, out + 2 + size);
  out[0] = 0x30;
  out[1] = static_cast<unsigned char>(size);
  return size + 2;
}

}  // namespace

bool IsScalarOfP256(const unsigned char* number) {
  static constexpr unsigned char kZero[kHalf] = {};
  return std::memcmp(number, kZero, kHalf) != 0 && std::memcmp(number, kOrder, kHalf) < 0;
}

Reason CheckEs256Form(std::string_view signature) {
  if (signature.size() != kEs256Size) return Reason::kSigLength;
  const unsigned char* octets = Octets(signature);
  return IsScalarOfP256(octets) && IsScalarOfP256(octets + kHalf) ? Reason::kOk : Reason::kSigRange;
}

Es256Key::Es256Key(evp_pkey_st* key) : key_(key) { EVP_PKEY_up_ref(key_); }

Es256Key::~Es256Key() {
  for (std::atomic<EVP_PKEY_CTX*>& slot : contexts_) EVP_PKEY_CTX_free(slot.load());
  EVP_PKEY_free(key_);
}

EVP_PKEY_CTX* Es256Key::Take() const {
  for (std::atomic<EVP_PKEY_CTX*>& slot : contexts_) {
    if (EVP_PKEY_CTX* context = slot.exchange(nullptr, std::memory_order_acquire)) return context;
  }
  OwnedKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_, nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
  return context.release();
}

void Es256Key::Give(EVP_PKEY_CTX* context) const {
  for (std::atomic<EVP_PKEY_CTX*>& slot : contexts_) {
    EVP_PKEY_CTX* none = nullptr;
    if (slot.compare_exchange_strong(none, context, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return;
    }
  }
  EVP_PKEY_CTX_free(context);
}

bool Es256Key::Verify(std::string_view signed_octets, std::string_view signature) const {
  if (CheckEs256Form(signature) != Reason::kOk) return false;
  const ErrorMark mark;
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, Octets(signed_octets), signed_octets.size());
  unsigned char der[kMaxDer];
  const size_t size = ToDer(Octets(signature), der);
  EVP_PKEY_CTX* context = Take();
  if (context == nullptr) return false;
  const bool good = EVP_PKEY_verify(context, der, size, digest, sizeof(digest)) == 1;
  Give(context);
  return good;
}

}  // namespace sipward::identity
