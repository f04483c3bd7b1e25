// Numbers that count once: the highest of a key, and which of those behind it were taken.
#include <algorithm>

#include "state/access.h"

namespace sipward::state {
namespace {

constexpr uint64_t kBits = 64;

// Makes `number`, which is higher, the highest.
void Advance(SequenceBody* body, int64_t number) {
  const uint64_t by = static_cast<uint64_t>(number) - static_cast<uint64_t>(body->highest);
  body->seen = by < kBits ? body->seen << by : 0;
  body->seen |= 1;
  body->highest = number;
}

uint32_t& NoteOf(SequenceBody* body, int64_t number) {
  return body->notes[static_cast<uint64_t>(number) % SequenceBody::kNotes];
}

// Of one that is not higher than the highest.
Taken TakeBehind(SequenceBody* body, int64_t number, uint32_t note, uint32_t late) {
  const uint64_t behind = static_cast<uint64_t>(body->highest) - static_cast<uint64_t>(number);
  const uint64_t bit = behind < kBits ? uint64_t{1} << behind : 0;
  if ((body->seen & bit) != 0) {
    const bool same = behind < SequenceBody::kNotes && NoteOf(body, number) == note;
    return same ? Taken::kSame : Taken::kSeen;
  }
  if (bit == 0 || behind > late) return Taken::kLate;
  body->seen |= bit;
  if (behind < SequenceBody::kNotes) NoteOf(body, number) = note;
  return Taken::kNew;
}

}  // namespace

Taken Region::TakeNumber(Table table, const Hash128& key, int64_t number, uint32_t note,
                         uint32_t late, Nanos now) {
  if (number < 0) return Taken::kLate;
  now = At(now);
  Access entry(base(), table.offset, TableKind::kSequence, key);
  if (!entry.ok()) return Taken::kLate;
  Taken taken = Taken::kNew;
  if (entry.Find(now)) {
    auto& body = entry.body<SequenceBody>();
    if (number <= body.highest) {
      taken = TakeBehind(&body, number, note, late);
    } else {
      Advance(&body, number);
      NoteOf(&body, number) = note;
    }
  } else {
    if (!entry.Admit(now)) return Taken::kLate;
    auto& body = entry.body<SequenceBody>();
    body.highest = number;
    body.seen = 1;
    NoteOf(&body, number) = note;
    entry.head().weight = 1;
  }
  if (taken == Taken::kNew) entry.head().time = std::max(entry.head().time, now);
  return taken;
}

}  // namespace sipward::state
