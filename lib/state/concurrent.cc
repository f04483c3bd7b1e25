// Calls that are under way: a counter of leases, and who holds them.
//
// The counter is locked first, then the lease. A process that is killed in between may leave a
// lease counted that nobody holds, until it ends; never one held that is not counted.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

#include "state/access.h"
#include "state/arithmetic.h"
#include "state/ring.h"

namespace sipward::state {
namespace {

constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();

// So that a lease can end behind any time.
constexpr Nanos BeforeTheEnd(Nanos now) {
  return std::min(now, std::numeric_limits<Nanos>::max() - 1);
}

// Both are keyed hashes; together they are one.
Hash128 LeaseKey(const Hash128& key, const Hash128& call) {
  return Hash128{call.low ^ std::rotl(key.low, 21), call.high + std::rotl(key.high, 43)};
}

class Counter {
 public:
  // Leaves the entry as it is until TurnTo.
  explicit Counter(const Access& access)
      : access_(access),
        body_(access.body<ConcurrentBody>()),
        step_(access.table().step),
        first_(FloorDivide(access.head().time, step_)) {}

  void TurnTo(Nanos at);
  // The sub-window that a lease taken at `at` ends in.
  int64_t EndOf(Nanos lease, Nanos at) const {
    return FloorDivide(SaturatingSum(at, std::clamp<Nanos>(lease, 0, access_.table().window)),
                       step_);
  }
  Nanos EndTime(int64_t sub_window) const {
    return SaturatingMultiply(SaturatingAdd(sub_window, 1), step_);
  }
  bool Counts(const LeaseBody& lease) const {
    return lease.incarnation == body_.incarnation && lease.sub_window >= first_ &&
           static_cast<uint64_t>(lease.sub_window) - static_cast<uint64_t>(first_) < kSubWindows;
  }
  void Take(int64_t sub_window) {
    uint32_t& leases = body_.leases[PlaceOf(sub_window)];
    if (leases != kMost) ++leases;
  }
  void GiveBack(int64_t sub_window) {
    uint32_t& leases = body_.leases[PlaceOf(sub_window)];
    if (leases != 0) --leases;
  }
  int64_t CountAt(Nanos at) const;

 private:
  const Access& access_;
  ConcurrentBody& body_;
  Nanos step_;
  int64_t first_;  // the entry's sub-window
};

void Counter::TurnTo(Nanos at) {
  const int64_t to = FloorDivide(at, step_);
  const int64_t passed = std::min<int64_t>(to - first_, kSubWindows);
  const size_t place = PlaceOf(first_);
  for (int64_t i = 0; i < passed; ++i) body_.leases[PlaceBehind(place, i)] = 0;
  first_ = to;
  access_.head().time = at;
}

int64_t Counter::CountAt(Nanos at) const {
  const size_t place = PlaceOf(first_);
  int64_t count = 0;
  for (int64_t i = FloorDivide(at, step_) - first_; i < int64_t{kSubWindows}; ++i) {
    count += body_.leases[PlaceBehind(place, i)];
  }
  return count;
}

}  // namespace

int64_t Region::Acquire(Table counters, Table leases, const Hash128& key, const Hash128& call,
                        Nanos lease, Nanos now) {
  now = At(now);
  now = BeforeTheEnd(now);
  Access access(base(), counters.offset, TableKind::kConcurrent, key);
  if (!access.Find(now)) {
    if (!access.ok()) return 0;
    if (!access.TryAdmit(now, 1)) return 1;
    // Of this stripe, it only ever grows.
    access.body<ConcurrentBody>().incarnation = access.stripe().insertions;
  }
  const Nanos at = std::max(now, access.head().time);
  Counter counter(access);
  counter.TurnTo(at);
  Access holder(base(), leases.offset, TableKind::kLease, LeaseKey(key, call));
  if (!holder.ok()) return counter.CountAt(at);
  const bool held = holder.Find(now);
  if (!held) holder.Admit(now);
  auto& body = holder.body<LeaseBody>();
  const bool counted = held && counter.Counts(body);
  const int64_t before = body.sub_window;
  const int64_t end = std::max(counter.EndOf(lease, at), counted ? before : INT64_MIN);
  const bool moves = counted && end != before;
  if (!counted || moves) counter.Take(end);
  access.Commit();
  body = LeaseBody{access.body<ConcurrentBody>().incarnation, end};
  holder.head().time = counter.EndTime(end);
  holder.Commit();
  // Only now, and in a single store: killed before it, the call counts twice for a while.
  if (moves) counter.GiveBack(before);
  const int64_t count = counter.CountAt(at);
  access.head().weight = count;
  return count;
}

int64_t Region::Release(Table counters, Table leases, const Hash128& key, const Hash128& call,
                        Nanos now) {
  now = At(now);
  now = BeforeTheEnd(now);
  Access access(base(), counters.offset, TableKind::kConcurrent, key);
  const bool known = access.Find(now);
  Access holder(base(), leases.offset, TableKind::kLease, LeaseKey(key, call));
  const bool held = holder.Find(now);
  int64_t count = 0;
  if (known) {
    const Nanos at = std::max(now, access.head().time);
    Counter counter(access);
    counter.TurnTo(at);
    if (held && counter.Counts(holder.body<LeaseBody>())) {
      counter.GiveBack(holder.body<LeaseBody>().sub_window);
    }
    count = counter.CountAt(at);
    access.head().weight = count;
  }
  if (held) holder.Erase();
  return count;
}

int64_t Region::CountLeases(Table counters, const Hash128& key, Nanos now) {
  now = At(now);
  now = BeforeTheEnd(now);
  Access access(base(), counters.offset, TableKind::kConcurrent, key);
  if (!access.Find(now)) return 0;
  return Counter(access).CountAt(std::max(now, access.head().time));
}

}  // namespace sipward::state
