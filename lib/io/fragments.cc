#include "io/fragments.h"

#include <algorithm>

namespace sipward::io {
namespace {

constexpr uint32_t kLargestPayload = 65535;

}  // namespace

void FragmentTable::Erase(Map::iterator datagram) {
  cost_ -= datagram->second.pieces.cost();
  by_age_.erase(datagram->second.age);
  datagrams_.erase(datagram);
}

void FragmentTable::MakeRoom(size_t datagrams, int64_t now_ns, uint64_t* dropped) {
  while (!by_age_.empty()) {
    const Map::iterator oldest = by_age_.front();
    // Unsigned: capture times may be anything and the difference must not overflow.
    const uint64_t age =
        now_ns > oldest->second.since_ns
            ? static_cast<uint64_t>(now_ns) - static_cast<uint64_t>(oldest->second.since_ns)
            : 0;
    const bool too_old = age > static_cast<uint64_t>(kTimeoutNs);
    const bool fits =
        datagrams_.size() + datagrams <= kMostDatagrams && cost_ + kLargestPayload <= kMostBytes;
    if (fits && !too_old) return;
    *dropped += oldest->second.fragments;
    Erase(oldest);
  }
}

FragmentTable::Map::iterator FragmentTable::FindOrCreate(const FragmentKey& key, Stamp stamp,
                                                         uint64_t* dropped) {
  MakeRoom(datagrams_.contains(key) ? 0 : 1, stamp.wall_ns, dropped);
  const auto [datagram, created] = datagrams_.try_emplace(key);
  if (created) {
    datagram->second.since_ns = stamp.wall_ns;
    datagram->second.age = by_age_.insert(by_age_.end(), datagram);
  }
  return datagram;
}

bool FragmentTable::Add(const Fragment& fragment, Stamp stamp, std::string* payload,
                        uint8_t* protocol, uint64_t* dropped) {
  const uint64_t end = uint64_t{fragment.offset} + fragment.bytes.size();
  const bool uneven = !fragment.last && fragment.bytes.size() % 8 != 0;
  if (fragment.bytes.empty() || uneven || end > kLargestPayload) {
    ++*dropped;
    return false;
  }
  const Map::iterator found = FindOrCreate(fragment.key, stamp, dropped);
  Datagram& datagram = found->second;
  const bool beyond = datagram.size != 0 && end > datagram.size;
  const bool second_end =
      fragment.last && (end < datagram.reach || (datagram.size != 0 && end != datagram.size));
  if (beyond || second_end) {
    ++*dropped;
    return false;
  }
  if (fragment.last) datagram.size = static_cast<uint32_t>(end);
  if (fragment.offset == 0) datagram.protocol = fragment.protocol;
  datagram.reach = std::max(datagram.reach, static_cast<uint32_t>(end));
  ++datagram.fragments;
  cost_ -= datagram.pieces.cost();
  datagram.pieces.Insert(fragment.offset, fragment.bytes, stamp, 0);
  cost_ += datagram.pieces.cost();
  if (datagram.size == 0 || datagram.pieces.bytes() != datagram.size) return false;
  *payload = datagram.pieces.Join();
  *protocol = datagram.protocol;
  Erase(found);
  return true;
}

}  // namespace sipward::io
