// HEP3 (EEP), in which SIP servers and probes hand on what they see: a packet with its addresses,
// its time and who captured it, as chunks. Kamailio's siptrace and OpenSIPS's proto_hep send it,
// Homer takes it. Bytes alone: sockets are io/hep_receiver.h and io/hep_sender.h.
#ifndef SIPWARD_HEP_HEP_H_
#define SIPWARD_HEP_HEP_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ip.h"

namespace sipward::hep {

// No packet is longer: its size is written in 16 bits.
inline constexpr size_t kMostBytes = 65535;

// As the C interface numbers them.
enum class Transport : uint8_t { kUdp, kTcp, kTls, kWs, kWss, kSctp, kOther };

struct Host {
  IpAddress address;
  uint16_t port = 0;
};

// What one packet says. Texts point into it.
struct Packet {
  Transport transport = Transport::kUdp;
  uint8_t payload_kind = 0;  // 1: SIP
  bool compressed = false;   // the payload, by zlib
  uint32_t agent = 0;        // who captured it
  int64_t wall_ns = 0;       // to the microsecond
  Host source;
  Host destination;
  std::string_view key;          // what the sender proves itself by; or empty
  std::string_view correlation;  // what belongs together, of RTCP a Call-ID; or empty
  std::string_view payload;
};

// How long the packet is that begins here, for connections: 0 if more bytes are needed to tell,
// kNoPacket if none begins here.
inline constexpr size_t kNoPacket = SIZE_MAX;
size_t SizeOf(std::string_view bytes);

// Reads one packet, whole; what stands behind it is not its own. False, with nothing written, if it
// is none, or lengths and values cannot be. Chunks that are not known are passed over; of one that
// comes twice the first counts. A packet without addresses, or without one payload, is none. About
// 50 ns.
bool Read(std::string_view bytes, Packet* packet);

// Bytes that Write writes: of a packet that is too long, more than kMostBytes.
size_t SizeOf(const Packet& packet);
// Writes a packet of at most kMostBytes to so many bytes. Its transport is a known one; times
// before 1970 and after 2106 become the nearest ones that do.
void Write(const Packet& packet, char* out);

}  // namespace sipward::hep

#endif  // SIPWARD_HEP_HEP_H_
