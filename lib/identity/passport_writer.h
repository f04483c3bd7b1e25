// Tokens in their one form (RFC 8225 section 9). Internal to this folder.
#ifndef SIPWARD_IDENTITY_PASSPORT_WRITER_H_
#define SIPWARD_IDENTITY_PASSPORT_WRITER_H_

#include <span>
#include <string>
#include <string_view>

#include "identity/canonical.h"
#include "identity/header_value.h"
#include "identity/signer.h"

namespace sipward::identity {

// The protected header.
std::string WriteTokenHeader(Ppt ppt, std::string_view x5u);

// The payload, its members as they come: whoever parses it finds what stands there twice, and
// writes it in the right order.
std::string WritePayload(const Passport& passport, int64_t iat, std::string_view origid);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PASSPORT_WRITER_H_
