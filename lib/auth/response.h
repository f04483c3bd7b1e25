// The response that credentials must have (RFC 7616 section 3.4). Internal to this folder.
#ifndef SIPWARD_AUTH_RESPONSE_H_
#define SIPWARD_AUTH_RESPONSE_H_

#include <string_view>

#include "auth/credentials.h"
#include "auth/hasher.h"
#include "auth/request.h"

namespace sipward::auth {

// kOk, kWrongPassword, kUnknownUser, kUserHashMismatch, kHa1Missing, kHashFailed or kBodyUnseen. Of
// an unknown account as much is hashed as of another.
Reason CheckResponse(const Credentials& credentials, const Credential& known,
                     const Request& request, Hasher* hasher);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_RESPONSE_H_
