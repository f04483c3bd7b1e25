// The least and the most of the values in a window.
#include <algorithm>
#include <bit>

#include "state/access.h"
#include "state/ring.h"

namespace sipward::state {
namespace {

constexpr unsigned BitOf(size_t place) { return 1u << place; }

void Include(std::optional<Extremes>* all, int64_t least, int64_t most) {
  if (!*all) *all = Extremes{least, most};
  (*all)->least = std::min((*all)->least, least);
  (*all)->most = std::max((*all)->most, most);
}

std::optional<Extremes> ExtremesAt(const Access& entry, Nanos at) {
  const auto& body = entry.body<ExtremeBody>();
  std::optional<Extremes> all;
  VisitRing(entry.table().step, entry.head().time, at, [&](size_t place) {
    if ((body.filled & BitOf(place)) != 0) Include(&all, body.least[place], body.most[place]);
  });
  return all;
}

}  // namespace

std::optional<Extremes> Region::AddExtreme(Table table, const Hash128& key, int64_t value,
                                           Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kExtreme, key);
  if (!entry.Find(now)) {
    if (!entry.ok()) return std::nullopt;
    if (!entry.TryAdmit(now, 1)) return Extremes{value, value};
  }
  auto& body = entry.body<ExtremeBody>();
  const Nanos at = std::max(now, entry.head().time);
  unsigned filled = body.filled;
  const size_t place = TurnRing(entry.table().step, entry.head().time, at,
                                [&](size_t old) { filled &= ~BitOf(old); });
  const bool first = (filled & BitOf(place)) == 0;
  body.least[place] = first ? value : std::min(body.least[place], value);
  body.most[place] = first ? value : std::max(body.most[place], value);
  body.filled = static_cast<uint16_t>(filled | BitOf(place));
  entry.head().time = at;
  entry.head().weight = std::popcount(body.filled);
  return ExtremesAt(entry, at);
}

std::optional<Extremes> Region::ReadExtreme(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kExtreme, key);
  if (!entry.Find(now)) return std::nullopt;
  return ExtremesAt(entry, std::max(now, entry.head().time));
}

}  // namespace sipward::state
