#include <algorithm>
#include <bit>
#include <cstring>

#include "base/platform/mapping.h"
#include "base/platform/process.h"
#include "state/access.h"
#include "state/directory.h"
#include "state/forks.h"
#include "state/layout.h"
#include "state/pressure.h"
#include "state/state.h"

namespace sipward::state {
namespace {

constexpr uint64_t kMagic = 0x5349505741524453;  // "SIPWARDS"
constexpr uint32_t kVersion = kLayoutVersion;
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
  auto* header = static_cast<RegionHeader*>(memory);
  region->header_ = header;
  region->bytes_ = bytes;
  header->version = kVersion;
  header->shared = sharing == platform::Sharing::kAcrossFork ? 1 : 0;
  header->bytes = bytes;
  header->secret = secret;
  header->stripes_at = RoundToLine(sizeof(RegionHeader)) + sizeof(Pressure);
  header->stripe_count = std::min(kMaxStripes, std::bit_floor(bytes / kBytesPerStripe));
  header->tables_at = header->stripes_at + header->stripe_count * sizeof(Stripe);
  if (!header->lock.Init(sharing)) return nullptr;
  auto* stripes = reinterpret_cast<Stripe*>(region->base() + header->stripes_at);
  for (uint64_t i = 0; i < header->stripe_count; ++i) {
    if (!stripes[i].lock.Init(sharing)) return nullptr;
    stripes[i].random =
        KeyedHash64(secret, std::string_view(reinterpret_cast<char*>(&i), sizeof i));
  }
  header->touched = header->tables_at;
  region->process_ = platform::ProcessId();
  header->processes[0] = region->process_;
  header->magic = kMagic;
  if (header->shared != 0) WatchForks(region.get());
  return region;
}

Region::~Region() {
  if (header_ == nullptr) return;
  if (header_->shared != 0) {
    ForgetForks(this);
    if (header_->lock.Lock() != platform::SharedLock::Result::kFailed) {
      Directory(header_).Leave(platform::ProcessId());
      header_->lock.Unlock();
    }
  }
  platform::Unmap(header_, bytes_);
}

void Region::BeforeFork() {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return;
  Directory directory(header_);
  child_ = directory.Expect(platform::ProcessId());
  for (unsigned i = 0; i < uses_.size(); ++i) {
    if (uses_[i] != 0) directory.AddUser(i, child_);
  }
  header_->lock.Unlock();
}

// What another thread of the parent opened between the two calls is noted here.
void Region::AfterFork() {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return;
  Directory directory(header_);
  directory.Arrive(child_, platform::ProcessId());
  process_ = platform::ProcessId();
  for (unsigned i = 0; i < uses_.size(); ++i) {
    if (uses_[i] != 0) directory.AddUser(i, child_);
  }
  header_->lock.Unlock();
}

char* Region::base() const { return reinterpret_cast<char*>(header_); }

const HashSecret& Region::secret() const { return header_->secret; }

void Region::Prefetch(Table table, const Hash128& key) const {
  constexpr uint64_t kMostLines = 5;
  if (table.offset == 0) return;
  const auto& header = *reinterpret_cast<const TableHeader*>(base() + table.offset);
  const char* bucket = base() + table.offset + sizeof(TableHeader) +
                       (key.low & header.bucket_mask) * header.bucket_bytes;
  const uint64_t bytes = std::min(header.bucket_bytes, kMostLines * kLine);
  for (uint64_t at = 0; at < bytes; at += kLine) __builtin_prefetch(bucket + at, 1);
}

bool Region::IsUsed(Table table) const {
  return table.offset != 0 && reinterpret_cast<const TableHeader*>(base() + table.offset)
                                  ->used.load(std::memory_order_acquire);
}

RegionStats Region::stats() const {
  RegionStats stats;
  stats.bytes = bytes_;
  stats.used = Directory(header_).UsedBytes();
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
  return PressureAt(*(reinterpret_cast<const Pressure*>(base() + header_->stripes_at) - 1),
                    At(now));
}

// The place of this process. One that came into being past the handlers of fork has none yet; what
// stands under its number is of a dead one.
unsigned Region::User() {
  Directory directory(header_);
  if (header_->shared == 0) return 0;
  const uint64_t process = platform::ProcessId();
  const unsigned user = directory.PlaceOf(process, process_ != process);
  process_ = process;
  return user;
}

std::optional<Region::Table> Region::Open(const TableSpec& spec) {
  const uint64_t bytes = TableBytes(spec);
  if (bytes == 0) return std::nullopt;
  const Hash128 id = TableId(header_->secret, spec, bytes);
  // A holder that died left nothing half done that counts: a table exists once its entry says so.
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return std::nullopt;
  Directory directory(header_);
  const unsigned user = User();
  std::optional<unsigned> number = directory.Find(id);
  if (number) {
    directory.AddUser(*number, user);
  } else {
    number = directory.Make(id, bytes, user, [&](uint64_t offset) {
      InitTable(spec, *header_, reinterpret_cast<TableHeader*>(base() + offset));
    });
  }
  std::optional<Table> table;
  if (number) {
    ++uses_[*number];
    table = Table{directory.OffsetOf(*number)};
  }
  header_->lock.Unlock();
  return table;
}

void Region::Close(Table table) {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return;
  Directory directory(header_);
  const unsigned user = User();
  const std::optional<unsigned> number = directory.FindAt(table.offset);
  if (number && uses_[*number] != 0 && --uses_[*number] == 0) directory.RemoveUser(*number, user);
  header_->lock.Unlock();
}

uint64_t Region::LargestRoom() {
  if (header_->lock.Lock() == platform::SharedLock::Result::kFailed) return 0;
  const uint64_t room = Directory(header_).LargestRoom();
  header_->lock.Unlock();
  return room;
}

void Region::Reset(Table table, const Hash128& key) {
  if (table.offset == 0) return;
  const TableKind kind = KindOf(base(), table.offset);
  if (kind == TableKind::kBurst) return;  // a sketch does not forget one key
  Access(base(), table.offset, kind, key).Erase();
}

}  // namespace sipward::state
