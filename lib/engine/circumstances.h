// The conditions under which a verdict is made.
#ifndef SIPWARD_ENGINE_CIRCUMSTANCES_H_
#define SIPWARD_ENGINE_CIRCUMSTANCES_H_

#include <string_view>

#include "engine/guards.h"
#include "facts/facts.h"
#include "sip/sip.h"

namespace sipward::engine {

struct Circumstances {
  bool report_only = false;
  bool allow_listed = false;
  bool emergency = false;
  bool answerable = true;  // a request other than ACK: a response is never answered, nor is an ACK
  bool refusable = true;   // false: what has happened already can only be flagged
  bool retransmission = false;  // the first one had its points already
  bool source_proven = false;
  bool destination_proven = false;  // the host has a connection to where it sends
  Party party;
};

// As far as the guards have no part in them.
Circumstances CircumstancesOf(const sip::Message& message, const facts::Packet& packet);
Circumstances CircumstancesOf(facts::HostEvent& event);

// What phones send to keep their way through a NAT open: line ends or NULs (RFC 5626
// section 3.5.1), or a STUN message (section 3.5.2), known by its first bits and its magic cookie
// (RFC 8489 section 5).
bool IsKeepAlive(std::string_view bytes);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_CIRCUMSTANCES_H_
