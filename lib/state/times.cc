// When a key was last seen. The head of an entry says it all: there is no body.
#include <algorithm>

#include "state/access.h"

namespace sipward::state {

std::optional<Nanos> Region::Touch(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kTime, key);
  std::optional<Nanos> since;
  if (entry.Find(now)) {
    since = static_cast<Nanos>(Elapsed(entry.head().time, now));
  } else if (!entry.TryAdmit(now, 1)) {
    return std::nullopt;
  }
  entry.head().time = std::max(now, entry.head().time);
  entry.head().weight = 1;
  return since;
}

std::optional<Nanos> Region::Since(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kTime, key);
  if (!entry.Find(now)) return std::nullopt;
  return static_cast<Nanos>(Elapsed(entry.head().time, now));
}

}  // namespace sipward::state
