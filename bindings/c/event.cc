#include <algorithm>
#include <cmath>
#include <optional>

#include "facts/facts.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"
#include "verdict.h"

namespace sipward::c {
namespace {

using facts::EventKind;
using facts::FieldId;
using facts::FieldInfo;
using facts::Type;
using facts::Value;

constexpr uint32_t kMostFacts = 1024;

IpAddress AddressOf(const sipward_fact& fact) {
  IpAddress address;
  std::copy(std::begin(fact.address), std::end(fact.address), address.bytes.begin());
  return address;
}

// What a field of this type holds for a text. Absent: nothing.
Value FromText(Type type, std::string_view text) {
  if (facts::IsEnum(type)) {
    if (type == Type::kMethod) return Value::Int(static_cast<int64_t>(sip::FindMethod(text)));
    if (type == Type::kIdentityReason) {
      return Value::Int(static_cast<int64_t>(facts::ReasonNamed(text)));
    }
    const auto found = facts::FindEnumValue(text);
    return found && found->type == type ? Value::Int(found->value) : Value();
  }
  switch (type) {
    case Type::kString:
    case Type::kNumber:
      return Value::String(text);
    case Type::kIp: {
      const auto address = IpAddress::Parse(text);
      return address ? Value::Ip(*address) : Value();
    }
    case Type::kCidr: {
      const auto network = Cidr::Parse(text);
      return network ? Value::Net(*network) : Value();
    }
    default:
      return {};
  }
}

Value FromInteger(Type type, int64_t number) {
  switch (type) {
    case Type::kBool:
      return number == 0 || number == 1 ? Value::Int(number) : Value();
    case Type::kInt:
    case Type::kDuration:
    case Type::kTime:
    case Type::kMoney:
      return Value::Int(number);
    default:
      return {};
  }
}

Value FromNetwork(const sipward_fact& fact) {
  const IpAddress address = AddressOf(fact);
  if (fact.prefix_bits > (address.is_v4() ? 32u : 128u)) return {};
  return Value::Net({address.Prefix(fact.prefix_bits), static_cast<uint8_t>(fact.prefix_bits)});
}

// Absent: the fact does not fit its field.
Value ToValue(Type type, const sipward_fact& fact) {
  switch (fact.kind) {
    case SIPWARD_FACT_INTEGER:
      return FromInteger(type, fact.integer);
    case SIPWARD_FACT_REAL:
      return type == Type::kFloat && std::isfinite(fact.real) ? Value::Float(fact.real) : Value();
    case SIPWARD_FACT_TEXT:
      return FromText(type, View(fact.text, fact.text_size));
    case SIPWARD_FACT_ADDRESS:
      return type == Type::kIp ? Value::Ip(AddressOf(fact)) : Value();
    case SIPWARD_FACT_NETWORK:
      return type == Type::kCidr ? FromNetwork(fact) : Value();
    default:
      return {};
  }
}

int32_t SetFact(const sipward_fact& fact, facts::HostEvent* event) {
  if (fact.reserved != 0 || fact.kind > SIPWARD_FACT_NETWORK ||
      (fact.kind == SIPWARD_FACT_TEXT && !UsableBytes(fact.text, fact.text_size))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (fact.field >= static_cast<uint32_t>(facts::kFieldCount)) return SIPWARD_ERR_FIELD;
  const auto id = static_cast<FieldId>(fact.field);
  const Value value = ToValue(facts::Describe(id).type, fact);
  if (!value.present() && fact.kind != SIPWARD_FACT_NONE) return SIPWARD_ERR_FIELD;
  return event->Set(id, value) ? SIPWARD_OK : SIPWARD_ERR_FIELD;
}

int32_t ToEvent(const sipward_host_event* given, facts::HostEvent* out) {
  sipward_host_event event;
  if (!ReadStruct(given, &event) || event.kind >= facts::kEventKinds ||
      (event.flags & ~uint32_t{SIPWARD_EVENT_PROVEN}) != 0 || event.fact_count > kMostFacts ||
      (event.fact_count != 0 && !Usable(event.facts))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  out->Reset(static_cast<EventKind>(event.kind), event.monotonic_ns, event.wall_ns,
             (event.flags & SIPWARD_EVENT_PROVEN) != 0);
  for (uint32_t i = 0; i < event.fact_count; ++i) {
    const int32_t status = SetFact(event.facts[i], out);
    if (status != SIPWARD_OK) return status;
  }
  return SIPWARD_OK;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace facts = sipward::facts;

extern "C" {

int32_t sipward_inspector_event(sipward_inspector* inspector, const sipward_host_event* event,
                                sipward_verdict* out) {
  if (!Usable(inspector) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    const int32_t status = ToEvent(event, &inspector->event);
    if (status != SIPWARD_OK) return status;
    inspector->inspector.InspectEvent(inspector->event, &inspector->verdict);
    WriteVerdict(inspector->verdict, out);
    return int32_t{SIPWARD_OK};
  });
}

}  // extern "C"
