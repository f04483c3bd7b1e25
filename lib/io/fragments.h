// Reassembly of IPv4 and IPv6 fragments.
#ifndef SIPWARD_IO_FRAGMENTS_H_
#define SIPWARD_IO_FRAGMENTS_H_

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "io/pieces.h"

namespace sipward::io {

using Address = std::array<uint8_t, 16>;

// RFC 791 section 3.2 names a datagram by these; in IPv6 (RFC 8200 section 4.5) `protocol` is 0.
struct FragmentKey {
  Address source;
  Address destination;
  uint32_t id;
  uint8_t version;
  uint8_t protocol;
  bool operator<(const FragmentKey& other) const {
    return std::tie(source, destination, id, version, protocol) <
           std::tie(other.source, other.destination, other.id, other.version, other.protocol);
  }
};

struct Fragment {
  FragmentKey key;
  uint8_t protocol;  // of the payload
  uint32_t offset;   // in bytes
  bool last;
  std::string_view bytes;
};

// Datagrams of which not all fragments have come yet. Bounded: the oldest are given up first.
class FragmentTable {
 public:
  static constexpr size_t kMostDatagrams = 1024;
  static constexpr size_t kMostBytes = 16 << 20;
  static constexpr int64_t kTimeoutNs = 30'000'000'000;

  // True: the datagram is whole, and `*payload` and `*protocol` are written. Where fragments
  // overlap, the bytes that came first stay. Adds the fragments that were given up to `*dropped`.
  bool Add(const Fragment& fragment, Stamp stamp, std::string* payload, uint8_t* protocol,
           uint64_t* dropped);

 private:
  struct Datagram;
  using Map = std::map<FragmentKey, Datagram>;
  struct Datagram {
    Pieces pieces;
    uint32_t size = 0;  // 0: the last fragment has not come
    uint32_t reach = 0;
    uint64_t fragments = 0;
    uint8_t protocol = 0;
    int64_t since_ns = 0;
    std::list<Map::iterator>::iterator age;
  };

  Map::iterator FindOrCreate(const FragmentKey& key, Stamp stamp, uint64_t* dropped);
  void MakeRoom(size_t datagrams, int64_t now_ns, uint64_t* dropped);
  void Erase(Map::iterator datagram);

  Map datagrams_;
  std::list<Map::iterator> by_age_;  // oldest first
  size_t cost_ = 0;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_FRAGMENTS_H_
