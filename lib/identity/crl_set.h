// All lists of revoked certificates together, and what they say of a chain.
#ifndef SIPWARD_IDENTITY_CRL_SET_H_
#define SIPWARD_IDENTITY_CRL_SET_H_

#include <memory>
#include <vector>

#include "identity/anchors.h"
#include "identity/credential.h"
#include "identity/crl.h"
#include "identity/flags.h"
#include "identity/reason.h"
#include "identity/trust_policy.h"

namespace sipward::identity {

// What they say of a chain as far as no time is needed.
struct Revocation {
  bool revoked = false;   // by a list that is properly signed
  bool unknown = false;   // none of the lists is one that the certificate names
  Validity current = {};  // of the lists that matter
};

// Immutable; any number of threads.
class CrlSet {
 public:
  CrlSet() = default;
  // `malformed`: there was one more, which cannot be read.
  CrlSet(std::vector<std::shared_ptr<const Crl>> lists, bool malformed, const AnchorSet& anchors);
  // The lists of the new set that are properly signed, and of the old one those whose issuers it
  // lacks.
  CrlSet(const CrlSet& now, const CrlSet& before);

  // Of lists that are properly signed, leaves the newest of each issuer and scope, be it one of
  // these or one that was seen before. False if one of these had to go.
  bool KeepNewest(const std::vector<std::shared_ptr<const Crl>>& seen);

  // Properly signed or not.
  std::vector<std::shared_ptr<const Crl>> lists() const;
  const std::vector<std::shared_ptr<const Crl>>& good() const { return good_; }
  bool malformed() const { return malformed_; }
  // kOk, kCrlMalformed or kCrlSignature.
  Reason trouble() const;

  Revocation Judge(const Credential& credential) const;
  // kOk, kCertRevoked, or what the policy makes of lists that cannot be used, are not current or
  // are of others. Allocates nothing.
  Reason JudgeAt(int64_t now, const Credential& credential, const Revocation& judged,
                 const TrustPolicy& policy, FlagSet* flags) const;

 private:
  struct Doubtful {
    std::shared_ptr<const Crl> list;
    Crl::Standing standing = Crl::Standing::kForged;
  };

  Reason JudgeDoubtful(int64_t now, const Credential& credential, bool* stale) const;

  std::vector<std::shared_ptr<const Crl>> good_;
  std::vector<Doubtful> doubtful_;
  bool malformed_ = false;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CRL_SET_H_
