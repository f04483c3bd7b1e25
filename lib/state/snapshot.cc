#include "state/snapshot.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "state/access.h"
#include "state/directory.h"

namespace sipward::state {
namespace {

const TableHeader& TableAt(const char* base, uint64_t offset) {
  return *reinterpret_cast<const TableHeader*>(base + offset);
}

// A spec from which the same table is made again, but for its signature.
TableSpec SpecOf(const TableHeader& table) {
  const uint64_t entries =
      (table.bucket_mask + 1) * (table.kind == TableKind::kBurst ? BurstBlock::kColumns : kWays);
  return TableSpec{table.kind, table.window, static_cast<uint32_t>(entries), {}};
}

// Tables in the order in which they are copied: leases before the counters that count them, so that
// no lease is held that is not counted.
struct Order {
  std::array<uint16_t, kMaxTables> numbers;
  size_t count = 0;
};
Order OrderOf(const char* base, const RegionHeader& header) {
  Order order;
  for (const bool leases : {true, false}) {
    for (unsigned i = 0; i < kMaxTables; ++i) {
      const DirectoryEntry& entry = header.directory[i];
      if (entry.bytes.load(std::memory_order_acquire) == 0) continue;
      if ((TableAt(base, entry.offset).kind == TableKind::kLease) != leases) continue;
      order.numbers[order.count++] = static_cast<uint16_t>(i);
    }
  }
  return order;
}

uint64_t MostBytes(const char* base, const RegionHeader& header) {
  const Order order = OrderOf(base, header);
  uint64_t bytes = sizeof(SnapshotHeader) + header.stripe_count * sizeof(SnapshotStripe);
  for (size_t i = 0; i < order.count; ++i) {
    const TableHeader& table = TableAt(base, header.directory[order.numbers[i]].offset);
    bytes += sizeof(SnapshotTable) + Units(GeometryOf(SpecOf(table))).MostBytes();
  }
  return bytes;
}

bool IsZero(const char* bytes, uint64_t size) {
  return bytes[0] == 0 && std::memcmp(bytes, bytes + 1, size - 1) == 0;
}

class Writer {
 public:
  explicit Writer(char* at) : at_(at) {}
  char* at() const { return at_; }
  void Put(const void* bytes, uint64_t size) {
    std::memcpy(at_, bytes, size);
    at_ += size;
  }
  void Skip(uint64_t size) { at_ += size; }

 private:
  char* at_;
};

class TableCopy {
 public:
  TableCopy(char* base, uint64_t offset, Writer* out)
      : base_(base),
        data_(base + offset + sizeof(TableHeader)),
        table_(TableAt(base, offset)),
        units_(GeometryOf(SpecOf(table_))),
        out_(*out) {}

  void Write(const Hash128& id);

 private:
  void CopyStripe(uint64_t stripe);
  void CopyUnit(uint64_t unit);

  char* base_;
  const char* data_;
  const TableHeader& table_;
  Units units_;
  Writer& out_;
  uint64_t copied_ = 0;
};

// Buckets and sketches of one stripe belong together.
void TableCopy::CopyStripe(uint64_t stripe) {
  for (uint64_t bucket = stripe; bucket <= table_.bucket_mask; bucket += table_.stripe_mask + 1) {
    CopyUnit(bucket);
  }
  const uint64_t sketches = units_.geometry.buckets + stripe * table_.sketches_per_group;
  for (uint64_t i = 0; i < table_.sketches_per_group; ++i) CopyUnit(sketches + i);
}

void TableCopy::CopyUnit(uint64_t unit) {
  const char* bytes = data_ + units_.OffsetOf(unit, table_.kind);
  const uint64_t size = units_.BytesOf(unit);
  if (IsZero(bytes, size)) return;
  out_.Put(&unit, sizeof unit);
  out_.Put(bytes, size);
  ++copied_;
}

void TableCopy::Write(const Hash128& id) {
  const TableSpec spec = SpecOf(table_);
  SnapshotTable head{id, spec.window, spec.capacity, static_cast<uint32_t>(spec.kind), 0, 0, 0};
  char* head_at = out_.at();
  out_.Skip(sizeof head);
  auto* stripes = reinterpret_cast<Stripe*>(base_ + table_.stripes_at);
  for (uint64_t i = 0; i <= table_.stripe_mask; ++i) {
    Stripe* stripe = stripes + (i << table_.stripe_shift | table_.stripe_first);
    if (!LockStripe(base_, stripe)) continue;
    if (i == 0 && spec.kind == TableKind::kBurst) {
      const auto* clock = reinterpret_cast<const BurstClock*>(data_);
      head.tick = clock->tick.load(std::memory_order_relaxed);
      head.ticks = clock->time.load(std::memory_order_relaxed);
    }
    CopyStripe(i);
    stripe->lock.Unlock();
  }
  head.units = copied_;
  std::memcpy(head_at, &head, sizeof head);
}

// Behind the tables: a counter must not come back with the mark of one that was copied.
void WriteStripes(char* base, const RegionHeader& header, char* out) {
  auto* stripes = reinterpret_cast<Stripe*>(base + header.stripes_at);
  for (uint64_t i = 0; i < header.stripe_count; ++i, out += sizeof(SnapshotStripe)) {
    SnapshotStripe copy{};
    if (LockStripe(base, &stripes[i])) {
      copy = {stripes[i].random, stripes[i].evictions, stripes[i].insertions,
              stripes[i].sketches_refused};
      stripes[i].lock.Unlock();
    }
    std::memcpy(out, &copy, sizeof copy);
  }
}

}  // namespace

Digest256 DigestOf(const HashSecret& secret, std::string_view snapshot) {
  constexpr size_t kAt = offsetof(SnapshotHeader, digest);
  return KeyedDigest(secret, snapshot.substr(0, kAt), snapshot.substr(kAt + sizeof(Digest256)));
}

uint64_t Region::SnapshotBytes() {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return 0;
  const uint64_t bytes = MostBytes(base(), *header_);
  header_->lock.Unlock();
  return bytes;
}

uint64_t Region::Snapshot(char* out, uint64_t capacity, const Moment& moment) {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return 0;
  if (capacity < MostBytes(base(), *header_)) {
    header_->lock.Unlock();
    return 0;
  }
  const Order order = OrderOf(base(), *header_);
  SnapshotHeader head{kSnapshotMagic,
                      kLayoutVersion,
                      kByteOrder,
                      0,
                      header_->bytes,
                      KeyedHash64(header_->secret, {}),
                      moment.wall,
                      At(moment.now),
                      header_->stripe_count,
                      order.count,
                      {}};
  Writer writer(out);
  writer.Skip(sizeof head);
  char* stripes = writer.at();
  writer.Skip(header_->stripe_count * sizeof(SnapshotStripe));
  for (size_t i = 0; i < order.count; ++i) {
    const DirectoryEntry& entry = header_->directory[order.numbers[i]];
    TableCopy(base(), entry.offset, &writer).Write(entry.id);
  }
  WriteStripes(base(), *header_, stripes);
  header_->lock.Unlock();
  head.size = static_cast<uint64_t>(writer.at() - out);
  std::memcpy(out, &head, sizeof head);
  head.digest = DigestOf(header_->secret, std::string_view(out, head.size));
  std::memcpy(out, &head, sizeof head);
  return head.size;
}

}  // namespace sipward::state
