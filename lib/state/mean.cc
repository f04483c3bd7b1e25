// Means and ratios: sums of values and how many there were.
#include <algorithm>
#include <limits>

#include "state/access.h"
#include "state/arithmetic.h"
#include "state/ring.h"

namespace sipward::state {
namespace {

Mean MeanAt(const Access& entry, Nanos at) {
  const auto& body = entry.body<MeanBody>();
  __int128 sum = 0;
  int64_t count = 0;
  VisitRing(entry.table().step, entry.head().time, at, [&](size_t place) {
    sum += body.sums[place];
    count += body.counts[place];
  });
  return Mean{Saturate(sum), count};
}

}  // namespace

Mean Region::AddMean(Table table, const Hash128& key, int64_t value, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kMean, key);
  if (!entry.Find(now)) {
    if (!entry.ok()) return {};
    if (!entry.TryAdmit(now, 1)) return Mean{value, 1};
  }
  auto& body = entry.body<MeanBody>();
  const Nanos at = std::max(now, entry.head().time);
  const size_t place = TurnRing(entry.table().step, entry.head().time, at, [&](size_t old) {
    body.sums[old] = 0;
    body.counts[old] = 0;
  });
  entry.head().time = at;
  body.sums[place] = SaturatingAdd(body.sums[place], value);
  if (body.counts[place] != std::numeric_limits<uint32_t>::max()) ++body.counts[place];
  const Mean mean = MeanAt(entry, at);
  entry.head().weight = mean.count;
  return mean;
}

Mean Region::ReadMean(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kMean, key);
  if (!entry.Find(now)) return {};
  return MeanAt(entry, std::max(now, entry.head().time));
}

}  // namespace sipward::state
