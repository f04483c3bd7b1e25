#include "io/hep.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "io/view.h"

namespace sipward::io {
namespace {

constexpr std::string_view kMagic = "HEP3";
constexpr size_t kHeaderBytes = 6;  // magic and size
constexpr size_t kChunkBytes = 6;   // vendor, type and size

// Of the vendor 0, which everybody uses.
enum class Chunk : uint16_t {
  kFamily = 1,
  kProtocol = 2,
  kSource4 = 3,
  kDestination4 = 4,
  kSource6 = 5,
  kDestination6 = 6,
  kSourcePort = 7,
  kDestinationPort = 8,
  kSeconds = 9,
  kMicroseconds = 10,
  kPayloadKind = 11,
  kAgent = 12,
  kKey = 14,
  kPayload = 15,
  kCompressed = 16,
};
constexpr size_t kChunks = 17;

// The size that the value of a chunk must have; 0: any.
constexpr std::array<uint8_t, kChunks> kSizes = {0, 1, 1, 4, 4, 16, 16, 2, 2,
                                                 4, 4, 1, 4, 0, 0,  0,  0};

constexpr uint8_t kSip = 1;
constexpr uint8_t kInet = 2, kInet6 = 10;  // families, as Linux numbers them
constexpr int64_t kSecond = 1'000'000'000, kMicrosecond = 1000;

// The values of one packet, by type.
class Chunks {
 public:
  bool Read(std::string_view bytes);
  bool Has(Chunk chunk) const { return Get(chunk).data() != nullptr; }
  std::string_view Get(Chunk chunk) const { return values_[static_cast<size_t>(chunk)]; }
  uint32_t Number(Chunk chunk) const {
    uint32_t number = 0;
    for (const char c : Get(chunk)) number = number << 8 | static_cast<uint8_t>(c);
    return number;
  }

 private:
  std::array<std::string_view, kChunks> values_;
};

bool Chunks::Read(std::string_view bytes) {
  while (!bytes.empty()) {
    const View chunk{bytes};
    if (!chunk.Has(kChunkBytes)) return false;
    const uint16_t vendor = chunk.Get16(0), type = chunk.Get16(2);
    const size_t size = chunk.Get16(4);
    if (size < kChunkBytes || size > bytes.size()) return false;
    const std::string_view value = bytes.substr(kChunkBytes, size - kChunkBytes);
    bytes.remove_prefix(size);
    if (vendor != 0 || type == 0 || type >= kChunks) continue;
    if (kSizes[type] != 0 && value.size() != kSizes[type]) return false;
    if (values_[type].data() == nullptr) values_[type] = value;
  }
  return true;
}

// What Kamailio writes for TLS and WebSocket is no transport's own number.
bool TransportOf(uint32_t protocol, uint32_t* transport) {
  constexpr uint32_t kTcp = 6, kUdp = 17, kIdp = 22, kEsp = 50, kSctp = 132;
  switch (protocol) {
    case kUdp:
      *transport = SIPWARD_TRANSPORT_UDP;
      return true;
    case kTcp:
      *transport = SIPWARD_TRANSPORT_TCP;
      return true;
    case kIdp:
      *transport = SIPWARD_TRANSPORT_TLS;
      return true;
    case kEsp:
      *transport = SIPWARD_TRANSPORT_WS;
      return true;
    case kSctp:
      *transport = SIPWARD_TRANSPORT_SCTP;
      return true;
    default:
      return false;
  }
}

uint8_t ProtocolOf(uint32_t transport) {
  switch (transport) {
    case SIPWARD_TRANSPORT_UDP:
      return 17;
    case SIPWARD_TRANSPORT_TLS:
      return 22;
    case SIPWARD_TRANSPORT_WS:
    case SIPWARD_TRANSPORT_WSS:
      return 50;
    case SIPWARD_TRANSPORT_SCTP:
      return 132;
    default:
      return 6;
  }
}

constexpr std::array<uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

sipward_endpoint Endpoint(std::string_view address, uint32_t port) {
  sipward_endpoint endpoint{};
  const size_t at = sizeof endpoint.address - address.size();
  if (at != 0) std::memcpy(endpoint.address, kMapped.data(), kMapped.size());
  std::memcpy(endpoint.address + at, address.data(), address.size());
  endpoint.port = static_cast<uint16_t>(port);
  return endpoint;
}

bool IsMapped(const sipward_endpoint& endpoint) {
  return std::equal(kMapped.begin(), kMapped.end(), endpoint.address);
}

// Which addresses count, where both kinds are written, the family says.
bool ReadAddresses(const Chunks& chunks, sipward_packet* packet) {
  const bool four = chunks.Has(Chunk::kSource4) && chunks.Has(Chunk::kDestination4);
  const bool six = chunks.Has(Chunk::kSource6) && chunks.Has(Chunk::kDestination6);
  if (!four && !six) return false;
  const bool take_six = six && (!four || chunks.Number(Chunk::kFamily) == kInet6);
  packet->source = Endpoint(chunks.Get(take_six ? Chunk::kSource6 : Chunk::kSource4),
                            chunks.Number(Chunk::kSourcePort));
  packet->destination = Endpoint(chunks.Get(take_six ? Chunk::kDestination6 : Chunk::kDestination4),
                                 chunks.Number(Chunk::kDestinationPort));
  return true;
}

void AppendNumber(std::string* out, uint64_t number, size_t bytes) {
  for (size_t i = bytes; i-- > 0;) out->push_back(static_cast<char>(number >> (8 * i) & 0xFF));
}

void AppendChunk(std::string* out, Chunk chunk, std::string_view value) {
  AppendNumber(out, 0, 2);
  AppendNumber(out, static_cast<uint16_t>(chunk), 2);
  AppendNumber(out, kChunkBytes + value.size(), 2);
  *out += value;
}

void AppendChunk(std::string* out, Chunk chunk, uint64_t number) {
  std::string value;
  AppendNumber(&value, number, kSizes[static_cast<size_t>(chunk)]);
  AppendChunk(out, chunk, value);
}

void AppendAddress(std::string* out, const sipward_endpoint& endpoint, bool four, Chunk of_four,
                   Chunk of_six) {
  const size_t skipped = four ? kMapped.size() : 0;
  const auto* bytes = reinterpret_cast<const char*>(endpoint.address);
  AppendChunk(out, four ? of_four : of_six,
              std::string_view(bytes + skipped, sizeof endpoint.address - skipped));
}

}  // namespace

size_t HepSize(std::string_view bytes) {
  const size_t seen = std::min(bytes.size(), kMagic.size());
  if (bytes.substr(0, seen) != kMagic.substr(0, seen)) return kNoHep;
  const View header{bytes};
  if (!header.Has(kHeaderBytes)) return 0;
  const size_t size = header.Get16(kMagic.size());
  return size < kHeaderBytes ? kNoHep : size;
}

HepStatus ReadHep(std::string_view bytes, HepItem* item) {
  const size_t size = HepSize(bytes);
  Chunks chunks;
  HepItem read{};
  uint32_t transport = SIPWARD_TRANSPORT_UDP;
  // What stands behind the packet is not its own.
  if (size == 0 || size == kNoHep || size > bytes.size() ||
      !chunks.Read(bytes.substr(kHeaderBytes, size - kHeaderBytes)) ||
      !ReadAddresses(chunks, &read.packet) ||
      chunks.Has(Chunk::kPayload) == chunks.Has(Chunk::kCompressed)) {
    return HepStatus::kMalformed;
  }
  const bool known = TransportOf(chunks.Number(Chunk::kProtocol), &transport);
  read.compressed = chunks.Has(Chunk::kCompressed);
  read.payload = chunks.Get(read.compressed ? Chunk::kCompressed : Chunk::kPayload);
  read.payload_kind = static_cast<uint8_t>(chunks.Number(Chunk::kPayloadKind));
  read.agent = chunks.Number(Chunk::kAgent);
  read.key = chunks.Get(Chunk::kKey);
  read.packet.struct_size = sizeof read.packet;
  read.packet.transport = transport;
  read.packet.size = read.payload.size();
  read.packet.wall_ns =
      chunks.Number(Chunk::kSeconds) * kSecond + chunks.Number(Chunk::kMicroseconds) * kMicrosecond;
  read.packet.monotonic_ns = read.packet.wall_ns;
  *item = read;
  return known && read.payload_kind == kSip && !read.compressed ? HepStatus::kSip
                                                                : HepStatus::kOther;
}

bool AppendHep(std::string* out, const HepItem& item) {
  const sipward_packet& packet = item.packet;
  const size_t begin = out->size();
  const bool four = IsMapped(packet.source) && IsMapped(packet.destination);
  const int64_t wall = std::max<int64_t>(packet.wall_ns, 0);
  *out += kMagic;
  AppendNumber(out, 0, 2);
  AppendChunk(out, Chunk::kFamily, four ? kInet : kInet6);
  AppendChunk(out, Chunk::kProtocol, ProtocolOf(packet.transport));
  AppendAddress(out, packet.source, four, Chunk::kSource4, Chunk::kSource6);
  AppendAddress(out, packet.destination, four, Chunk::kDestination4, Chunk::kDestination6);
  AppendChunk(out, Chunk::kSourcePort, packet.source.port);
  AppendChunk(out, Chunk::kDestinationPort, packet.destination.port);
  AppendChunk(out, Chunk::kSeconds, static_cast<uint64_t>(wall / kSecond));
  AppendChunk(out, Chunk::kMicroseconds, static_cast<uint64_t>(wall % kSecond / kMicrosecond));
  AppendChunk(out, Chunk::kPayloadKind, kSip);
  AppendChunk(out, Chunk::kAgent, item.agent);
  if (!item.key.empty()) AppendChunk(out, Chunk::kKey, item.key);
  AppendChunk(out, Chunk::kPayload, item.payload);
  const size_t size = out->size() - begin;
  if (size > kMostHepBytes) {
    out->resize(begin);
    return false;
  }
  (*out)[begin + kMagic.size()] = static_cast<char>(size >> 8);
  (*out)[begin + kMagic.size() + 1] = static_cast<char>(size & 0xFF);
  return true;
}

}  // namespace sipward::io
