#include "base/ascii.h"
#include "facts/facts.h"

namespace sipward::facts {

Value Value::Int(int64_t v) {
  Value value;
  value.kind = Kind::kInt;
  value.i = v;
  return value;
}

Value Value::Float(double v) {
  Value value;
  value.kind = Kind::kFloat;
  value.f = v;
  return value;
}

Value Value::String(std::string_view v) {
  Value value;
  value.kind = Kind::kString;
  value.s = {v.data(), v.size()};
  return value;
}

Value Value::Ip(const IpAddress& v) {
  Value value;
  value.kind = Kind::kIp;
  value.ip = v.bytes;
  return value;
}

Value Value::Net(const Cidr& v) {
  Value value;
  value.kind = Kind::kCidr;
  value.bits = v.bits;
  value.ip = v.address.bytes;
  return value;
}

Value Value::IpOrNet(const Cidr& v) {
  return v.bits == (v.address.is_v4() ? 32 : 128) ? Ip(v.address) : Net(v);
}

std::string_view DigitsOf(std::string_view text, std::span<char> out) {
  const auto is_separator = [](char c) { return c == '-' || c == '.' || c == '(' || c == ')'; };
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  size_t size = 0;
  for (const char c : text) {
    if (is_separator(c)) continue;
    if (!IsDigit(c) || size == out.size()) return {};
    out[size++] = c;
  }
  return {out.data(), size};
}

}  // namespace sipward::facts
