#include <array>
#include <string>

#include "engine/decision_record.h"
#include "engine/describe_chains.h"
#include "engine/witness.h"
#include "evidence/evidence.h"

namespace sipward::engine {
namespace {

using facts::FieldId;
using facts::Noted;
using facts::Type;
using facts::Value;

void AppendText(const Value& value, evidence::Writer* json) {
  std::array<char, 64> text;
  if (value.kind == Value::Kind::kString) return json->String(value.str());
  json->String({text.data(), rules::KeyText(value, text)});
}

// As people read it: seconds, units of money, names.
void AppendValue(const Value& value, Type type, evidence::Writer* json) {
  switch (value.kind) {
    case Value::Kind::kAbsent:
      return json->Null();
    case Value::Kind::kFloat:
      return json->Float(value.f);
    case Value::Kind::kInt:
      break;
    default:
      return AppendText(value, json);
  }
  if (type == Type::kBool) return json->Bool(value.i != 0);
  if (type == Type::kDuration) {
    return json->Float(static_cast<double>(value.i) / static_cast<double>(kSecond));
  }
  if (type == Type::kMoney) {
    return json->Float(static_cast<double>(value.i) / static_cast<double>(facts::kMoneyUnits));
  }
  const std::string_view name = facts::IsEnum(type) ? facts::EnumValueName(type, value.i) : "";
  return name.empty() ? json->Int(value.i) : json->String(name);
}

void AppendEndpoint(const IpAddress& address, uint16_t port, evidence::Writer* json) {
  json->Begin('{');
  json->Key("ip");
  AppendText(Value::Ip(address), json);
  json->Key("port").UInt(port);
  json->End('}');
}

void AppendPacket(const facts::Packet& packet, evidence::Writer* json) {
  const auto enumeration = [](Type type, auto value) {
    return facts::EnumValueName(type, static_cast<int64_t>(value));
  };
  json->Key("packet").Begin('{');
  json->Key("monotonic").Int(packet.monotonic);
  json->Key("source");
  AppendEndpoint(packet.source, packet.source_port, json);
  json->Key("destination");
  AppendEndpoint(packet.destination, packet.destination_port, json);
  json->Key("transport").String(enumeration(Type::kTransport, packet.transport));
  json->Key("direction").String(enumeration(Type::kDirection, packet.direction));
  json->Key("registered").Bool(packet.registered);
  json->Key("authenticated").Bool(packet.authenticated);
  json->Key("account");
  AppendValue(packet.account ? Value::String(*packet.account) : Value(), Type::kString, json);
  json->Key("trunk");
  AppendValue(packet.trunk ? Value::String(*packet.trunk) : Value(), Type::kString, json);
  json->End('}');
}

// Each field of the message, and where it stands.
void AppendFields(facts::MessageEvent* message, std::string_view kept, evidence::Writer* json) {
  json->Key("fields").Begin('{');
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const auto id = static_cast<FieldId>(i);
    const facts::FieldInfo& info = facts::Describe(id);
    if ((info.events & facts::SetOf(message->kind())) == 0 || id == FieldId::kBody ||
        id == FieldId::kPressure || facts::IsOfIdentity(id)) {
      continue;
    }
    const Value& value = message->Get(id);
    if (!value.present() || (value.kind == Value::Kind::kString && value.s.size == 0)) continue;
    json->Key(info.name).Begin('{');
    json->Key("value");
    AppendValue(value, info.type, json);
    const char* data = value.str().data();
    if (data != nullptr && data >= kept.data() &&
        data + value.s.size <= kept.data() + kept.size()) {
      json->Key("offset").UInt(static_cast<uint64_t>(data - kept.data()));
      json->Key("size").UInt(value.s.size);
    }
    json->End('}');
  }
  json->End('}');
}

// `chains`: the tape that has the certificates; null: nobody has them.
void AppendIdentity(const facts::Identity& identity, std::string_view by, const facts::Tape* chains,
                    evidence::Writer* json) {
  json->Key("identity").Begin('{');
  json->Key("checked_by").String(by);
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const auto id = static_cast<FieldId>(i);
    if (!facts::IsOfIdentity(id)) continue;
    const facts::FieldInfo& info = facts::Describe(id);
    json->Key(info.name.substr(info.name.find('.') + 1));
    AppendValue(facts::FactOf(identity, id), info.type, json);
  }
  if (chains != nullptr) AppendChains(*chains, json);
  json->End('}');
}

// What follows the packet on the tape: that of the message, or of one event.
class Facts {
 public:
  Facts(const rules::RuleSet& rules, evidence::Writer* json) : rules_(rules), json_(*json) {}

  // Up to the next event, or the end. The next event in *fact.
  void Append(facts::TapeReader* tape, facts::Fact* fact) {
    json_.Key("facts").Begin('[');
    bool more = tape->Next(fact);
    for (; more && fact->kind != Noted::kHappened; more = tape->Next(fact)) One(*fact);
    if (!more) *fact = {};
    json_.End(']');
  }

 private:
  void Named(std::string_view kind, std::string_view name, const Value& value, Type type) {
    json_.Begin('{');
    json_.Key("kind").String(kind);
    if (!name.empty()) json_.Key("name").String(name);
    json_.Key("value");
    AppendValue(value, type, &json_);
    json_.End('}');
  }

  void Aggregate(const facts::Fact& fact) {
    const auto info = rules_.FindAggregate(fact.index);
    if (!info) return;
    json_.Begin('{');
    json_.Key("kind").String("aggregate");
    json_.Key("name").String(info->text);
    json_.Key("rules").Begin('[');
    for (const std::string_view rule : info->rules) json_.String(rule);
    json_.End(']');
    json_.Key("value");
    AppendValue(fact.value, info->type, &json_);
    json_.End('}');
  }

  void One(const facts::Fact& fact) {
    switch (fact.kind) {
      case Noted::kBan:
        return Named("ban", {}, fact.value, Type::kString);
      case Noted::kGuards:
        Named("guard", "emergency", Value::Int(fact.value.i & 1), Type::kBool);
        return Named("guard", "overload", Value::Int(fact.value.i >> 1 & 1), Type::kBool);
      case Noted::kTransaction:
        return Named("transaction", "retransmission", Value::Int(fact.value.i >> 1 & 1),
                     Type::kBool);
      case Noted::kPressure:
        return Named("state", "pressure", fact.value, Type::kFloat);
      case Noted::kMissing:
        return Named("certificate", {}, fact.value, Type::kString);
      case Noted::kScore:
        return Named("score", {}, fact.value, Type::kFloat);
      case Noted::kFits:
        return Named("throttle", "within", fact.value, Type::kBool);
      case Noted::kField:
        if (fact.index >= facts::kFieldCount) return;
        return Named("field", facts::Describe(static_cast<FieldId>(fact.index)).name, fact.value,
                     facts::Describe(static_cast<FieldId>(fact.index)).type);
      case Noted::kAggregate:
        return Aggregate(fact);
      case Noted::kListed:
        if (fact.index >= rules_.dynamic_lists().size()) return;
        return Named("listed", rules_.dynamic_lists()[fact.index].name, fact.value, Type::kString);
      case Noted::kCall:
        Named("call", "known", Value::Int(fact.value.i & 1), Type::kBool);
        Named("call", "party", Value::Int(fact.value.i >> 1 & 1), Type::kBool);
        return Named("call", "replayed", Value::Int(fact.value.i >> 2 & 1), Type::kBool);
      case Noted::kAnomaly:
        if (fact.index >= sip::kAnomalyCount) return;
        return Named("anomaly", sip::Describe(static_cast<sip::AnomalyId>(fact.index)).name,
                     Value::Bool(true), Type::kBool);
      default:
        return;  // what is needed to judge again, and says nothing by itself
    }
  }

  const rules::RuleSet& rules_;
  evidence::Writer& json_;
};

}  // namespace

std::string Describe(const DecisionRecord& record, const rules::RuleSet& rules,
                     facts::MessageEvent* message) {
  std::string out;
  evidence::Writer json(&out);
  json.Begin('{');
  json.Key("time").Int(record.wall);
  json.Key("verdict").Literal(evidence::IsJson(record.verdict) ? record.verdict : "null");
  json.Key("rules").String(record.rules);
  json.Key("message").Begin('{');
  json.Key("size").UInt(record.message_size);
  json.Key("hash").String(record.message_hash);
  json.Key("kept").String(record.kept);
  json.End('}');

  facts::Tape tape(record.tape);
  Setting setting;
  const facts::Subject subject = TakeBegin(&tape, &setting);
  if (subject != facts::Subject::kEvent) {
    facts::Packet packet;
    facts::Identity identity;
    uint64_t ticket = 0;
    TakePacket(&tape, record.kept, &identity, &packet, &ticket);
    AppendPacket(packet, &json);
    if (message != nullptr) AppendFields(message, record.kept, &json);
    facts::Identity found;
    if (packet.identity != nullptr) {
      AppendIdentity(identity, "host", nullptr, &json);
    } else if (FindFound(record.tape, &found)) {
      AppendIdentity(found, "library", &tape, &json);
    }
  }
  facts::TapeReader reader = tape.rest();
  facts::Fact fact;
  Facts facts(rules, &json);
  facts.Append(&reader, &fact);
  json.Key("events").Begin('[');
  while (fact.kind == Noted::kHappened) {
    json.Begin('{');
    json.Key("event").String(
        facts::EventName(static_cast<facts::EventKind>(fact.index % facts::kEventKinds)));
    facts.Append(&reader, &fact);
    json.End('}');
  }
  json.End(']');
  json.End('}');
  return out;
}

}  // namespace sipward::engine
