#include "facts/facts.h"

namespace sipward::facts {
namespace {

using enum Type;

constexpr FieldInfo kFields[] = {
#define SIPWARD_FIELD(symbol, name, type, optional, request, response, meaning) \
  {name, type, optional, request, response, meaning},
#include "facts/field.def"
#undef SIPWARD_FIELD
};

constexpr std::string_view kTypeNames[] = {"bool",     "int",       "float",    "string",
                                           "duration", "time",      "ip",       "cidr",
                                           "method",   "transport", "direction"};
constexpr std::string_view kTransports[] = {"udp", "tcp", "tls", "ws", "wss", "sctp"};
constexpr std::string_view kDirections[] = {"unknown", "inbound", "outbound"};
constexpr std::string_view kEvents[] = {"request", "response"};

}  // namespace

std::string_view TypeName(Type type) { return kTypeNames[static_cast<size_t>(type)]; }

std::string_view EventName(EventKind kind) { return kEvents[static_cast<size_t>(kind)]; }

const FieldInfo& Describe(FieldId id) { return kFields[static_cast<size_t>(id)]; }

std::optional<FieldId> FindField(std::string_view name) {
  for (int i = 0; i < kFieldCount; ++i) {
    if (kFields[i].name == name) return static_cast<FieldId>(i);
  }
  return std::nullopt;
}

std::optional<EnumValue> FindEnumValue(std::string_view name) {
  const sip::Method method = sip::FindMethod(name);
  if (method != sip::Method::kOther) return EnumValue{kMethod, static_cast<int64_t>(method)};
  for (size_t i = 0; i < std::size(kTransports); ++i) {
    if (kTransports[i] == name) return EnumValue{kTransport, static_cast<int64_t>(i)};
  }
  for (size_t i = 0; i < std::size(kDirections); ++i) {
    if (kDirections[i] == name) return EnumValue{kDirection, static_cast<int64_t>(i)};
  }
  return std::nullopt;
}

std::string_view EnumValueName(Type type, int64_t value) {
  const auto index = static_cast<size_t>(value);
  switch (type) {
    case kMethod:
      return value < 256 && value > 0 ? sip::MethodName(static_cast<sip::Method>(value))
                                      : std::string_view();
    case kTransport:
      return index < std::size(kTransports) ? kTransports[index] : std::string_view();
    case kDirection:
      return index < std::size(kDirections) ? kDirections[index] : std::string_view();
    default:
      return {};
  }
}

}  // namespace sipward::facts
