#include "engine/recording.h"

#include "engine/circumstances.h"
#include "engine/decision_record.h"
#include "engine/witness.h"

namespace sipward::engine {

void Recording::Begin(facts::Subject subject, const facts::Packet& packet,
                      const sip::Message& message, uint64_t ticket) {
  parsed_before = false;
  if (!recording()) return;
  bytes = packet.bytes;
  kept = bodies ? bytes.size() : SizeWithoutBody(message, bytes);
  tape->Restart();
  NoteBegin(tape, subject, setting);
  NotePacket(tape, packet, ticket);
}

void Recording::BeginEvent(const facts::HostEvent& event) {
  if (!recording()) return;
  tape->Restart();
  NoteBegin(tape, facts::Subject::kEvent, setting);
  NoteEvent(tape, event, false, bodies);
}

void Recording::Forget() {
  if (recording()) tape->Restart();
}

void Recording::PassParsed(const sip::Message& message, sip::ParseStatus* status) {
  if (playing()) {
    parsed_before = FindParsed(*tape, &parsed, status);
  } else if (recording() && cut()) {
    NoteParsed(tape, message, *status);
  }
}

bool Recording::IsOnlyKeepAlive(std::string_view message) const {
  // Of what is too long to be parsed nothing may be kept, and that is no empty message.
  if (playing() && tape->Peek().kind == facts::Noted::kGuards) return false;
  return IsKeepAlive(message);
}

}  // namespace sipward::engine
