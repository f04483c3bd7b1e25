#include "analytics/top_keys.h"

#include <algorithm>
#include <bit>

namespace sipward::analytics {

TopKeys::TopKeys(uint32_t capacity)
    : capacity_(std::max<uint32_t>(capacity, 1)),
      index_(std::bit_ceil(2 * size_t{capacity_}), kNone) {
  nodes_.reserve(capacity_);
  // One more than there are nodes: a node goes to a new bucket before its old one is given back.
  buckets_.resize(size_t{capacity_} + 1);
  for (uint32_t i = 0; i < buckets_.size(); ++i) {
    buckets_[i].after = i + 1 == buckets_.size() ? kNone : i + 1;
  }
  free_ = 0;
}

std::optional<uint32_t> TopKeys::Find(uint64_t hash) const {
  for (size_t at = HomeOf(hash);; at = (at + 1) & (index_.size() - 1)) {
    const uint32_t slot = index_[at];
    if (slot == kNone) return std::nullopt;
    if (nodes_[slot].hash == hash) return slot;
  }
}

void TopKeys::Enter(uint32_t slot) {
  size_t at = HomeOf(nodes_[slot].hash);
  while (index_[at] != kNone) at = (at + 1) & (index_.size() - 1);
  index_[at] = slot;
}

// What stands behind moves up, so that no look-up ends too early.
void TopKeys::Leave(uint32_t slot) {
  const size_t mask = index_.size() - 1;
  size_t hole = HomeOf(nodes_[slot].hash);
  while (index_[hole] != slot) hole = (hole + 1) & mask;
  for (size_t at = (hole + 1) & mask; index_[at] != kNone; at = (at + 1) & mask) {
    const size_t home = HomeOf(nodes_[index_[at]].hash);
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    index_[hole] = index_[at];
    hole = at;
  }
  index_[hole] = kNone;
}

uint32_t TopKeys::MakeBucket(uint64_t count, uint32_t before, uint32_t after) {
  const uint32_t made = free_;
  free_ = buckets_[made].after;
  buckets_[made] = Bucket{count, kNone, before, after};
  (before == kNone ? first_ : buckets_[before].after) = made;
  if (after != kNone) buckets_[after].before = made;
  return made;
}

void TopKeys::Link(uint32_t slot, uint32_t bucket) {
  Node& node = nodes_[slot];
  uint32_t& head = buckets_[bucket].head;
  node.bucket = bucket;
  if (head == kNone) {
    node.before = node.after = slot;
  } else {
    node.after = head;
    node.before = nodes_[head].before;
    nodes_[node.before].after = slot;
    nodes_[head].before = slot;
  }
  head = slot;
}

// A bucket that is empty is given back.
void TopKeys::Unlink(uint32_t slot) {
  const Node& node = nodes_[slot];
  Bucket& bucket = buckets_[node.bucket];
  if (node.after != slot) {
    nodes_[node.before].after = node.after;
    nodes_[node.after].before = node.before;
    if (bucket.head == slot) bucket.head = node.after;
    return;
  }
  (bucket.before == kNone ? first_ : buckets_[bucket.before].after) = bucket.after;
  if (bucket.after != kNone) buckets_[bucket.after].before = bucket.before;
  bucket.after = free_;
  free_ = node.bucket;
}

void TopKeys::Raise(uint32_t slot) {
  const uint32_t from = nodes_[slot].bucket;
  Bucket& bucket = buckets_[from];
  const uint64_t count = bucket.count + 1;
  const bool joins = bucket.after != kNone && buckets_[bucket.after].count == count;
  if (!joins && nodes_[slot].after == slot) {
    bucket.count = count;  // it is alone, and stays so
    return;
  }
  const uint32_t to = joins ? bucket.after : MakeBucket(count, from, bucket.after);
  Unlink(slot);
  Link(slot, to);
}

// Of those that came least, the one that has been so for longest gives way.
TopKeys::Place TopKeys::TakeOver(uint64_t hash) {
  const uint32_t slot = nodes_[buckets_[first_].head].before;
  Leave(slot);
  nodes_[slot].hash = hash;
  nodes_[slot].error = buckets_[first_].count;
  Enter(slot);
  Raise(slot);
  ++evictions_;
  return {slot, true};
}

TopKeys::Place TopKeys::Count(uint64_t hash) {
  ++total_;
  if (const auto known = Find(hash)) {
    Raise(*known);
    return {*known, false};
  }
  if (size() == capacity_) return TakeOver(hash);
  const uint32_t slot = size();
  nodes_.push_back(Node{hash, 0, kNone, kNone, kNone});
  Enter(slot);
  const bool ones = first_ != kNone && buckets_[first_].count == 1;
  Link(slot, ones ? first_ : MakeBucket(1, kNone, first_));
  return {slot, true};
}

}  // namespace sipward::analytics
