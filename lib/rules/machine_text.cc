// What the machine does with texts.
#include <string.h>  // memmem is in no C++ header

#include <algorithm>

#include "base/ascii.h"
#include "facts/product.h"
#include "numbering/numbering.h"
#include "rules/machine.h"

namespace sipward::rules {
namespace {

using facts::Value;

constexpr size_t kMostOfProgram = 96;  // a family, and the first number of a version

std::string_view Front(std::string_view text, int64_t count) {
  return text.substr(0, static_cast<size_t>(std::max<int64_t>(count, 0)));
}

std::string_view Back(std::string_view text, int64_t count) {
  const auto wanted = static_cast<size_t>(std::max<int64_t>(count, 0));
  return wanted >= text.size() ? text : text.substr(text.size() - wanted);
}

// Both texts may be the sender's, so the time must not be their product: memmem is linear.
bool Contains(std::string_view text, std::string_view part) {
  return part.empty() ||
         (!text.empty() && memmem(text.data(), text.size(), part.data(), part.size()) != nullptr);
}

}  // namespace

Value Machine::ComputeText(const Node& node) {
  const std::string_view text = Text(node.a);
  switch (node.op) {
    case Op::kPrefix:
      return Value::String(Front(text, Int(node.b)));
    case Op::kSuffix:
      return Value::String(Back(text, Int(node.b)));
    case Op::kLower:
      return Lower(text);
    case Op::kToNumber:
      return Canonical(text);
    case Op::kProduct:
    case Op::kBranch:
      return Program(node.op, text);
    case Op::kVersion: {
      const std::string_view version = facts::VersionOf(text);
      return version.empty() ? Value() : Value::String(version);
    }
    default:
      return Digits(text);
  }
}

bool Machine::TextTest(const Node& node) {
  const std::string_view text = Text(node.a), part = Text(node.b);
  switch (node.op) {
    case Op::kEqualText:
      return text == part;
    case Op::kContains:
      return Contains(text, part);
    case Op::kStartsWith:
      return text.substr(0, part.size()) == part;
    case Op::kEndsWith:
      return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
    case Op::kVersionLess:
      return facts::VersionLess(text, part);
    default:
      return EqualsIgnoreCase(text, part);
  }
}

// A telephone number and what is known of it.
Value Machine::Member(const Node& node) {
  if (node.op == Op::kNumber) return Value::Int(numbering::Find(Text(node.a), x_.home).packed());
  const auto number = numbering::Number::Unpack(static_cast<uint16_t>(Int(node.a)));
  switch (node.op) {
    case Op::kCountry:
      return Value::String(number.country());
    case Op::kCallingCode:
      return Value::String(number.calling_code());
    case Op::kRegion:
      return Value::String(number.region());
    case Op::kNumberType:
      return Value::Int(static_cast<int64_t>(number.type()));
    default:
      return Value::Bool(number.valid());
  }
}

char* Machine::Room(size_t bytes, size_t* granted) {
  char* room = arena_.data() + arena_used_;
  *granted = std::min(bytes, arena_.size() - arena_used_);
  arena_used_ += *granted;
  return room;
}

Value Machine::Lower(std::string_view text) {
  size_t size = 0;
  char* room = Room(text.size(), &size);
  std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), room, ToLower);
  return Value::String({room, size});
}

// What a program is, by what it calls itself.
Value Machine::Program(Op op, std::string_view text) {
  size_t granted = 0;
  char* room = Room(kMostOfProgram, &granted);
  return Value::String(op == Op::kProduct ? facts::ProductOf(text, {room, granted})
                                          : facts::BranchOf(text, {room, granted}));
}

// As ruri.digits.
Value Machine::Digits(std::string_view text) {
  size_t granted = 0;
  char* room = Room(std::min(text.size(), facts::kMaxDigits), &granted);
  return Value::String(facts::DigitsOf(text, {room, granted}));
}

// As callee.number.
Value Machine::Canonical(std::string_view text) {
  size_t granted = 0;
  char* room = Room(numbering::kMaxDigits, &granted);
  return Value::String(numbering::Canonical(text, x_.home, {room, granted}));
}

}  // namespace sipward::rules
