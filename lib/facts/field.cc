#include <algorithm>
#include <iterator>
#include <span>

#include "facts/facts.h"
#include "numbering/numbering.h"

namespace sipward::facts {
namespace {

using enum Type;

constexpr FieldInfo kFields[] = {
#define SIPWARD_FIELD(symbol, name, type, optional, events, meaning) \
  {name, type, optional, events, meaning},
#include "facts/field.def"
#undef SIPWARD_FIELD
};

constexpr std::string_view kTypeNames[] = {
    "bool",      "int",    "float",       "string",      "duration",        "time",
    "ip",        "cidr",   "money",       "number",      "method",          "transport",
    "direction", "result", "auth_reason", "number_type", "identity_result", "identity_reason"};
constexpr int kMethods = 1
#define SIPWARD_METHOD(symbol, name) +1
#include "sip/method.def"
#undef SIPWARD_METHOD
    ;  // kOther among them
// Enumerations are what stands from the first of them on.
constexpr auto kEnd = static_cast<uint8_t>(std::size(kTypeNames));
constexpr std::string_view kTransports[] = {"udp", "tcp", "tls", "ws", "wss", "sctp"};
constexpr std::string_view kDirections[] = {"unknown", "inbound", "outbound"};
constexpr std::string_view kResults[] = {"success", "fail", "challenged"};
constexpr std::string_view kAuthReasons[] = {"unspecified",   "wrong_password", "unknown_user",
                                             "forged_nonce",  "stale_nonce",    "replayed_nonce",
                                             "no_credentials"};
constexpr std::string_view kIdentityResults[] = {"pending", "none", "failed", "verified"};
constexpr std::string_view kIdentityReasons[] = {
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) name,
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
};
constexpr std::string_view kEvents[kEventKinds] = {
    "request",     "response", "auth",         "register", "call_start",
    "call_answer", "call_end", "media_change", "cdr",      "tick"};

// Names of an enumeration's values, by value. Those of methods are the parser's.
std::span<const std::string_view> NamesOf(Type type) {
  switch (type) {
    case kTransport:
      return kTransports;
    case kDirection:
      return kDirections;
    case kResult:
      return kResults;
    case kAuthReason:
      return kAuthReasons;
    case kNumberType:
      return numbering::NumberTypeNames();
    case kIdentityResult:
      return kIdentityResults;
    case kIdentityReason:
      return kIdentityReasons;
    default:
      return {};
  }
}

}  // namespace

std::string_view TypeName(Type type) { return kTypeNames[static_cast<size_t>(type)]; }

std::optional<Type> FindType(std::string_view name) {
  const auto found = std::find(std::begin(kTypeNames), std::end(kTypeNames), name);
  if (found == std::end(kTypeNames)) return std::nullopt;
  return static_cast<Type>(found - std::begin(kTypeNames));
}

std::string_view EventName(EventKind kind) { return kEvents[static_cast<size_t>(kind)]; }

const FieldInfo& Describe(FieldId id) { return kFields[static_cast<size_t>(id)]; }

std::optional<EventKind> FindEvent(std::string_view name) {
  const auto found = std::find(std::begin(kEvents), std::end(kEvents), name);
  if (found == std::end(kEvents)) return std::nullopt;
  return static_cast<EventKind>(found - std::begin(kEvents));
}

std::optional<FieldId> FindField(std::string_view name, EventSet events) {
  std::optional<FieldId> best;
  for (int i = 0; i < kFieldCount; ++i) {
    if (kFields[i].name != name) continue;
    const auto id = static_cast<FieldId>(i);
    if ((events & ~kFields[i].events) == 0) return id;
    if (!best || (events & kFields[i].events) != 0) best = id;
  }
  return best;
}

std::optional<EnumValue> FindEnumValue(std::string_view name) {
  const sip::Method method = sip::FindMethod(name);
  if (method != sip::Method::kOther) return EnumValue{kMethod, static_cast<int64_t>(method)};
  for (auto type = static_cast<uint8_t>(kMethod); type < kEnd; ++type) {
    const auto names = NamesOf(Type{type});
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return EnumValue{Type{type}, found - names.begin()};
  }
  return std::nullopt;
}

IdentityReason ReasonNamed(std::string_view name) {
  const auto found = std::find(std::begin(kIdentityReasons), std::end(kIdentityReasons), name);
  return found == std::end(kIdentityReasons)
             ? IdentityReason::kOther
             : static_cast<IdentityReason>(found - std::begin(kIdentityReasons));
}

std::vector<std::string_view> EnumValueNames() {
  std::vector<std::string_view> all;
  for (int method = 1; method < kMethods; ++method) {
    all.push_back(sip::MethodName(static_cast<sip::Method>(method)));
  }
  for (auto type = static_cast<uint8_t>(kMethod); type < kEnd; ++type) {
    const auto names = NamesOf(Type{type});
    all.insert(all.end(), names.begin(), names.end());
  }
  return all;
}

EventSet EventsWith(Type type) {
  switch (type) {
    case kResult:
    case kAuthReason:
      return kOnAuth | kOnRegister;
    case kIdentityResult:
    case kIdentityReason:
      return kOnIdentity;
    case kNumberType:
      return kOnCalls;
    default:
      return kOnAll;
  }
}

std::string_view EnumValueName(Type type, int64_t value) {
  if (type == kMethod) {
    return value < 256 && value > 0 ? sip::MethodName(static_cast<sip::Method>(value))
                                    : std::string_view();
  }
  const auto names = NamesOf(type);
  const auto index = static_cast<size_t>(value);
  return index < names.size() ? names[index] : std::string_view();
}

}  // namespace sipward::facts
