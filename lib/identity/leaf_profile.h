// What the certificate of a signer must look like (ATIS-1000080, RFC 8226), without its chain.
#ifndef SIPWARD_IDENTITY_LEAF_PROFILE_H_
#define SIPWARD_IDENTITY_LEAF_PROFILE_H_

#include "identity/ossl.h"
#include "identity/reason.h"
#include "identity/trust_policy.h"

namespace sipward::identity {

// kOk, kCertMalformed, kCertKeyAlg, kCertIsCa, kCertKeyUsage, kCertEku or kCertPolicy.
Reason CheckLeafProfile(X509* leaf, const TrustPolicy& policy);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_LEAF_PROFILE_H_
