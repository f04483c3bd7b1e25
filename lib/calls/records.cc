#include "calls/records.h"

#include <algorithm>

namespace sipward::calls {

Asker Asker::Of(const facts::Packet& packet) {
  return Asker{.source = packet.source,
               .source_port = packet.source_port,
               .transport = static_cast<uint8_t>(packet.transport),
               .direction = static_cast<uint8_t>(packet.direction),
               .registered = packet.registered,
               .authenticated = packet.authenticated,
               .proven = packet.strong_evidence()};
}

CallRecord LoadCall(const state::Record& record) {
  auto call = Load<CallRecord>(record);
  call.leg_count = std::min<uint8_t>(call.leg_count, CallRecord::kLegs);
  call.host_count = std::min<uint8_t>(call.host_count, CallRecord::kHosts);
  call.state = std::min(call.state, CallState::kOver);
  call.ended_by = std::min(call.ended_by, EndedBy::kCallee);
  return call;
}

}  // namespace sipward::calls
