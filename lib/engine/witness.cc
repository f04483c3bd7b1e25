#include "engine/witness.h"

#include <array>
#include <cstring>

namespace sipward::engine {
namespace {

using facts::FieldId;
using facts::Noted;
using facts::PacketPart;
using facts::Tape;
using facts::Value;

constexpr int64_t kReportOnly = 1, kIdentityByHost = 2, kChecksIdentity = 4, kFollowsCalls = 8,
                  kStrict = 16;

// Of kParsed, behind the classes of anomalies.
constexpr uint32_t kMalformed = 4, kStatus = 5, kMessageSize = 6, kBodySize = 7;

// Which anomalies a host accepts or refuses, as the list of their numbers.
struct AnomalyList {
  explicit AnomalyList(const sip::AnomalySet& set) {
    for (int id = 0; id < sip::kAnomalyCount; ++id) {
      if (!set.Has(static_cast<sip::AnomalyId>(id))) continue;
      bytes[size++] = static_cast<char>(id & 0xFF);
      bytes[size++] = static_cast<char>(id >> 8);
    }
  }
  std::array<char, 2 * sip::kAnomalyCount> bytes;
  size_t size = 0;
};

sip::AnomalySet SetOf(std::string_view list) {
  sip::AnomalySet set;
  for (size_t i = 0; i + 1 < list.size(); i += 2) {
    const int id = static_cast<uint8_t>(list[i]) | static_cast<uint8_t>(list[i + 1]) << 8;
    if (id < sip::kAnomalyCount) set.Add(static_cast<sip::AnomalyId>(id));
  }
  return set;
}

void NotePart(Tape* tape, PacketPart part, const Value& value) {
  tape->Note(Noted::kPacket, static_cast<uint32_t>(part), value);
}

Value TakePart(Tape* tape, PacketPart part) {
  return tape->Take(Noted::kPacket, static_cast<uint32_t>(part));
}

}  // namespace

void NoteBegin(Tape* tape, facts::Subject subject, const Setting& setting) {
  const int64_t bits = (setting.report_only ? kReportOnly : 0) |
                       (setting.identity_by_host ? kIdentityByHost : 0) |
                       (setting.checks_identity ? kChecksIdentity : 0) |
                       (setting.follows_calls ? kFollowsCalls : 0) |
                       (setting.parse.profile == sip::Profile::kStrict ? kStrict : 0);
  tape->Note(Noted::kBegin, static_cast<uint32_t>(subject), Value::Int(bits));
  for (const sip::AnomalySet* set : {&setting.parse.accepted, &setting.parse.refused}) {
    const AnomalyList list(*set);
    NotePart(tape, PacketPart::kPolicy, Value::String({list.bytes.data(), list.size}));
  }
}

facts::Subject TakeBegin(Tape* tape, Setting* setting) {
  const auto subject = static_cast<facts::Subject>(tape->Peek().index % 3);
  const int64_t bits = tape->Take(Noted::kBegin, static_cast<uint32_t>(subject)).i;
  setting->report_only = (bits & kReportOnly) != 0;
  setting->identity_by_host = (bits & kIdentityByHost) != 0;
  setting->checks_identity = (bits & kChecksIdentity) != 0;
  setting->follows_calls = (bits & kFollowsCalls) != 0;
  setting->parse.profile = (bits & kStrict) != 0 ? sip::Profile::kStrict : sip::Profile::kTolerant;
  setting->parse.accepted = SetOf(TakePart(tape, PacketPart::kPolicy).str());
  setting->parse.refused = SetOf(TakePart(tape, PacketPart::kPolicy).str());
  return subject;
}

void NotePacket(Tape* tape, const facts::Packet& packet, uint64_t ticket) {
  const auto text = [](const std::optional<std::string_view>& name) {
    return name ? Value::String(*name) : Value();
  };
  NotePart(tape, PacketPart::kWall, Value::Int(packet.wall));
  NotePart(tape, PacketPart::kMonotonic, Value::Int(packet.monotonic));
  NotePart(tape, PacketPart::kSource, Value::Ip(packet.source));
  NotePart(tape, PacketPart::kSourcePort, Value::Int(packet.source_port));
  NotePart(tape, PacketPart::kDestination, Value::Ip(packet.destination));
  NotePart(tape, PacketPart::kDestinationPort, Value::Int(packet.destination_port));
  NotePart(tape, PacketPart::kTransport, Value::Int(static_cast<int64_t>(packet.transport)));
  NotePart(tape, PacketPart::kDirection, Value::Int(static_cast<int64_t>(packet.direction)));
  NotePart(tape, PacketPart::kFlags,
           Value::Int((packet.registered ? 1 : 0) | (packet.authenticated ? 2 : 0)));
  NotePart(tape, PacketPart::kAccount, text(packet.account));
  NotePart(tape, PacketPart::kTrunk, text(packet.trunk));
  NotePart(tape, PacketPart::kTicket, Value::Int(static_cast<int64_t>(ticket)));
  if (packet.identity != nullptr) NoteIdentity(tape, Noted::kGiven, *packet.identity);
}

void TakePacket(Tape* tape, std::string_view bytes, facts::Identity* identity,
                facts::Packet* packet, uint64_t* ticket) {
  const auto text = [](const Value& value) {
    return value.present() ? std::optional<std::string_view>(value.str()) : std::nullopt;
  };
  packet->bytes = bytes;
  packet->wall = TakePart(tape, PacketPart::kWall).i;
  packet->monotonic = TakePart(tape, PacketPart::kMonotonic).i;
  packet->source = TakePart(tape, PacketPart::kSource).address();
  packet->source_port = static_cast<uint16_t>(TakePart(tape, PacketPart::kSourcePort).i);
  packet->destination = TakePart(tape, PacketPart::kDestination).address();
  packet->destination_port = static_cast<uint16_t>(TakePart(tape, PacketPart::kDestinationPort).i);
  packet->transport = static_cast<facts::Transport>(
      static_cast<uint64_t>(TakePart(tape, PacketPart::kTransport).i) % 6);
  packet->direction = static_cast<facts::Direction>(
      static_cast<uint64_t>(TakePart(tape, PacketPart::kDirection).i) % 3);
  const int64_t flags = TakePart(tape, PacketPart::kFlags).i;
  packet->registered = (flags & 1) != 0;
  packet->authenticated = (flags & 2) != 0;
  packet->account = text(TakePart(tape, PacketPart::kAccount));
  packet->trunk = text(TakePart(tape, PacketPart::kTrunk));
  *ticket = static_cast<uint64_t>(TakePart(tape, PacketPart::kTicket).i);
  packet->identity = TakeIdentity(tape, Noted::kGiven, identity) ? identity : nullptr;
}

void NoteEvent(Tape* tape, const facts::HostEvent& event, bool answers, bool body) {
  const auto kind = static_cast<uint32_t>(event.kind());
  tape->Note(Noted::kHappened, kind, Value::Bool(answers));
  tape->Note(Noted::kTime, 0, Value::Int(event.now()));
  tape->Note(Noted::kTime, 1, Value::Int(event.wall()));
  tape->Note(Noted::kProven, 0, Value::Bool(event.strong_evidence()));
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const auto id = static_cast<FieldId>(i);
    const Value* given = event.Given(id);
    if (given == nullptr || (id == FieldId::kBody && !body)) continue;
    tape->Note(Noted::kField, static_cast<uint32_t>(i), *given);
  }
}

bool TakeEvent(Tape* tape, facts::HostEvent* event, bool* answers) {
  const facts::Fact next = tape->Peek();
  if (next.kind != Noted::kHappened) return false;
  *answers = tape->Take(Noted::kHappened, next.index).i != 0;
  const Nanos now = tape->Take(Noted::kTime, 0).i;
  const Nanos wall = tape->Take(Noted::kTime, 1).i;
  const bool proven = tape->Take(Noted::kProven, 0).i != 0;
  event->Reset(static_cast<facts::EventKind>(next.index % facts::kEventKinds), now, wall, proven);
  for (;;) {
    const facts::Fact field = tape->Peek();
    if (field.kind != Noted::kField || field.index >= facts::kFieldCount) return true;
    static_cast<void>(
        event->Set(static_cast<FieldId>(field.index), tape->Take(Noted::kField, field.index)));
  }
}

void NoteParsed(Tape* tape, const sip::Message& message, sip::ParseStatus status) {
  const auto note = [&](uint32_t index, int64_t value) {
    tape->Note(Noted::kParsed, index, Value::Int(value));
  };
  for (uint32_t i = 0; i < kMalformed; ++i) {
    note(i, message.anomalies().ClassCount(static_cast<sip::AnomalyClass>(i)));
  }
  note(kMalformed, message.error() != nullptr ? 1 : 0);
  note(kStatus, static_cast<int64_t>(status));
  note(kMessageSize, static_cast<int64_t>(message.bytes().size()));
  note(kBodySize, message.body().length);
  for (int id = 0; id < sip::kAnomalyCount; ++id) {
    if (!message.anomalies().Has(static_cast<sip::AnomalyId>(id))) continue;
    tape->Note(Noted::kAnomaly, static_cast<uint32_t>(id), Value());
  }
}

bool FindParsed(const Tape& tape, facts::ParsedFacts* parsed, sip::ParseStatus* status) {
  bool found = false;
  *parsed = {};
  tape.ForEachKeyed([&](const facts::Fact& fact) {
    if (fact.kind == Noted::kAnomaly && fact.index < sip::kAnomalyCount) {
      parsed->anomalies.Add(static_cast<sip::AnomalyId>(fact.index));
    }
    if (fact.kind != Noted::kParsed) return;
    found = true;
    const auto value = static_cast<uint32_t>(fact.value.i);
    if (fact.index < kMalformed) parsed->counts[fact.index] = value;
    if (fact.index == kMalformed) parsed->malformed = value != 0;
    if (fact.index == kMessageSize) parsed->message_size = value;
    if (fact.index == kBodySize) parsed->body_size = value;
    if (fact.index == kStatus) *status = static_cast<sip::ParseStatus>(value % 3);
  });
  return found;
}

bool FindFound(std::string_view recorded, facts::Identity* identity) {
  Tape tape(recorded);
  for (facts::Fact next = tape.Peek(); next.kind != Noted::kEnd; next = tape.Peek()) {
    if (next.kind == Noted::kFound) return TakeIdentity(&tape, Noted::kFound, identity);
    tape.Take(next.kind, next.index);
  }
  return false;
}

void NoteCall(Tape* tape, const facts::CallFacts& call) {
  tape->Note(Noted::kCall, 0,
             Value::Int((call.known ? 1 : 0) | (call.party ? 2 : 0) | (call.replayed ? 4 : 0)));
}

facts::CallFacts FindCall(const Tape& tape) {
  facts::CallFacts call;
  tape.ForEachKeyed([&](const facts::Fact& fact) {
    if (fact.kind != Noted::kCall) return;
    call.known = (fact.value.i & 1) != 0;
    call.party = (fact.value.i & 2) != 0;
    call.replayed = (fact.value.i & 4) != 0;
  });
  return call;
}

}  // namespace sipward::engine
