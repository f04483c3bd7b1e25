// IP addresses and networks as values.
#ifndef SIPWARD_BASE_IP_H_
#define SIPWARD_BASE_IP_H_

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward {

// An IPv4 or IPv6 address in network order. IPv4 is held as ::ffff:a.b.c.d, and an IPv4-mapped IPv6
// address is the same value as the IPv4 address, because a dual-stack socket cannot tell them
// apart.
struct IpAddress {
  std::array<uint8_t, 16> bytes{};

  static IpAddress FromV4(uint32_t host_order);
  static IpAddress FromV6(const uint8_t (&network_order)[16]);
  // Dotted decimal or RFC 5952 and any other legal IPv6 text; no brackets, no zone.
  static std::optional<IpAddress> Parse(std::string_view text);

  bool is_v4() const;
  bool is_loopback() const;
  bool is_unspecified() const { return *this == IpAddress{}; }
  uint32_t v4() const;  // host order; only if is_v4()
  // The address with everything behind the first `bits` cleared; bits count from the IPv4 part for
  // IPv4 (0 to 32), from the whole for IPv6 (0 to 128).
  IpAddress Prefix(unsigned bits) const;
  std::string ToString() const;  // RFC 5952

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;  // NOLINT
};

// A network, `address/bits`.
struct Cidr {
  IpAddress address;
  uint8_t bits = 0;  // as written: 0 to 32 for IPv4, 0 to 128 for IPv6

  // "10.0.0.0/8", "2001:db8::/32", or a bare address (a network of one). Host bits must be zero.
  static std::optional<Cidr> Parse(std::string_view text);
  bool Contains(const IpAddress& ip) const;
  std::string ToString() const;

  friend auto operator<=>(const Cidr&, const Cidr&) = default;
};

// The network that counts as one host: the address itself, or its /64 for IPv6, where a host has as
// many addresses as it likes (RFC 4862).
Cidr HostOf(const IpAddress& ip);
// The network around an address: its /24, or its /64 for IPv6.
Cidr NetworkOf(const IpAddress& ip);

}  // namespace sipward

#endif  // SIPWARD_BASE_IP_H_
