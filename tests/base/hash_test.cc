#include "base/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace sipward {
namespace {

HashSecret CountingSecret() {
  HashSecret secret;
  for (size_t i = 0; i < secret.bytes.size(); ++i) secret.bytes[i] = static_cast<uint8_t>(i);
  return secret;
}

std::string CountingBytes(size_t length) {
  std::string text;
  for (size_t i = 0; i < length; ++i) text += static_cast<char>(i);
  return text;
}

// The example of the SipHash paper, Appendix A: key 00..0f, message 00..0e.
TEST(KeyedHash, IsSipHash24) {
  EXPECT_EQ(KeyedHash64(CountingSecret(), CountingBytes(15)), 0xa129ca6149be45e5u);
}

TEST(KeyedHash, DependsOnTheSecret) {
  const HashSecret other{};
  EXPECT_NE(KeyedHash64(CountingSecret(), "192.0.2.1"), KeyedHash64(other, "192.0.2.1"));
  EXPECT_NE(KeyedHash128(CountingSecret(), "192.0.2.1"), KeyedHash128(other, "192.0.2.1"));
}

TEST(KeyedHash, DependsOnEveryByteAndOnTheLength) {
  const HashSecret secret = CountingSecret();
  const std::string text = CountingBytes(40);
  const Hash128 whole = KeyedHash128(secret, text);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_NE(KeyedHash128(secret, changed), whole) << i;
    EXPECT_NE(KeyedHash128(secret, text.substr(0, i)), whole) << i;
  }
}

TEST(KeyedHash, TakesTheEmptyText) {
  EXPECT_NE(KeyedHash64(CountingSecret(), ""), KeyedHash64(CountingSecret(), std::string(1, '\0')));
}

}  // namespace
}  // namespace sipward
