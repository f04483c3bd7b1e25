#include <algorithm>
#include <bit>
#include <cstring>

#include "base/platform/mapping.h"
#include "state/access.h"
#include "state/layout.h"
#include "state/pressure.h"
#include "state/state.h"

namespace sipward::state {
namespace {

constexpr uint64_t kMagic = 0x5349505741524453;  // "SIPWARDS"
constexpr uint32_t kVersion = 2;
constexpr uint64_t kBytesPerStripe = 2048;  // of the region: keeps the locks of a small one small

template <class T>
void Append(std::string* text, T value) {
  text->append(reinterpret_cast<const char*>(&value), sizeof value);
}

Hash128 TableId(const HashSecret& secret, const TableSpec& spec, uint64_t bytes) {
  std::string text;
  Append(&text, spec.kind);
  Append(&text, spec.window);
  Append(&text, bytes);  // the same for capacities that are rounded to the same
  text += spec.signature;
  return KeyedHash128(secret, text);
}

}  // namespace

std::unique_ptr<Region> Region::Create(uint64_t bytes, const HashSecret& secret,
                                       platform::Sharing sharing) {
  if (bytes < kMinBytes) return nullptr;
  // Before the mapping, which it gives back whatever happens.
  std::unique_ptr<Region> region(new Region());
  void* memory = platform::MapAnonymous(bytes, sharing);
  if (memory == nullptr) return nullptr;
  auto* header = static_cast<Header*>(memory);
  region->header_ = header;
  region->bytes_ = bytes;
  header->version = kVersion;
  header->shared = sharing == platform::Sharing::kAcrossFork ? 1 : 0;
  header->bytes = bytes;
  header->secret = secret;
  header->stripes_at = RoundToLine(sizeof(Header)) + sizeof(Pressure);
  header->stripe_count = std::min(kMaxStripes, std::bit_floor(bytes / kBytesPerStripe));
  header->tables_at = header->stripes_at + header->stripe_count * sizeof(Stripe);
  if (!header->lock.Init()) return nullptr;
  auto* stripes = reinterpret_cast<Stripe*>(region->base() + header->stripes_at);
  for (uint64_t i = 0; i < header->stripe_count; ++i) {
    if (!stripes[i].lock.Init()) return nullptr;
    stripes[i].random =
        KeyedHash64(secret, std::string_view(reinterpret_cast<char*>(&i), sizeof i));
  }
  header->magic = kMagic;
  return region;
}

Region::~Region() {
  if (header_ != nullptr) platform::Unmap(header_, bytes_);
}

char* Region::base() const { return reinterpret_cast<char*>(header_); }

const HashSecret& Region::secret() const { return header_->secret; }

namespace {

uint64_t UsedBytes(uint64_t tables_at, const std::array<DirectoryEntry, kMaxTables>& directory,
                   uint64_t count) {
  return count == 0 ? tables_at : directory[count - 1].offset + directory[count - 1].bytes;
}

}  // namespace

RegionStats Region::stats() const {
  RegionStats stats;
  stats.bytes = bytes_;
  stats.used = UsedBytes(header_->tables_at, header_->directory,
                         header_->table_count.load(std::memory_order_acquire));
  auto* stripes = reinterpret_cast<Stripe*>(base() + header_->stripes_at);
  for (uint64_t i = 0; i < header_->stripe_count; ++i) {
    const StripeCounts counts = ReadCounts(base(), &stripes[i]);
    stats.evictions += counts.evictions;
    stats.insertions += counts.insertions;
    stats.sketches_refused += counts.sketches_refused;
  }
  return stats;
}

double Region::pressure(Nanos now) const {
  return PressureAt(*(reinterpret_cast<const Pressure*>(base() + header_->stripes_at) - 1), now);
}

std::optional<Region::Table> Region::Open(const TableSpec& spec) {
  const uint64_t bytes = TableBytes(spec);
  if (bytes == 0) return std::nullopt;
  const Hash128 id = TableId(header_->secret, spec, bytes);
  // A holder that died left nothing half done that counts: a table exists once table_count says so.
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return std::nullopt;
  const uint64_t count = header_->table_count.load(std::memory_order_acquire);
  std::optional<Table> table;
  for (uint64_t i = 0; i < count && !table; ++i) {
    if (header_->directory[i].id == id) table = Table{header_->directory[i].offset};
  }
  const uint64_t used = UsedBytes(header_->tables_at, header_->directory, count);
  if (!table && count < kMaxTables && bytes <= bytes_ - used) {
    auto* made = reinterpret_cast<TableHeader*>(base() + used);
    InitTable(spec, header_->stripe_count, made);
    made->stripes_at = header_->stripes_at;
    made->shared = header_->shared;
    header_->directory[count] = DirectoryEntry{id, used, bytes};
    header_->table_count.store(count + 1, std::memory_order_release);
    table = Table{used};
  }
  header_->lock.Unlock();
  return table;
}

void Region::Reset(Table table, const Hash128& key) {
  if (table.offset == 0) return;
  const TableKind kind = KindOf(base(), table.offset);
  if (kind == TableKind::kBurst) return;  // a sketch does not forget one key
  Access(base(), table.offset, kind, key).Erase();
}

}  // namespace sipward::state
