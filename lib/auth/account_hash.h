// What a host may keep of an account in place of a password.
#ifndef SIPWARD_AUTH_ACCOUNT_HASH_H_
#define SIPWARD_AUTH_ACCOUNT_HASH_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "auth/algorithm.h"

namespace sipward::auth {

// Small hexadecimal digits; 0 of them if libcrypto has no such hash.
struct HashText {
  std::array<char, 64> digits{};
  size_t size = 0;
};

// HA1: H(user:realm:password), the same for an algorithm and its -sess (RFC 7616 section 3.4.2).
// Load time, as the next.
HashText MakeHa1(Strength strength, std::string_view user, std::string_view realm,
                 std::string_view password);
// H(user:realm), by which a request may name its user (RFC 7616 section 3.4.4).
HashText MakeUserHash(Strength strength, std::string_view user, std::string_view realm);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_ACCOUNT_HASH_H_
