// Of what a packet of HEP3 is made.
#ifndef SIPWARD_HEP_CHUNK_H_
#define SIPWARD_HEP_CHUNK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sipward::hep {

inline constexpr std::string_view kMagic = "HEP3";
inline constexpr size_t kHeaderBytes = 6;  // magic and size
inline constexpr size_t kChunkBytes = 6;   // vendor, type and size

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
  kCorrelation = 17,
};
inline constexpr size_t kChunks = 18;

// The size that the value of a chunk must have; 0: any.
inline constexpr std::array<uint8_t, kChunks> kSizes = {0, 1, 1, 4, 4, 16, 16, 2, 2,
                                                        4, 4, 1, 4, 0, 0,  0,  0, 0};

inline constexpr uint8_t kInet = 2, kInet6 = 10;  // families, as Linux numbers them
inline constexpr int64_t kSecond = 1'000'000'000, kMicrosecond = 1000;
// Where the part of IPv4 begins in an address.
inline constexpr size_t kV4At = 12;

// What Kamailio writes for TLS and WebSocket is no transport's own number.
enum Protocol : uint8_t { kTcp = 6, kUdp = 17, kIdp = 22, kEsp = 50, kSctp = 132 };

}  // namespace sipward::hep

#endif  // SIPWARD_HEP_CHUNK_H_
