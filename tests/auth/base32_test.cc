#include "auth/base32.h"

#include <gtest/gtest.h>

#include <string>

namespace sipward::auth {
namespace {

TEST(Base32, IsRead) {
  Secret secret;
  for (const char* text :
       {"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
        "GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ"}) {
    ASSERT_TRUE(DecodeBase32(text, &secret)) << text;
    EXPECT_EQ(secret.text(), "12345678901234567890");
  }
  ASSERT_TRUE(DecodeBase32("GEZDGNBVGY3TQOJQGE======", &secret));
  EXPECT_EQ(secret.text(), "12345678901");
  ASSERT_TRUE(DecodeBase32("GEZDGNBVGY3TQOJQGE", &secret));
}

TEST(Base32, IsRefused) {
  Secret secret;
  for (const std::string& text :
       {std::string(), std::string("GEZDGNBVGY3TQOI"), std::string("GEZDGNBVGY3TQOJQ1"),
        std::string("GEZDGNBVGY3TQOJQG"), std::string("GEZDGNBVGY3TQOJQGF"),
        std::string("GEZDGNBVGY3TQOJQ=GE"), std::string("GEZDGNBVGY3TQO\0Q", 16),
        std::string(206, 'A')}) {
    EXPECT_FALSE(DecodeBase32(text, &secret)) << text;
  }
  EXPECT_TRUE(DecodeBase32(std::string(205, 'A'), &secret));
  EXPECT_EQ(secret.size, Secret::kMost);
}

}  // namespace
}  // namespace sipward::auth
