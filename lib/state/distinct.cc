// How many different items a key has in the window.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "state/access.h"
#include "state/arithmetic.h"
#include "state/sketch.h"

namespace sipward::state {
namespace {

constexpr unsigned kTickBits =
    16;  // of an item's time; an entry lives for three windows of 4096 at most
constexpr uint64_t kTickMask = (uint64_t{1} << kTickBits) - 1;
// While half the bits are zero, linear counting is as good as the sketch and much cheaper.
constexpr unsigned kZerosForSketch = kBitmapBits / 2;
// An entry with less than this can give up its sketch and lose nothing.
constexpr uint32_t kSmall = 350;

// Indices of DistinctBody::cached.
constexpr size_t kCurrentOnly = 0;
constexpr size_t kBoth = 1;

class DistinctEntry {
 public:
  DistinctEntry(const Access& access, Nanos at)
      : access_(access), body_(access.body<DistinctBody>()), at_(at) {}

  void Start() { body_.listing = 1; }
  // Brings the entry up to the time.
  void Advance();
  void Add(uint64_t item);
  int64_t Count() const;

 private:
  int64_t Generation() const { return FloorDivide(at_, access_.table().window); }
  uint64_t Tick() const {
    return static_cast<uint64_t>(FloorDivide(at_, access_.table().step)) & kTickMask;
  }
  uint64_t Age(uint64_t listed) const { return (Tick() - listed) & kTickMask; }
  void DropOldItems();
  bool AddToList(uint64_t item);
  void LeaveList();
  void NextGeneration();
  bool AddToGeneration(uint64_t item, unsigned generation);
  Sketch* SketchAt(uint64_t number) const {
    return reinterpret_cast<Sketch*>(access_.base() + access_.sketches_at()) + number;
  }
  Sketch* sketch() const { return body_.sketch == 0 ? nullptr : SketchAt(body_.sketch - 1); }
  void WantSketch();
  DistinctBody* OwnerOf(const Sketch& sketch, uint64_t number) const;
  void Estimate();
  double EstimateCurrent() const;
  double EstimateBoth() const;

  const Access& access_;
  DistinctBody& body_;
  Nanos at_;
};

void DistinctEntry::Advance() {
  if (body_.listing != 0) {
    DropOldItems();
    return;
  }
  const int64_t generation = Generation();
  if (generation == body_.generation) return;
  const bool next =
      static_cast<uint64_t>(generation) - static_cast<uint64_t>(body_.generation) == 1;
  body_.generation = generation;
  if (next) {
    NextGeneration();
  } else {
    std::memset(static_cast<void*>(&body_), 0, sizeof body_);
    Start();
  }
}

void DistinctEntry::DropOldItems() {
  const auto live = static_cast<uint64_t>(access_.table().window / access_.table().step);
  unsigned kept = 0;
  for (unsigned i = 0; i < body_.listed; ++i) {
    if (Age(body_.items[i]) < live) body_.items[kept++] = body_.items[i];
  }
  body_.listed = static_cast<uint8_t>(kept);
}

void DistinctEntry::Add(uint64_t item) {
  item &= kItemMask;
  if (body_.listing != 0) {
    if (AddToList(item)) return;
    LeaveList();
  }
  if (AddToGeneration(item, body_.current)) Estimate();
}

bool DistinctEntry::AddToList(uint64_t item) {
  const uint64_t entry = item << kTickBits | Tick();
  for (unsigned i = 0; i < body_.listed; ++i) {
    if (body_.items[i] >> kTickBits != item) continue;
    body_.items[i] = entry;
    return true;
  }
  if (body_.listed == DistinctBody::kListed) return false;
  body_.items[body_.listed++] = entry;
  return true;
}

void DistinctEntry::LeaveList() {
  const auto items = body_.items;
  const Nanos window = access_.table().window;
  const auto since = static_cast<uint64_t>(FloorModulo(at_, window) / access_.table().step);
  body_.listing = 0;
  body_.listed = 0;
  body_.current = 0;
  body_.generation = Generation();
  body_.bits = {};
  body_.cached = {DistinctBody::kListed, DistinctBody::kListed};
  WantSketch();
  for (const uint64_t item : items) {
    AddToGeneration(item >> kTickBits, Age(item) <= since ? body_.current : body_.current ^ 1u);
  }
  // The list held all that lives of the generation before, too.
  body_.complete = body_.sketch != 0 ? 3 : 0;
  Estimate();
}

void DistinctEntry::NextGeneration() {
  body_.current ^= 1u;
  body_.bits[body_.current] = {};
  body_.complete = static_cast<uint8_t>(body_.complete & ~(1u << body_.current));
  if (body_.sketch == 0) WantSketch();
  if (Sketch* own = sketch()) {
    own->registers[body_.current] = {};
    body_.complete = static_cast<uint8_t>(body_.complete | 1u << body_.current);
  }
  Estimate();
}

bool DistinctEntry::AddToGeneration(uint64_t item, unsigned generation) {
  bool changed = AddToBitmap(item, &body_.bits[generation]);
  if (Sketch* own = sketch()) changed |= AddToRegisters(item, &own->registers[generation]);
  return changed;
}

// The entry that a sketch belongs to; null if that entry is gone or has gone on without it.
DistinctBody* DistinctEntry::OwnerOf(const Sketch& sketch, uint64_t number) const {
  auto* body = reinterpret_cast<DistinctBody*>(access_.LivingBody(sketch.owner, at_));
  return body != nullptr && body->listing == 0 && body->sketch == number + 1 ? body : nullptr;
}

// Sketches are not handed back: one is free when its owner no longer names it. So nothing leaks,
// whoever dies when.
void DistinctEntry::WantSketch() {
  const uint64_t count = access_.table().sketches_per_group;
  uint64_t best = count;
  DistinctBody* loser = nullptr;
  for (uint64_t i = 0; i < count; ++i) {
    DistinctBody* owner = OwnerOf(*SketchAt(i), i);
    if (owner == nullptr) {
      best = i;
      loser = nullptr;
      break;
    }
    const bool smallest = loser == nullptr || owner->cached[kBoth] < loser->cached[kBoth];
    if (owner->cached[kBoth] < kSmall && owner->cached[kBoth] < body_.cached[kBoth] && smallest) {
      best = i;
      loser = owner;
    }
  }
  if (best == count) {
    ++access_.stripe().sketches_refused;
    return;
  }
  if (loser != nullptr) {
    loser->sketch = 0;
    loser->complete = 0;
  }
  Sketch* taken = SketchAt(best);
  taken->owner = access_.entry_number();
  taken->registers = {};
  body_.sketch = static_cast<uint32_t>(best + 1);
}

double DistinctEntry::EstimateCurrent() const {
  const unsigned zeros = Zeros(body_.bits[body_.current]);
  const bool complete = (body_.complete >> body_.current & 1) != 0;
  if (zeros >= kZerosForSketch || !complete) return CountBitmap(zeros);
  return CountRegisters(sketch()->registers[body_.current], nullptr);
}

double DistinctEntry::EstimateBoth() const {
  const unsigned zeros = Zeros(body_.bits[0], body_.bits[1]);
  if (zeros >= kZerosForSketch || body_.complete != 3) return CountBitmap(zeros);
  const auto& registers = sketch()->registers;
  return CountRegisters(registers[0], &registers[1]);
}

void DistinctEntry::Estimate() {
  const double current = EstimateCurrent();
  body_.cached[kCurrentOnly] = static_cast<uint32_t>(std::min(current + 0.5, 4e9));
  const double both = std::max(current, EstimateBoth());
  body_.cached[kBoth] = static_cast<uint32_t>(std::min(both + 0.5, 4e9));
}

// The generation before counts by the part of it that the window still covers.
int64_t DistinctEntry::Count() const {
  if (body_.listing != 0) return body_.listed;
  const Nanos window = access_.table().window;
  const Nanos left = window - FloorModulo(at_, window);
  const int64_t current = body_.cached[kCurrentOnly];
  const int64_t before = int64_t{body_.cached[kBoth]} - current;
  return current + static_cast<int64_t>(static_cast<__int128>(before) * left / window);
}

}  // namespace

int64_t Region::AddItem(Table table, const Hash128& key, uint64_t item, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kDistinct, key);
  if (!access.ok()) return 0;
  const bool known = access.Find(now);
  if (!known && !access.TryAdmit(now, 1)) return 1;
  const Nanos at = std::max(now, access.head().time);
  DistinctEntry entry(access, at);
  if (!known) entry.Start();
  entry.Advance();
  entry.Add(item);
  const int64_t count = entry.Count();
  access.head().time = at;
  access.head().weight = count;
  return count;
}

int64_t Region::CountItems(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kDistinct, key);
  if (!access.Find(now)) return 0;
  const Nanos at = std::max(now, access.head().time);
  DistinctEntry entry(access, at);
  entry.Advance();
  const int64_t count = entry.Count();
  access.head().time = at;
  access.head().weight = count;
  return count;
}

}  // namespace sipward::state
