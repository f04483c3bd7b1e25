#include "io/packet_decoder.h"

#include <algorithm>
#include <utility>

namespace sipward::io {
namespace {

constexpr int kMostTunnels = 8;
constexpr int kMostExtensions = 16;

constexpr uint8_t kProtocolHopByHop = 0;
constexpr uint8_t kProtocolIpv4 = 4;
constexpr uint8_t kProtocolIpv6 = 41;
constexpr uint8_t kProtocolRouting = 43;
constexpr uint8_t kProtocolFragment = 44;
constexpr uint8_t kProtocolGre = 47;
constexpr uint8_t kProtocolAuthentication = 51;
constexpr uint8_t kProtocolDestination = 60;
constexpr uint8_t kProtocolMobility = 135;

Address ReadAddress4(const View& view, size_t at) {
  Address address{};
  address[10] = address[11] = 0xFF;
  for (size_t i = 0; i < 4; ++i) address[12 + i] = view.Get8(at + i);
  return address;
}

Address ReadAddress6(const View& view, size_t at) {
  Address address;
  for (size_t i = 0; i < 16; ++i) address[i] = view.Get8(at + i);
  return address;
}

sipward_endpoint MakeEndpoint(const Address& address, uint16_t port) {
  sipward_endpoint endpoint{};
  std::copy(address.begin(), address.end(), endpoint.address);
  endpoint.port = port;
  return endpoint;
}

}  // namespace

bool PacketDecoder::Malformed() {
  ++statistics_->dropped_malformed;
  return false;
}

bool PacketDecoder::CountLink(LinkResult result) {
  if (result == LinkResult::kMalformed) ++statistics_->dropped_malformed;
  if (result == LinkResult::kOther) ++statistics_->not_ip;
  return result == LinkResult::kIp;
}

bool PacketDecoder::Decode(View frame, int link_type, Stamp stamp, IpPacket* out) {
  reassembled_.clear();
  View view = frame;
  uint16_t ether_type = 0;
  if (!CountLink(StripLink(link_type, &view, &ether_type))) return false;
  for (int tunnels = 0; tunnels <= kMostTunnels; ++tunnels) {
    const bool is_ip =
        ether_type == kEtherTypeIpv4 ? ReadIpv4(view, stamp, out) : ReadIpv6(view, stamp, out);
    if (!is_ip) return false;
    view = out->payload;
    switch (out->protocol) {
      case kProtocolTcp:
      case kProtocolUdp:
        return true;
      case kProtocolIpv4:
        ether_type = kEtherTypeIpv4;
        break;
      case kProtocolIpv6:
        ether_type = kEtherTypeIpv6;
        break;
      case kProtocolGre:
        if (!CountLink(StripGre(&view, &ether_type))) return false;
        break;
      default:
        ++statistics_->other_transports;
        return false;
    }
  }
  ++statistics_->dropped_nesting;
  return false;
}

// RFC 791 section 3.1.
bool PacketDecoder::ReadIpv4(View view, Stamp stamp, IpPacket* out) {
  constexpr size_t kShortestHeader = 20;
  if (!view.Has(kShortestHeader) || view.Get8(0) >> 4 != 4) return Malformed();
  const size_t header = size_t{view.Get8(0) & 0x0Fu} * 4;
  // Zero where the sender's card cuts the packet afterwards (segmentation offload).
  const size_t declared = view.Get16(2);
  const size_t total = declared == 0 ? view.bytes.size() + view.missing : declared;
  if (header < kShortestHeader || !view.Has(header) || total < header) return Malformed();
  ++statistics_->ip_packets;
  out->source = ReadAddress4(view, 12);
  out->destination = ReadAddress4(view, 16);
  out->protocol = view.Get8(9);
  const uint16_t id = view.Get16(4);
  const uint16_t place = view.Get16(6);
  view.Limit(total);
  view.Skip(header);
  out->payload = view;
  const bool more = (place & 0x2000) != 0;
  const uint32_t offset = (place & 0x1FFFu) * 8;
  if (!more && offset == 0) return true;
  const FragmentKey key{out->source, out->destination, id, 4, out->protocol};
  return Reassemble({key, out->protocol, offset, !more, view.bytes}, stamp, out);
}

// RFC 8200 section 3.
bool PacketDecoder::ReadIpv6(View view, Stamp stamp, IpPacket* out) {
  constexpr size_t kHeader = 40;
  if (!view.Has(kHeader) || view.Get8(0) >> 4 != 6) return Malformed();
  ++statistics_->ip_packets;
  out->source = ReadAddress6(view, 8);
  out->destination = ReadAddress6(view, 24);
  out->protocol = view.Get8(6);
  const size_t length = view.Get16(4);
  view.Skip(kHeader);
  if (length != 0) view.Limit(length);  // zero: a jumbogram, or segmentation offload
  out->payload = view;
  return WalkExtensions(stamp, out);
}

// RFC 8200 section 4. Stops at the first header that is not an extension.
bool PacketDecoder::WalkExtensions(Stamp stamp, IpPacket* out) {
  for (int headers = 0; headers < kMostExtensions; ++headers) {
    View& view = out->payload;
    switch (out->protocol) {
      case kProtocolHopByHop:
      case kProtocolRouting:
      case kProtocolDestination:
      case kProtocolMobility:
      case kProtocolAuthentication: {
        if (!view.Has(2)) return Malformed();
        // RFC 4302 section 2.2: the authentication header counts in units of 4, less 2.
        const size_t units = view.Get8(1);
        const size_t size =
            out->protocol == kProtocolAuthentication ? (units + 2) * 4 : (units + 1) * 8;
        out->protocol = view.Get8(0);
        if (!view.Skip(size)) return Malformed();
        break;
      }
      case kProtocolFragment:
        if (!ReadFragmentHeader(stamp, out)) return false;
        break;
      default:
        return true;
    }
  }
  ++statistics_->dropped_nesting;
  return false;
}

// RFC 8200 section 4.5.
bool PacketDecoder::ReadFragmentHeader(Stamp stamp, IpPacket* out) {
  constexpr size_t kHeader = 8;
  View view = out->payload;
  if (!view.Has(kHeader)) return Malformed();
  out->protocol = view.Get8(0);
  const uint16_t place = view.Get16(2);
  const uint32_t id = view.Get32(4);
  view.Skip(kHeader);
  out->payload = view;
  const bool more = (place & 1) != 0;
  const uint32_t offset = place & 0xFFF8u;
  if (!more && offset == 0) return true;
  const FragmentKey key{out->source, out->destination, id, 6, 0};
  return Reassemble({key, out->protocol, offset, !more, view.bytes}, stamp, out);
}

bool PacketDecoder::Reassemble(const Fragment& fragment, Stamp stamp, IpPacket* out) {
  ++statistics_->fragments;
  // A fragment cut off by the snapshot length can never become part of a whole datagram.
  if (out->payload.missing > 0) {
    ++statistics_->dropped_fragments;
    return false;
  }
  std::string payload;
  if (!fragments_.Add(fragment, stamp, &payload, &out->protocol, &statistics_->dropped_fragments)) {
    return false;
  }
  ++statistics_->reassembled_datagrams;
  reassembled_.push_back(std::move(payload));
  out->payload = {reassembled_.back(), 0};
  return true;
}

// RFC 768.
bool PacketDecoder::ReadUdp(const IpPacket& ip, UdpDatagram* out) {
  constexpr size_t kHeader = 8;
  View view = ip.payload;
  if (!view.Has(kHeader)) return false;
  const size_t length = view.Get16(4);
  if (length != 0 && length < kHeader) return false;
  out->source = MakeEndpoint(ip.source, view.Get16(0));
  out->destination = MakeEndpoint(ip.destination, view.Get16(2));
  if (length != 0) view.Limit(length);
  view.Skip(kHeader);
  out->payload = view;
  return true;
}

// RFC 9293 section 3.1.
bool PacketDecoder::ReadTcp(const IpPacket& ip, TcpSegment* out) {
  constexpr size_t kShortestHeader = 20;
  View view = ip.payload;
  if (!view.Has(kShortestHeader)) return false;
  const size_t header = size_t{view.Get8(12)} / 16 * 4;
  if (header < kShortestHeader) return false;
  const uint8_t flags = view.Get8(13);
  out->source = MakeEndpoint(ip.source, view.Get16(0));
  out->destination = MakeEndpoint(ip.destination, view.Get16(2));
  out->sequence = view.Get32(4);
  out->fin = (flags & 0x01) != 0;
  out->syn = (flags & 0x02) != 0;
  out->rst = (flags & 0x04) != 0;
  if (!view.Skip(header)) return false;
  out->payload = view;
  return true;
}

}  // namespace sipward::io
