#include "identity/anchors.h"

#include <openssl/x509v3.h>

#include <string>
#include <utility>

#include "identity/pem.h"

namespace sipward::identity {

AnchorSet::AnchorSet() : store_(X509_STORE_new()) {}

std::shared_ptr<const AnchorSet> AnchorSet::Parse(std::string_view bytes, bool partial_chains) {
  PemBlocks blocks;
  if (bytes.starts_with('\x30')) {
    blocks.contents.emplace_back(bytes);
    blocks.ok = true;
  } else {
    blocks = ReadPem(bytes, "CERTIFICATE", kMaxCertificates);
  }
  if (!blocks.ok) return nullptr;
  const ErrorMark mark;
  auto anchors = std::make_shared<AnchorSet>();
  for (const std::string& der : blocks.contents) {
    OwnedX509 certificate = ParseX509(der);
    if (!certificate) return nullptr;
    const uint32_t seen = X509_get_extension_flags(certificate.get());
    const auto name = DigestName(SubjectOf(certificate.get()));
    if (!name || (seen & EXFLAG_INVALID) != 0) return nullptr;
    // Certificates of before extensions are authorities too, where they are self-signed.
    const bool authority = X509_check_ca(certificate.get()) != 0;
    if (authority && ((seen & EXFLAG_SS) != 0 || partial_chains) &&
        X509_STORE_add_cert(anchors->store_.get(), certificate.get()) != 1) {
      return nullptr;
    }
    if ((X509_get_key_usage(certificate.get()) & KU_CRL_SIGN) != 0) {
      anchors->crl_signers_.push_back({.name = *name, .certificate = std::move(certificate)});
    }
  }
  return anchors;
}

std::vector<EVP_PKEY*> AnchorSet::CrlSigners(const NameDigest& name) const {
  std::vector<EVP_PKEY*> keys;
  for (const Named& signer : crl_signers_) {
    EVP_PKEY* key = X509_get0_pubkey(signer.certificate.get());
    if (signer.name == name && key != nullptr) keys.push_back(key);
  }
  return keys;
}

}  // namespace sipward::identity
