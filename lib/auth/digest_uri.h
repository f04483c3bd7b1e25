// Whether the digest-uri is that of the request. Internal to this folder.
#ifndef SIPWARD_AUTH_DIGEST_URI_H_
#define SIPWARD_AUTH_DIGEST_URI_H_

#include <cstdint>
#include <string_view>

namespace sipward::auth {

enum class UriMatch : uint8_t {
  kSame,   // octet by octet
  kAlike,  // scheme, user, host and port are the same: parameters or letters differ
  kDifferent,
};
UriMatch CompareUris(std::string_view digest_uri, std::string_view request_uri);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_DIGEST_URI_H_
