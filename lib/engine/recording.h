// How an inspector records what it judges, or judges again what was recorded.
#ifndef SIPWARD_ENGINE_RECORDING_H_
#define SIPWARD_ENGINE_RECORDING_H_

#include <cstdint>
#include <string_view>

#include "engine/setting.h"
#include "engine/witness.h"
#include "facts/facts.h"
#include "facts/tape.h"
#include "sip/sip.h"

namespace sipward::engine {

struct Recording {
  bool playing() const { return tape != nullptr && tape->playing(); }
  bool recording() const { return tape != nullptr && !tape->playing(); }
  // Not all of the message is kept with what is recorded.
  bool cut() const { return kept < bytes.size(); }

  // Of a packet, whose message was parsed.
  void BeginPacket(const facts::Packet& packet, const sip::Message& message) {
    Begin(facts::Subject::kPacket, packet, message, 0);
  }
  void BeginResumed(const facts::Packet& packet, const sip::Message& message, uint64_t ticket) {
    Begin(facts::Subject::kResumed, packet, message, ticket);
  }
  void BeginEvent(const facts::HostEvent& event);
  // What was recorded is no verdict.
  void Forget();
  // What parsing found, if not all that it was found in is kept.
  void PassParsed(const sip::Message& message, sip::ParseStatus* status);
  // Whether the message only keeps a way through a NAT open.
  bool IsOnlyKeepAlive(std::string_view message) const;

  Setting setting;
  facts::Tape* tape = nullptr;  // what is recorded or played; null: neither
  bool bodies = false;          // the bodies of messages are kept with it
  std::string_view bytes;       // that are recorded, and how many of them are kept
  size_t kept = 0;
  // While a tape plays.
  RecordedCall recorded_call;
  facts::Identity recorded_identity;
  facts::ParsedFacts parsed;
  bool parsed_before = false;  // these hold for the message

 private:
  void Begin(facts::Subject subject, const facts::Packet& packet, const sip::Message& message,
             uint64_t ticket);
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_RECORDING_H_
