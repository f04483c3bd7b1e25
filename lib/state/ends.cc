// Calls of which it is known when they end: how many are under way.
//
// The ends stand in order, each with how many calls end then. When there is no place left, the two
// ends that lie closest together become the later one: those calls count a little too long.
#include <algorithm>
#include <cstdint>
#include <limits>

#include "state/access.h"
#include "state/arithmetic.h"

namespace sipward::state {
namespace {

constexpr unsigned kPlaces = EndsBody::kPlaces;

int64_t CountAt(const EndsBody& body, Nanos at) {
  int64_t count = 0;
  for (unsigned i = 0; i < kPlaces; ++i) {
    if (body.ends[i] > at) count += body.counts[i];
  }
  return count;
}

// Takes out what is over; how many places are in use then.
unsigned DropBefore(EndsBody* body, Nanos at) {
  unsigned used = 0;
  for (unsigned i = 0; i < kPlaces; ++i) {
    if (body->counts[i] == 0 || body->ends[i] <= at) continue;
    body->ends[used] = body->ends[i];
    body->counts[used++] = body->counts[i];
  }
  std::fill(body->counts.begin() + used, body->counts.end(), 0);
  std::fill(body->ends.begin() + used, body->ends.end(), 0);
  return used;
}

void Increase(uint32_t* count, uint32_t by) {
  *count += std::min(by, std::numeric_limits<uint32_t>::max() - *count);
}

// Puts an end in its place among `used` others.
void InsertEnd(EndsBody* body, unsigned used, Nanos end) {
  const auto first = body->ends.begin();
  const auto place = static_cast<unsigned>(std::lower_bound(first, first + used, end) - first);
  if (place < used && body->ends[place] == end) return Increase(&body->counts[place], 1);
  for (unsigned i = used; i > place; --i) {
    body->ends[i] = body->ends[i - 1];
    body->counts[i] = body->counts[i - 1];
  }
  body->ends[place] = end;
  body->counts[place] = 1;
}

// Makes a place free where all are in use.
void MergeClosest(EndsBody* body) {
  unsigned closest = 0;
  for (unsigned i = 1; i + 1 < kPlaces; ++i) {
    const uint64_t gap = Elapsed(body->ends[i], body->ends[i + 1]);
    if (gap < Elapsed(body->ends[closest], body->ends[closest + 1])) closest = i;
  }
  Increase(&body->counts[closest + 1], body->counts[closest]);
  for (unsigned i = closest; i + 1 < kPlaces; ++i) {
    body->ends[i] = body->ends[i + 1];
    body->counts[i] = body->counts[i + 1];
  }
  body->counts[kPlaces - 1] = 0;
}

}  // namespace

int64_t Region::AddCall(Table table, const Hash128& key, Nanos length, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kEnds, key);
  if (!access.ok()) return 0;
  const bool found = access.Find(now);
  const Nanos at = found ? std::max(now, access.head().time) : now;
  const Nanos end = SaturatingAdd(now, std::clamp<Nanos>(length, 0, access.table().window));
  if (end <= at) return found ? CountAt(access.body<EndsBody>(), at) : 0;
  if (!found && !access.TryAdmit(now, 1)) return 1;
  auto& body = access.body<EndsBody>();
  unsigned used = DropBefore(&body, at);
  if (used == kPlaces) {
    MergeClosest(&body);
    --used;
  }
  InsertEnd(&body, used, end);
  access.head().time = at;
  const int64_t count = CountAt(body, at);
  access.head().weight = count;
  return count;
}

int64_t Region::CountCalls(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access access(base(), table.offset, TableKind::kEnds, key);
  if (!access.Find(now)) return 0;
  return CountAt(access.body<EndsBody>(), std::max(now, access.head().time));
}

}  // namespace sipward::state
