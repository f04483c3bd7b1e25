// Identity headers (RFC 8224): whether the caller is who the request says, by whose word, and if
// not, why not. No I/O, no clock, no thread: time is an argument, certificates are handed in.
#ifndef SIPWARD_IDENTITY_IDENTITY_H_
#define SIPWARD_IDENTITY_IDENTITY_H_

#include "identity/answer.h"
#include "identity/canonical.h"
#include "identity/certificate_chain.h"
#include "identity/certificate_text.h"
#include "identity/credential.h"
#include "identity/credential_source.h"
#include "identity/decode.h"
#include "identity/flags.h"
#include "identity/message_request.h"
#include "identity/policy.h"
#include "identity/reason.h"
#include "identity/replay.h"
#include "identity/request.h"
#include "identity/signer.h"
#include "identity/token_cache.h"
#include "identity/trust.h"
#include "identity/trust_policy.h"
#include "identity/verify.h"
#include "identity/x5u.h"

#endif  // SIPWARD_IDENTITY_IDENTITY_H_
