// What the caller keeps of things that go on for a while, each in one of two buckets.
#include <algorithm>
#include <optional>

#include "state/access.h"

namespace sipward::state {
namespace {

// The same key in the other bucket. Both names of a key are made of all of its bits.
Hash128 Other(const Hash128& key) {
  uint64_t z = key.high * 0x9e3779b97f4a7c15u;
  z ^= z >> 32;
  return Hash128{key.low ^ (z | 1), key.high};
}

Record RecordOf(const Head& head, const RecordBody& body) {
  return Record{head.time, head.weight, body.bytes};
}

// The place that a newcomer may have in a bucket without anything of worth being lost.
std::optional<unsigned> FreeWay(const Access& bucket, Nanos now) {
  std::optional<unsigned> over;
  for (unsigned way = 0; way < kWays; ++way) {
    const Head* head = bucket.Peek(way);
    if (head == nullptr) return way;
    if (bucket.IsOver(*head, now)) over = way;
  }
  return over;
}

unsigned Occupied(const Access& bucket, Nanos now) {
  unsigned count = 0;
  for (unsigned way = 0; way < kWays; ++way) {
    const Head* head = bucket.Peek(way);
    if (head != nullptr && !bucket.IsOver(*head, now)) ++count;
  }
  return count;
}

// Of a bucket in which every place is taken.
unsigned LeastWorth(const Access& bucket) {
  unsigned least = 0;
  for (unsigned way = 1; way < kWays; ++way) {
    const Head& head = *bucket.Peek(way);
    const Head& other = *bucket.Peek(least);
    if (head.weight < other.weight || (head.weight == other.weight && head.time < other.time)) {
      least = way;
    }
  }
  return least;
}

void Write(const Record& record, Access* entry) {
  entry->head().time = record.until;
  entry->head().weight = record.rank;
  entry->body<RecordBody>().bytes = record.bytes;
}

}  // namespace

Nanos Region::OwnTime(Nanos now) const { return At(now); }

bool Region::ChangeRecord(Table table, const Hash128& key, void (*change)(void*, Record&),
                          void* context) {
  for (const Hash128& name : {key, Other(key)}) {
    Access entry(base(), table.offset, TableKind::kRecord, name);
    if (!entry.FindAny()) continue;
    Record record = RecordOf(entry.head(), entry.body<RecordBody>());
    change(context, record);
    Write(record, &entry);
    return true;
  }
  return false;
}

bool Region::ReadRecord(Table table, const Hash128& key, Record* out) {
  for (const Hash128& name : {key, Other(key)}) {
    Access entry(base(), table.offset, TableKind::kRecord, name);
    if (!entry.FindAny()) continue;
    *out = RecordOf(entry.head(), entry.body<RecordBody>());
    return true;
  }
  return false;
}

// The emptier bucket is looked at without a lock on the other: two processes that add one key at
// the same moment while the buckets fill up may both have it; that is one record too many, which
// ends by its time.
RecordPlace Region::AddRecord(Table table, const Hash128& key, const Record& record, Nanos own_now,
                              Record* displaced) {
  displaced->rank = 0;
  const Hash128 names[] = {key, Other(key)};
  unsigned occupied[2];
  for (unsigned i = 0; i < 2; ++i) {
    Access entry(base(), table.offset, TableKind::kRecord, names[i]);
    if (!entry.ok()) return RecordPlace::kNoRoom;
    if (entry.FindAny()) return RecordPlace::kKnown;
    occupied[i] = Occupied(entry, own_now);
  }
  Access entry(base(), table.offset, TableKind::kRecord, names[occupied[1] < occupied[0] ? 1 : 0]);
  if (entry.FindAny()) return RecordPlace::kKnown;
  const std::optional<unsigned> room = FreeWay(entry, own_now);
  const unsigned way = room ? *room : LeastWorth(entry);
  const Head* before = entry.Peek(way);
  const bool gives_way = before == nullptr || room.has_value() || before->weight <= record.rank;
  entry.NoteNew(room.has_value(), !room && gives_way && before != nullptr && before->weight > 0,
                own_now);
  if (!gives_way) return RecordPlace::kNoRoom;
  if (before != nullptr && before->weight > 0) {
    *displaced = RecordOf(*before, entry.BodyOf<RecordBody>(way));
  }
  entry.Replace(way, own_now);
  Write(record, &entry);
  return RecordPlace::kAdded;
}

bool Region::ChangeExpiredRecord(Table table, Nanos own_now, uint64_t* cursor,
                                 void (*change)(void*, Record&), void* context) {
  if (table.offset == 0 || KindOf(base(), table.offset) != TableKind::kRecord) return false;
  const auto* header = reinterpret_cast<const TableHeader*>(base() + table.offset);
  const uint64_t bucket = *cursor & header->bucket_mask;
  Access entry(base(), table.offset, TableKind::kRecord, Hash128{bucket, 0});
  for (unsigned way = 0; way < kWays; ++way) {
    const Head* head = entry.Peek(way);
    if (head == nullptr || !entry.IsOver(*head, own_now)) continue;
    if (head->weight <= 0) {
      entry.Clear(way);
      continue;
    }
    entry.Choose(way);
    Record record = RecordOf(entry.head(), entry.body<RecordBody>());
    change(context, record);
    Write(record, &entry);
    return true;
  }
  ++*cursor;
  return false;
}

}  // namespace sipward::state
