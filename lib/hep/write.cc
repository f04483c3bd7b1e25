#include <algorithm>

#include "hep/chunk.h"
#include "hep/hep.h"

namespace sipward::hep {
namespace {

uint8_t ProtocolOf(Transport transport) {
  switch (transport) {
    case Transport::kUdp:
      return kUdp;
    case Transport::kTls:
      return kIdp;
    case Transport::kWs:
    case Transport::kWss:
      return kEsp;
    case Transport::kSctp:
      return kSctp;
    default:
      return kTcp;
  }
}

// Chunks one behind the other; counted alone where there is nowhere to write them.
class Writer {
 public:
  explicit Writer(char* at) : at_(at) {}

  void Bytes(std::string_view bytes) {
    if (at_ != nullptr) at_ = std::copy(bytes.begin(), bytes.end(), at_);
    size_ += bytes.size();
  }
  void Number(uint64_t number, size_t bytes) {
    for (size_t i = bytes; i-- > 0;) {
      const char byte = static_cast<char>(number >> (8 * i) & 0xFF);
      Bytes({&byte, 1});
    }
  }
  void Put(Chunk chunk, std::string_view value) {
    Number(0, 2);
    Number(static_cast<uint16_t>(chunk), 2);
    Number(kChunkBytes + value.size(), 2);
    Bytes(value);
  }
  void Put(Chunk chunk, uint64_t number) {
    const size_t bytes = kSizes[static_cast<size_t>(chunk)];
    Number(0, 2);
    Number(static_cast<uint16_t>(chunk), 2);
    Number(kChunkBytes + bytes, 2);
    Number(number, bytes);
  }
  size_t size() const { return size_; }

 private:
  char* at_;
  size_t size_ = 0;
};

// Of both, the part of IPv4, if both are such.
void PutAddresses(const Packet& packet, Writer* writer) {
  const bool four = packet.source.address.is_v4() && packet.destination.address.is_v4();
  const auto bytes = [four](const Host& host) {
    const std::string_view all(reinterpret_cast<const char*>(host.address.bytes.data()),
                               host.address.bytes.size());
    return four ? all.substr(kV4At) : all;
  };
  writer->Put(four ? Chunk::kSource4 : Chunk::kSource6, bytes(packet.source));
  writer->Put(four ? Chunk::kDestination4 : Chunk::kDestination6, bytes(packet.destination));
}

// `size`: what stands in its head.
size_t WriteAll(const Packet& packet, size_t size, char* out) {
  Writer writer(out);
  const bool four = packet.source.address.is_v4() && packet.destination.address.is_v4();
  constexpr int64_t kLastNs = int64_t{UINT32_MAX} * kSecond + kSecond - 1;
  const int64_t wall = std::clamp<int64_t>(packet.wall_ns, 0, kLastNs);
  writer.Bytes(kMagic);
  writer.Number(size, 2);
  writer.Put(Chunk::kFamily, uint64_t{four ? kInet : kInet6});
  writer.Put(Chunk::kProtocol, uint64_t{ProtocolOf(packet.transport)});
  PutAddresses(packet, &writer);
  writer.Put(Chunk::kSourcePort, uint64_t{packet.source.port});
  writer.Put(Chunk::kDestinationPort, uint64_t{packet.destination.port});
  writer.Put(Chunk::kSeconds, static_cast<uint64_t>(wall / kSecond));
  writer.Put(Chunk::kMicroseconds, static_cast<uint64_t>(wall % kSecond / kMicrosecond));
  writer.Put(Chunk::kPayloadKind, uint64_t{packet.payload_kind});
  writer.Put(Chunk::kAgent, uint64_t{packet.agent});
  if (!packet.key.empty()) writer.Put(Chunk::kKey, packet.key);
  if (!packet.correlation.empty()) writer.Put(Chunk::kCorrelation, packet.correlation);
  writer.Put(packet.compressed ? Chunk::kCompressed : Chunk::kPayload, packet.payload);
  return writer.size();
}

}  // namespace

size_t SizeOf(const Packet& packet) { return WriteAll(packet, 0, nullptr); }

void Write(const Packet& packet, char* out) { WriteAll(packet, SizeOf(packet), out); }

}  // namespace sipward::hep
