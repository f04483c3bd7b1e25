// A message and what the host knows of it.
#ifndef SIPWARD_PACKET_H_
#define SIPWARD_PACKET_H_

#include <sipward.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "sipward/handle.h"
#include "sipward/identity.h"

namespace sipward {

enum class Transport : uint8_t {
  kUdp = SIPWARD_TRANSPORT_UDP,
  kTcp = SIPWARD_TRANSPORT_TCP,
  kTls = SIPWARD_TRANSPORT_TLS,
  kWs = SIPWARD_TRANSPORT_WS,
  kWss = SIPWARD_TRANSPORT_WSS,
  kSctp = SIPWARD_TRANSPORT_SCTP,
};

enum class Direction : uint8_t {
  kUnknown = SIPWARD_DIRECTION_UNKNOWN,
  kInbound = SIPWARD_DIRECTION_INBOUND,
  kOutbound = SIPWARD_DIRECTION_OUTBOUND,
};

// An address in network order and a port; IPv4 is held as ::ffff:a.b.c.d.
struct Endpoint {
  std::array<uint8_t, 16> address{};
  uint16_t port = 0;

  static Endpoint V4(const std::array<uint8_t, 4>& address, uint16_t port) noexcept {
    Endpoint out;
    out.address[10] = out.address[11] = 0xFF;
    std::copy(address.begin(), address.end(), out.address.begin() + 12);
    out.port = port;
    return out;
  }
  static Endpoint V6(const std::array<uint8_t, 16>& address, uint16_t port) noexcept {
    return {address, port};
  }
};

// The bytes and names are views: they must live while the packet is inspected, the bytes also while
// the message is read afterwards.
struct Packet {
  detail::Borrowed bytes;
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall{};
  // Windows are measured by it, and may see it go back.
  std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds> monotonic{};
  Endpoint source, destination;
  Transport transport = Transport::kUdp;
  Direction direction = Direction::kUnknown;
  bool registered = false;                  // the source is a registered contact
  bool authenticated = false;               // the host checked the credentials
  detail::Borrowed account;                 // authenticated account; empty if not known
  detail::Borrowed trunk;                   // without data if not known
  const IdentityCheck* identity = nullptr;  // what the host found; null: nothing yet

  // For InspectBatch: this packet, its message at `offset` behind the base of the batch.
  sipward_packet ToC(uint64_t offset) const noexcept {
    sipward_packet out{};
    out.struct_size = sizeof out;
    out.transport = static_cast<uint32_t>(transport);
    out.direction = static_cast<uint32_t>(direction);
    out.flags = (registered ? uint32_t{SIPWARD_PACKET_REGISTERED} : 0) |
                (authenticated ? uint32_t{SIPWARD_PACKET_AUTHENTICATED} : 0);
    out.offset = offset;
    out.size = bytes.size();
    out.wall_ns = wall.time_since_epoch().count();
    out.monotonic_ns = monotonic.time_since_epoch().count();
    out.source = ToC(source);
    out.destination = ToC(destination);
    out.account = account.data();
    out.account_size = account.size();
    out.trunk = trunk.data();
    out.trunk_size = trunk.size();
    out.identity = identity == nullptr ? nullptr : identity->c_check();
    return out;
  }

 private:
  static sipward_endpoint ToC(const Endpoint& endpoint) noexcept {
    sipward_endpoint out{};
    std::copy(endpoint.address.begin(), endpoint.address.end(), out.address);
    out.port = endpoint.port;
    return out;
  }
};

}  // namespace sipward

#endif  // SIPWARD_PACKET_H_
