// A certificate that signs tokens, and what it says of its holder: decoded and checked once, asked
// often.
#ifndef SIPWARD_IDENTITY_CREDENTIAL_H_
#define SIPWARD_IDENTITY_CREDENTIAL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/certificate_chain.h"
#include "identity/claim_constraints.h"
#include "identity/name_digest.h"
#include "identity/reason.h"
#include "identity/tn_auth_list.h"

namespace sipward::identity {

class AnchorSet;
class ChainDocument;
class Es256Key;
class KeyTables;
struct TrustPolicy;

// Seconds since 1970 UTC, both ends inside.
struct Validity {
  int64_t not_before = INT64_MIN;
  int64_t not_after = INT64_MAX;

  // kOk, kCertNotYetValid or kCertExpired.
  Reason At(int64_t when) const;
};

// Immutable; any number of threads. A chain was built from it to an anchor, and of the steps of
// "credential" in identity/reason.h all were taken but those that need a time, a list of revoked
// certificates or a token.
class Credential {
 public:
  // Builds the chain at this time and checks everything. On failure the reason is not kOk and there
  // is no credential. Dates are not judged: see validity().
  struct Made {
    Reason reason = Reason::kInternal;
    std::shared_ptr<const Credential> credential;
  };
  static Made Make(const ChainDocument& document, const AnchorSet& anchors,
                   const TrustPolicy& policy, int64_t now,
                   std::shared_ptr<KeyTables> tables = nullptr);

  // Of the leaf alone, without a chain: for who signs with it.
  static Made MakeOfLeaf(const ChainDocument& document, const TrustPolicy& policy);

  ~Credential();
  Credential(const Credential&) = delete;
  Credential& operator=(const Credential&) = delete;

  // Another one for each that is made in this process; never 0.
  uint64_t id() const { return id_; }
  // Of the leaf: a token must have been signed within.
  const Validity& validity() const { return leaf_validity_; }
  // Of every certificate of the chain: now must be within.
  const Validity& chain_validity() const { return chain_validity_; }

  const TnAuthList& tn_auth_list() const { return tn_auth_list_; }
  // The first service provider code, or "".
  std::string_view spc() const;
  size_t spc_count() const { return tn_auth_list_.spcs().size(); }
  // The holder may sign for this number: by its provider's code, or because it is listed.
  bool CoversTn(std::string_view digits) const;
  // All of them hold.
  const std::vector<ClaimConstraints>& constraints() const { return constraints_; }

  // True if the 64 octets r and s are the leaf's ECDSA signature with SHA-256 over these octets.
  // In steady state nothing is allocated but by libcrypto.
  bool VerifyEs256(std::string_view signed_octets, std::string_view signature) const;

  // For people: names as RFC 2253 writes them, the serial number in hexadecimal.
  const std::string& subject() const { return subject_; }
  const std::string& issuer() const { return issuer_; }
  const std::string& serial() const { return serial_; }

  // The path from the leaf to the anchor, both of them in it.
  const SharedChain& certificates() const { return certificates_; }
  // The leaf and every certificate below the anchor.
  const std::vector<CertificateId>& chain() const { return chain_; }
  // Whom the leaf names as issuers of lists of revoked certificates; its own issuer if it says
  // where such a list is, but not whose.
  const std::vector<NameDigest>& crl_issuers() const { return crl_issuers_; }

 private:
  Credential();
  friend class CredentialMaker;

  const uint64_t id_;
  Validity leaf_validity_;
  Validity chain_validity_;
  TnAuthList tn_auth_list_;
  std::vector<ClaimConstraints> constraints_;
  SharedChain certificates_;
  std::vector<CertificateId> chain_;
  std::vector<NameDigest> crl_issuers_;
  std::string subject_;
  std::string issuer_;
  std::string serial_;
  std::unique_ptr<Es256Key> key_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CREDENTIAL_H_
