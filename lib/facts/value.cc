#include "base/ascii.h"
#include "facts/facts.h"

namespace sipward::facts {

Value Value::IpOrNet(const Cidr& v) {
  return v.bits == (v.address.is_v4() ? 32 : 128) ? Ip(v.address) : Net(v);
}

std::string_view DigitsOf(std::string_view text, std::span<char> out) {
  const auto is_separator = [](char c) { return c == '-' || c == '.' || c == '(' || c == ')'; };
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  size_t size = 0;
  for (const char c : text) {
    if (IsDigit(c) && size < out.size()) {
      out[size++] = c;
    } else if (!is_separator(c)) {
      return {};
    }
  }
  return {out.data(), size};
}

}  // namespace sipward::facts
