// The arithmetic of key tables beside libcrypto's: any digest and signature, those that are right,
// and those whose two halves meet or cancel, under keys that are small multiples of the base point.
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/input.h"
#include "identity/es256.h"
#include "identity/ossl.h"
#include "identity/p256_scalar.h"
#include "identity/p256_table.h"

namespace {

using sipward::fuzz::Input;
using sipward::fuzz::Require;
using sipward::identity::Octets;
using sipward::identity::OsslFree;
namespace identity = sipward::identity;
namespace p256 = sipward::identity::p256;

using Number = std::unique_ptr<BIGNUM, OsslFree<BN_free>>;
using Octets32 = std::array<unsigned char, 32>;

BN_CTX* Context() {
  static BN_CTX* const made = BN_CTX_new();
  return made;
}
const EC_GROUP* Group() {
  static const EC_GROUP* const made = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
  return made;
}
const BIGNUM* Order() { return EC_GROUP_get0_order(Group()); }

Number FromOctets(const Octets32& octets) {
  return Number(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}
Octets32 ToOctets(const BIGNUM* number) {
  Octets32 octets;
  Require(BN_bn2binpad(number, octets.data(), 32) == 32);
  return octets;
}

// A secret, the key of libcrypto's that belongs to it, and its table.
class Pair {
 public:
  explicit Pair(Number secret) : secret_(std::move(secret)) {
    EC_POINT* point = EC_POINT_new(Group());
    Require(EC_POINT_mul(Group(), point, secret_.get(), nullptr, nullptr, Context()) == 1);
    std::array<unsigned char, 65> octets;
    Require(EC_POINT_point2oct(Group(), point, POINT_CONVERSION_UNCOMPRESSED, octets.data(),
                               octets.size(), Context()) == octets.size());
    EC_POINT_free(point);
    table_ = p256::MakeTable(octets.data(), octets.size());
    char group[] = "P-256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
        OSSL_PARAM_construct_end()};
    const identity::OwnedKeyContext maker(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    Require(EVP_PKEY_fromdata_init(maker.get()) == 1 &&
            EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1);
    key_.reset(key);
    verifier_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    Require(table_ != nullptr && EVP_PKEY_verify_init(verifier_.get()) == 1);
  }

  const BIGNUM* secret() const { return secret_.get(); }
  // What both say.
  bool Verify(const Octets32& digest, const Octets32& r, const Octets32& s) const {
    std::array<unsigned char, 64> signature;
    std::copy(r.begin(), r.end(), signature.begin());
    std::copy(s.begin(), s.end(), signature.begin() + 32);
    const bool good = identity::VerifyDigest(verifier_.get(), digest.data(), signature.data());
    Require(p256::Verify(*table_, digest.data(), signature.data()) == good);
    return good;
  }

 private:
  Number secret_;
  std::unique_ptr<const p256::Table> table_;
  identity::OwnedKey key_;
  identity::OwnedKeyContext verifier_;
};

// Where windows begin and end, and their opposites.
const std::vector<Pair>& Pairs() {
  static const std::vector<Pair>* const made = [] {
    auto* pairs = new std::vector<Pair>;
    for (const unsigned value : {1U, 2U, 3U, 63U, 64U, 65U, 127U, 128U}) {
      Number secret(BN_new());
      BN_set_word(secret.get(), value);
      Number opposite(BN_new());
      BN_sub(opposite.get(), Order(), secret.get());
      pairs->emplace_back(std::move(secret));
      pairs->emplace_back(std::move(opposite));
    }
    return pairs;
  }();
  return *made;
}

Octets32 Take(Input& input) {
  Octets32 octets{};
  const std::string_view bytes = input.Bytes(octets.size());
  std::copy(bytes.begin(), bytes.end(), octets.begin());
  return octets;
}

// (e + r d) / k for the point of k, whose x becomes r. False if one of them is zero.
bool Sign(const Pair& pair, const Octets32& digest, Octets32* r, Octets32* s) {
  const Number nonce = FromOctets(*r);
  EC_POINT* point = EC_POINT_new(Group());
  EC_POINT_mul(Group(), point, nonce.get(), nullptr, nullptr, Context());
  const Number x(BN_new());
  EC_POINT_get_affine_coordinates(Group(), point, x.get(), nullptr, Context());
  EC_POINT_free(point);
  BN_nnmod(x.get(), x.get(), Order(), Context());
  const Number sum(BN_new());
  BN_mod_mul(sum.get(), x.get(), pair.secret(), Order(), Context());
  BN_mod_add(sum.get(), sum.get(), FromOctets(digest).get(), Order(), Context());
  const Number inverse(BN_mod_inverse(nullptr, nonce.get(), Order(), Context()));
  BN_mod_mul(sum.get(), sum.get(), inverse.get(), Order(), Context());
  *r = ToOctets(x.get());
  *s = ToOctets(sum.get());
  return !BN_is_zero(x.get()) && !BN_is_zero(sum.get());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input input(data, size);
  const size_t mode = input.Pick(4);
  const Pair& pair = Pairs()[input.Pick(16)];
  Octets32 digest = Take(input);
  Octets32 r = Take(input);
  Octets32 s = Take(input);
  if (!identity::IsScalarOfP256(r.data()) || !identity::IsScalarOfP256(s.data())) return 0;
  const p256::Words words = p256::FromOctets(s.data());
  Require(p256::MontgomeryScalar(words, p256::InverseScalar(words)) == p256::Words{1, 0, 0, 0});
  if (mode == 1) {
    if (!Sign(pair, digest, &r, &s)) return 0;
    Require(pair.Verify(digest, r, s));
    digest[input.Pick(32)] ^= 1;
  } else if (mode >= 2) {
    // Both halves of the sum are the same point, or opposite ones.
    const Number meeting(BN_new());
    BN_mod_mul(meeting.get(), FromOctets(r).get(), pair.secret(), Order(), Context());
    if (mode == 3) BN_sub(meeting.get(), Order(), meeting.get());
    digest = ToOctets(meeting.get());
  }
  const bool good = pair.Verify(digest, r, s);
  Require(mode != 3 || !good);
  return 0;
}
