// Whether a certificate lets its holder sign these claims. Internal to this folder.
#ifndef SIPWARD_IDENTITY_PERMITS_H_
#define SIPWARD_IDENTITY_PERMITS_H_

#include "identity/claim_constraints.h"
#include "identity/claims.h"
#include "identity/credential.h"
#include "identity/json.h"

namespace sipward::identity {

// RFC 8226 section 8, RFC 9118 section 3.
bool Permits(const ClaimConstraints& constraints, const JsonValue& payload);

// RFC 8226 section 7: the party that the token speaks for is one of the holder's. A diversion
// speaks for who diverts.
bool Covers(const Credential& credential, const Claims& claims, Ppt ppt);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PERMITS_H_
