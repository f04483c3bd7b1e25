// Link layers: from a captured frame to its IP packet.
#ifndef SIPWARD_IO_LINK_LAYER_H_
#define SIPWARD_IO_LINK_LAYER_H_

#include <cstdint>

#include "io/view.h"

namespace sipward::io {

inline constexpr uint16_t kEtherTypeIpv4 = 0x0800;
inline constexpr uint16_t kEtherTypeIpv6 = 0x86DD;

enum class LinkResult {
  kIp,         // the view is an IP packet
  kOther,      // another network protocol
  kMalformed,  // too short for its headers
};

// Whether frames of this libpcap link type (DLT_...) can be read.
bool IsLinkTypeKnown(int link_type);

// Takes the link headers off a frame, VLAN tags and PPPoE included. On kIp, `*ether_type` says
// which IP.
LinkResult StripLink(int link_type, View* view, uint16_t* ether_type);

// The same for a GRE header (RFC 2784, RFC 2890); what it carries may be IP or Ethernet.
LinkResult StripGre(View* view, uint16_t* ether_type);

}  // namespace sipward::io

#endif  // SIPWARD_IO_LINK_LAYER_H_
