// Identity headers (RFC 8224): whether the caller is who the request says, by whose word, and if
// not, why not. No I/O, no clock, no thread: time is an argument, certificates are handed in.
#ifndef SIPWARD_IDENTITY_IDENTITY_H_
#define SIPWARD_IDENTITY_IDENTITY_H_

#include "identity/credential.h"
#include "identity/reason.h"
#include "identity/trust.h"
#include "identity/trust_policy.h"
#include "identity/x5u.h"

#endif  // SIPWARD_IDENTITY_IDENTITY_H_
