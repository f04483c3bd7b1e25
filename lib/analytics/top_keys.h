// The keys that come most often, out of a stream of any number of them, in memory of a fixed size:
// Space-Saving (Metwally, Agrawal, El Abbadi 2005).
#ifndef SIPWARD_ANALYTICS_TOP_KEYS_H_
#define SIPWARD_ANALYTICS_TOP_KEYS_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace sipward::analytics {

// Keys are known by keyed hashes. As long as there are no more keys than places, every count is
// exact. Then a new key takes the place of one of the lowest count and goes on from that: its count
// is too high by error() at most. A key that came more often than total() / capacity() has a place.
// All of it takes a few steps, however many places there are; nothing is allocated but here.
class TopKeys {
 public:
  explicit TopKeys(uint32_t capacity);  // at least 1

  struct Place {
    uint32_t slot;
    bool fresh;  // it is this key's from now on: whatever is kept beside it begins anew
  };
  // Counts a key in.
  Place Count(uint64_t hash);
  // Where it stands; nothing is counted.
  std::optional<uint32_t> Find(uint64_t hash) const;

  uint32_t capacity() const { return capacity_; }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }  // slots from 0
  uint64_t hash(uint32_t slot) const { return nodes_[slot].hash; }
  uint64_t count(uint32_t slot) const { return buckets_[nodes_[slot].bucket].count; }
  uint64_t error(uint32_t slot) const { return nodes_[slot].error; }
  // What a key that has no place may have come at most.
  uint64_t least() const { return size() < capacity_ ? 0 : buckets_[first_].count; }
  uint64_t total() const { return total_; }
  uint64_t evictions() const { return evictions_; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  // A ring of nodes with one count; the first was last to come.
  struct Node {
    uint64_t hash, error;
    uint32_t bucket, before, after;
  };
  // A list of them in ascending order.
  struct Bucket {
    uint64_t count;
    uint32_t head, before, after;
  };

  size_t HomeOf(uint64_t hash) const { return static_cast<size_t>(hash) & (index_.size() - 1); }
  void Enter(uint32_t slot);
  void Leave(uint32_t slot);
  uint32_t MakeBucket(uint64_t count, uint32_t before, uint32_t after);
  void Link(uint32_t slot, uint32_t bucket);
  void Unlink(uint32_t slot);
  void Raise(uint32_t slot);
  Place TakeOver(uint64_t hash);

  uint32_t capacity_;
  std::vector<Node> nodes_;
  std::vector<Bucket> buckets_;
  std::vector<uint32_t> index_;  // slots by hash, open addressing
  uint32_t first_ = kNone;       // bucket of the lowest count
  uint32_t free_ = kNone;        // buckets that are not in use
  uint64_t total_ = 0, evictions_ = 0;
};

}  // namespace sipward::analytics

#endif  // SIPWARD_ANALYTICS_TOP_KEYS_H_
