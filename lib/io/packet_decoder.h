// From a captured frame to what UDP or TCP carries.
#ifndef SIPWARD_IO_PACKET_DECODER_H_
#define SIPWARD_IO_PACKET_DECODER_H_

#include <cstdint>
#include <deque>
#include <string>

#include "io/capture.h"
#include "io/fragments.h"
#include "io/link_layer.h"
#include "io/view.h"

namespace sipward::io {

// Addresses and what the packet carries, of the innermost IP header.
struct IpPacket {
  Address source;
  Address destination;
  uint8_t protocol;
  View payload;
};

struct UdpDatagram {
  sipward_endpoint source;
  sipward_endpoint destination;
  View payload;
};

struct TcpSegment {
  sipward_endpoint source;
  sipward_endpoint destination;
  uint32_t sequence;
  bool syn;
  bool fin;
  bool rst;
  View payload;
};

inline constexpr uint8_t kProtocolTcp = 6;
inline constexpr uint8_t kProtocolUdp = 17;

// Walks links, tunnels, IP headers and fragments. Counts what it meets.
class PacketDecoder {
 public:
  explicit PacketDecoder(CaptureStatistics* statistics) : statistics_(statistics) {}

  // True: `*out` is a whole UDP datagram or a TCP segment, valid until the next call.
  bool Decode(View frame, int link_type, Stamp stamp, IpPacket* out);

  // Take the transport header off. False: it is malformed.
  static bool ReadUdp(const IpPacket& ip, UdpDatagram* out);
  static bool ReadTcp(const IpPacket& ip, TcpSegment* out);

 private:
  bool ReadIpv4(View view, Stamp stamp, IpPacket* out);
  bool ReadIpv6(View view, Stamp stamp, IpPacket* out);
  bool WalkExtensions(Stamp stamp, IpPacket* out);
  bool ReadFragmentHeader(Stamp stamp, IpPacket* out);
  bool Reassemble(const Fragment& fragment, Stamp stamp, IpPacket* out);
  bool Malformed();
  bool CountLink(LinkResult result);

  CaptureStatistics* statistics_;
  FragmentTable fragments_;
  std::deque<std::string> reassembled_;  // what views of the current frame point into
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_PACKET_DECODER_H_
