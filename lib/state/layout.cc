#include "state/layout.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace sipward::state {
namespace {

constexpr uint32_t kMaxCapacity = uint32_t{1} << 30;
constexpr uint64_t kEntriesPerSketch = 32;
// Fewer sketches under one lock would leave a heavy key without one while others lie idle.
constexpr uint64_t kSketchesPerGroup = 16;
constexpr int64_t kTicksPerWindow = 4096;
constexpr Nanos kForever = std::numeric_limits<Nanos>::max();
constexpr int64_t kHalfLivesKept = 64;  // 2^-64 of a score is nothing

bool IsRing(TableKind kind) {
  return kind == TableKind::kCount || kind == TableKind::kMean || kind == TableKind::kExtreme;
}

bool WindowFits(const TableSpec& spec) {
  switch (spec.kind) {
    case TableKind::kBucket:
    case TableKind::kMember:
    case TableKind::kBan:
    case TableKind::kRecord:
      return spec.window == 0;
    case TableKind::kLast:
      return spec.window >= 0;
    default:
      return spec.window > 0;
  }
}

uint64_t BodyBytes(TableKind kind) {
  switch (kind) {
    case TableKind::kRate:
      return sizeof(RateBody);
    case TableKind::kCount:
      return sizeof(CountBody);
    case TableKind::kDistinct:
      return sizeof(DistinctBody);
    case TableKind::kScore:
      return sizeof(ScoreBody);
    case TableKind::kBucket:
      return sizeof(BucketBody);
    case TableKind::kMember:
    case TableKind::kTime:
      return 0;
    case TableKind::kBan:
      return sizeof(BanBody);
    case TableKind::kMean:
      return sizeof(MeanBody);
    case TableKind::kExtreme:
      return sizeof(ExtremeBody);
    case TableKind::kLast:
      return sizeof(LastBody);
    case TableKind::kRun:
      return sizeof(RunBody);
    case TableKind::kConcurrent:
      return sizeof(ConcurrentBody);
    case TableKind::kLease:
      return sizeof(LeaseBody);
    case TableKind::kBaseline:
      return sizeof(BaselineBody);
    case TableKind::kRepeat:
      return sizeof(RepeatBody);
    case TableKind::kEnds:
      return sizeof(EndsBody);
    case TableKind::kSequence:
      return sizeof(SequenceBody);
    case TableKind::kRecord:
      return sizeof(RecordBody);
    case TableKind::kBurst:
      break;
  }
  return 0;
}

Nanos Times(Nanos time, int64_t factor) {
  Nanos product;
  return __builtin_mul_overflow(time, factor, &product) ? kForever : product;
}

Nanos DivideUp(Nanos time, int64_t divisor) {
  return time / divisor + (time % divisor != 0 ? 1 : 0);
}

Nanos StepOf(const TableSpec& spec) {
  if (IsRing(spec.kind)) return DivideUp(spec.window, kSubWindows);
  // The longest lease must end within the last sub-window, wherever in the first it begins.
  if (spec.kind == TableKind::kConcurrent) return DivideUp(spec.window, kSubWindows - 1);
  return std::max<Nanos>(1, spec.window / kTicksPerWindow);
}

Nanos SpanOf(const TableSpec& spec, Nanos step) {
  switch (spec.kind) {
    case TableKind::kCount:
    case TableKind::kMean:
    case TableKind::kExtreme:
    case TableKind::kConcurrent:
      return Times(step, kSubWindows);
    case TableKind::kRate:
    case TableKind::kDistinct:
      return Times(spec.window, 2);
    case TableKind::kScore:
      return Times(spec.window, kHalfLivesKept);
    case TableKind::kTime:
    case TableKind::kRun:
    case TableKind::kRepeat:
    case TableKind::kEnds:
    case TableKind::kSequence:
      return spec.window;
    case TableKind::kBaseline:
      // A profile of the week outlives some weeks without an event.
      return std::max(Times(spec.window, kHalfLivesKept), 4 * 7 * kDay);
    case TableKind::kLast:
      return spec.window == 0 ? kForever : spec.window;
    default:
      return 0;
  }
}

uint64_t LatenessOf(const TableSpec& spec) {
  constexpr uint64_t kAny = std::numeric_limits<uint64_t>::max();
  const auto window = static_cast<uint64_t>(spec.window);
  // A lease ends ahead of its counter's time, which itself may be ahead of now by a window.
  if (spec.kind == TableKind::kLease) return window > kAny / 3 ? kAny : 3 * window;
  // The last value is the one that came last, whatever its time; and what was learnt over weeks is
  // not lost because a clock was set.
  const bool any = spec.kind == TableKind::kLast || spec.kind == TableKind::kBaseline;
  return window == 0 || any ? kAny : window;
}

}  // namespace

Geometry GeometryOf(const TableSpec& spec) {
  Geometry geometry;
  if (spec.capacity == 0 || spec.capacity > kMaxCapacity) return geometry;
  if (!WindowFits(spec)) return geometry;
  const uint64_t entries = std::max<uint64_t>(kWays, std::bit_ceil(uint64_t{spec.capacity}));
  if (spec.kind == TableKind::kBurst) {
    geometry.buckets = std::max<uint64_t>(1, entries / BurstBlock::kColumns);
    geometry.bucket_bytes = sizeof(BurstBlock);
    geometry.bytes =
        sizeof(TableHeader) + sizeof(BurstClock) + geometry.buckets * geometry.bucket_bytes;
    return geometry;
  }
  geometry.buckets = entries / kWays;
  geometry.body_bytes = BodyBytes(spec.kind);
  geometry.bucket_bytes = RoundToLine(kWays * (sizeof(Head) + geometry.body_bytes));
  if (spec.kind == TableKind::kDistinct) {
    geometry.sketches = std::max<uint64_t>(1, entries / kEntriesPerSketch);
  }
  geometry.bytes = sizeof(TableHeader) + geometry.buckets * geometry.bucket_bytes +
                   geometry.sketches * sizeof(Sketch);
  return geometry;
}

uint64_t TableBytes(const TableSpec& spec) { return GeometryOf(spec).bytes; }

void AddMark(TableHeader* table, int64_t mark) {
  if (mark < 0 || mark >= int64_t{kMarks}) return;
  const auto at = static_cast<uint64_t>(mark);
  table->marks[at / 64].fetch_or(uint64_t{1} << at % 64, std::memory_order_relaxed);
}

void InitTable(const TableSpec& spec, const RegionHeader& region, TableHeader* table) {
  const uint64_t stripe_count = region.stripe_count;
  table->stripes_at = region.stripes_at;
  table->shared = region.shared;
  const Geometry geometry = GeometryOf(spec);
  for (std::atomic<uint64_t>& word : table->marks) word.store(0, std::memory_order_relaxed);
  table->kind = spec.kind;
  table->body_bytes = static_cast<uint32_t>(geometry.body_bytes);
  table->bucket_bytes = geometry.bucket_bytes;
  table->bucket_mask = geometry.buckets - 1;
  uint64_t stripes = std::min(stripe_count, geometry.buckets);
  if (geometry.sketches != 0) {
    stripes = std::clamp<uint64_t>(geometry.sketches / kSketchesPerGroup, 1, stripes);
    table->sketches_per_group = geometry.sketches / stripes;
    table->sketches_at = sizeof(TableHeader) + geometry.buckets * geometry.bucket_bytes;
  }
  if (spec.kind == TableKind::kConcurrent || spec.kind == TableKind::kLease) {
    table->stripe_shift = 1;
    table->stripe_first = spec.kind == TableKind::kLease ? 1 : 0;
    stripes = std::min(stripe_count / 2, geometry.buckets);
  }
  table->stripe_mask = stripes - 1;
  table->window = spec.window;
  table->step = StepOf(spec);
  table->span = SpanOf(spec, table->step);
  table->lateness = LatenessOf(spec);
}

}  // namespace sipward::state
