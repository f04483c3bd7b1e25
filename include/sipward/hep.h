// HEP3, in which SIP servers and probes hand on what they see: read, and written for Homer.
//
//   const auto hep = sipward::HepPacket::Read(datagram);
//   if (hep && hep->is_sip()) verdict = inspector.Inspect(hep->ToPacket(now));
#ifndef SIPWARD_HEP_H_
#define SIPWARD_HEP_H_

#include <sipward.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "sipward/handle.h"
#include "sipward/packet.h"
#include "sipward/status.h"

namespace sipward {

// What one packet says. Texts are views: of a packet that was read, into its bytes.
struct HepPacket {
  Transport transport = Transport::kUdp;
  bool other_transport = false;            // one that SIP does not use
  uint8_t payload_kind = SIPWARD_HEP_SIP;  // 5 is RTCP, 100 a log, ...
  bool compressed = false;  // the payload, by zlib (RFC 1950); it is handed on as it is
  uint32_t agent = 0;       // the number of who captured it
  // To the microsecond.
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall{};
  Endpoint source, destination;
  detail::Borrowed key;          // what the sender proves itself by: compare it; may be empty
  detail::Borrowed correlation;  // what belongs together, such as a Call-ID; may be empty
  detail::Borrowed payload;

  // One packet, whole: a datagram, or what Size said of a connection. None if it is none, lengths
  // or values cannot be, or addresses or the payload are missing.
  static std::optional<HepPacket> Read(detail::Borrowed bytes) noexcept {
    sipward_hep hep{};
    hep.struct_size = sizeof hep;
    if (sipward_hep_read(bytes.data(), bytes.size(), &hep) != SIPWARD_OK) return std::nullopt;
    return FromC(hep);
  }

  // Of a connection: how long the packet is that begins here, which may be more than there is.
  // kIncomplete if more bytes are needed to tell, kMalformed if none begins here.
  static Status Size(std::string_view bytes, size_t* size) noexcept {
    return Status::FromC(sipward_hep_size(bytes.data(), bytes.size(), size));
  }

  // Appends the packet; on another status than kOk nothing. kLimit: it would be longer than
  // SIPWARD_HEP_BYTES. kArgument: it has no transport. Times before 1970 and after 2106 become the
  // nearest ones that do; WSS is written as WS.
  Status AppendTo(std::string* out) const {
    const sipward_hep hep = ToC();
    size_t size = 0;
    int32_t status = sipward_hep_write(&hep, nullptr, 0, &size);
    if (status != SIPWARD_ERR_SPACE) return Status::FromC(status);
    const size_t begin = out->size();
    out->resize(begin + size);
    status = sipward_hep_write(&hep, &(*out)[begin], size, &size);
    return Status::FromC(status);
  }

  // SIP that can be inspected as it is.
  bool is_sip() const noexcept {
    return payload_kind == SIPWARD_HEP_SIP && !compressed && !other_transport;
  }
  // For an inspector, which measures windows by this clock of the host's.
  Packet ToPacket(std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>
                      monotonic) const noexcept {
    Packet packet;
    packet.bytes = payload;
    packet.wall = wall;
    packet.monotonic = monotonic;
    packet.source = source;
    packet.destination = destination;
    packet.transport = transport;
    return packet;
  }

 private:
  static Endpoint FromC(const sipward_endpoint& endpoint) noexcept {
    Endpoint out;
    std::copy(std::begin(endpoint.address), std::end(endpoint.address), out.address.begin());
    out.port = endpoint.port;
    return out;
  }
  static sipward_endpoint ToC(const Endpoint& endpoint) noexcept {
    sipward_endpoint out{};
    std::copy(endpoint.address.begin(), endpoint.address.end(), out.address);
    out.port = endpoint.port;
    return out;
  }
  static sipward_text ToC(std::string_view text) noexcept { return {text.data(), text.size()}; }

  static HepPacket FromC(const sipward_hep& hep) noexcept {
    HepPacket out;
    out.other_transport = hep.transport == SIPWARD_HEP_OTHER_TRANSPORT;
    if (!out.other_transport) out.transport = static_cast<Transport>(hep.transport);
    out.payload_kind = static_cast<uint8_t>(hep.payload_kind);
    out.compressed = hep.compressed != 0;
    out.agent = hep.agent;
    out.wall += std::chrono::nanoseconds(hep.wall_ns);
    out.source = FromC(hep.source);
    out.destination = FromC(hep.destination);
    out.key = detail::View(hep.key);
    out.correlation = detail::View(hep.correlation);
    out.payload = detail::View(hep.payload);
    return out;
  }

  sipward_hep ToC() const noexcept {
    sipward_hep hep{};
    hep.struct_size = sizeof hep;
    hep.transport = static_cast<uint32_t>(transport);
    if (other_transport) hep.transport = SIPWARD_HEP_OTHER_TRANSPORT;
    hep.payload_kind = payload_kind;
    hep.compressed = compressed ? 1 : 0;
    hep.agent = agent;
    hep.wall_ns = wall.time_since_epoch().count();
    hep.source = ToC(source);
    hep.destination = ToC(destination);
    hep.key = ToC(key);
    hep.correlation = ToC(correlation);
    hep.payload = ToC(payload);
    return hep;
  }
};

}  // namespace sipward

#endif  // SIPWARD_HEP_H_
