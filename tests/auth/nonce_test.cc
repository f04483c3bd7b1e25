#include "auth/nonce.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

const IpAddress kSource = *IpAddress::Parse("192.0.2.7");

NonceSealer Sealer(Binding binding = Binding::kHost, std::string_view secret = kSecretKey,
                   std::string realm = "r") {
  return {std::move(realm), binding, kMinute, secret};
}

std::string Made(const NonceSealer& sealer, const IpAddress& source = kSource, Nanos wall = kWall,
                 uint64_t counter = 0) {
  std::array<char, kNonceChars> nonce;
  sealer.Make(source, wall, counter, nonce);
  return {nonce.data(), nonce.size()};
}

TEST(Nonce, LivesForItsTime) {
  const NonceSealer sealer = Sealer();
  const std::string nonce = Made(sealer);
  for (const Nanos age : {Nanos{0}, kMinute, -kMinute}) {
    EXPECT_EQ(sealer.Check(nonce, kSource, kWall + age), NonceState::kGood) << age;
  }
  for (const Nanos age : {kMinute + kMillisecond, kDay, -kMinute - kMillisecond, -kDay}) {
    EXPECT_EQ(sealer.Check(nonce, kSource, kWall + age), NonceState::kStale) << age;
  }
}

// Each other text is none: every digit counts.
TEST(Nonce, IsForgedIfAnyDigitIsAnother) {
  const NonceSealer sealer = Sealer();
  const std::string nonce = Made(sealer);
  for (size_t i = 0; i < nonce.size(); ++i) {
    for (const char digit : {'A', 'B', 'z', '0', '-', '_', '=', '+', '\0'}) {
      std::string other = nonce;
      other[i] = digit;
      if (other == nonce) continue;
      EXPECT_EQ(sealer.Check(other, kSource, kWall), NonceState::kForged) << i << digit;
    }
  }
  for (const std::string& other : {std::string(), nonce.substr(1), nonce + "A", nonce + nonce}) {
    EXPECT_EQ(sealer.Check(other, kSource, kWall), NonceState::kForged);
  }
}

TEST(Nonce, IsOfItsKeyAndRealm) {
  const std::string nonce = Made(Sealer());
  EXPECT_EQ(Sealer().Check(nonce, kSource, kWall), NonceState::kGood);  // another worker
  EXPECT_EQ(Sealer(Binding::kHost, "another secret of the host").Check(nonce, kSource, kWall),
            NonceState::kForged);
  EXPECT_EQ(Sealer(Binding::kHost, kSecretKey, "R").Check(nonce, kSource, kWall),
            NonceState::kForged);
}

TEST(Nonce, IsOfItsSource) {
  struct Case {
    Binding binding;
    const char* given;
    const char* near_by;
    const char* far;
  };
  for (const Case& one : {Case{Binding::kHost, "192.0.2.7", "192.0.2.7", "192.0.2.8"},
                          Case{Binding::kNetwork, "192.0.2.7", "192.0.2.200", "192.0.3.7"},
                          Case{Binding::kHost, "2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1"},
                          Case{Binding::kNetwork, "2001:db8::1", "2001:db8::2", "2001:db9::1"}}) {
    const NonceSealer sealer = Sealer(one.binding);
    const std::string nonce = Made(sealer, *IpAddress::Parse(one.given));
    EXPECT_EQ(sealer.Check(nonce, *IpAddress::Parse(one.near_by), kWall), NonceState::kGood);
    EXPECT_EQ(sealer.Check(nonce, *IpAddress::Parse(one.far), kWall), NonceState::kElsewhere);
    EXPECT_EQ(sealer.Check(nonce, *IpAddress::Parse(one.far), kWall + kDay), NonceState::kStale);
    // Another binding is another policy.
    EXPECT_EQ(Sealer(Binding::kNone).Check(nonce, *IpAddress::Parse(one.given), kWall),
              NonceState::kElsewhere);
  }
  const NonceSealer free = Sealer(Binding::kNone);
  EXPECT_EQ(free.Check(Made(free), *IpAddress::Parse("2001:db8::1"), kWall), NonceState::kGood);
}

TEST(Nonce, OutlivesOneChangeOfTheKey) {
  NonceSealer sealer = Sealer();
  const std::string first = Made(sealer);
  sealer.SetKey("the second secret of the host");
  const std::string second = Made(sealer);
  EXPECT_EQ(sealer.Check(first, kSource, kWall), NonceState::kGood);
  EXPECT_EQ(sealer.Check(second, kSource, kWall), NonceState::kGood);
  sealer.SetKey("the third secret of the host");
  EXPECT_EQ(sealer.Check(first, kSource, kWall), NonceState::kForged);
  EXPECT_EQ(sealer.Check(second, kSource, kWall), NonceState::kGood);
}

// Of 600 keys some have the number of another.
TEST(Nonce, KeysOfOneNumberAreTwo) {
  for (int i = 0; i < 600; ++i) {
    NonceSealer sealer = Sealer();
    const std::string first = Made(sealer);
    sealer.SetKey("the secret with the number " + std::to_string(i));
    ASSERT_EQ(sealer.Check(first, kSource, kWall), NonceState::kGood);
    ASSERT_EQ(sealer.Check(Made(sealer), kSource, kWall), NonceState::kGood);
  }
}

TEST(Nonce, DiffersByItsCounter) {
  const NonceSealer sealer = Sealer();
  std::set<std::string> nonces;
  for (uint64_t i = 0; i < 1000; ++i) nonces.insert(Made(sealer, kSource, kWall, i));
  EXPECT_EQ(nonces.size(), 1000u);
}

}  // namespace
}  // namespace sipward::auth
