#include "rules/list_values.h"

#include <bit>
#include <charconv>

#include "base/ascii.h"
#include "rules/lexer.h"

namespace sipward::rules {
namespace {

using facts::Type;
using facts::Value;

template <typename Number>
std::optional<Number> Whole(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<int64_t> ParseDuration(std::string_view text) {
  size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  const auto count = Whole<int64_t>(text.substr(0, digits));
  const Nanos nanos = UnitOf(text.substr(digits));
  if (!count || nanos == 0 || *count > INT64_MAX / nanos) return std::nullopt;
  return *count * nanos;
}

std::optional<Value> OfInt(std::optional<int64_t> number) {
  return number ? std::optional(Value::Int(*number)) : std::nullopt;
}

}  // namespace

bool ListColumn::IsSmall() const {
  return type_ != Type::kString && type_ != Type::kNumber && type_ != Type::kIp &&
         type_ != Type::kCidr;
}

void ListColumn::Add(const Value& value) {
  if (!IsSmall()) {
    large_.push_back(value);
    return;
  }
  small_.push_back(value.kind == Value::Kind::kFloat ? std::bit_cast<int64_t>(value.f) : value.i);
  present_.push_back(value.present());
}

Value ListColumn::At(uint32_t entry) const {
  const size_t index = entry - size_t{1};
  if (!IsSmall()) return index < large_.size() ? large_[index] : Value();
  if (index >= small_.size() || !present_[index]) return {};
  return type_ == Type::kFloat ? Value::Float(std::bit_cast<double>(small_[index]))
                               : Value::Int(small_[index]);
}

std::optional<int64_t> ParseMoney(std::string_view text) {
  constexpr size_t kDecimals = 6;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  if (point != std::string_view::npos) {
    const std::string_view decimals = text.substr(point + 1);
    if (digits.empty() || decimals.empty() || decimals.size() > kDecimals) return std::nullopt;
    digits += decimals;
    digits.append(kDecimals - decimals.size(), '0');
  } else {
    digits.append(digits.empty() ? 0 : kDecimals, '0');
  }
  if (digits.empty() || !IsDigit(digits.front())) return std::nullopt;
  const auto amount = Whole<int64_t>(digits);
  if (!amount) return std::nullopt;
  return negative ? -*amount : *amount;
}

std::optional<Value> ParseListValue(std::string_view text, Type type,
                                    std::deque<std::string>* texts) {
  if (text.empty()) return Value();
  switch (type) {
    case Type::kBool:
      if (text == "true" || text == "false") return Value::Bool(text == "true");
      return std::nullopt;
    case Type::kInt:
      return OfInt(Whole<int64_t>(text));
    case Type::kFloat: {
      const auto number = Whole<double>(text);
      return number ? std::optional(Value::Float(*number)) : std::nullopt;
    }
    case Type::kDuration:
      return OfInt(ParseDuration(text));
    case Type::kMoney:
      return OfInt(ParseMoney(text));
    case Type::kIp: {
      const auto ip = IpAddress::Parse(text);
      return ip ? std::optional(Value::Ip(*ip)) : std::nullopt;
    }
    case Type::kCidr: {
      const auto net = Cidr::Parse(text);
      return net ? std::optional(Value::Net(*net)) : std::nullopt;
    }
    case Type::kNumber: {
      char digits[facts::kMaxDigits];
      const std::string_view number = facts::DigitsOf(text, digits);
      if (number.empty()) return std::nullopt;
      return Value::String(texts->emplace_back(number));
    }
    default:
      return Value::String(texts->emplace_back(text));
  }
}

}  // namespace sipward::rules
