// How suddenly edges come, by count-min sketches that are kept in blocks: the four cells of a key
// lie in one block, under one lock.
#include <algorithm>

#include "state/access.h"
#include "state/arithmetic.h"

namespace sipward::state {
namespace {

constexpr unsigned kPlaces = 8;  // of the counts
constexpr uint64_t kOne = uint64_t{1} << kPlaces;
constexpr uint64_t kMostRecent = 0xFFFFFFFF;
// After so many ticks all totals are halved, and the number of ticks with them.
constexpr uint64_t kEpoch = 1024;
// Longer pauses count as this: neither a night without calls nor a clock that leaps ahead makes
// everything afterwards look like a burst.
constexpr uint64_t kLongestPause = 64;

enum class Role : uint64_t {
  kEdge = 0x9e3779b97f4a7c15,
  kSource = 0xc2b2ae3d27d4eb4f,
  kDestination = 0x165667b19e3779f9,
};

// One sketch holds all three: the same node must fall elsewhere as a source.
uint64_t Mix(uint64_t hash, Role role) {
  uint64_t z = hash ^ static_cast<uint64_t>(role);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

uint64_t EpochOf(uint64_t time) { return (time - 1) / kEpoch; }

// The number of ticks, those of older epochs halved as often as the totals were.
double TicksAt(uint64_t time) {
  const uint64_t halved = kEpoch - (kEpoch >> std::min<uint64_t>(EpochOf(time), 63));
  return static_cast<double>(halved + (time - 1) % kEpoch + 1);
}

struct Counts {
  uint64_t recent = kMostRecent;
  uint64_t total = ~uint64_t{0};
};

// A cell as it is at `time`.
Counts CountsAt(const BurstCell& cell, uint64_t time) {
  const uint64_t since = cell.recent >> 32;
  const uint64_t recent = cell.recent & kMostRecent;
  if (since == 0 || time <= since) return {recent, cell.total};
  return {recent >> std::min<uint64_t>(time - since, 63),
          cell.total >> std::min<uint64_t>(EpochOf(time) - EpochOf(since), 63)};
}

double ScoreOf(const Counts& counts, uint64_t time) {
  if (time < 2 || counts.total == 0) return 0;
  const double recent = static_cast<double>(counts.recent) / kOne;
  const double total = static_cast<double>(counts.total) / kOne;
  const double ticks = TicksAt(time);
  const double above = recent - total / ticks;
  return above <= 0 ? 0 : above * above * ticks * ticks / (total * (ticks - 1));
}

class BurstTable {
 public:
  BurstTable(char* base, uint64_t table_at)
      : base_(base),
        blocks_at_(table_at + sizeof(TableHeader) + sizeof(BurstClock)),
        table_(reinterpret_cast<const TableHeader*>(base + table_at)),
        clock_(*reinterpret_cast<BurstClock*>(base + table_at + sizeof(TableHeader))) {}

  // Ticks since the first one, which is 1; 0 if there was none and `keep` is not set.
  uint64_t Time(Nanos now, bool keep);
  double Score(uint64_t hash, Role role, uint64_t time, bool add);

 private:
  Stripe* StripeOf(uint64_t block) const {
    return reinterpret_cast<Stripe*>(base_ + table_->stripes_at) + (block & table_->stripe_mask);
  }

  char* base_;
  uint64_t blocks_at_;
  const TableHeader* table_;
  BurstClock& clock_;
};

// Late by a tick counts as the latest; a clock that was set back further goes on from there.
uint64_t TimeBehind(uint64_t time, int64_t last, int64_t tick) {
  if (time == 0) return 1;
  if (tick <= last) return time;
  const uint64_t passed = static_cast<uint64_t>(tick) - static_cast<uint64_t>(last);
  return std::min(time + std::min(passed, kLongestPause), kMostRecent);
}

uint64_t BurstTable::Time(Nanos now, bool keep) {
  const int64_t tick = FloorDivide(now, table_->window);
  const int64_t last = clock_.tick.load(std::memory_order_acquire);
  const uint64_t time = clock_.time.load(std::memory_order_acquire);
  if (time != 0 && tick == last) return time;
  if (!keep) return time == 0 ? 0 : TimeBehind(time, last, tick);
  if (!LockStripe(base_, StripeOf(0))) return 0;
  // Another may have been here first.
  const int64_t latest = clock_.tick.load(std::memory_order_relaxed);
  const uint64_t next = TimeBehind(clock_.time.load(std::memory_order_relaxed), latest, tick);
  const bool late =
      tick < latest && static_cast<uint64_t>(latest) - static_cast<uint64_t>(tick) == 1;
  // Killed in between, the next one moves on by the same ticks once more.
  clock_.time.store(static_cast<uint32_t>(next), std::memory_order_release);
  if (!late || next == 1) clock_.tick.store(tick, std::memory_order_release);
  StripeOf(0)->lock.Unlock();
  return next;
}

double BurstTable::Score(uint64_t hash, Role role, uint64_t time, bool add) {
  const uint64_t mixed = Mix(hash, role);
  const uint64_t number = mixed & table_->bucket_mask;
  auto& block = reinterpret_cast<BurstBlock*>(base_ + blocks_at_)[number];
  if (!LockStripe(base_, StripeOf(number))) return 0;
  Counts least;
  for (unsigned row = 0; row < BurstBlock::kRows; ++row) {
    BurstCell& cell = block.cells[row][mixed >> (48 + 4 * row) & (BurstBlock::kColumns - 1)];
    Counts counts = CountsAt(cell, time);
    if (add) {
      counts.recent = std::min(counts.recent + kOne, kMostRecent);
      counts.total += kOne;
      cell.total = counts.total;
      cell.recent = std::max(time, cell.recent >> 32) << 32 | counts.recent;
    }
    least.recent = std::min(least.recent, counts.recent);
    least.total = std::min(least.total, counts.total);
  }
  StripeOf(number)->lock.Unlock();
  return ScoreOf(least, time);
}

double ScoreEdge(char* base, uint64_t table_at, const std::array<uint64_t, 3>& hashes, Nanos now,
                 bool add) {
  if (table_at == 0 || KindOf(base, table_at) != TableKind::kBurst) return 0;
  BurstTable table(base, table_at);
  const uint64_t time = table.Time(now, add);
  if (time == 0) return 0;
  return std::max({table.Score(hashes[0], Role::kEdge, time, add),
                   table.Score(hashes[1], Role::kSource, time, add),
                   table.Score(hashes[2], Role::kDestination, time, add)});
}

}  // namespace

double Region::AddEdge(Table table, uint64_t edge, uint64_t source, uint64_t destination,
                       Nanos now) {
  now = At(now);
  return ScoreEdge(base(), table.offset, {edge, source, destination}, now, true);
}

double Region::ReadEdge(Table table, uint64_t edge, uint64_t source, uint64_t destination,
                        Nanos now) {
  now = At(now);
  return ScoreEdge(base(), table.offset, {edge, source, destination}, now, false);
}

}  // namespace sipward::state
