#include "io/link_layer.h"

#include <pcap/dlt.h>

namespace sipward::io {
namespace {

constexpr uint16_t kEtherTypeVlan = 0x8100;
constexpr uint16_t kEtherTypeQinq = 0x88A8;
constexpr uint16_t kEtherTypeOldQinq = 0x9100;
constexpr uint16_t kEtherTypePppoe = 0x8864;
constexpr uint16_t kEtherTypeBridged = 0x6558;
constexpr uint16_t kPppIpv4 = 0x0021;
constexpr uint16_t kPppIpv6 = 0x0057;
constexpr int kMostTags = 8;
constexpr size_t kEthernetHeader = 14;

// Type from the version of the IP header itself; for links that carry nothing but IP.
LinkResult TypeByVersion(const View& view, uint16_t* ether_type) {
  if (!view.Has(1)) return LinkResult::kMalformed;
  const int version = view.Get8(0) >> 4;
  if (version != 4 && version != 6) return LinkResult::kOther;
  *ether_type = version == 4 ? kEtherTypeIpv4 : kEtherTypeIpv6;
  return LinkResult::kIp;
}

LinkResult StripPppProtocol(View* view, uint16_t* ether_type) {
  if (!view->Has(2)) return LinkResult::kMalformed;
  const uint16_t protocol = view->Get16(0);
  view->Skip(2);
  if (protocol != kPppIpv4 && protocol != kPppIpv6) return LinkResult::kOther;
  *ether_type = protocol == kPppIpv4 ? kEtherTypeIpv4 : kEtherTypeIpv6;
  return LinkResult::kIp;
}

// What follows an EtherType: tags, PPPoE, IP.
LinkResult StripTags(View* view, uint16_t* ether_type) {
  for (int tags = 0; tags <= kMostTags; ++tags) {
    switch (*ether_type) {
      case kEtherTypeIpv4:
      case kEtherTypeIpv6:
        return LinkResult::kIp;
      case kEtherTypeVlan:
      case kEtherTypeQinq:
      case kEtherTypeOldQinq:
        if (!view->Has(4)) return LinkResult::kMalformed;
        *ether_type = view->Get16(2);
        view->Skip(4);
        break;
      case kEtherTypePppoe: {
        constexpr size_t kPppoeHeader = 6;
        if (!view->Has(kPppoeHeader)) return LinkResult::kMalformed;
        const size_t length = view->Get16(4);
        view->Skip(kPppoeHeader);
        view->Limit(length);
        return StripPppProtocol(view, ether_type);
      }
      default:
        return LinkResult::kOther;
    }
  }
  return LinkResult::kMalformed;
}

// A header of fixed size that holds an EtherType at a fixed place.
LinkResult StripTyped(View* view, size_t header, size_t type_at, uint16_t* ether_type) {
  if (!view->Has(header)) return LinkResult::kMalformed;
  *ether_type = view->Get16(type_at);
  view->Skip(header);
  return StripTags(view, ether_type);
}

// PPP with or without its address and control bytes (RFC 1662 section 3.1).
LinkResult StripPpp(View* view, uint16_t* ether_type) {
  if (!view->Has(2)) return LinkResult::kMalformed;
  if (view->Get16(0) == 0xFF03) view->Skip(2);
  return StripPppProtocol(view, ether_type);
}

}  // namespace

bool IsLinkTypeKnown(int link_type) {
  switch (link_type) {
    case DLT_EN10MB:
    case DLT_LINUX_SLL:
    case DLT_LINUX_SLL2:
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
    case DLT_NULL:
    case DLT_LOOP:
    case DLT_PPP:
    case DLT_PPP_SERIAL:
      return true;
    default:
      return false;
  }
}

LinkResult StripLink(int link_type, View* view, uint16_t* ether_type) {
  switch (link_type) {
    case DLT_EN10MB:
      return StripTyped(view, kEthernetHeader, 12, ether_type);
    case DLT_LINUX_SLL:
      return StripTyped(view, 16, 14, ether_type);
    case DLT_LINUX_SLL2:
      return StripTyped(view, 20, 0, ether_type);
    case DLT_NULL:
    case DLT_LOOP:
      // The address family before the packet has the numbers and byte order of whoever captured;
      // the packet itself says the same without doubt.
      if (!view->Skip(4)) return LinkResult::kMalformed;
      return TypeByVersion(*view, ether_type);
    case DLT_PPP:
    case DLT_PPP_SERIAL:
      return StripPpp(view, ether_type);
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
      return TypeByVersion(*view, ether_type);
    default:
      return LinkResult::kOther;
  }
}

LinkResult StripGre(View* view, uint16_t* ether_type) {
  if (!view->Has(4)) return LinkResult::kMalformed;
  const uint16_t flags = view->Get16(0);
  if ((flags & 0x0007) != 0) return LinkResult::kOther;
  size_t header = 4;
  for (const int optional : {0x8000, 0x2000, 0x1000}) {  // checksum, key, sequence number
    if ((flags & optional) != 0) header += 4;
  }
  *ether_type = view->Get16(2);
  if (!view->Skip(header)) return LinkResult::kMalformed;
  if (*ether_type == kEtherTypeBridged) return StripTyped(view, kEthernetHeader, 12, ether_type);
  return StripTags(view, ether_type);
}

}  // namespace sipward::io
