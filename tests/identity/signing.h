// Signatures with the private keys of tests/identity/pki_cases.py.
#ifndef SIPWARD_TESTS_IDENTITY_SIGNING_H_
#define SIPWARD_TESTS_IDENTITY_SIGNING_H_

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>
#include <string_view>

#include "identity/ossl.h"

namespace sipward::identity {

inline OwnedKey KeyOfPem(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  OwnedKey key(PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  return key;
}

// r || s of ES256; empty if it cannot be made.
inline std::string SignEs256(EVP_PKEY* key, std::string_view text) {
  const OwnedDigestContext context(EVP_MD_CTX_new());
  unsigned char der[80];
  size_t size = sizeof(der);
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), der, &size, Octets(text), text.size()) != 1) {
    return {};
  }
  const unsigned char* at = der;
  ECDSA_SIG* parts = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
  std::string out(64, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(parts), to, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(parts), to + 32, 32);
  ECDSA_SIG_free(parts);
  return out;
}

}  // namespace sipward::identity

#endif  // SIPWARD_TESTS_IDENTITY_SIGNING_H_
