#include "identity/der.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/identity/der_text.h"

namespace sipward::identity {
namespace {

std::string Bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out.push_back(static_cast<char>(value));
  return out;
}

TEST(Der, TakesElementsInTheirOrder) {
  const std::string bytes = DerIa5("ab") + DerInteger(5);
  DerReader reader(bytes);
  EXPECT_FALSE(reader.Take(der::kInteger).has_value());
  EXPECT_EQ(reader.Take(der::kIa5String), "ab");
  EXPECT_TRUE(reader.At(der::kInteger));
  EXPECT_EQ(reader.TakeUnsigned(), 5U);
  EXPECT_TRUE(reader.empty());
  EXPECT_FALSE(reader.Take(der::kInteger).has_value());
}

TEST(Der, LengthsAreTheShortest) {
  for (const size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(DerReader(DerIa5(text)).TakeLast(der::kIa5String), text) << size;
  }
  for (const auto& bytes :
       {Bytes({0x16, 0x81, 1, 'a'}), Bytes({0x16, 0x82, 0, 1, 'a'}), Bytes({0x16, 0x80, 0, 0}),
        Bytes({0x16, 0x85, 0, 0, 0, 0, 1, 'a'}), Bytes({0x16, 0xff}), Bytes({0x16, 0x81}),
        Bytes({0x16, 2, 'a'}), Bytes({0x16}), Bytes({}),
        Bytes({0x16, 0x84, 0xff, 0xff, 0xff, 0xff, 'a'})}) {
    DerReader reader(bytes);
    EXPECT_FALSE(reader.Take(der::kIa5String).has_value());
  }
  const std::string padded = Bytes({0x16, 0x82, 0, 0x80}) + std::string(128, 'a');
  EXPECT_FALSE(DerReader(padded).Take(der::kIa5String).has_value());
}

TEST(Der, NothingStandsBehindTheLast) {
  DerReader reader(
      "\x16\x01"
      "a\x16\x01"
      "b");
  EXPECT_FALSE(reader.TakeLast(der::kIa5String).has_value());
  EXPECT_EQ(reader.Take(der::kIa5String), "a");
  EXPECT_EQ(reader.TakeLast(der::kIa5String), "b");
}

TEST(Der, Integers) {
  for (const unsigned long long value : {0ULL, 1ULL, 127ULL, 128ULL, 255ULL, 256ULL, 1ULL << 62,
                                         (1ULL << 63) - 1, 1ULL << 63, ~0ULL}) {
    EXPECT_EQ(DerReader(DerInteger(value)).TakeUnsigned(), value);
  }
  // More than a word says: the largest.
  EXPECT_EQ(DerReader(Bytes({2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0})).TakeUnsigned(), UINT64_MAX);
  for (const auto& bytes : {Bytes({2, 0}), Bytes({2, 1, 0x80}), Bytes({2, 1, 0xff}),
                            Bytes({2, 2, 0, 1}), Bytes({2, 2, 0, 0x7f}), Bytes({3, 1, 1})}) {
    DerReader reader(bytes);
    EXPECT_FALSE(reader.TakeUnsigned().has_value());
    EXPECT_FALSE(reader.empty());
  }
}

}  // namespace
}  // namespace sipward::identity
