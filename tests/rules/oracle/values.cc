#include <cstdio>
#include <string>
#include <utility>

#include "tests/rules/oracle/tree.h"

namespace sipward::rules::oracle {

Val Absent(Type type) { return {.type = type}; }
Val Whole(int64_t number, Type type) { return {.present = true, .type = type, .i = number}; }
Val Truth(bool truth) { return Whole(truth ? 1 : 0, Type::kBool); }
Val Real(double number) { return {.present = true, .type = Type::kFloat, .f = number}; }
Val Text(std::string text, Type type) {
  return {.present = true, .type = type, .s = std::move(text)};
}
Val Address(std::string_view ip) {
  return {.present = true, .type = Type::kIp, .s = std::string(ip), .net = Cidr::Parse(ip)};
}
Val Network(std::string_view net) {
  return {.present = true, .type = Type::kCidr, .s = std::string(net), .net = Cidr::Parse(net)};
}

std::string Canonical(const Val& value) {
  if (!value.present) return "absent";
  switch (value.type) {
    case Type::kFloat: {
      char text[40];
      std::snprintf(text, sizeof text, "f%.17g", value.f);
      return text;
    }
    case Type::kString:
    case Type::kNumber:
      return "\"" + value.s + "\"";
    case Type::kIp:
    case Type::kCidr:
      return (value.type == Type::kIp ? "ip " : "net ") + value.s;
    default:
      return "i" + std::to_string(value.i);
  }
}

}  // namespace sipward::rules::oracle
