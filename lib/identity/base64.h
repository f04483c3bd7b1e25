// Base64, strictly: RFC 4648 section 5 without padding, as JWS has it, and section 4 with padding,
// as digests have it. Internal to this folder.
#ifndef SIPWARD_IDENTITY_BASE64_H_
#define SIPWARD_IDENTITY_BASE64_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "identity/reason.h"

namespace sipward::identity {

// How many octets so many characters stand for, at most.
constexpr size_t DecodedSize(size_t characters) { return characters / 4 * 3 + 2; }

// kOk, with the number of octets in *size; B64_INVALID for a character that is none of base64url
// (so also for padding) and for a length that cannot be; B64_NONCANONICAL if bits are set behind
// the last octet. `out` must hold DecodedSize(text.size()).
Reason DecodeBase64Url(std::string_view text, std::span<char> out, size_t* size);

// Without padding. Returns the number of characters, or 0 if they do not fit.
size_t EncodeBase64Url(std::string_view octets, std::span<char> out);

void AppendBase64Url(std::string_view octets, std::string* out);

// With '+', '/' and padding to a multiple of four. False if anything is otherwise.
bool DecodeBase64(std::string_view text, std::span<char> out, size_t* size);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_BASE64_H_
