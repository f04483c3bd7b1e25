#include <gtest/gtest.h>

#include <string>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

std::string Bytes(const Value& value) {
  char bytes[300];
  return {bytes, CanonicalBytes(value, HashSecret{}, bytes)};
}

std::string Text(const Value& value) {
  char text[64];
  return {text, KeyText(value, text)};
}

TEST(CanonicalBytes, EqualValuesAndOnlyTheyAreEqual) {
  const std::string long_a(300, 'a'), long_b = std::string(299, 'a') + "b";
  const Value values[] = {Value(),
                          Value::Int(0),
                          Value::Int(1),
                          Value::Float(0),
                          Value::Float(1),
                          Value::String(""),
                          Value::String("a"),
                          Value::String(long_a),
                          Value::String(long_b),
                          Value::Ip(*IpAddress::Parse("192.0.2.0")),
                          Value::Net(*Cidr::Parse("192.0.2.0/24")),
                          Value::Net(*Cidr::Parse("192.0.2.0/25"))};
  for (const Value& a : values) {
    for (const Value& b : values) EXPECT_EQ(Bytes(a) == Bytes(b), &a == &b);
  }
  EXPECT_EQ(Bytes(Value::Float(0.0)), Bytes(Value::Float(-0.0)));
  EXPECT_EQ(Bytes(Value::String(long_a)), Bytes(Value::String(std::string_view(long_a))));
}

TEST(CanonicalBytes, NeverWritesBeyondItsRoom) {
  char room[8] = {};
  room[4] = 'x';
  EXPECT_LE(CanonicalBytes(Value::String("abcdefgh"), HashSecret{}, std::span(room).first(4)), 4u);
  EXPECT_EQ(room[4], 'x');
}

TEST(KeyText, ReadsAsPeopleWriteIt) {
  EXPECT_EQ(Text(Value::Ip(*IpAddress::Parse("192.0.2.1"))), "192.0.2.1");
  EXPECT_EQ(Text(Value::Ip(*IpAddress::Parse("2001:DB8:0:0:0::1"))), "2001:db8::1");
  EXPECT_EQ(Text(Value::Net(*Cidr::Parse("192.0.2.0/24"))), "192.0.2.0/24");
  EXPECT_EQ(Text(Value::Net(*Cidr::Parse("2001:db8::/32"))), "2001:db8::/32");
  EXPECT_EQ(Text(Value::String("alice")), "alice");
  EXPECT_EQ(Text(Value::Int(-5)), "-5");
  EXPECT_EQ(Text(Value::Float(1.5)), "1.5");
  EXPECT_EQ(Text(Value()), "");
  EXPECT_EQ(Text(Value::String(std::string(100, 'a'))).size(), 64u);
}

}  // namespace
}  // namespace sipward::rules::testing
