// Strong authentication: Digest credentials (RFC 7616, RFC 8760), nonces that need no memory, and
// codes that count once (RFC 6238). No I/O, no clock, no thread: time is an argument.
#ifndef SIPWARD_AUTH_AUTH_H_
#define SIPWARD_AUTH_AUTH_H_

#include "auth/account_hash.h"
#include "auth/algorithm.h"
#include "auth/authenticator.h"
#include "auth/base32.h"
#include "auth/challenge.h"
#include "auth/message_request.h"
#include "auth/nonce.h"
#include "auth/one_time_code.h"
#include "auth/policy.h"
#include "auth/reason.h"
#include "auth/request.h"
#include "auth/second_factor.h"

#endif  // SIPWARD_AUTH_AUTH_H_
