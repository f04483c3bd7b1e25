// One operation on one key: its bucket, locked.
#ifndef SIPWARD_STATE_ACCESS_H_
#define SIPWARD_STATE_ACCESS_H_

#include <cstdint>

#include "state/layout.h"

namespace sipward::state {

// Holds the stripe's lock from construction to destruction. If the process is killed in between,
// the next holder puts the entry back to what it was when Find or Admit returned it.
class Access {
 public:
  Access(char* base, uint64_t table_at, TableKind kind, const Hash128& key);
  ~Access();
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;

  // The key's entry, if it is there and still means something at `now`.
  bool Find(Nanos now);
  // Makes the key's entry, zeroed but for key and time, after Find did not find it. A living entry
  // is given up for it with a probability that falls with its value; false if none was. `weight`:
  // of the new entry.
  bool TryAdmit(Nanos now, double weight);
  // The same, but always.
  bool Admit(Nanos now);
  // The key's entry, however old it is.
  bool FindAny();
  // What stands at a place of the bucket; null if nothing does.
  const Head* Peek(unsigned way) const;
  bool IsOver(const Head& head, Nanos now) const { return Expired(head, now); }
  // What stands at this place is the entry from now on, whatever its key.
  void Choose(unsigned way);
  // Makes the key's entry at this place, whatever stood there.
  void Replace(unsigned way, Nanos now) { Take(way, now); }
  template <class Body>
  const Body& BodyOf(unsigned way) const {
    return *reinterpret_cast<const Body*>(base_ + BodyAt(way));
  }
  // Forgets what stands at this place.
  void Clear(unsigned way);
  // Counts a new key for the pressure, and what gave way to it.
  void NoteNew(bool found_room, bool pushed_out, Nanos now);
  // Forgets the key, however old it is.
  void Erase();
  // What was changed so far stays, even if the process is killed before this is destroyed.
  void Commit();

  // Ban tables: copies one entry of the key's bucket, whatever its key; false if there is none.
  bool ReadWay(unsigned way, BanBody* body, Nanos* until, Hash128* key) const;

  // False if the table is of another kind (or the memory is damaged): there is nothing to work on.
  bool ok() const { return ok_; }
  const TableHeader& table() const { return *table_; }
  TableKind kind() const { return table_->kind; }
  Head& head() const { return *head_; }
  template <class Body>
  Body& body() const {
    return *reinterpret_cast<Body*>(base_ + BodyAt(way_));
  }
  // What DistinctEntry needs to find a sketch.
  char* base() const { return base_; }
  Stripe& stripe() const { return *stripe_; }
  // Offset of the sketches that this stripe guards.
  uint64_t sketches_at() const;
  // The number of an entry in the table, from 1, and the way back: null if the entry is empty or
  // means nothing any more at `now`.
  uint64_t entry_number() const { return bucket_ * kWays + way_ + 1; }
  char* LivingBody(uint64_t entry_number, Nanos now) const;

 private:
  uint64_t BucketAt(uint64_t bucket) const {
    return table_at_ + sizeof(TableHeader) + bucket * table_->bucket_bytes;
  }
  Head* HeadOf(unsigned way) const { return reinterpret_cast<Head*>(base_ + bucket_at_) + way; }
  uint64_t BodyAt(unsigned way) const {
    return bucket_at_ + kWays * sizeof(Head) + way * table_->body_bytes;
  }
  bool Expired(const Head& head, Nanos now) const;
  double Value(const Head& head, Nanos now) const;
  double Random();
  bool FindRoom(Nanos now);
  bool PushOut(Nanos now, double weight);
  void Take(unsigned way, Nanos now);
  void Remember();

  char* base_;
  uint64_t table_at_;
  TableHeader* table_;
  Stripe* stripe_ = nullptr;
  uint64_t bucket_ = 0;
  uint64_t bucket_at_ = 0;
  Hash128 key_;
  Head* head_ = nullptr;
  unsigned way_ = 0;
  bool stale_ = false;  // the key's own entry is at way_, but has expired
  bool ok_ = false;
};

// Locks a stripe, and puts back what a process that died in it was changing. False if the memory is
// damaged. For those that do not go through Access.
bool LockStripe(char* base, Stripe* stripe);

// A stripe's counters, read under its lock.
struct StripeCounts {
  uint64_t evictions = 0;
  uint64_t insertions = 0;
  uint64_t sketches_refused = 0;
};
StripeCounts ReadCounts(char* base, Stripe* stripe);

inline TableKind KindOf(const char* base, uint64_t table_at) {
  return reinterpret_cast<const TableHeader*>(base + table_at)->kind;
}

// How far `later` is behind `earlier`, saturated; 0 if it is not.
uint64_t Elapsed(Nanos earlier, Nanos later);

}  // namespace sipward::state

#endif  // SIPWARD_STATE_ACCESS_H_
