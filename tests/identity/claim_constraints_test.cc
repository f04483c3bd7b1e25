#include "identity/claim_constraints.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/identity/der_text.h"

namespace sipward::identity {
namespace {

using Form = ClaimConstraints::Form;

std::string Names(unsigned number, std::initializer_list<std::string> names) {
  std::string items;
  for (const std::string& name : names) items += DerIa5(name);
  return DerExplicit(number, Der(0x30, items));
}

std::string Permitted(std::string_view claim, std::initializer_list<std::string> values) {
  std::string items;
  for (const std::string& value : values) items += DerUtf8(value);
  return DerSequence({DerIa5(claim), Der(0x30, items)});
}

std::string PermittedList(std::initializer_list<std::string> all) {
  return DerExplicit(1, DerSequence(all));
}

bool Parses(std::string_view der, Form form = Form::kPlain) {
  return ClaimConstraints::Parse(der, form).has_value();
}

TEST(ClaimConstraints, AllParts) {
  const std::string der = DerSequence(
      {Names(0, {"attest", "origid"}),
       PermittedList({Permitted("attest", {"B", "C"}), Permitted("x", {""})}), Names(2, {"rcd"})});
  const auto read = ClaimConstraints::Parse(der, Form::kEnhanced);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->must_include, (std::vector<std::string>{"attest", "origid"}));
  ASSERT_EQ(read->permitted_values.size(), 2U);
  EXPECT_EQ(read->permitted_values[0].claim, "attest");
  EXPECT_EQ(read->permitted_values[0].values, (std::vector<std::string>{"B", "C"}));
  EXPECT_EQ(read->permitted_values[1].values, (std::vector<std::string>{""}));
  EXPECT_EQ(read->must_exclude, (std::vector<std::string>{"rcd"}));
  EXPECT_FALSE(Parses(der, Form::kPlain)) << "only the enhanced form excludes";
}

TEST(ClaimConstraints, EachPartAlone) {
  EXPECT_TRUE(Parses(DerSequence({Names(0, {"a"})})));
  EXPECT_TRUE(Parses(DerSequence({PermittedList({Permitted("a", {"b"})})})));
  EXPECT_TRUE(Parses(DerSequence({Names(2, {"a"})}), Form::kEnhanced));
  EXPECT_FALSE(Parses(DerSequence({})));
  EXPECT_FALSE(Parses(DerSequence({}), Form::kEnhanced));
  EXPECT_FALSE(Parses(""));
}

TEST(ClaimConstraints, WhatIsNotWellFormed) {
  const std::string good = DerSequence({Names(0, {"a"})});
  EXPECT_FALSE(Parses(good + '\0'));
  EXPECT_FALSE(Parses(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {})})));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {""})})));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {"a b"})})));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {"\xc3\xa4"})})));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {"a"}), Names(0, {"b"})})));
  EXPECT_FALSE(Parses(DerSequence({PermittedList({Permitted("a", {"b"})}), Names(0, {"b"})})));
  EXPECT_FALSE(Parses(DerSequence({Names(0, {"a"}), Names(3, {"b"})}), Form::kEnhanced));
  EXPECT_FALSE(Parses(DerSequence({PermittedList({})})));
  EXPECT_FALSE(Parses(DerSequence({PermittedList({Permitted("a", {})})})));
  EXPECT_FALSE(Parses(DerSequence({PermittedList({Permitted("", {"b"})})})));
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(0, DerIa5("a"))}))) << "implicit tags";
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(0, Der(0x30, DerUtf8("a")))})));
  EXPECT_FALSE(Parses(DerSequence(
      {DerExplicit(1, DerSequence({DerSequence({DerIa5("a"), DerSequence({DerIa5("b")})})}))})));
}

TEST(ClaimConstraints, TheLimitOfNames) {
  std::string names;
  for (size_t i = 0; i < ClaimConstraints::kMaxNames; ++i) names += DerIa5("a");
  EXPECT_TRUE(Parses(DerSequence({DerExplicit(0, Der(0x30, names))})));
  names += DerIa5("a");
  EXPECT_FALSE(Parses(DerSequence({DerExplicit(0, Der(0x30, names))})));
}

}  // namespace
}  // namespace sipward::identity
