// Times and addresses of packets as text.
#ifndef SIPWARD_BINDINGS_CLI_PACKET_TEXT_H_
#define SIPWARD_BINDINGS_CLI_PACKET_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "sipward.h"

namespace sipward::cli {

// RFC 3339 in UTC with microseconds, `2026-11-23T15:04:05.123456Z`.
std::string TimeText(int64_t wall_ns);
// The same without the fraction.
std::string SecondText(int64_t wall_ns);

// "192.0.2.1" or "2001:db8::1".
std::string AddressText(const sipward_endpoint& endpoint);
// "192.0.2.1:5060" or "[2001:db8::1]:5060".
std::string EndpointText(const sipward_endpoint& endpoint);

// "udp", "tcp" ...
std::string_view TransportName(uint32_t transport);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PACKET_TEXT_H_
