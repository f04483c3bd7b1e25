// The certificates that are trusted without proof.
#ifndef SIPWARD_IDENTITY_ANCHORS_H_
#define SIPWARD_IDENTITY_ANCHORS_H_

#include <memory>
#include <string_view>
#include <vector>

#include "identity/name_digest.h"
#include "identity/ossl.h"

namespace sipward::identity {

// Immutable; any number of threads.
class AnchorSet {
 public:
  static constexpr size_t kMaxCertificates = 4096;

  // PEM certificates in a row, or one in DER; null if they cannot be read. An authority that is
  // self-signed, or any if chains may be partial, ends chains.
  static std::shared_ptr<const AnchorSet> Parse(std::string_view bytes, bool partial_chains);

  AnchorSet();

  X509_STORE* store() const { return store_.get(); }
  // Those of this name that may sign lists of revoked certificates: any that do not deny it by
  // their key usage.
  std::vector<EVP_PKEY*> CrlSigners(const NameDigest& name) const;

 private:
  struct Named {
    NameDigest name{};
    OwnedX509 certificate;
  };

  OwnedStore store_;
  std::vector<Named> crl_signers_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_ANCHORS_H_
