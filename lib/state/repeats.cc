// What came before: the head of an entry keeps the first time, the body how often, and a note.
#include <limits>

#include "state/access.h"

namespace sipward::state {

Repeats Region::Repeat(Table table, const Hash128& key, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kRepeat, key);
  if (!entry.Find(now)) {
    if (!entry.Admit(now)) return {};
    entry.head().weight = 1;
  }
  auto& body = entry.body<RepeatBody>();
  const Repeats result{body.count, body.note};
  if (body.count < std::numeric_limits<uint32_t>::max()) ++body.count;
  return result;
}

Repeats Region::ReadRepeats(Table table, const Hash128& key, Nanos now) {
  Access entry(base(), table.offset, TableKind::kRepeat, key);
  if (!entry.Find(At(now))) return {};
  const auto& body = entry.body<RepeatBody>();
  return {body.count, body.note};
}

void Region::SetNote(Table table, const Hash128& key, uint64_t note, Nanos now) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kRepeat, key);
  if (entry.Find(now)) entry.body<RepeatBody>().note = note;
}

}  // namespace sipward::state
