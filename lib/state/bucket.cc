// Token buckets, as the generic cell rate algorithm keeps them: one time per key.
#include <algorithm>

#include "state/access.h"
#include "state/arithmetic.h"

namespace sipward::state {

// The head's time is when the bucket will be full again.
bool Region::Take(Table table, const Hash128& key, Nanos period, uint32_t burst, Nanos now) {
  now = At(now);
  if (burst == 0) return false;
  if (period <= 0) return true;
  Access entry(base(), table.offset, TableKind::kBucket, key);
  if (!entry.ok()) return true;
  const int64_t depth = SaturatingMultiply(period, burst);
  bool known = entry.Find(now);
  // A clock that was set back by more than a whole bucket: start with a full one.
  if (known && Elapsed(now, entry.body<BucketBody>().latest) > static_cast<uint64_t>(depth)) {
    entry.body<BucketBody>().latest = now;
    entry.head().time = now;
  }
  if (!known && !entry.TryAdmit(now, static_cast<double>(period))) return true;
  auto& latest = entry.body<BucketBody>().latest;
  const Nanos at = known ? std::max(now, latest) : now;
  latest = at;
  const Nanos full = std::max(entry.head().time, at);
  const uint64_t missing = Elapsed(at, full);
  const auto room = static_cast<uint64_t>(depth - period);
  if (missing > room) return false;
  entry.head().time = SaturatingAdd(full, period);
  return true;
}

}  // namespace sipward::state
