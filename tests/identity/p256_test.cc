// The arithmetic of tables beside libcrypto's, for values at random and at the edges.
#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "identity/es256.h"
#include "identity/ossl.h"
#include "identity/p256_scalar.h"
#include "identity/p256_table.h"

namespace sipward::identity {
namespace {

using p256::Words;
using Number = std::unique_ptr<BIGNUM, OsslFree<BN_free>>;
using Group = std::unique_ptr<EC_GROUP, OsslFree<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, OsslFree<EC_POINT_free>>;
using Octets32 = std::array<unsigned char, 32>;

// SIPWARD_IDENTITY_P256=1000000 for a long run.
int Rounds(int usual) {
  const char* wanted = std::getenv("SIPWARD_IDENTITY_P256");
  return wanted == nullptr ? usual : std::atoi(wanted);
}

Number FromWords(const Words& words) {
  Number number(BN_new());
  for (size_t i = 4; i-- > 0;) {
    BN_lshift(number.get(), number.get(), 64);
    BN_add_word(number.get(), words[i]);
  }
  return number;
}

Octets32 OctetsOf(const BIGNUM* number) {
  Octets32 octets;
  EXPECT_EQ(BN_bn2binpad(number, octets.data(), 32), 32);
  return octets;
}
Words WordsOf(const BIGNUM* number) { return p256::FromOctets(OctetsOf(number).data()); }

Words Small(uint64_t value) { return {value, 0, 0, 0}; }
Words Minus(const Words& a, uint64_t value) {
  uint8_t borrow = 0;
  return p256::SubtractWords(a, Small(value), &borrow);
}

// Below the modulus: mostly random, often at an edge or made of long runs of ones and zeros.
class Numbers {
 public:
  explicit Numbers(const Words& modulus) : modulus_(modulus) {}

  Words Next() {
    Words words;
    for (uint64_t& word : words) word = Word();
    if (random_() % 8 == 0) words = Minus(modulus_, random_() % 4);
    if (random_() % 8 == 0) words = Small(random_() % 300);
    while (!p256::Below(words, modulus_)) words[3] >>= 1 + random_() % 8;
    return words;
  }
  Words NextAboveZero() {
    for (;;) {
      const Words words = Next();
      if (!p256::IsZero(words)) return words;
    }
  }
  uint64_t Random() { return random_(); }

 private:
  uint64_t Word() {
    switch (random_() % 6) {
      case 0:
        return 0;
      case 1:
        return UINT64_MAX;
      case 2:
        return UINT64_MAX << (random_() % 64);
      default:
        return random_();
    }
  }

  const Words modulus_;
  std::mt19937_64 random_{1};
};

class P256Test : public testing::Test {
 protected:
  P256Test() {
    context_.reset(BN_CTX_new());
    group_.reset(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  }

  BN_CTX* context() { return context_.get(); }
  const EC_GROUP* group() const { return group_.get(); }
  CurvePoint Times(const BIGNUM* of_base, const EC_POINT* point, const BIGNUM* of_point) {
    CurvePoint sum(EC_POINT_new(group()));
    EXPECT_EQ(EC_POINT_mul(group(), sum.get(), of_base, point, of_point, context()), 1);
    return sum;
  }
  std::string OctetsOfPoint(const EC_POINT* point) {
    std::string octets(65, '\0');
    octets.resize(EC_POINT_point2oct(group(), point, POINT_CONVERSION_UNCOMPRESSED,
                                     reinterpret_cast<unsigned char*>(octets.data()), 65,
                                     context()));
    return octets;
  }
  std::unique_ptr<const p256::Table> TableOf(const EC_POINT* point) {
    const std::string octets = OctetsOfPoint(point);
    return p256::MakeTable(Octets(octets), octets.size());
  }
  // As libcrypto writes it: 1 octet for the point at infinity.
  static std::string OctetsOfPoint(const p256::Point& point) {
    if (point.is_infinity()) return std::string(1, '\0');
    p256::AffinePoint affine;
    p256::ToAffine({&point, 1}, &affine);
    std::string octets(1, '\x04');
    for (const Words& words : {p256::FromField(affine.x), p256::FromField(affine.y)}) {
      const Octets32 part = OctetsOf(FromWords(words).get());
      octets.append(reinterpret_cast<const char*>(part.data()), part.size());
    }
    return octets;
  }

 private:
  std::unique_ptr<BN_CTX, OsslFree<BN_CTX_free>> context_;
  Group group_;
};

TEST_F(P256Test, TheFieldIsThatOfThePrime) {
  Numbers numbers(p256::kPrime);
  const Number prime = FromWords(p256::kPrime);
  const Number got(BN_new());
  for (int i = 0; i < Rounds(20'000); ++i) {
    const Words a = numbers.Next();
    const Words b = numbers.Next();
    const p256::Field x = p256::ToField(a);
    const p256::Field y = p256::ToField(b);
    const Number m = FromWords(a);
    const Number n = FromWords(b);
    ASSERT_EQ(p256::FromField(x), a);
    BN_mod_mul(got.get(), m.get(), n.get(), prime.get(), context());
    ASSERT_EQ(p256::FromField(x * y), WordsOf(got.get()));
    BN_mod_add(got.get(), m.get(), n.get(), prime.get(), context());
    ASSERT_EQ(p256::FromField(x + y), WordsOf(got.get()));
    BN_mod_sub(got.get(), m.get(), n.get(), prime.get(), context());
    ASSERT_EQ(p256::FromField(x - y), WordsOf(got.get()));
    if (i % 50 != 0 || p256::IsZero(a)) continue;
    ASSERT_EQ(p256::FromField(p256::Inverse(x) * x), Small(1));
  }
}

TEST_F(P256Test, ScalarsAreThoseOfTheOrder) {
  Numbers numbers(p256::kOrder);
  const Number order = FromWords(p256::kOrder);
  const Number got(BN_new());
  for (int i = 0; i < Rounds(20'000); ++i) {
    const Words a = numbers.NextAboveZero();
    const Words b = numbers.Next();
    ASSERT_NE(BN_mod_inverse(got.get(), FromWords(a).get(), order.get(), context()), nullptr);
    BN_mod_mul(got.get(), got.get(), FromWords(b).get(), order.get(), context());
    ASSERT_EQ(p256::MontgomeryScalar(b, p256::InverseScalar(a)), WordsOf(got.get()));
  }
  for (unsigned bit = 0; bit < 256; ++bit) {
    const Words power = p256::PowerOfTwo(bit, p256::kOrder);
    ASSERT_EQ(p256::MontgomeryScalar(power, p256::InverseScalar(power)), Small(1));
  }
}

// The point is a small multiple of the base point, or its opposite, as often as not: then sums meet
// the entries of tables, and pass through infinity.
TEST_F(P256Test, SumsOfMultiplesAreThoseOfLibcrypto) {
  Numbers numbers(p256::kOrder);
  const Number order = FromWords(p256::kOrder);
  const p256::Table base(p256::BasePoint());
  const int rounds = Rounds(2'000);
  for (int key = 0; key < std::max(rounds / 100, 20); ++key) {
    const Number secret =
        FromWords(key < 8 ? Small(uint64_t{1} << (key * 7)) : numbers.NextAboveZero());
    if (key % 2 == 1) BN_sub(secret.get(), order.get(), secret.get());
    const CurvePoint point = Times(secret.get(), nullptr, nullptr);
    const auto table = TableOf(point.get());
    ASSERT_NE(table, nullptr);
    for (int i = 0; i < 100; ++i) {
      const Words b = numbers.Next();
      Number a = FromWords(numbers.Next());
      // a and b times the secret: equal, opposite, next to each other.
      if (i % 4 < 3) {
        BN_mod_mul(a.get(), FromWords(b).get(), secret.get(), order.get(), context());
        if (i % 2 == 0) BN_mod_sub(a.get(), order.get(), a.get(), order.get(), context());
        if (i % 4 == 2) BN_mod_add(a.get(), a.get(), BN_value_one(), order.get(), context());
      }
      p256::Point sum;
      base.AddMultiple(WordsOf(a.get()), &sum);
      table->AddMultiple(b, &sum);
      const CurvePoint wanted = Times(a.get(), point.get(), FromWords(b).get());
      ASSERT_EQ(OctetsOfPoint(sum), OctetsOfPoint(wanted.get()));
    }
  }
}

// A key of libcrypto's to verify with, and its table.
class Both {
 public:
  explicit Both(const std::string& point) : table_(p256::MakeTable(Octets(point), point.size())) {
    const OwnedKeyContext maker(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    char group[] = "P-256";
    std::string copy = point;
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string("group", group, 0),
        OSSL_PARAM_construct_octet_string("pub", copy.data(), copy.size()),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    EVP_PKEY_fromdata_init(maker.get());
    EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters));
    key_.reset(key);
    context_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    EVP_PKEY_verify_init(context_.get());
  }
  bool ok() const { return table_ != nullptr && key_ != nullptr; }
  // What both say; they say the same.
  bool Verify(const Words& digest, const Words& r, const Words& s) const {
    const Octets32 octets = OctetsOf(FromWords(digest).get());
    std::array<unsigned char, 64> signature;
    const Octets32 first = OctetsOf(FromWords(r).get());
    const Octets32 second = OctetsOf(FromWords(s).get());
    std::copy(first.begin(), first.end(), signature.begin());
    std::copy(second.begin(), second.end(), signature.begin() + 32);
    const bool ordinary = VerifyDigest(context_.get(), octets.data(), signature.data());
    EXPECT_EQ(p256::Verify(*table_, octets.data(), signature.data()), ordinary);
    return ordinary;
  }

 private:
  std::unique_ptr<const p256::Table> table_;
  OwnedKey key_;
  OwnedKeyContext context_;
};

TEST_F(P256Test, SignaturesAreWorthWhatLibcryptoSays) {
  Numbers numbers(p256::kOrder);
  const Number order = FromWords(p256::kOrder);
  const int rounds = Rounds(3'000);
  int right = 0;
  for (int key = 0; key < 20; ++key) {
    const Number secret =
        FromWords(key < 6 ? Small(1 + static_cast<uint64_t>(key) * 32) : numbers.NextAboveZero());
    if (key % 2 == 1) BN_sub(secret.get(), order.get(), secret.get());
    const Both both(OctetsOfPoint(Times(secret.get(), nullptr, nullptr).get()));
    ASSERT_TRUE(both.ok());
    for (int i = 0; i < rounds / 20; ++i) {
      const Words nonce = numbers.NextAboveZero();
      const CurvePoint point = Times(FromWords(nonce).get(), nullptr, nullptr);
      const Number r(BN_new());
      EC_POINT_get_affine_coordinates(group(), point.get(), r.get(), nullptr, context());
      BN_nnmod(r.get(), r.get(), order.get(), context());
      // A digest may be any 256 bits.
      Words digest = numbers.Next();
      if (i % 16 == 0) digest = Minus(Small(0), 1 + numbers.Random() % 5);
      const Number s(BN_new());
      BN_mod_mul(s.get(), r.get(), secret.get(), order.get(), context());
      BN_mod_add(s.get(), s.get(), FromWords(digest).get(), order.get(), context());
      const Number inverse(BN_mod_inverse(nullptr, FromWords(nonce).get(), order.get(), context()));
      BN_mod_mul(s.get(), s.get(), inverse.get(), order.get(), context());
      if (BN_is_zero(s.get()) || BN_is_zero(r.get())) continue;
      const Words rs = WordsOf(r.get());
      const Words ss = WordsOf(s.get());
      ASSERT_TRUE(both.Verify(digest, rs, ss));
      ++right;
      const Words other = numbers.NextAboveZero();
      both.Verify(other, rs, ss);
      both.Verify(digest, other, ss);
      both.Verify(digest, rs, other);
      // The sum is the point at infinity, or that of r twice.
      const Number meeting(BN_new());
      BN_mod_mul(meeting.get(), r.get(), secret.get(), order.get(), context());
      both.Verify(WordsOf(meeting.get()), rs, ss);
      BN_mod_sub(meeting.get(), order.get(), meeting.get(), order.get(), context());
      EXPECT_FALSE(both.Verify(WordsOf(meeting.get()), rs, ss));
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(right, rounds * 9 / 10);
}

// The x of a point may be the order or more: r is then what is left.
TEST_F(P256Test, AnXBeyondTheOrder) {
  Numbers numbers(p256::kOrder);
  const Number order = FromWords(p256::kOrder);
  int found = 0;
  for (uint64_t k = 1; found < 5; ++k) {
    const Number x = FromWords(p256::kOrder);
    BN_add_word(x.get(), k);
    const CurvePoint point(EC_POINT_new(group()));
    if (EC_POINT_set_compressed_coordinates(group(), point.get(), x.get(), 0, context()) != 1) {
      continue;
    }
    ++found;
    // The key for which (k, s) is a signature with this point: (s R - e G) / k.
    const Number s = FromWords(numbers.NextAboveZero());
    const Words e = numbers.NextAboveZero();
    const Number inverse(
        BN_mod_inverse(nullptr, FromWords(Small(k)).get(), order.get(), context()));
    const Number of_base(BN_new());
    const Number of_point(BN_new());
    BN_mod_mul(of_base.get(), FromWords(e).get(), inverse.get(), order.get(), context());
    BN_mod_sub(of_base.get(), order.get(), of_base.get(), order.get(), context());
    BN_mod_mul(of_point.get(), s.get(), inverse.get(), order.get(), context());
    const Both both(OctetsOfPoint(Times(of_base.get(), point.get(), of_point.get()).get()));
    ASSERT_TRUE(both.ok());
    EXPECT_TRUE(both.Verify(e, Small(k), WordsOf(s.get())));
    EXPECT_FALSE(both.Verify(e, Small(k + 1), WordsOf(s.get())));
  }
}

TEST_F(P256Test, WhatIsNoPointHasNoTable) {
  const CurvePoint point = Times(BN_value_one(), nullptr, nullptr);
  const std::string good = OctetsOfPoint(point.get());
  ASSERT_NE(p256::MakeTable(Octets(good), good.size()), nullptr);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 4);
    EXPECT_EQ(p256::MakeTable(Octets(bad), bad.size()), nullptr) << i;
  }
  EXPECT_EQ(p256::MakeTable(Octets(good), 64), nullptr);
  const std::string beyond = "\x04" + std::string(64, '\xff');
  EXPECT_EQ(p256::MakeTable(Octets(beyond), beyond.size()), nullptr);
}

}  // namespace
}  // namespace sipward::identity
