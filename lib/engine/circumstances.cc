#include "engine/circumstances.h"

#include <string_view>

namespace sipward::engine {
namespace {

using facts::FieldId;

// What can be answered, and so refused: requests but ACK, and what waits for the host's word.
bool IsAnswerable(facts::HostEvent& event) {
  using facts::EventKind;
  switch (event.kind()) {
    case EventKind::kRequest:
      return event.Get(FieldId::kMethod).i != static_cast<int64_t>(sip::Method::kAck);
    case EventKind::kAuth:
    case EventKind::kRegister:
    case EventKind::kCallStart:
    case EventKind::kMediaChange:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool IsKeepAlive(std::string_view bytes) {
  constexpr std::string_view kCookie = "\x21\x12\xA4\x42";
  if (bytes.size() >= 20 && (bytes[0] & 0xC0) == 0 && bytes.substr(4, 4) == kCookie) return true;
  return bytes.find_first_not_of(std::string_view("\r\n\0", 3)) == bytes.npos;
}

Circumstances CircumstancesOf(const sip::Message& message, const facts::Packet& packet) {
  Circumstances circumstances;
  circumstances.party = Party::Of(packet);
  circumstances.answerable = !message.is_response() && message.start().method != sip::Method::kAck;
  circumstances.source_proven = packet.strong_evidence();
  circumstances.destination_proven =
      packet.direction == facts::Direction::kOutbound && packet.transport != facts::Transport::kUdp;
  return circumstances;
}

Circumstances CircumstancesOf(facts::HostEvent& event) {
  Circumstances circumstances;
  circumstances.party = Party::Of(event);
  circumstances.answerable = IsAnswerable(event);
  circumstances.refusable =
      circumstances.answerable || (facts::SetOf(event.kind()) & facts::kOnMessages) != 0;
  circumstances.source_proven = event.strong_evidence();
  circumstances.destination_proven =
      event.kind() != facts::EventKind::kTick &&
      event.Get(FieldId::kDirection).i == static_cast<int64_t>(facts::Direction::kOutbound) &&
      event.Get(FieldId::kTransport).i != static_cast<int64_t>(facts::Transport::kUdp);
  return circumstances;
}

}  // namespace sipward::engine
