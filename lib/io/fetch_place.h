// Where a certificate is fetched from: what the URL names, and which addresses may be connected to.
#ifndef SIPWARD_IO_FETCH_PLACE_H_
#define SIPWARD_IO_FETCH_PLACE_H_

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sipward.h"

namespace sipward::io {

// A network and one port of it that may be asked beside the public addresses, for a repository of
// the own network.
struct Permit {
  sipward_endpoint network{};  // with its port
  unsigned bits = 128;         // of all 128: an IPv4 network of /24 has 120
};

struct Place {
  std::string url;   // without the root's dot behind the host
  std::string host;  // in lower case
  uint16_t port = 443;
};

// The place, or nothing and `*reason`: sipward_certificate_url_check refuses the URL, or its port
// is neither 443 nor 8443 nor one of a permit.
std::optional<Place> PlaceOf(std::string_view url, const std::vector<Permit>& permits,
                             std::string_view* reason);

// Whether an address with its port may be connected to.
bool MayConnect(const sipward_endpoint& endpoint, const std::vector<Permit>& permits);

// Nothing if it is of another family.
std::optional<sipward_endpoint> EndpointOf(const sockaddr* address, socklen_t size);
// "192.0.2.1", "2001:db8::1".
std::string AddressText(const sipward_endpoint& endpoint);
bool IsSame(const sipward_endpoint& a, const sipward_endpoint& b);

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_PLACE_H_
