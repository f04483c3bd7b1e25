// A snapshot is read twice: looked at whole, then taken over.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "state/access.h"
#include "state/arithmetic.h"
#include "state/directory.h"
#include "state/snapshot.h"

namespace sipward::state {
namespace {

constexpr std::string_view kCutShort = "It is cut short.";
constexpr std::string_view kDamaged = "What it holds makes no table.";
constexpr unsigned kRestoring = kMaxProcesses;  // a user that is no process

// Bounds that no honest entry reaches, and within which the arithmetic of its kind holds.
bool Within(double value, double most) { return std::isfinite(value) && std::abs(value) <= most; }

bool IsSound(const BaselineBody& body) {
  return Within(body.level, 1e25) && Within(body.variance, 1e50) && body.variance >= 0 &&
         Within(body.weight, 1e19) && body.weight >= 0 && Within(body.step_sum, 1e40);
}

// Numbers that are places in memory.
bool IsSound(const DistinctBody& body, uint64_t sketches) {
  return body.listing <= 1 && body.listed <= DistinctBody::kListed && body.current <= 1 &&
         body.complete <= 3 && body.sketch <= sketches &&
         (body.sketch != 0 || body.complete == 0) && body.cached[0] <= body.cached[1];
}

template <class Body>
Body Read(std::string_view bytes) {
  Body body;
  std::memcpy(static_cast<void*>(&body), bytes.data(), sizeof body);
  return body;
}

bool IsSound(TableKind kind, std::string_view body, uint64_t sketches) {
  switch (kind) {
    case TableKind::kRate: {
      const auto rate = Read<RateBody>(body);
      return rate.previous >= 0 && rate.current >= 0;
    }
    case TableKind::kScore:
      return Within(Read<ScoreBody>(body).sum, 1e25);
    case TableKind::kBaseline:
      return IsSound(Read<BaselineBody>(body));
    case TableKind::kDistinct:
      return IsSound(Read<DistinctBody>(body), sketches);
    default:
      return true;  // any bytes are read without harm
  }
}

// Of the entries of one bucket, to the table that stands at `table`.
void KeepMarks(std::string_view bucket, char* table) {
  for (unsigned way = 0; way < kWays; ++way) {
    const auto head = Read<Head>(bucket.substr(way * sizeof(Head)));
    if (head.key != Hash128{}) AddMark(reinterpret_cast<TableHeader*>(table), head.weight);
  }
}

// The reader of one snapshot, in the region that it is for.
class Reader {
 public:
  Reader(std::string_view bytes, RegionHeader* header) : bytes_(bytes), header_(header) {}

  // Empty, or why it is not for this region.
  std::string_view Judge();
  // Walks through the tables; puts them into the region if `keep`. False if they make no sense, or,
  // to keep them, there is no room.
  bool ReadTables(bool keep);
  void KeepStripes() const;
  const SnapshotHeader& head() const { return head_; }

 private:
  char* base() const { return reinterpret_cast<char*>(header_); }
  template <class T>
  bool Take(T* value) {
    if (bytes_.size() - at_ < sizeof(T)) return false;
    std::memcpy(static_cast<void*>(value), bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
    return true;
  }
  bool ReadTable(bool keep);
  bool ReadUnits(const SnapshotTable& table, const Units& units, const TableHeader& made, char* to);

  std::string_view bytes_;
  size_t at_ = 0;
  RegionHeader* header_;
  SnapshotHeader head_{};
};

std::string_view Reader::Judge() {
  if (bytes_.size() < sizeof head_) return kCutShort;
  Take(&head_);
  if (head_.magic != kSnapshotMagic && __builtin_bswap64(head_.magic) != kSnapshotMagic) {
    return "It is no snapshot.";
  }
  if (head_.magic != kSnapshotMagic || head_.byte_order != kByteOrder) {
    return "It comes from a machine with another byte order.";
  }
  if (head_.version != kLayoutVersion) return "It is of another version.";
  if (head_.size > bytes_.size()) return kCutShort;
  if (head_.size < bytes_.size()) return "There is more behind its end.";
  if (head_.secret != KeyedHash64(header_->secret, {})) return "It was made with another seed.";
  if (head_.region_bytes != header_->bytes) return "It is of a state of another size.";
  if (head_.digest != DigestOf(header_->secret, bytes_)) return "Its bytes were changed.";
  if (head_.stripes != header_->stripe_count || head_.tables > kMaxTables) return kDamaged;
  if (bytes_.size() - at_ < head_.stripes * sizeof(SnapshotStripe)) return kDamaged;
  return {};
}

bool Reader::ReadTables(bool keep) {
  at_ = sizeof head_ + head_.stripes * sizeof(SnapshotStripe);
  for (uint64_t i = 0; i < head_.tables; ++i) {
    if (!ReadTable(keep)) return false;
  }
  return at_ == bytes_.size();
}

bool Reader::ReadTable(bool keep) {
  SnapshotTable table;
  if (!Take(&table) || table.kind > static_cast<uint32_t>(TableKind::kRecord)) return false;
  const TableSpec spec{static_cast<TableKind>(table.kind), table.window, table.capacity, {}};
  const Geometry geometry = GeometryOf(spec);
  if (geometry.bytes == 0 || geometry.bytes > header_->bytes) return false;
  TableHeader made{};
  InitTable(spec, *header_, &made);
  made.used.store(table.units != 0, std::memory_order_relaxed);
  char* data = nullptr;
  if (keep) {
    Directory directory(header_);
    if (directory.Find(table.id)) return false;
    const auto number = directory.Make(table.id, geometry.bytes, kRestoring, [&](uint64_t offset) {
      std::memcpy(static_cast<void*>(base() + offset), &made, sizeof made);
    });
    if (!number) return false;
    data = base() + directory.OffsetOf(*number) + sizeof(TableHeader);
    if (spec.kind == TableKind::kBurst) {
      auto* clock = reinterpret_cast<BurstClock*>(data);
      clock->tick.store(table.tick, std::memory_order_relaxed);
      clock->time.store(static_cast<uint32_t>(table.ticks), std::memory_order_relaxed);
    }
  }
  return ReadUnits(table, Units(geometry), made, data);
}

bool Reader::ReadUnits(const SnapshotTable& table, const Units& units, const TableHeader& made,
                       char* to) {
  for (uint64_t i = 0; i < table.units; ++i) {
    uint64_t unit = 0;
    if (!Take(&unit) || unit >= units.count()) return false;
    const uint64_t size = units.BytesOf(unit);
    if (bytes_.size() - at_ < size) return false;
    const std::string_view bytes = bytes_.substr(at_, size);
    at_ += size;
    if (unit < units.geometry.buckets && made.kind != TableKind::kBurst) {
      for (unsigned way = 0; way < kWays; ++way) {
        const std::string_view body =
            bytes.substr(kWays * sizeof(Head) + way * made.body_bytes, made.body_bytes);
        if (!IsSound(made.kind, body, made.sketches_per_group)) return false;
      }
    }
    if (to != nullptr && made.kind == TableKind::kBan) KeepMarks(bytes, to - sizeof(TableHeader));
    if (to != nullptr) std::memcpy(to + units.OffsetOf(unit, made.kind), bytes.data(), size);
  }
  return true;
}

void Reader::KeepStripes() const {
  auto* stripes = reinterpret_cast<Stripe*>(base() + header_->stripes_at);
  for (uint64_t i = 0; i < head_.stripes; ++i) {
    const auto from = Read<SnapshotStripe>(
        bytes_.substr(sizeof head_ + i * sizeof(SnapshotStripe), sizeof(SnapshotStripe)));
    if (!LockStripe(base(), &stripes[i])) continue;
    stripes[i].random = from.random;
    stripes[i].evictions = from.evictions;
    stripes[i].insertions = from.insertions;
    stripes[i].sketches_refused = from.sketches_refused;
    stripes[i].lock.Unlock();
  }
}

// The clock with which the region's own time goes on from where it was, and as much later as the
// wall clock says.
Nanos ClockFor(const SnapshotHeader& head, const Region::Moment& moment) {
  const auto passed = std::max<__int128>(0, static_cast<__int128>(moment.wall) - head.wall);
  return Saturate(Saturate(head.time + passed) - static_cast<__int128>(moment.now));
}

}  // namespace

std::string_view Region::Restore(std::string_view snapshot, const Moment& moment) {
  Reader reader(snapshot, header_);
  const std::string_view why = reader.Judge();
  if (!why.empty()) return why;
  if (!reader.ReadTables(false)) return kDamaged;
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return "The state is damaged.";
  Directory directory(header_);
  const bool fresh = directory.IsEmpty();
  const bool kept = fresh && reader.ReadTables(true);
  if (kept) {
    directory.RemoveFromAll(kRestoring);
    reader.KeepStripes();
    header_->clock = ClockFor(reader.head(), moment);
  } else {
    directory.GiveBack(kRestoring);
  }
  header_->lock.Unlock();
  if (!fresh) return "The state is in use already.";
  return kept ? std::string_view() : kDamaged;
}

}  // namespace sipward::state
