// What a snapshot is made of:
//
//   SnapshotHeader | SnapshotStripe of each stripe | table | table | ...
//   table: SnapshotTable | unit | unit | ...
//   unit: its number (8 bytes) | a bucket as it is in the region, or behind the buckets a sketch
//
// Units of zeros are left out. Nothing in it is an offset: where tables lie follows from their
// specs when they are made again.
#ifndef SIPWARD_STATE_SNAPSHOT_H_
#define SIPWARD_STATE_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "state/layout.h"

namespace sipward::state {

inline constexpr uint64_t kSnapshotMagic = 0x50414E5357504953;  // "SIPWSNAP"
inline constexpr uint32_t kByteOrder = 0x01020304;

struct SnapshotHeader {
  uint64_t magic;
  uint32_t version;  // of the layout
  uint32_t byte_order;
  uint64_t size;  // of all of it
  uint64_t region_bytes;
  uint64_t secret;  // keyed hash of nothing: whether the secret is the same
  Nanos wall;       // when it was made, and what the region's own time was then
  Nanos time;
  uint64_t stripes;
  uint64_t tables;
  Digest256 digest;  // of all but itself, keyed by the secret
};
static_assert(sizeof(SnapshotHeader) == 104 && offsetof(SnapshotHeader, digest) == 72);

struct SnapshotStripe {
  uint64_t random;
  uint64_t evictions;
  uint64_t insertions;
  uint64_t sketches_refused;
};

struct SnapshotTable {
  Hash128 id;
  Nanos window;
  uint32_t capacity;
  uint32_t kind;
  uint64_t units;
  int64_t tick;  // of a burst table's clock
  uint64_t ticks;
};
static_assert(sizeof(SnapshotTable) == 56);

// Of everything behind and in front of the digest's place.
Digest256 DigestOf(const HashSecret& secret, std::string_view snapshot);

// The units of a table, buckets first.
struct Units {
  explicit Units(const Geometry& of) : geometry(of) {}
  uint64_t count() const { return geometry.buckets + geometry.sketches; }
  uint64_t BytesOf(uint64_t unit) const {
    return unit < geometry.buckets ? geometry.bucket_bytes : sizeof(Sketch);
  }
  // Behind the table's header.
  uint64_t OffsetOf(uint64_t unit, TableKind kind) const {
    const uint64_t first = kind == TableKind::kBurst ? sizeof(BurstClock) : 0;
    if (unit < geometry.buckets) return first + unit * geometry.bucket_bytes;
    return first + geometry.buckets * geometry.bucket_bytes +
           (unit - geometry.buckets) * sizeof(Sketch);
  }
  // As many bytes as all units take in a snapshot.
  uint64_t MostBytes() const {
    return geometry.buckets * (sizeof(uint64_t) + geometry.bucket_bytes) +
           geometry.sketches * (sizeof(uint64_t) + sizeof(Sketch));
  }
  Geometry geometry;
};

}  // namespace sipward::state

#endif  // SIPWARD_STATE_SNAPSHOT_H_
