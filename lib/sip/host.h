// Hosts and ports, in URIs and in Via. Internal to this folder.
#ifndef SIPWARD_SIP_HOST_H_
#define SIPWARD_SIP_HOST_H_

#include <cstdint>

#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {

// An IPv4 or IPv6 address without brackets.
bool IsAddressText(std::string_view text);

// RFC 3261 section 25.1, hostname; RFC 3966 section 3, domainname.
bool IsHostname(std::string_view text);

// Says what a host is and notes uri.host_bad or uri.ipv6_bad if it is nothing. Any bytes may be
// given. The three colons that the grammar of RFC 3261 produces (RFC 5118 section 4.10) are kBad
// too, but do not refuse the message.
HostKind CheckHost(const char* base, Slice host, Diagnosis& diagnosis);

// The port as a number, or -1 with uri.port_range noted. Any bytes may be given.
int32_t CheckPort(const char* base, Slice port, Diagnosis& diagnosis);

// What a generic parameter may hold beyond the characters that its grammar asks for: in brackets,
// an IPv6 address (RFC 3261 section 25.1, gen-value). Notes uri.ipv6_bad.
void CheckGenericValue(const char* base, const Param& param, Diagnosis& diagnosis);

struct HostPort {
  Slice host;
  Slice port;    // absent if there is no colon
  uint32_t end;  // behind the port or the host
};
// Cuts `host [":" port]` out of bytes that no grammar has seen: up to one of the bytes in `stops`,
// to white space or to `end`. An IPv6 address without brackets is taken for a host.
HostPort CutHostPort(const char* base, uint32_t at, uint32_t end, std::string_view stops);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_HOST_H_
