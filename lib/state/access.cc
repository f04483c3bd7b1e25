#include "state/access.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "state/pressure.h"

namespace sipward::state {
namespace {

constexpr Hash128 kEmpty{};
// Under pressure the youngest entries are spared for a while, so that a slow key comes again before
// it is pushed out. Measured with 100,000 new keys a second in 131,072 slots and a window of a
// minute: of 200 keys with an event every five seconds, 198 reach ten events within three minutes,
// and 59 if nothing is spared.
constexpr double kSpareFraction = 0.25;  // of the window
constexpr double kLeastChance = 1.0 / 64;

// Puts back what a process that died inside an update was changing.
void MendAfterDeath(char* base, Stripe* stripe) {
  Undo& undo = stripe->undo;
  const uint64_t at = undo.head_at.load(std::memory_order_acquire);
  if (at == 0) return;
  std::memcpy(base + undo.body_at, undo.body.data(), undo.body_bytes);
  *reinterpret_cast<Head*>(base + at) = undo.head;
  undo.head_at.store(0, std::memory_order_release);
}

}  // namespace

bool LockStripe(char* base, Stripe* stripe) {
  const platform::SharedLock::Result result = stripe->lock.Lock();
  if (result == platform::SharedLock::Result::kHeldAfterDeath) MendAfterDeath(base, stripe);
  return result != platform::SharedLock::Result::kFailed;
}

uint64_t Elapsed(Nanos earlier, Nanos later) {
  return later > earlier ? static_cast<uint64_t>(later) - static_cast<uint64_t>(earlier) : 0;
}

Access::Access(char* base, uint64_t table_at, TableKind kind, const Hash128& key)
    : base_(base),
      table_at_(table_at),
      table_(reinterpret_cast<TableHeader*>(base + table_at)),
      key_(key == kEmpty ? Hash128{1, 0} : key) {
  if (table_at == 0 || table_->kind != kind) return;
  bucket_ = key.low & table_->bucket_mask;
  bucket_at_ = BucketAt(bucket_);
  // The misses of a cold bucket overlap with taking the lock.
  for (uint64_t at = 0; at < table_->bucket_bytes && at < 4 * kLine; at += kLine) {
    __builtin_prefetch(base_ + bucket_at_ + at, 1);
  }
  stripe_ = reinterpret_cast<Stripe*>(base_ + table_->stripes_at) +
            ((bucket_ & table_->stripe_mask) << table_->stripe_shift | table_->stripe_first);
  ok_ = LockStripe(base_, stripe_);
}

Access::~Access() {
  if (!ok_) return;
  Commit();
  stripe_->lock.Unlock();
}

void Access::Commit() {
  if (table_->shared == 0) return;
  stripe_->undo.head_at.store(0, std::memory_order_release);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

bool Access::Expired(const Head& head, Nanos now) const {
  if (now >= head.time) return Elapsed(head.time, now) >= static_cast<uint64_t>(table_->span);
  return Elapsed(now, head.time) > table_->lateness;
}

bool Access::Find(Nanos now) {
  if (!ok_) return false;
  for (unsigned way = 0; way < kWays; ++way) {
    Head* head = HeadOf(way);
    if (head->key != key_) continue;
    way_ = way;
    head_ = head;
    stale_ = Expired(*head, now);
    if (!stale_) Remember();
    return !stale_;
  }
  return false;
}

// What is lost with a living entry. Ages are taken into account without reading the body.
double Access::Value(const Head& head, Nanos now) const {
  if (table_->span == 0) return static_cast<double>(Elapsed(now, head.time));
  const auto age = static_cast<double>(Elapsed(head.time, now));
  const auto weight = static_cast<double>(head.weight);
  if (table_->kind == TableKind::kScore) {
    return std::ldexp(weight, -static_cast<int>(age / static_cast<double>(table_->window)));
  }
  return weight * (1 - age / static_cast<double>(table_->span));
}

bool Access::Admit(Nanos now) { return TryAdmit(now, HUGE_VAL); }

bool Access::TryAdmit(Nanos now, double weight) {
  if (!ok_) return false;
  const bool found_room = stale_ || FindRoom(now);
  if (table_->kind != TableKind::kRepeat && table_->kind != TableKind::kSequence)
    NoteNew(found_room, false, now);
  if (!found_room && !PushOut(now, weight)) return false;
  Take(way_, now);
  return true;
}

bool Access::FindRoom(Nanos now) {
  for (unsigned way = 0; way < kWays; ++way) {
    if (HeadOf(way)->key != kEmpty && !Expired(*HeadOf(way), now)) continue;
    way_ = way;
    return true;
  }
  return false;
}

// Chooses who gives way in a bucket full of living entries; false if nobody does.
bool Access::PushOut(Nanos now, double weight) {
  unsigned victim = 0;
  double least = HUGE_VAL;
  for (unsigned way = 0; way < kWays; ++way) {
    const Head& head = *HeadOf(way);
    const double value = Value(head, now);
    if (way == 0 || value < least || (value == least && head.time < HeadOf(victim)->time)) {
      victim = way;
      least = value;
    }
  }
  if (weight != HUGE_VAL) {
    double chance = weight > 0 ? weight / (weight + least) : 0;
    if (table_->window != 0) {
      const auto age = static_cast<double>(Elapsed(HeadOf(victim)->time, now));
      const double spared = kSpareFraction * static_cast<double>(table_->window);
      chance *= std::clamp(age / spared, kLeastChance, 1.0);
    }
    if (Random() >= chance) return false;
  }
  ++stripe_->evictions;
  way_ = victim;
  return true;
}

void Access::Take(unsigned way, Nanos now) {
  way_ = way;
  head_ = HeadOf(way);
  stale_ = false;
  Remember();
  ++stripe_->insertions;
  if (!table_->used.load(std::memory_order_relaxed)) {
    table_->used.store(true, std::memory_order_release);
  }
  std::memset(base_ + BodyAt(way), 0, table_->body_bytes);
  *head_ = Head{key_, now, 0};
}

bool Access::FindAny() {
  if (!ok_) return false;
  for (unsigned way = 0; way < kWays; ++way) {
    if (HeadOf(way)->key != key_) continue;
    Choose(way);
    return true;
  }
  return false;
}

void Access::Choose(unsigned way) {
  way_ = way;
  head_ = HeadOf(way);
  Remember();
}

const Head* Access::Peek(unsigned way) const {
  return ok_ && HeadOf(way)->key != kEmpty ? HeadOf(way) : nullptr;
}

void Access::Clear(unsigned way) {
  Choose(way);
  std::memset(base_ + BodyAt(way), 0, table_->body_bytes);
  *head_ = Head{};
}

void Access::NoteNew(bool found_room, bool pushed_out, Nanos now) {
  NoteNewcomer(reinterpret_cast<Pressure*>(base_ + table_->stripes_at) - 1, found_room, now);
  if (pushed_out) ++stripe_->evictions;
}

void Access::Erase() {
  if (FindAny()) Clear(way_);
}

uint64_t Access::sketches_at() const {
  const auto stripe =
      static_cast<uint64_t>(stripe_ - reinterpret_cast<const Stripe*>(base_ + table_->stripes_at));
  return table_at_ + table_->sketches_at + stripe * table_->sketches_per_group * sizeof(Sketch);
}

char* Access::LivingBody(uint64_t entry_number, Nanos now) const {
  const uint64_t bucket = (entry_number - 1) / kWays;
  const uint64_t way = (entry_number - 1) % kWays;
  if (entry_number == 0 || bucket > table_->bucket_mask) return nullptr;
  // Every sketch of this stripe belongs to a bucket of this stripe; another bucket is not ours to
  // look at.
  if ((bucket & table_->stripe_mask) != (bucket_ & table_->stripe_mask)) return nullptr;
  char* at = base_ + BucketAt(bucket);
  const Head& head = reinterpret_cast<const Head*>(at)[way];
  if (head.key == kEmpty || Expired(head, now)) return nullptr;
  return at + kWays * sizeof(Head) + way * table_->body_bytes;
}

// SplitMix64: of the region's own state, so that the same events give the same table.
double Access::Random() {
  uint64_t z = stripe_->random += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1p-53;
}

void Access::Remember() {
  if (table_->shared == 0) return;
  Undo& undo = stripe_->undo;
  undo.head_at.store(0, std::memory_order_release);
  undo.head = *head_;
  undo.body_at = BodyAt(way_);
  undo.body_bytes = table_->body_bytes;
  std::memcpy(undo.body.data(), base_ + undo.body_at, undo.body_bytes);
  undo.head_at.store(bucket_at_ + way_ * sizeof(Head), std::memory_order_release);
  // No change to the entry may be moved in front of that.
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

bool Access::ReadWay(unsigned way, BanBody* body, Nanos* until, Hash128* key) const {
  if (!ok_ || HeadOf(way)->key == kEmpty) return false;
  std::memcpy(body, base_ + BodyAt(way), sizeof *body);
  *until = HeadOf(way)->time;
  *key = HeadOf(way)->key;
  return true;
}

StripeCounts ReadCounts(char* base, Stripe* stripe) {
  if (!LockStripe(base, stripe)) return {};
  const StripeCounts counts{stripe->evictions, stripe->insertions, stripe->sketches_refused};
  stripe->lock.Unlock();
  return counts;
}

}  // namespace sipward::state
