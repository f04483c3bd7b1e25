// Rates and counts: sums over a window that slides.
#include <algorithm>
#include <cmath>
#include <limits>

#include "state/access.h"
#include "state/arithmetic.h"
#include "state/ring.h"

namespace sipward::state {
namespace {

int64_t AddRate(const Access& entry, int64_t amount, Nanos at) {
  auto& body = entry.body<RateBody>();
  const Nanos window = entry.table().window;
  const int64_t last = FloorDivide(entry.head().time, window);
  const int64_t index = FloorDivide(at, window);
  if (index != last) {
    body.previous = index - last == 1 ? body.current : 0;
    body.current = 0;
  }
  body.current = SaturatingAdd(body.current, std::max<int64_t>(0, amount));
  const Nanos left = window - FloorModulo(at, window);
  const auto share = static_cast<__int128>(body.previous) * left / window;
  return SaturatingAdd(body.current, static_cast<int64_t>(share));
}

int64_t AddCount(const Access& entry, int64_t amount, Nanos at) {
  auto& sums = entry.body<CountBody>().sums;
  const size_t place =
      TurnRing(entry.table().step, entry.head().time, at, [&](size_t old) { sums[old] = 0; });
  sums[place] = SaturatingAdd(sums[place], amount);
  __int128 total = 0;
  for (const int64_t sum : sums) total += sum;
  return Saturate(total);
}

}  // namespace

int64_t Region::Add(Table table, const Hash128& key, int64_t amount, Nanos now) {
  now = At(now);
  if (table.offset == 0) return 0;
  const TableKind kind = KindOf(base(), table.offset);
  if (kind != TableKind::kRate && kind != TableKind::kCount) return 0;
  Access entry(base(), table.offset, kind, key);
  if (!entry.Find(now)) {
    const bool nothing = amount == 0 || (kind == TableKind::kRate && amount < 0);
    if (nothing || !entry.ok()) return 0;
    if (!entry.TryAdmit(now, std::abs(static_cast<double>(amount)))) return amount;
  }
  const Nanos at = std::max(now, entry.head().time);
  const int64_t value =
      kind == TableKind::kRate ? AddRate(entry, amount, at) : AddCount(entry, amount, at);
  entry.head().time = at;
  entry.head().weight = Magnitude(value);
  return value;
}

}  // namespace sipward::state
