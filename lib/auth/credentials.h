// Digest credentials of one header value, taken apart. Internal to this folder.
#ifndef SIPWARD_AUTH_CREDENTIALS_H_
#define SIPWARD_AUTH_CREDENTIALS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "auth/algorithm.h"
#include "auth/reason.h"

namespace sipward::auth {

enum class Qop : uint8_t { kNone, kAuth, kAuthInt };

// Values as written, without their quotes; nothing is unescaped, since that is how clients hash.
struct Credentials {
  static constexpr size_t kLongest = 8192;     // header value
  static constexpr size_t kLongestUser = 256;  // of username*, decoded

  Reason reason = Reason::kOk;  // what is wrong with them, or kOtherRealm
  std::string_view scheme, user, realm, nonce, uri, response, algorithm_text, cnonce, qop_text, nc;
  Algorithm algorithm = Algorithm::kMd5;
  Qop qop = Qop::kNone;
  uint32_t count = 0;  // nc
  bool user_hashed = false;
  bool user_encoded = false;  // username*: `user` is empty, and `decoded` has it
  size_t decoded_size = 0;
  std::array<char, kLongestUser> decoded;

  // The name that was hashed into the response, unless it is a hash itself.
  std::string_view name() const {
    return user_encoded ? std::string_view(decoded.data(), decoded_size) : user;
  }
};

// False: it is of another scheme than Digest.
bool ReadCredentials(std::string_view value, std::string_view realm, Credentials* out);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_CREDENTIALS_H_
