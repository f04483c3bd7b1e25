#include "identity/es256.h"

#include <openssl/evp.h>

#include <cstring>
#include <utility>

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

// What is fetched and prepared once: OpenSSL 3 looks algorithms up by name each time they are asked
// for, which takes longer than the digest of a token.
struct Es256Key::Context {
  bool Prepare(EVP_PKEY* with_key) {
    key.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, with_key, nullptr));
    sha256.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    hash.reset(EVP_MD_CTX_new());
    return key && sha256 && hash && EVP_PKEY_verify_init(key.get()) == 1;
  }
  bool Digest(std::string_view octets, unsigned char* out) const {
    return EVP_DigestInit_ex2(hash.get(), sha256.get(), nullptr) == 1 &&
           EVP_DigestUpdate(hash.get(), octets.data(), octets.size()) == 1 &&
           EVP_DigestFinal_ex(hash.get(), out, nullptr) == 1;
  }

  OwnedKeyContext key;
  std::unique_ptr<EVP_MD, OsslFree<EVP_MD_free>> sha256;
  OwnedDigestContext hash;
};

Es256Key::Es256Key(evp_pkey_st* key) : key_(key) { EVP_PKEY_up_ref(key_); }

Es256Key::~Es256Key() {
  for (std::atomic<Context*>& slot : contexts_) delete slot.load();
  EVP_PKEY_free(key_);
}

std::unique_ptr<Es256Key::Context> Es256Key::Take() const {
  for (std::atomic<Context*>& slot : contexts_) {
    if (slot.load(std::memory_order_relaxed) == nullptr) continue;
    if (Context* context = slot.exchange(nullptr, std::memory_order_acquire)) {
      return std::unique_ptr<Context>(context);
    }
  }
  auto context = std::make_unique<Context>();
  return context->Prepare(key_) ? std::move(context) : nullptr;
}

void Es256Key::Give(std::unique_ptr<Context> context) const {
  for (std::atomic<Context*>& slot : contexts_) {
    Context* none = nullptr;
    if (slot.compare_exchange_strong(none, context.get(), std::memory_order_release,
                                     std::memory_order_relaxed)) {
      // NOLINTNEXTLINE(bugprone-unused-return-value): the slot owns it now.
      (void)context.release();
      return;
    }
  }
}

bool Es256Key::Verify(std::string_view signed_octets, std::string_view signature) const {
  if (CheckEs256Form(signature) != Reason::kOk) return false;
  const ErrorMark mark;
  std::unique_ptr<Context> context = Take();
  if (!context) return false;
  unsigned char digest[kHalf];
  unsigned char der[kMaxDer];
  const size_t size = ToDer(Octets(signature), der);
  const bool good = context->Digest(signed_octets, digest) &&
                    EVP_PKEY_verify(context->key.get(), der, size, digest, sizeof(digest)) == 1;
  Give(std::move(context));
  return good;
}

}  // namespace sipward::identity
