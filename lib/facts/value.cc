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

}  // namespace sipward::facts
