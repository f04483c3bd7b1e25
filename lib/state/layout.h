// How a region is laid out. Offsets count from its start; 0 is never the offset of anything.
//
//   Header | stripes | table | table | ... free
//   table: TableHeader | buckets | sketches (distinct tables only)
//   bucket: kWays heads, side by side so that finding a key reads two cache lines, then kWays
//   bodies (burst tables: blocks of a sketch, state/burst.cc)
#ifndef SIPWARD_STATE_LAYOUT_H_
#define SIPWARD_STATE_LAYOUT_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/platform/lock.h"
#include "state/state.h"

namespace sipward::state {

// Of what stands in a region and in a snapshot: another one if any struct below changes.
inline constexpr uint32_t kLayoutVersion = 7;
inline constexpr uint64_t kLine = 64;
inline constexpr unsigned kWays = 4;
inline constexpr uint64_t kMaxTables = 256;
// Of a region that is shared. The number behind theirs is that of all others together.
inline constexpr unsigned kMaxProcesses = 255;
inline constexpr uint64_t kMinBytes = uint64_t{64} << 10;
inline constexpr uint64_t kMaxStripes = 1024;
inline constexpr uint64_t kMaxBody = kRecordBytes;
inline constexpr unsigned kSubWindows = 12;

constexpr uint64_t RoundToLine(uint64_t bytes) { return (bytes + kLine - 1) / kLine * kLine; }

// What every entry has, whatever its table.
struct Head {
  Hash128 key;     // all zero: empty
  Nanos time;      // of the latest event; bucket, member, ban and record: when the entry ends
  int64_t weight;  // how much it would hurt to lose it, in the table's own unit; ban: its mark
};
static_assert(sizeof(Head) == 32 && sizeof(Head) * kWays == 2 * kLine,
              "the heads of a bucket are two cache lines");

struct RateBody {
  int64_t previous;  // window before
  int64_t current;
};

struct CountBody {
  std::array<int64_t, kSubWindows> sums;  // by number of the sub-window modulo kSubWindows
};

struct MeanBody {
  std::array<int64_t, kSubWindows> sums;
  std::array<uint32_t, kSubWindows> counts;
};

struct ExtremeBody {
  std::array<int64_t, kSubWindows> least;
  std::array<int64_t, kSubWindows> most;
  uint16_t filled;  // bit i: sub-window i has a value
};

struct LastBody {
  static constexpr size_t kBytes = 120;
  uint8_t tag;
  uint8_t length;
  uint8_t cut;
  std::array<uint8_t, 5> reserved;
  std::array<char, kBytes> bytes;
};

// Intervals of consecutive numbers, in no order, never overlapping and never touching.
struct RunBody {
  static constexpr unsigned kIntervals = 8;
  std::array<int64_t, kIntervals> starts;
  std::array<Nanos, kIntervals> latest;      // when it last grew
  std::array<uint32_t, kIntervals> lengths;  // 0: no interval
};

// Leases by the sub-window of time that they end in. Unlike the rings of sums it lies ahead of the
// entry's time: the current sub-window and the eleven to come.
struct ConcurrentBody {
  uint64_t incarnation;  // another one when the entry was lost and made again
  std::array<uint32_t, kSubWindows> leases;
};

// The head's time is when the lease ends.
struct LeaseBody {
  uint64_t incarnation;  // of the counter that it is counted in
  int64_t sub_window;    // that it ends in
};

// In ascending order, those in use in front; a place is in use if its count is not 0.
struct EndsBody {
  static constexpr unsigned kPlaces = 16;
  std::array<Nanos, kPlaces> ends;
  std::array<uint32_t, kPlaces> counts;  // of calls that end then
};

struct ScoreBody {
  Nanos anchor;  // `sum` is the value at this time; later points are scaled up to it
  double sum;
};

// What is usual: a level that follows slowly, how far values lie from it, and by how much the level
// differs in each step of the week.
struct BaselineBody {
  static constexpr unsigned kSteps = 42;  // of four hours
  double level;
  double variance;
  double weight;    // of what was learnt, an event counts 1 and half as much each half-life
  double step_sum;  // of what was left over in the step that is under way
  uint32_t step_count;
  uint8_t step;
  int8_t unit;  // of the offsets, as a power of two
  std::array<int8_t, kSteps> offsets;
};
static_assert(sizeof(BaselineBody) + sizeof(Head) <= 128);

// The head's time is the first.
struct RepeatBody {
  uint64_t note;
  uint32_t count;
  uint32_t reserved;
};

// Numbers that were taken: the highest, and which of the 64 up to it.
struct SequenceBody {
  static constexpr unsigned kNotes = 16;
  int64_t highest;
  uint64_t seen;                       // bit i: highest - i
  std::array<uint32_t, kNotes> notes;  // of a number, by its remainder
};

struct BucketBody {
  Nanos latest;
};

// The head's time is when the record ends, its weight the rank.
struct RecordBody {
  std::array<char, kRecordBytes> bytes;
};

struct BanBody {
  static constexpr size_t kKeyBytes = 63;
  static constexpr size_t kReasonBytes = 47;
  Nanos since;
  uint8_t key_length;
  uint8_t reason_length;
  std::array<char, kKeyBytes> key;
  std::array<char, kReasonBytes> reason;
};

// Up to kListed items are kept one by one, each with its time; beyond that two bitmaps, and a
// Sketch while one can be had.
struct DistinctBody {
  static constexpr unsigned kListed = 16;
  static constexpr unsigned kWords = 8;  // 512 bits

  uint8_t listing;                 // 1: `items` is in use, 0: `bits`
  uint8_t listed;                  // items
  uint8_t current;                 // which of the two generations is the current one
  uint8_t complete;                // bit g: the sketch has seen all of generation g
  uint32_t sketch;                 // number from 1; 0: none
  int64_t generation;              // number of the current one
  std::array<uint32_t, 2> cached;  // estimates: current generation, both together
  uint64_t reserved;
  union {
    std::array<uint64_t, kListed> items;  // 48 bits of hash, 16 bits of time
    std::array<std::array<uint64_t, kWords>, 2> bits;
  };
};
static_assert(sizeof(DistinctBody) <= kMaxBody && sizeof(BanBody) <= kMaxBody &&
                  sizeof(MeanBody) <= kMaxBody && sizeof(ExtremeBody) <= kMaxBody &&
                  sizeof(LastBody) <= kMaxBody && sizeof(RunBody) <= kMaxBody &&
                  sizeof(EndsBody) <= kMaxBody,
              "the undo record holds the largest body");

// HyperLogLog registers of two generations. Belongs to the entry that names it; if that entry no
// longer does, the sketch is free.
struct Sketch {
  static constexpr unsigned kRegisters = 1024;
  uint64_t owner;  // number of the entry, from 1
  std::array<uint64_t, 7> padding;
  std::array<std::array<uint8_t, kRegisters>, 2> registers;
};
static_assert(sizeof(Sketch) % kLine == 0);

// A burst table has blocks of a count-min sketch for buckets, and this in front of them. Half a
// cell is written in one store: a process that is killed leaves nothing torn that matters.
struct alignas(kLine) BurstClock {
  std::atomic<int64_t> tick;   // the latest; written under the table's first lock
  std::atomic<uint32_t> time;  // ticks since the first, 0: none
};
struct BurstCell {
  uint64_t recent;  // time << 32 | count that halves every tick, 8 binary places
  uint64_t total;   // 8 binary places
};
struct BurstBlock {
  static constexpr unsigned kRows = 4;
  static constexpr unsigned kColumns = 16;
  std::array<std::array<BurstCell, kColumns>, kRows> cells;
};
static_assert(sizeof(BurstBlock) % kLine == 0);

// What an entry was before the update that is under way, for the case that the process is killed in
// it.
struct Undo {
  std::atomic<uint64_t> head_at;  // 0: no update under way
  uint64_t body_at;
  uint64_t body_bytes;
  Head head;
  std::array<std::byte, kMaxBody> body;
};

// One lock and what it alone guards: the buckets whose number ends in the stripe's, in every table.
struct alignas(kLine) Stripe {
  platform::SharedLock lock;
  uint64_t random;
  uint64_t evictions;
  uint64_t insertions;
  uint64_t sketches_refused;
  Undo undo;
};

// A bit for each process, and the last for all that have none of their own.
class Users {
 public:
  void Add(unsigned process) { Set(process, Word(process) | Bit(process)); }
  void Remove(unsigned process) { Set(process, Word(process) & ~Bit(process)); }
  bool Has(unsigned process) const { return (Word(process) & Bit(process)) != 0; }
  bool none() const {
    return std::all_of(words_.begin(), words_.end(), [](const std::atomic<uint64_t>& word) {
      return word.load(std::memory_order_relaxed) == 0;
    });
  }
  void Clear() {
    for (std::atomic<uint64_t>& word : words_) word.store(0, std::memory_order_relaxed);
  }

 private:
  static constexpr unsigned kBits = 64;
  static uint64_t Bit(unsigned process) { return uint64_t{1} << process % kBits; }
  uint64_t Word(unsigned process) const {
    return words_[process / kBits].load(std::memory_order_relaxed);
  }
  void Set(unsigned process, uint64_t word) {
    words_[process / kBits].store(word, std::memory_order_relaxed);
  }

  std::array<std::atomic<uint64_t>, (kMaxProcesses + 1) / kBits> words_;
};

struct DirectoryEntry {
  Hash128 id;
  uint64_t offset;
  std::atomic<uint64_t> bytes;  // 0: no table; written last
  Users users;
};

struct alignas(kLine) TableHeader {
  TableKind kind;
  uint8_t shared;  // between processes: updates need an undo record
  // A leases table takes the odd stripes and a counter of leases the even ones: who needs both
  // holds two different locks, always taken in the same order.
  uint8_t stripe_shift;
  uint8_t stripe_first;
  uint32_t body_bytes;
  uint64_t bucket_bytes;
  uint64_t bucket_mask;
  uint64_t stripe_mask;
  uint64_t stripes_at;
  Nanos window;
  Nanos step;         // rings: sub-window; distinct: unit of an item's time
  Nanos span;         // after this long without an event nothing of an entry is left
  uint64_t lateness;  // a clock set back by more than this starts an entry anew
  uint64_t sketches_at;
  uint64_t sketches_per_group;
  // Ban: the marks of all entries that were ever put there. Only ever added to.
  std::array<std::atomic<uint64_t>, kMarks / 64> marks;
  std::atomic<bool> used;  // it holds entries, or once did. Not of burst tables
};
static_assert(sizeof(TableHeader) == 2 * kLine);

struct RegionHeader {
  uint64_t magic;
  uint32_t version;
  uint8_t shared;
  uint64_t bytes;
  HashSecret secret;
  uint64_t stripes_at;
  uint64_t stripe_count;
  uint64_t tables_at;
  platform::SharedLock lock;                      // of the directory
  Nanos clock;                                    // what is added to the time of every caller
  uint64_t touched;                               // behind this no table has ever been
  std::array<uint64_t, kMaxProcesses> processes;  // by their number; 0: nobody. The first made this
  std::array<DirectoryEntry, kMaxTables> directory;
};
static_assert(std::atomic<uint64_t>::is_always_lock_free, "atomics in shared memory");

// The region's own time: after a restore the caller's clock may be another than before.
inline Nanos Region::At(Nanos now) const {
  Nanos at;
  if (!__builtin_add_overflow(now, header_->clock, &at)) return at;
  return now < 0 ? std::numeric_limits<Nanos>::min() : std::numeric_limits<Nanos>::max();
}
inline Nanos Region::CallersTime(Nanos at) const {
  Nanos now;
  if (!__builtin_sub_overflow(at, header_->clock, &now)) return now;
  return at < 0 ? std::numeric_limits<Nanos>::min() : std::numeric_limits<Nanos>::max();
}

// Sizes that follow from a spec alone.
struct Geometry {
  uint64_t buckets = 0;
  uint64_t body_bytes = 0;
  uint64_t bucket_bytes = 0;
  uint64_t sketches = 0;
  uint64_t bytes = 0;  // 0: the spec is unusable
};
Geometry GeometryOf(const TableSpec& spec);
// Adds a mark to those of a table; one that cannot be is none.
void AddMark(TableHeader* table, int64_t mark);
// Fills in everything of a table's header that follows from its spec.
void InitTable(const TableSpec& spec, const RegionHeader& region, TableHeader* table);

}  // namespace sipward::state

#endif  // SIPWARD_STATE_LAYOUT_H_
