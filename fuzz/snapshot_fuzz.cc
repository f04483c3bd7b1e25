// A snapshot as an attacker who knows the seed would write it: of a region with something in every
// table, changed in places and sealed again; or any bytes. It is refused and leaves nothing, or
// every operation on what came back stays within its table.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "fuzz/support/input.h"
#include "state/snapshot.h"
#include "state/state.h"

namespace {

using sipward::Hash128;
using sipward::Nanos;
using sipward::fuzz::Input;
using sipward::fuzz::Require;
using sipward::state::BanInfo;
using sipward::state::LastValue;
using sipward::state::Record;
using sipward::state::Region;
using sipward::state::SnapshotHeader;
using sipward::state::TableKind;
using sipward::state::TableSpec;

constexpr uint64_t kRegionBytes = sipward::state::kMinBytes;
constexpr size_t kKinds = static_cast<size_t>(TableKind::kRecord) + 1;
constexpr Region::Moment kMoment{sipward::kDay, sipward::kHour};

struct Tables {
  explicit Tables(Region& region) {
    for (size_t i = 0; i < kKinds; ++i) {
      const auto kind = static_cast<TableKind>(i);
      const bool timeless = kind == TableKind::kBucket || kind == TableKind::kMember ||
                            kind == TableKind::kBan || kind == TableKind::kRecord;
      const auto table = region.Open({kind, timeless ? 0 : sipward::kMinute, 8, "fuzz"});
      if (table) tables[i] = *table;
    }
  }
  Region::Table operator[](TableKind kind) const { return tables[static_cast<size_t>(kind)]; }
  std::array<Region::Table, kKinds> tables{};  // one that had no room stays 0
};

void Use(Region& region, const Tables& tables, Nanos now) {
  for (uint64_t i = 0; i < 6; ++i) {
    const Hash128 key{i, i};
    region.Add(tables[TableKind::kCount], key, 3, now);
    Require(region.Add(tables[TableKind::kRate], key, 3, now) >= 0);
    for (uint64_t item = 0; item < 20; ++item) {
      const uint64_t mixed = (item * 6 + i) * 0x9e3779b97f4a7c15u;
      Require(region.AddItem(tables[TableKind::kDistinct], key, mixed, now) >= 0);
    }
    Require(region.CountItems(tables[TableKind::kDistinct], key, now) >= 0);
    Require(std::isfinite(region.AddScore(tables[TableKind::kScore], key, 2, now)));
    region.Take(tables[TableKind::kBucket], key, sipward::kSecond, 5, now);
    region.Insert(tables[TableKind::kMember], key, now + sipward::kHour, now);
    region.Contains(tables[TableKind::kMember], key, now);
    region.Ban(tables[TableKind::kBan], key, "a192.0.2.1", "rule", now + sipward::kHour, now);
    BanInfo info;
    region.IsBanned(tables[TableKind::kBan], key, now, &info);
    region.AddMean(tables[TableKind::kMean], key, 7, now);
    region.AddExtreme(tables[TableKind::kExtreme], key, 7, now);
    region.Touch(tables[TableKind::kTime], key, now);
    region.Repeat(tables[TableKind::kRepeat], key, now);
    region.SetNote(tables[TableKind::kRepeat], key, i, now);
    region.TakeNumber(tables[TableKind::kSequence], key, static_cast<int64_t>(i), 1, 9, now);
    Record record{now + sipward::kSecond, static_cast<int64_t>(i), {}};
    region.AddRecord(tables[TableKind::kRecord], key, record, now, &record);
    region.ChangeRecord(tables[TableKind::kRecord], key, [](Record& kept) { ++kept.rank; });
    uint64_t cursor = i;
    region.ChangeExpiredRecord(tables[TableKind::kRecord], now + sipward::kMinute, &cursor,
                               [](Record& over) { over.rank = 0; });
    LastValue last;
    region.SwapLast(tables[TableKind::kLast], key, 1, "value", now, &last);
    Require(last.text().size() <= sipward::state::kLastBytes);
    Require(region.AddRun(tables[TableKind::kRun], key, static_cast<int64_t>(i), now) >= 0);
    const auto counters = tables[TableKind::kConcurrent];
    const auto leases = tables[TableKind::kLease];
    Require(region.Acquire(counters, leases, key, Hash128{i + 50, 1}, sipward::kSecond, now) >= 0);
    Require(region.Release(counters, leases, key, Hash128{i + 51, 1}, now) >= 0);
    Require(region.AddCall(tables[TableKind::kEnds], key, sipward::kSecond, now) >= 0);
    Require(region.CountCalls(tables[TableKind::kEnds], key, now) >= 0);
    region.Learn(tables[TableKind::kBaseline], key, static_cast<double>(i), now, now);
    const double score = region.Zscore(tables[TableKind::kBaseline], key, 9, now, now);
    Require(score >= -100 && score <= 100);
    Require(region.AddEdge(tables[TableKind::kBurst], i, 1, 2, now) >= 0);
  }
  region.ForEachBan(tables[TableKind::kBan], now, [](const BanInfo& ban) {
    Require(ban.key.size() <= sipward::state::kBanKeyBytes);
  });
  const double pressure = region.pressure(now);
  Require(pressure >= 0 && pressure <= 1);
}

std::string SnapshotOf(Region& region) {
  std::string bytes(region.SnapshotBytes(), '\0');
  const uint64_t size = region.Snapshot(bytes.data(), bytes.size(), kMoment);
  Require(size != 0);
  bytes.resize(size);
  return bytes;
}

std::string Honest() {
  const auto region = Region::Create(kRegionBytes, {});
  Use(*region, Tables(*region), kMoment.now);
  return SnapshotOf(*region);
}

// Each edit is a place and what to do there.
void Edit(Input& input, std::string* bytes) {
  while (!input.empty() && !bytes->empty()) {
    const uint8_t kind = input.Byte();
    const size_t at = input.Short() % bytes->size();
    if (kind < 128) {
      (*bytes)[at] = static_cast<char>(input.Byte());
    } else if (kind < 200) {
      const uint64_t value = uint64_t{input.Number()} << input.Byte() % 64;
      std::memcpy(bytes->data() + at, &value, std::min(sizeof value, bytes->size() - at));
    } else if (kind < 225) {
      bytes->resize(at);
    } else if (bytes->size() < 4 * kRegionBytes) {
      bytes->append(bytes->substr(at, input.Short()));
    }
  }
}

void Seal(std::string* bytes) {
  SnapshotHeader head;
  if (bytes->size() < sizeof head) return;
  std::memcpy(&head, bytes->data(), sizeof head);
  head.size = bytes->size();
  std::memcpy(bytes->data(), &head, sizeof head);
  head.digest = sipward::state::DigestOf({}, *bytes);
  std::memcpy(bytes->data(), &head, sizeof head);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string honest = Honest();
  Input input(data, size);
  const bool edited = input.Byte() % 4 != 0;
  std::string bytes = edited ? honest : std::string(input.rest());
  if (edited) {
    Edit(input, &bytes);
    Seal(&bytes);
  }
  const auto region = Region::Create(kRegionBytes, {});
  const uint64_t room = region->LargestRoom();
  if (!region->Restore(bytes, kMoment).empty()) {
    Require(region->LargestRoom() == room);
    return 0;
  }
  const Tables tables(*region);
  for (const Nanos now : {kMoment.now, kMoment.now + sipward::kHour, Nanos{0}}) {
    Use(*region, tables, now);
  }
  // What was let in at the edge of its bounds may have grown out of them.
  const auto again = Region::Create(kRegionBytes, {});
  const bool taken = again->Restore(SnapshotOf(*region), kMoment).empty();
  Require(taken || (bytes != honest && again->LargestRoom() == room));
  return 0;
}
