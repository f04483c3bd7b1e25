#include "rules/value_index.h"

#include <algorithm>
#include <cstring>

namespace sipward::rules {

void WordIndex::Finish() {
  slots_.assign(std::bit_ceil(added_.size() * 2 + 1), Slot{});
  const size_t mask = slots_.size() - 1;
  for (const auto& [key, ids] : added_) {
    size_t at = HashOf(key) & mask;
    while (slots_[at].id_count != 0) at = (at + 1) & mask;
    slots_[at] = {key, static_cast<uint32_t>(ids_.size()), static_cast<uint32_t>(ids.size())};
    ids_.insert(ids_.end(), ids.begin(), ids.end());
  }
  added_.clear();
}

WordIndex::Key NetworkIndex::KeyOf(const IpAddress& ip) {
  WordIndex::Key key;
  std::memcpy(&key.high, ip.bytes.data(), sizeof key.high);
  std::memcpy(&key.low, ip.bytes.data() + sizeof key.high, sizeof key.low);
  return key;
}

void NetworkIndex::Add(const Cidr& network, uint32_t id) {
  constexpr size_t kLengths = 129;
  const bool v4 = network.address.is_v4();
  std::vector<uint8_t>& lengths = v4 ? v4_bits_ : v6_bits_;
  if (std::find(lengths.begin(), lengths.end(), network.bits) == lengths.end()) {
    lengths.push_back(network.bits);
  }
  if (v4) {
    v4_.Add(KeyOf(network.address.v4(), network.bits), id);
  } else {
    if (v6_.empty()) v6_.resize(kLengths);
    v6_[network.bits].Add(KeyOf(network.address.Prefix(network.bits)), id);
  }
}

void NetworkIndex::Finish() {
  v4_.Finish();
  for (const uint8_t bits : v6_bits_) v6_[bits].Finish();
}

}  // namespace sipward::rules
