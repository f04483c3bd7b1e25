// All state that changes: one region of memory of a fixed size, and the bounded tables in it.
//
// A Region finds its tables by signature in a directory, so that whoever opens the same table twice
// (a reload, a second engine) gets the same counts. Tables never grow: a full bucket gives up its
// least valuable entry, and that is counted. Everything is position-independent and locked inside
// the region by stripes; any number of threads may use it at once.
#ifndef SIPWARD_STATE_STATE_H_
#define SIPWARD_STATE_STATE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/hash.h"
#include "base/platform/mapping.h"
#include "base/time.h"

namespace sipward::state {

enum class TableKind : uint8_t {
  kRate,   // two-bucket sliding window: events in the window, approximate
  kCount,  // ring of 12 sub-windows: sums, between the true value over w - w/12 and over w + w/12
  kDistinct,  // up to 16 items one by one, then 512-bit linear counting, then HyperLogLog p=10; two
              // generations
  kScore,     // decaying value with a half-life
  kBucket,    // GCRA token bucket
  kMember,    // keys with an expiry: membership
  kBan,       // like kMember, but keeps the key itself and a reason, so that it can be listed
  kMean,      // ring of 12 sub-windows: sum and number, within the bounds of kCount
  kExtreme,   // ring of 12 sub-windows: least and most, within the bounds of kCount
  kTime,      // time of the latest event: exact
  kLast,      // the latest value, up to 120 bytes
  kRun,       // up to 8 intervals of consecutive numbers: exact while there are no more
  kConcurrent,  // leases that are held, in 12 sub-windows by when they end: exact
  kLease,       // who holds them
  kBaseline,    // what values are usual for a key, in each step of the week
  kBurst,       // edges between nodes, in count-min sketches: how suddenly they come
  kRepeat,      // how often a key came since the first time, and a note: exact
  kEnds,        // calls of which it is known when they end: exact up to 16 ends
  kSequence,    // numbers that count once, in a window behind the highest: exact
  kRecord,      // what the caller keeps of things that go on for a while, each with a rank: exact
};

// What makes a table itself. Equal specs are the same table.
struct TableSpec {
  TableKind kind = TableKind::kCount;
  // Length; score: half-life; bucket, member, ban, record: 0; last: 0 or how long a value is
  // remembered; repeat: how long a key is known after its first time; concurrent, lease, ends: the
  // longest call; baseline: half-life; burst: a tick.
  Nanos window = 0;
  // Entries, rounded up to a power of two; burst: columns of each row of the sketch.
  uint32_t capacity = 0;
  std::string signature;  // canonical text of key, item and condition: different aggregates never
                          // share counts by accident
};
// Bytes that a table takes in the region, exactly. 0 if the spec is unusable: capacity 0 or above
// 2^30, a window that is not positive, or not 0 (bucket, member, ban, record), or negative (last).
uint64_t TableBytes(const TableSpec& spec);

// What taking a number said.
enum class Taken : uint8_t {
  kNew,   // it counts
  kSame,  // it came before with the same note
  kSeen,  // it came before, with another note or too long ago to know
  kLate,  // it lies too far behind the highest to tell
};

// Of the values in a window.
struct Mean {
  int64_t sum = 0;    // saturates, in a sub-window and in all
  int64_t count = 0;  // saturates at 2^32 - 1 in a sub-window
};

struct Extremes {
  int64_t least = 0;
  int64_t most = 0;
};

inline constexpr uint32_t kLastBytes = 120;

// What is known of a key that comes again.
struct Repeats {
  uint32_t before = 0;  // how often it came before; 0: it is new. Saturates
  uint64_t note = 0;    // what the caller noted for it; 0: nothing
};

// A value that is remembered. The tag is the caller's: what kind of value the bytes are.
struct LastValue {
  uint8_t tag = 0;
  uint8_t length = 0;
  bool cut = false;  // only the first kLastBytes of it are here
  std::array<char, kLastBytes> bytes{};
  std::string_view text() const { return {bytes.data(), length}; }
};

inline constexpr uint32_t kRecordBytes = 288;

// What the caller keeps of one thing. The bytes are the caller's: after a Restore they are what
// anybody may have written.
struct Record {
  Nanos until = 0;   // when it is over, unless that is put off
  int64_t rank = 0;  // what it is worth: a new record takes the place of one of its rank or below
  std::array<char, kRecordBytes> bytes{};
};

enum class RecordPlace : uint8_t { kAdded, kKnown, kNoRoom };

inline constexpr uint32_t kBanKeyBytes = 63;  // longer key texts and reasons are cut
inline constexpr uint32_t kBanReasonBytes = 47;

// What a ban table tells of an entry.
struct BanInfo {
  std::string_view
      key;  // text form; valid during the callback, or until this thread's next IsBanned
  std::string_view reason;  // rule name
  Nanos since = 0;
  Nanos until = 0;
  Hash128 hash;  // the key itself, of NextBan alone
};

// An entry of a ban table may have a mark, as the length of a network: which marks there are in a
// table at all tells what need not be looked for.
inline constexpr unsigned kMarks = 192;
class MarkSet {
 public:
  explicit MarkSet(const std::array<uint64_t, kMarks / 64>& words) : words_(words) {}
  bool Has(unsigned mark) const { return (words_[mark / 64] >> mark % 64 & 1) != 0; }

 private:
  std::array<uint64_t, kMarks / 64> words_;
};

struct RegionStats {
  uint64_t bytes = 0;      // size of the region
  uint64_t used = 0;       // by tables that somebody has open, and by the directory
  uint64_t evictions = 0;  // living entries given up
  uint64_t insertions = 0;
  // distinct: times that an entry had to go on with linear counting, because every sketch was taken
  uint64_t sketches_refused = 0;
};

struct RegionHeader;

class Region {
 public:
  static constexpr uint64_t kDefaultBytes = uint64_t{64} << 20;

  // Memory of exactly this size (anonymous mapping: pages are touched when used), private, or
  // shared with the processes that are forked after this call. Null if it cannot be had or is below
  // 64 KiB.
  static std::unique_ptr<Region> Create(uint64_t bytes, const HashSecret& secret,
                                        platform::Sharing sharing = platform::Sharing::kPrivate);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  const HashSecret& secret() const;
  RegionStats stats() const;
  // Eviction pressure, 0 to 1: of the keys that were new to some table in the last second, the
  // share that found their bucket full of living entries, whether they pushed one out or were
  // turned away. Fewer than 256 new keys count as 256. Costs one cache line.
  double pressure(Nanos now) const;

  // Handle of a table: valid as long as the region. Finds it by spec or makes it; nullopt if there
  // is no room (256 tables at most) or TableBytes(spec) is 0. Load time.
  struct Table {
    uint64_t offset = 0;
  };
  std::optional<Table> Open(const TableSpec& spec);
  // Takes back one Open: the handle must not be used any more by whoever opened it. The table stays
  // as it is until its room is needed for another, so that to open it again before finds what was
  // counted. It is everybody's: in a shared region it goes when no process has it open that lives.
  // A process that is forked has open what its parent had open then, and closes it for itself.
  void Close(Table table);
  // Bytes of the largest table that Open could make now.
  uint64_t LargestRoom();

  // All operations: `key` is KeyedHash128(secret(), canonical bytes). `now` may go backwards: by up
  // to one window it is taken as the entry's latest time; a clock that was set back further starts
  // the entry anew (not member, ban, last). Cost: one stripe lock, two to four cache
  // lines; no allocation. On a table of another kind they do nothing and return 0 or false (Take:
  // true).
  //
  // A key that is new to a full bucket is let in with a probability that falls with the weight of
  // what it would push out and rises with the age of it; until then the operation answers as for a
  // key that was never seen. Members and bans are always let in.

  // kRate, kCount: adds `amount` at `now` (0: only reads) and returns the value in the window.
  // Saturates. A rate ignores negative amounts.
  int64_t Add(Table table, const Hash128& key, int64_t amount, Nanos now);
  // kDistinct: adds an item (its 64-bit keyed hash) and returns how many different ones are in the
  // window. Up to 16 live items: exact to 1/4096 of the window. Above, items of the window before
  // count in part, as in kRate; the standard error is 3.2 to 3.7 % of linear counting up to about
  // 350 items and 3.25 % of HyperLogLog beyond; without a sketch linear counting goes on and ends
  // at 3194.
  int64_t AddItem(Table table, const Hash128& key, uint64_t item, Nanos now);
  int64_t CountItems(Table table, const Hash128& key, Nanos now);
  // Any kind but kBurst: forgets the key.
  void Reset(Table table, const Hash128& key);
  // kScore: adds points (0: only reads) and returns the decayed sum. Points that are not finite
  // count as 0; others are cut at 1e12.
  double AddScore(Table table, const Hash128& key, double points, Nanos now);
  // kBucket: takes one token; false if the bucket is empty. `period`: time for one token; `burst`:
  // tokens that a full bucket holds.
  bool Take(Table table, const Hash128& key, Nanos period, uint32_t burst, Nanos now);
  // kMember: an entry is in until `until`; a second Insert may lengthen that, never shorten it (nor
  // may a second Ban).
  void Insert(Table table, const Hash128& key, Nanos until, Nanos now);
  bool Contains(Table table, const Hash128& key, Nanos now);
  // False: no entry was ever made there, so that no key needs to be looked up. Without a lock. Not
  // for kBurst.
  bool IsUsed(Table table) const;
  // The memory that a key of this table needs next is brought nearer. Not for kBurst.
  void Prefetch(Table table, const Hash128& key) const;
  // kMean: adds a value; what the window holds of them. A read changes nothing.
  Mean AddMean(Table table, const Hash128& key, int64_t value, Nanos now);
  Mean ReadMean(Table table, const Hash128& key, Nanos now);
  // kExtreme: adds a value; the least and the most in the window, nothing if it holds none. A read
  // changes nothing.
  std::optional<Extremes> AddExtreme(Table table, const Hash128& key, int64_t value, Nanos now);
  std::optional<Extremes> ReadExtreme(Table table, const Hash128& key, Nanos now);
  // kTime: notes an event; how long ago the one before it was, nothing if there was none in the
  // window. An event that is late was 0 ago.
  std::optional<Nanos> Touch(Table table, const Hash128& key, Nanos now);
  // How long ago the latest event was. Changes nothing.
  std::optional<Nanos> Since(Table table, const Hash128& key, Nanos now);
  // kLast: puts a value in the place of the one before, which is copied to `before` (may be null).
  // False, with `before` left alone, if there was none. What is longer than kLastBytes is cut.
  bool SwapLast(Table table, const Hash128& key, uint8_t tag, std::string_view value, Nanos now,
                LastValue* before);
  bool ReadLast(Table table, const Hash128& key, Nanos now, LastValue* value);
  // kRun: adds a number; how many consecutive ones are known around it, itself included. They may
  // come in any order; one that is known adds nothing. An interval that did not grow for a window
  // is gone; a ninth takes the place of the shortest, the oldest of these: a number alone is lost
  // behind eight others, two in a row outlast them.
  int64_t AddRun(Table table, const Hash128& key, int64_t number, Nanos now);
  // The longest interval. Changes nothing.
  int64_t LongestRun(Table table, const Hash128& key, Nanos now);
  // kConcurrent with kLease, both made for the same longest lease: how many calls hold a lease of
  // `key`. A call (its keyed hash) takes one lease however often it acquires: a retransmission or a
  // refresh lengthens it, never shortens it. A lease counts for at least `lease` (0 to the longest)
  // and at most an eleventh of the longest more, unless it is released; releasing what is not held
  // does nothing. Never negative: a lease that is lost (its table was full) counts until it ends; a
  // counter that is lost starts at 0, and older leases take nothing from it.
  int64_t Acquire(Table counters, Table leases, const Hash128& key, const Hash128& call,
                  Nanos lease, Nanos now);
  int64_t Release(Table counters, Table leases, const Hash128& key, const Hash128& call, Nanos now);
  // Changes nothing.
  int64_t CountLeases(Table counters, const Hash128& key, Nanos now);
  // kEnds: adds a call that begins now and lasts `length` (at most the longest); how many calls of
  // the key are under way, at the time of the key's latest call if that is later. Whoever adds a
  // call twice counts it twice. Exact while a key has at most 16 ends; of more, the two that lie
  // closest together are taken for the later one.
  int64_t AddCall(Table table, const Hash128& key, Nanos length, Nanos now);
  // Changes nothing.
  int64_t CountCalls(Table table, const Hash128& key, Nanos now);
  // kBaseline: by how many standard deviations a value lies above (or below) what is usual for the
  // key at this wall time; -100 to 100. 0 until what was learnt weighs as much as 8 fresh events
  // (an event weighs half every half-life). Changes nothing. A deviation is taken to be at least
  // 1/64 of the usual value.
  double Zscore(Table table, const Hash128& key, double value, Nanos wall, Nanos now);
  // Learns a value, best one that was not flagged. It moves the level by at most three standard
  // deviations times its share in the weight, once there are 8. The week has 42 steps of four
  // hours, each with a level of its own.
  void Learn(Table table, const Hash128& key, double value, Nanos wall, Nanos now);
  // kBurst: adds an edge by its keyed hash and those of its nodes; how far this tick stands above
  // the ticks before, the largest of the three: (a - s/t)^2 t^2 / (s (t - 1)) of the recent count a
  // (halved every tick), the total s and the number of ticks t, and 0 below the mean (MIDAS-R,
  // Bhatia et al. 2020). t ends between 1024 and 2048: older ticks are halved. An edge that was
  // never seen scores about t. Counts are too high by e / capacity of all events at most, in 98 of
  // 100 keys; so a sketch alone should block nobody.
  double AddEdge(Table table, uint64_t edge, uint64_t source, uint64_t destination, Nanos now);
  // Changes nothing.
  double ReadEdge(Table table, uint64_t edge, uint64_t source, uint64_t destination, Nanos now);
  // kRepeat: counts the key in, and says how often it came before, since the first time that is
  // less than a window ago. A new key is always let in and takes the place of the oldest; that is
  // no pressure, since what is lost is a convenience and not a count.
  Repeats Repeat(Table table, const Hash128& key, Nanos now);
  // The same without counting it in.
  Repeats ReadRepeats(Table table, const Hash128& key, Nanos now);
  // Keeps a note with a key that is known; with others nothing.
  void SetNote(Table table, const Hash128& key, uint64_t note, Nanos now);
  // kSequence: takes a number of a key, 0 or more, which counts once. `late`: how far behind the
  // highest one it may be, 63 at most; with 0 only what is higher counts. The notes of the highest
  // 16 are kept. Tests and takes in one step, so of two workers one is told kNew. A key is
  // forgotten a window after the latest number that counted. A new key is always let in, as of
  // kRepeat; so what is evicted counts once more.
  Taken TakeNumber(Table table, const Hash128& key, int64_t number, uint32_t note, uint32_t late,
                   Nanos now);
  // kRecord: each key has two buckets, so that few find both full. A record whose time is over
  // stays until somebody takes it out or its room is needed, so that nothing ends unseen. Times are
  // the region's own here: unlike those of a caller they go on over a Restore.
  Nanos OwnTime(Nanos now) const;
  // Calls change(Record&) with the key's record while it is locked, over or not; what it leaves in
  // it is kept. False if there is none. It must not call the region.
  template <class Change>
  bool ChangeRecord(Table table, const Hash128& key, Change&& change) {
    const auto call = [](void* context, Record& record) {
      (*static_cast<std::remove_reference_t<Change>*>(context))(record);
    };
    return ChangeRecord(table, key, +call, &change);
  }
  bool ReadRecord(Table table, const Hash128& key, Record* out);
  // A record for a key that has none. Where both buckets are full, it takes the place of one whose
  // time is over, else of the one of lowest rank, if that is not above its own, of these the one
  // that would end first. *displaced is what gave way; its rank is 0 if nothing of worth did.
  RecordPlace AddRecord(Table table, const Hash128& key, const Record& record, Nanos own_now,
                        Record* displaced);
  // Looks at the bucket at *cursor, which counts on for ever, when nothing is left there: calls
  // change(Record&) with one record whose time is over, as ChangeRecord does. False if there was
  // none of worth, of a rank above 0; the others are taken out.
  template <class Change>
  bool ChangeExpiredRecord(Table table, Nanos own_now, uint64_t* cursor, Change&& change) {
    const auto call = [](void* context, Record& record) {
      (*static_cast<std::remove_reference_t<Change>*>(context))(record);
    };
    return ChangeExpiredRecord(table, own_now, cursor, +call, &change);
  }

  // kBan: key texts up to 63 bytes, reasons up to 47; longer ones are cut. True if a living entry
  // gave way to this one. `mark`: below kMarks.
  bool Ban(Table table, const Hash128& key, std::string_view key_text, std::string_view reason,
           Nanos until, Nanos now, unsigned mark = 0);
  // The marks of all entries that are there, and maybe of some that were.
  MarkSet Marks(Table table) const;
  // `info` may be null.
  bool IsBanned(Table table, const Hash128& key, Nanos now, BanInfo* info);
  // The next living ban at or behind place *cursor of the table, which begins at 0 and is moved
  // behind it. False behind the last, or where the cursor reaches place `end`. `info` as of
  // IsBanned.
  bool NextBan(Table table, Nanos now, uint64_t* cursor, BanInfo* info,
               uint64_t end = std::numeric_limits<uint64_t>::max());
  // How many places a ban table has.
  uint64_t Places(Table table) const;
  // Tells `visit` of every living ban, in no order. No lock is held meanwhile: it may call the
  // region. Walks the whole table.
  void ForEachBan(Table table, Nanos now, const std::function<void(const BanInfo&)>& visit);

  // A snapshot is a copy of all tables for the case that the machine or the host starts again: no
  // more than SnapshotBytes() bytes, written while others count. Load time: it reads the whole
  // region, holds one stripe at a time (a few microseconds) and keeps others from opening tables.
  //
  // Each key is copied as it is at some moment between begin and end. A call that begins or ends
  // meanwhile may be counted without its lease, until that would have ended, but no lease is held
  // that is not counted. Which processes use what, and locks, are no part of it.
  uint64_t SnapshotBytes();
  // Both clocks at one moment.
  struct Moment {
    Nanos wall = 0;
    Nanos now = 0;
  };
  // How many bytes were written; 0 if the place is too small: another table was opened since.
  uint64_t Snapshot(char* out, uint64_t capacity, const Moment& moment);
  // Takes over a snapshot of a region of the same size and secret; empty, or a sentence why not.
  // The tables are there for those who open them with the same specs, and as long as their room is
  // not needed for others. The region must have had no table opened, and nobody else may use it
  // meanwhile: it is for the time before engines are made.
  //
  // `moment` may be of another monotonic clock, as after a start of the machine: what is counted
  // and banned is as much older as the wall clock says, and by nothing if that was set back. Any
  // bytes may come in: they are refused, or no operation reads outside of its table afterwards.
  std::string_view Restore(std::string_view snapshot, const Moment& moment);

 private:
  friend struct ForkHandlers;
  Region() = default;
  bool ChangeRecord(Table table, const Hash128& key, void (*change)(void*, Record&), void* context);
  bool ChangeExpiredRecord(Table table, Nanos own_now, uint64_t* cursor,
                           void (*change)(void*, Record&), void* context);
  // Of the process that is about to be forked, noted while its parent still holds the tables; and
  // in that process.
  void BeforeFork();
  void AfterFork();
  unsigned User();
  Nanos At(Nanos now) const;
  Nanos CallersTime(Nanos at) const;
  char* base() const;
  RegionHeader* header_ = nullptr;
  // How often this process has each table open; with the directory's lock.
  std::array<uint32_t, 256> uses_{};
  uint64_t process_ = 0;  // that has its place in the directory
  unsigned child_ = 0;    // place in the directory that the latest fork was given
  uint64_t bytes_ = 0;
};

}  // namespace sipward::state

#endif  // SIPWARD_STATE_STATE_H_
