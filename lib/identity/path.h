// The chain from a certificate to an anchor (RFC 5280, section 6).
#ifndef SIPWARD_IDENTITY_PATH_H_
#define SIPWARD_IDENTITY_PATH_H_

#include <cstdint>
#include <vector>

#include "identity/anchors.h"
#include "identity/chain_document.h"
#include "identity/reason.h"
#include "identity/trust_policy.h"

namespace sipward::identity {

// What of extensions this project reads itself, where OpenSSL does not.
inline constexpr char kOidTnAuthList[] = "1.3.6.1.5.5.7.1.26";
inline constexpr char kOidClaimConstraints[] = "1.3.6.1.5.5.7.1.27";
inline constexpr char kOidEnhancedClaimConstraints[] = "1.3.6.1.5.5.7.1.33";

struct Path {
  Reason reason = Reason::kInternal;
  std::vector<OwnedX509> certificates;  // leaf first, anchor last; if the reason is kOk
};

// Signatures, names, authority, path lengths, name constraints, critical extensions and the
// strength of keys and digests. Dates decide which of several chains is taken, and do not refuse
// one: who asks later judges them then. kOk, CHAIN_*, kCertCriticalExt or kCertMalformed.
Path BuildPath(const ChainDocument& document, const AnchorSet& anchors, const TrustPolicy& policy,
               int64_t now);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PATH_H_
