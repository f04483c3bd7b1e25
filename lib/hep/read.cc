#include <algorithm>

#include "hep/chunk.h"
#include "hep/hep.h"

namespace sipward::hep {
namespace {

uint32_t NumberOf(std::string_view bytes) {
  uint32_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

// The values of one packet, by type.
class Chunks {
 public:
  bool Read(std::string_view bytes);
  bool Has(Chunk chunk) const { return Get(chunk).data() != nullptr; }
  std::string_view Get(Chunk chunk) const { return values_[static_cast<size_t>(chunk)]; }
  uint32_t Number(Chunk chunk) const { return NumberOf(Get(chunk)); }

 private:
  std::array<std::string_view, kChunks> values_;
};

bool Chunks::Read(std::string_view bytes) {
  while (!bytes.empty()) {
    if (bytes.size() < kChunkBytes) return false;
    const uint32_t vendor = NumberOf(bytes.substr(0, 2)), type = NumberOf(bytes.substr(2, 2));
    const size_t size = NumberOf(bytes.substr(4, 2));
    if (size < kChunkBytes || size > bytes.size()) return false;
    const std::string_view value = bytes.substr(kChunkBytes, size - kChunkBytes);
    bytes.remove_prefix(size);
    if (vendor != 0 || type == 0 || type >= kChunks) continue;
    if (kSizes[type] != 0 && value.size() != kSizes[type]) return false;
    if (values_[type].data() == nullptr) values_[type] = value;
  }
  return true;
}

Transport TransportOf(uint32_t protocol) {
  switch (protocol) {
    case kUdp:
      return Transport::kUdp;
    case kTcp:
      return Transport::kTcp;
    case kIdp:
      return Transport::kTls;
    case kEsp:
      return Transport::kWs;
    case kSctp:
      return Transport::kSctp;
    default:
      return Transport::kOther;
  }
}

Host HostOf(std::string_view address, uint32_t port) {
  Host host;
  host.port = static_cast<uint16_t>(port);
  if (address.size() < host.address.bytes.size()) {
    host.address = IpAddress::FromV4(NumberOf(address));
  } else {
    std::copy(address.begin(), address.end(), host.address.bytes.begin());
  }
  return host;
}

// Which addresses count, where both kinds are written, the family says.
bool ReadAddresses(const Chunks& chunks, Packet* packet) {
  const bool four = chunks.Has(Chunk::kSource4) && chunks.Has(Chunk::kDestination4);
  const bool six = chunks.Has(Chunk::kSource6) && chunks.Has(Chunk::kDestination6);
  if (!four && !six) return false;
  const bool take_six = six && (!four || chunks.Number(Chunk::kFamily) == kInet6);
  packet->source = HostOf(chunks.Get(take_six ? Chunk::kSource6 : Chunk::kSource4),
                          chunks.Number(Chunk::kSourcePort));
  packet->destination = HostOf(chunks.Get(take_six ? Chunk::kDestination6 : Chunk::kDestination4),
                               chunks.Number(Chunk::kDestinationPort));
  return true;
}

}  // namespace

size_t SizeOf(std::string_view bytes) {
  const size_t seen = std::min(bytes.size(), kMagic.size());
  if (bytes.substr(0, seen) != kMagic.substr(0, seen)) return kNoPacket;
  if (bytes.size() < kHeaderBytes) return 0;
  const size_t size = NumberOf(bytes.substr(kMagic.size(), 2));
  return size < kHeaderBytes ? kNoPacket : size;
}

bool Read(std::string_view bytes, Packet* packet) {
  const size_t size = SizeOf(bytes);
  Chunks chunks;
  Packet read;
  if (size == 0 || size == kNoPacket || size > bytes.size() ||
      !chunks.Read(bytes.substr(kHeaderBytes, size - kHeaderBytes)) ||
      !ReadAddresses(chunks, &read) ||
      chunks.Has(Chunk::kPayload) == chunks.Has(Chunk::kCompressed)) {
    return false;
  }
  read.transport = TransportOf(chunks.Number(Chunk::kProtocol));
  read.payload_kind = static_cast<uint8_t>(chunks.Number(Chunk::kPayloadKind));
  read.compressed = chunks.Has(Chunk::kCompressed);
  read.payload = chunks.Get(read.compressed ? Chunk::kCompressed : Chunk::kPayload);
  read.agent = chunks.Number(Chunk::kAgent);
  read.key = chunks.Get(Chunk::kKey);
  read.correlation = chunks.Get(Chunk::kCorrelation);
  read.wall_ns =
      chunks.Number(Chunk::kSeconds) * kSecond + chunks.Number(Chunk::kMicroseconds) * kMicrosecond;
  *packet = read;
  return true;
}

}  // namespace sipward::hep
