// Addresses and networks as people write them.
#ifndef SIPWARD_BINDINGS_CLI_CASE_NETWORK_H_
#define SIPWARD_BINDINGS_CLI_CASE_NETWORK_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace sipward::cli {

// IPv4 as ::ffff:a.b.c.d.
struct Network {
  std::array<uint8_t, 16> address{};
  int bits = 128;
  bool Holds(const Network& other) const;
};
// "192.0.2.1", "192.0.2.0/24", "2001:db8::/32"; nothing if it is none.
std::optional<Network> NetworkFrom(const std::string& text);
// What neighbours share: the /24 of an IPv4 address, the /64 of an IPv6 one; empty of what is none.
std::string NeighbourhoodOf(const std::string& address);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_NETWORK_H_
