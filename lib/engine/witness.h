// What is recorded of a packet or an event, beside what rules read: so that the same rules judge it
// alike elsewhere.
#ifndef SIPWARD_ENGINE_WITNESS_H_
#define SIPWARD_ENGINE_WITNESS_H_

#include <cstdint>

#include "engine/emergency.h"
#include "engine/setting.h"
#include "engine/transactions.h"
#include "facts/facts.h"
#include "facts/tape.h"
#include "sip/sip.h"

namespace sipward::engine {

// Each Note... has a Take... that reads back what it noted; what does not fit leaves Tape::fits()
// false.
void NoteBegin(facts::Tape* tape, facts::Subject subject, const Setting& setting);
facts::Subject TakeBegin(facts::Tape* tape, Setting* setting);

void NotePacket(facts::Tape* tape, const facts::Packet& packet, uint64_t ticket);
// `bytes` and `identity` are for packet->bytes and packet->identity; they must live as long.
void TakePacket(facts::Tape* tape, std::string_view bytes, facts::Identity* identity,
                facts::Packet* packet, uint64_t* ticket);

// The fields that were given. `body`: that of a message as well.
void NoteEvent(facts::Tape* tape, const facts::HostEvent& event, bool answers, bool body);
// False if the next fact is no event.
bool TakeEvent(facts::Tape* tape, facts::HostEvent* event, bool* answers);

// What parsing found, of a message whose body is not kept: known by its index, like what rules ask
// of the body.
void NoteParsed(facts::Tape* tape, const sip::Message& message, sip::ParseStatus status);
// False if nothing of it is on the tape: the message was kept whole.
bool FindParsed(const facts::Tape& tape, facts::ParsedFacts* parsed, sip::ParseStatus* status);
// What the library found of the identity, wherever it stands.
bool FindFound(std::string_view tape, facts::Identity* identity);
// The same of what is known of its call.
void NoteCall(facts::Tape* tape, const facts::CallFacts& call);
facts::CallFacts FindCall(const facts::Tape& tape);

// What was known of a call when its message was recorded.
class RecordedCall final : public facts::CallLook {
 public:
  facts::CallFacts Look(sip::Message&, const facts::Packet&) override { return facts; }
  facts::CallFacts facts;
};

// These read, or play what was read then.
template <class Judge>
EmergencyFinding PassFinding(facts::Tape* tape, Judge&& judge) {
  const facts::Value bits = facts::PassBy(tape, facts::Noted::kGuards, 0, [&] {
    const EmergencyFinding found = judge();
    return facts::Value::Int((found.guarded ? 1 : 0) | (found.overload ? 2 : 0));
  });
  return {.guarded = (bits.i & 1) != 0, .overload = (bits.i & 2) != 0};
}

template <class Read>
Transaction PassTransaction(facts::Tape* tape, Read&& read) {
  Transaction transaction;
  const facts::Value bits = facts::PassBy(tape, facts::Noted::kTransaction, 0, [&] {
    transaction = read();
    return facts::Value::Int((transaction.known ? 1 : 0) | (transaction.again ? 2 : 0));
  });
  const facts::Value answer = facts::PassBy(tape, facts::Noted::kAnswer, 0, [&] {
    return facts::Value::Int(static_cast<int64_t>(transaction.answer));
  });
  transaction.known = (bits.i & 1) != 0;
  transaction.again = (bits.i & 2) != 0;
  transaction.answer = static_cast<uint64_t>(answer.i);
  return transaction;
}

template <class Read>
bool PassBool(facts::Tape* tape, facts::Noted kind, Read&& read) {
  return facts::PassBy(tape, kind, 0, [&] { return facts::Value::Bool(read()); }).i != 0;
}

template <class Read>
double PassFloat(facts::Tape* tape, facts::Noted kind, Read&& read) {
  const facts::Value value =
      facts::PassBy(tape, kind, 0, [&] { return facts::Value::Float(read()); });
  return value.kind == facts::Value::Kind::kFloat ? value.f : 0;
}

// An empty text is none.
template <class Read>
std::string_view PassText(facts::Tape* tape, facts::Noted kind, Read&& read) {
  return facts::PassBy(tape, kind, 0, [&] { return facts::Value::String(read()); }).str();
}

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_WITNESS_H_
