#include <cstdint>

#include "identity/x5u.h"

namespace sipward::identity {
namespace {

struct BlockV4 {
  uint32_t network;
  unsigned bits;
};

constexpr uint32_t V4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr BlockV4 kNotPublicV4[] = {
    {V4(0, 0, 0, 0), 8},         // "this network", RFC 791
    {V4(10, 0, 0, 0), 8},        // private, RFC 1918
    {V4(100, 64, 0, 0), 10},     // shared, RFC 6598; Alibaba's metadata are at 100.100.100.200
    {V4(127, 0, 0, 0), 8},       // loopback, RFC 1122
    {V4(168, 63, 129, 16), 32},  // Azure's platform address, which is of no special network
    {V4(169, 254, 0, 0), 16},    // link local, RFC 3927; metadata of most clouds
    {V4(172, 16, 0, 0), 12},     // private
    {V4(192, 0, 0, 0), 24},      // protocol assignments, RFC 6890; Oracle's metadata
    {V4(192, 0, 2, 0), 24},      // documentation, RFC 5737
    {V4(192, 88, 99, 0), 24},    // 6to4 relays, RFC 7526
    {V4(192, 168, 0, 0), 16},    // private
    {V4(198, 18, 0, 0), 15},     // benchmarks, RFC 2544
    {V4(198, 51, 100, 0), 24},   // documentation
    {V4(203, 0, 113, 0), 24},    // documentation
    {V4(224, 0, 0, 0), 4},       // multicast, RFC 5771
    {V4(240, 0, 0, 0), 4},       // reserved, RFC 1112, and broadcast
};

struct BlockV6 {
  uint64_t network;  // the first half of the address
  unsigned bits;
};

// Of 2000::/3, which is all of global unicast.
constexpr BlockV6 kNotPublicV6[] = {
    {0x2001'0000'0000'0000, 23},  // protocol assignments, RFC 2928: Teredo, ORCHID, benchmarks
    {0x2001'0db8'0000'0000, 32},  // documentation, RFC 3849
    {0x3fff'0000'0000'0000, 20},  // documentation, RFC 9637
};

bool IsPublicV4(uint32_t ip) {
  for (const BlockV4& block : kNotPublicV4) {
    if (((ip ^ block.network) >> (32 - block.bits)) == 0) return false;
  }
  return true;
}

uint64_t Number(const IpAddress& ip, size_t from, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) number = number << 8 | ip.bytes[from + i];
  return number;
}

}  // namespace

bool IsPublicAddress(const IpAddress& ip) {
  if (ip.is_v4()) return IsPublicV4(ip.v4());
  const uint64_t high = Number(ip, 0, 8);
  // NAT64, RFC 6052: what a resolver of a network without IPv4 makes of an IPv4 address.
  if (high == 0x0064'ff9b'0000'0000 && Number(ip, 8, 4) == 0) {
    return IsPublicV4(static_cast<uint32_t>(Number(ip, 12, 4)));
  }
  if (high >> 61 != 1) return false;
  if (high >> 48 == 0x2002) return IsPublicV4(static_cast<uint32_t>(high >> 16));  // 6to4
  for (const BlockV6& block : kNotPublicV6) {
    if (((high ^ block.network) >> (64 - block.bits)) == 0) return false;
  }
  return true;
}

}  // namespace sipward::identity
