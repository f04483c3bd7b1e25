#include "auth/account_hash.h"

#include "auth/hasher.h"

namespace sipward::auth {
namespace {

HashText Make(Strength strength, Hasher::Pieces pieces) {
  Hasher hasher;
  Hex hex;
  HashText out;
  if (!hasher.Digest(FunctionOf(strength), pieces, &hex)) return out;
  out.digits = hex.digits;
  out.size = hex.size;
  return out;
}

}  // namespace

HashText MakeHa1(Strength strength, std::string_view user, std::string_view realm,
                 std::string_view password) {
  return Make(strength, {user, ":", realm, ":", password});
}

HashText MakeUserHash(Strength strength, std::string_view user, std::string_view realm) {
  return Make(strength, {user, ":", realm});
}

}  // namespace sipward::auth
