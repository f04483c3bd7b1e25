// Which of many numbers a number is, and in which of many networks an address lies.
#ifndef SIPWARD_RULES_VALUE_INDEX_H_
#define SIPWARD_RULES_VALUE_INDEX_H_

#include <bit>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "base/ip.h"

namespace sipward::rules {

// Keys are two words: a hash table at most half full, built once. As in TextIndex, the hash is not
// keyed.
class WordIndex {
 public:
  struct Key {
    uint64_t high = 0, low = 0;
    bool operator==(const Key&) const = default;
    bool operator<(const Key& other) const {
      return std::tie(high, low) < std::tie(other.high, other.low);
    }
  };

  void Add(const Key& key, uint32_t id) { added_[key].push_back(id); }
  void Finish();
  bool empty() const { return slots_.empty(); }

  template <typename Found>
  void Find(const Key& key, Found found) const {
    const size_t mask = slots_.size() - 1;
    for (size_t at = HashOf(key) & mask; slots_[at].id_count != 0; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.key != key) continue;
      for (uint32_t i = 0; i < slot.id_count; ++i) found(ids_[slot.first_id + i]);
      return;
    }
  }

 private:
  struct Slot {
    Key key;
    uint32_t first_id = 0, id_count = 0;  // no ids: empty
  };
  static size_t HashOf(const Key& key) {
    uint64_t hash = (key.high ^ std::rotl(key.low, 32)) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 29 ^ key.low) * 0xff51afd7ed558ccdu;
    return static_cast<size_t>(hash ^ hash >> 32);
  }

  std::map<Key, std::vector<uint32_t>> added_;  // empty after Finish
  std::vector<Slot> slots_;
  std::vector<uint32_t> ids_;
};

class NumberIndex {
 public:
  void Add(int64_t number, uint32_t id) { words_.Add({0, static_cast<uint64_t>(number)}, id); }
  void Finish() { words_.Finish(); }

  template <typename Found>
  void Find(int64_t number, Found found) const {
    words_.Find({0, static_cast<uint64_t>(number)}, found);
  }

 private:
  WordIndex words_;
};

// A probe for each length of prefix that some network has.
class NetworkIndex {
 public:
  void Add(const Cidr& network, uint32_t id);
  void Finish();

  template <typename Found>
  void Find(const IpAddress& ip, Found found) const {
    if (ip.is_v4()) {
      for (const uint8_t bits : v4_bits_) v4_.Find(KeyOf(ip.v4(), bits), found);
    } else {
      for (const uint8_t bits : v6_bits_) v6_[bits].Find(KeyOf(ip.Prefix(bits)), found);
    }
  }

 private:
  static WordIndex::Key KeyOf(uint32_t ip, unsigned bits) {
    const uint32_t mask = bits == 0 ? 0 : ~uint32_t{0} << (32 - bits);
    return {bits, ip & mask};
  }
  static WordIndex::Key KeyOf(const IpAddress& ip);

  WordIndex v4_;
  std::vector<WordIndex> v6_;  // by the length of the prefix; empty if there is none
  std::vector<uint8_t> v4_bits_, v6_bits_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_VALUE_INDEX_H_
