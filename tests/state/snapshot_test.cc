// Snapshots: what comes back, when it ends then, and what is refused.
#include "state/snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

constexpr uint64_t kBytes = 1 << 20;
constexpr Nanos kWall = 20'000 * kDay;
constexpr Region::Moment kMoment{kWall, kDay};

std::string SnapshotOf(Region& region, const Region::Moment& moment = kMoment) {
  std::string bytes(region.SnapshotBytes(), '\0');
  bytes.resize(region.Snapshot(bytes.data(), bytes.size(), moment));
  return bytes;
}

std::string Seal(std::string bytes) {
  const Digest256 digest = DigestOf(TestSecret(), bytes);
  std::memcpy(bytes.data() + offsetof(SnapshotHeader, digest), digest.data(), digest.size());
  return bytes;
}

struct Tables {
  explicit Tables(Region& region)
      : count(*region.Open(Spec(TableKind::kCount, kHour, 64))),
        rate(*region.Open(Spec(TableKind::kRate, kHour, 64))),
        distinct(*region.Open(Spec(TableKind::kDistinct, kHour, 64))),
        score(*region.Open(Spec(TableKind::kScore, kHour, 64))),
        bucket(*region.Open(Spec(TableKind::kBucket, 0, 64))),
        member(*region.Open(Spec(TableKind::kMember, 0, 64))),
        ban(*region.Open(Spec(TableKind::kBan, 0, 64))),
        mean(*region.Open(Spec(TableKind::kMean, kHour, 64))),
        extreme(*region.Open(Spec(TableKind::kExtreme, kHour, 64))),
        time(*region.Open(Spec(TableKind::kTime, kHour, 64))),
        last(*region.Open(Spec(TableKind::kLast, 0, 64))),
        run(*region.Open(Spec(TableKind::kRun, kHour, 64))),
        concurrent(*region.Open(Spec(TableKind::kConcurrent, kHour, 64))),
        lease(*region.Open(Spec(TableKind::kLease, kHour, 64))),
        baseline(*region.Open(Spec(TableKind::kBaseline, kDay, 64))),
        burst(*region.Open(Spec(TableKind::kBurst, kMinute, 64))),
        ends(*region.Open(Spec(TableKind::kEnds, kHour, 64))) {}

  void Fill(Region& region, Nanos now, Nanos wall = kWall) const {
    for (uint64_t i = 0; i < 30; ++i) {
      const Hash128 key = Key(i % 3);
      region.Add(count, key, 5, now);
      region.Add(rate, key, 1, now);
      for (uint64_t j = 0; j < 40; ++j) region.AddItem(distinct, key, Item(i * 40 + j), now);
      region.AddScore(score, key, 2, now);
      region.Take(bucket, key, kMinute, 12, now);
      region.AddMean(mean, key, static_cast<int64_t>(i), now);
      region.AddExtreme(extreme, key, static_cast<int64_t>(i), now);
      region.AddRun(run, key, static_cast<int64_t>(i / 3), now);
      region.Acquire(concurrent, lease, key, Key(i + 100), 30 * kMinute, now);
      region.Learn(baseline, key, static_cast<double>(i % 7), wall, now);
      region.AddEdge(burst, Item(i), Item(1), Item(2), now);
      region.AddCall(ends, key, static_cast<Nanos>(i + 10) * kMinute, now);
    }
    region.Touch(time, Key("k"), now);
    region.SwapLast(last, Key("k"), 3, "value", now, nullptr);
    region.Insert(member, Key("k"), now + kHour, now);
    region.Ban(ban, Key("k"), "a203.0.113.1", "rule", now + kHour, now);
  }

  // All that can be read, as text. Wall times are the same in both regions.
  std::string Read(Region& region, Nanos now) const {
    std::string text;
    const auto put = [&](auto value) { text += std::to_string(value) + ' '; };
    for (uint64_t i = 0; i < 3; ++i) {
      const Hash128 key = Key(i);
      put(region.Add(count, key, 0, now));
      put(region.Add(rate, key, 0, now));
      put(region.CountItems(distinct, key, now));
      put(region.AddScore(score, key, 0, now));
      put(region.ReadMean(mean, key, now).sum);
      put(region.ReadExtreme(extreme, key, now).value_or(Extremes{}).most);
      put(region.LongestRun(run, key, now));
      put(region.CountLeases(concurrent, key, now));
      put(region.Zscore(baseline, key, 50, kWall, now));
      put(region.ReadEdge(burst, Item(i), Item(1), Item(2), now));
      put(region.CountCalls(ends, key, now));
      put(region.Take(bucket, key, kMinute, 12, now));
    }
    put(region.Since(time, Key("k"), now).value_or(-1));
    LastValue value;
    put(region.ReadLast(last, Key("k"), now, &value));
    text += value.text();
    BanInfo info;
    put(region.Contains(member, Key("k"), now));
    if (region.IsBanned(ban, Key("k"), now, &info)) {
      text += info.key;
      text += info.reason;
      put(info.until - now);
    }
    return text;
  }

  Region::Table count, rate, distinct, score, bucket, member, ban, mean, extreme, time, last, run,
      concurrent, lease, baseline, burst, ends;
};

TEST(Snapshot, EveryKindComesBackOnAnotherClock) {
  for (const Nanos passed : {Nanos{0}, 7 * kMinute, 50 * kMinute, 3 * kHour}) {
    const auto region = NewRegion(kBytes);
    const Tables tables(*region);
    tables.Fill(*region, kMoment.now);
    const std::string snapshot = SnapshotOf(*region);
    ASSERT_FALSE(snapshot.empty());
    const auto other = NewRegion(kBytes);
    const Nanos now = 5 * kSecond + 123;  // the machine has just started
    ASSERT_EQ(other->Restore(snapshot, {kWall + passed, now}), "");
    const Tables found(*other);
    EXPECT_EQ(found.Read(*other, now), tables.Read(*region, kMoment.now + passed)) << passed;
    EXPECT_EQ(other->stats().insertions, region->stats().insertions);
    // It goes on as the first would.
    tables.Fill(*region, kMoment.now + passed + kSecond);
    found.Fill(*other, now + kSecond);
    EXPECT_EQ(found.Read(*other, now + kSecond),
              tables.Read(*region, kMoment.now + passed + kSecond));
    for (uint64_t i = 0; i < 30; ++i) {
      other->Release(found.concurrent, found.lease, Key(i % 3), Key(i + 100), now + kSecond);
    }
    for (uint64_t i = 0; i < 3; ++i) {
      EXPECT_EQ(other->CountLeases(found.concurrent, Key(i), now + kSecond), 0);
    }
  }
}

TEST(Snapshot, OfARestoredRegionIsTheSame) {
  const auto region = NewRegion(kBytes);
  const Tables tables(*region);
  tables.Fill(*region, kMoment.now);
  const std::string snapshot = SnapshotOf(*region);
  const auto other = NewRegion(kBytes);
  ASSERT_EQ(other->Restore(snapshot, {kWall, -3 * kDay}), "");
  EXPECT_EQ(SnapshotOf(*other, {kWall, -3 * kDay}), snapshot);
}

// Who asks whether a table is used must never be told too little.
TEST(Snapshot, TablesAreUsedFromTheirFirstEntryOn) {
  const auto source = NewRegion(kBytes);
  const Tables tables(*source);
  const std::vector<Region::Table> all = {
      tables.count, tables.rate,       tables.distinct, tables.score, tables.bucket, tables.member,
      tables.ban,   tables.mean,       tables.extreme,  tables.time,  tables.last,   tables.run,
      tables.lease, tables.concurrent, tables.baseline, tables.ends};
  for (const Region::Table table : all) EXPECT_FALSE(source->IsUsed(table));
  EXPECT_FALSE(source->IsUsed({}));
  EXPECT_EQ(source->Add(tables.count, Key(1), 0, kDay), 0);
  EXPECT_FALSE(source->IsUsed(tables.count));
  tables.Fill(*source, kDay);
  for (const Region::Table table : all) EXPECT_TRUE(source->IsUsed(table));
  const auto restored = NewRegion(kBytes);
  ASSERT_EQ(restored->Restore(SnapshotOf(*source), kMoment), "");
  const Tables back(*restored);
  EXPECT_TRUE(restored->IsUsed(back.count));
  EXPECT_TRUE(restored->IsUsed(back.lease));
}

TEST(Snapshot, BansEndWhenTheyShouldWhateverTheClocks) {
  const auto region = NewRegion(kBytes);
  const auto bans = *region->Open(Spec(TableKind::kBan, 0, 64));
  region->Ban(bans, Key("k"), "k", "rule", kMoment.now + kHour, kMoment.now);
  const std::string snapshot = SnapshotOf(*region);
  struct Case {
    Nanos wall, left;
  };
  // A wall clock that was set back makes nothing older, and nothing live longer.
  for (const Case& c : {Case{kWall, kHour}, Case{kWall + 40 * kMinute, 20 * kMinute},
                        Case{kWall - kDay, kHour}, Case{kWall + kDay, 0}}) {
    for (const Nanos now : {Nanos{0}, Nanos{17}, 400 * kDay, -kDay}) {
      const auto other = NewRegion(kBytes);
      ASSERT_EQ(other->Restore(snapshot, {c.wall, now}), "");
      const auto table = *other->Open(Spec(TableKind::kBan, 0, 64));
      BanInfo info;
      EXPECT_EQ(other->IsBanned(table, Key("k"), now, &info), c.left > 0);
      EXPECT_FALSE(other->IsBanned(table, Key("k"), now + c.left, nullptr));
      if (c.left == 0) continue;
      EXPECT_EQ(info.until, now + c.left);
      uint64_t cursor = 0;
      EXPECT_TRUE(other->NextBan(table, now + c.left - 1, &cursor, &info));
      EXPECT_EQ(info.until, now + c.left);
    }
  }
}

TEST(Snapshot, MarksAreThoseOfTheEntriesThatCameBack) {
  const auto region = NewRegion(kBytes);
  const auto bans = *region->Open(Spec(TableKind::kBan, 0, 64));
  region->Ban(bans, Key("k"), "k", "rule", kMoment.now + kHour, kMoment.now, 22);
  region->Ban(bans, Key("l"), "l", "rule", kMoment.now + kHour, kMoment.now, 23);
  region->Reset(bans, Key("l"));
  const auto other = NewRegion(kBytes);
  ASSERT_EQ(other->Restore(SnapshotOf(*region), kMoment), "");
  const auto table = *other->Open(Spec(TableKind::kBan, 0, 64));
  EXPECT_TRUE(other->Marks(table).Has(22));
  EXPECT_FALSE(other->Marks(table).Has(23));
  EXPECT_FALSE(other->Marks(table).Has(0));
}

TEST(Snapshot, WhatIsCutOrChangedIsRefusedAndLeavesNothing) {
  const auto region = NewRegion(kBytes);
  const Tables tables(*region);
  tables.Fill(*region, kMoment.now);
  const std::string snapshot = SnapshotOf(*region);
  const auto other = NewRegion(kBytes);
  const uint64_t room = other->LargestRoom();
  for (size_t size = 0; size < snapshot.size(); size += 1 + size / 9) {
    EXPECT_NE(other->Restore(snapshot.substr(0, size), kMoment), "") << size;
  }
  for (size_t at = 0; at < snapshot.size(); at += 1 + at / 9) {
    std::string changed = snapshot;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    EXPECT_NE(other->Restore(changed, kMoment), "") << at;
  }
  EXPECT_EQ(other->Restore(snapshot + "x", kMoment), "There is more behind its end.");
  EXPECT_EQ(other->LargestRoom(), room);
  EXPECT_EQ(other->Restore(snapshot, kMoment), "");
  EXPECT_EQ(other->Restore(snapshot, kMoment), "The state is in use already.");
}

TEST(Snapshot, WhatIsForeignIsRefusedByName) {
  const auto region = NewRegion(kBytes);
  static_cast<void>(Tables(*region));
  const std::string snapshot = SnapshotOf(*region);
  const auto with = [&](size_t at, std::string_view bytes) {
    std::string changed = snapshot;
    changed.replace(at, bytes.size(), bytes);
    return NewRegion(kBytes)->Restore(Seal(changed), kMoment);
  };
  std::string other_order = snapshot;
  std::reverse(other_order.begin(), other_order.begin() + 8);
  EXPECT_EQ(NewRegion(kBytes)->Restore(other_order, kMoment),
            "It comes from a machine with another byte order.");
  EXPECT_EQ(with(0, "PK"), "It is no snapshot.");
  EXPECT_EQ(with(offsetof(SnapshotHeader, version), "\x63"), "It is of another version.");
  EXPECT_EQ(with(offsetof(SnapshotHeader, stripes), "\x01"), "What it holds makes no table.");
  EXPECT_EQ(NewRegion(2 * kBytes)->Restore(snapshot, kMoment), "It is of a state of another size.");
  HashSecret secret = TestSecret();
  secret.bytes[3] ^= 1;
  EXPECT_EQ(Region::Create(kBytes, secret)->Restore(snapshot, kMoment),
            "It was made with another seed.");
}

// With the right digest, which only who knows the secret can make: nothing is believed all the
// same.
TEST(Snapshot, SealedNonsenseIsRefusedOrHarmless) {
  const auto region = NewRegion(kBytes);
  const Tables tables(*region);
  tables.Fill(*region, kMoment.now);
  const std::string snapshot = SnapshotOf(*region);
  size_t restored = 0;
  for (size_t at = sizeof(SnapshotHeader); at < snapshot.size(); at += 1 + at / 301) {
    std::string changed = snapshot;
    changed[at] = static_cast<char>(changed[at] ^ 0xFF);
    const auto other = NewRegion(kBytes);
    if (!other->Restore(Seal(changed), kMoment).empty()) continue;
    ++restored;
    const Tables found(*other);
    found.Fill(*other, kMoment.now);
    found.Read(*other, kMoment.now + kMinute);
  }
  EXPECT_GT(restored, 100u);
}

constexpr std::string_view kNoTable = "What it holds makes no table.";

// A snapshot of one table with one entry, whose body begins there.
size_t BodyAt(const std::string& snapshot) {
  SnapshotHeader head;
  std::memcpy(&head, snapshot.data(), sizeof head);
  return sizeof head + head.stripes * sizeof(SnapshotStripe) + sizeof(SnapshotTable) +
         sizeof(uint64_t) + kWays * sizeof(Head);
}

TEST(Snapshot, ASealedPlaceOutsideOfTheTableIsRefused) {
  const auto region = NewRegion(kBytes);
  region->AddItem(*region->Open(Spec(TableKind::kDistinct, kHour, 4)), Key("k"), Item(1), kDay);
  const std::string snapshot = SnapshotOf(*region);
  for (const size_t at : {offsetof(DistinctBody, listed), offsetof(DistinctBody, current),
                          offsetof(DistinctBody, complete), offsetof(DistinctBody, sketch)}) {
    std::string changed = snapshot;
    changed[BodyAt(snapshot) + at] = '\x7F';
    EXPECT_EQ(NewRegion(kBytes)->Restore(Seal(changed), kMoment), kNoTable) << at;
  }
  std::string changed = snapshot;
  const uint64_t unit = 2;
  std::memcpy(changed.data() + BodyAt(snapshot) - kWays * sizeof(Head) - sizeof unit, &unit,
              sizeof unit);
  EXPECT_EQ(NewRegion(kBytes)->Restore(Seal(changed), kMoment), kNoTable);
}

TEST(Snapshot, ASealedTableThatComesTwiceIsRefusedAndLeavesNothing) {
  const auto region = NewRegion(kBytes);
  region->Add(*region->Open(Spec(TableKind::kCount, kHour, 64)), Key("k"), 1, kDay);
  std::string snapshot = SnapshotOf(*region);
  SnapshotHeader head;
  std::memcpy(&head, snapshot.data(), sizeof head);
  snapshot += snapshot.substr(sizeof head + head.stripes * sizeof(SnapshotStripe));
  head.tables = 2;
  head.size = snapshot.size();
  std::memcpy(snapshot.data(), &head, sizeof head);
  const auto other = NewRegion(kBytes);
  const uint64_t room = other->LargestRoom();
  EXPECT_EQ(other->Restore(Seal(snapshot), kMoment), kNoTable);
  const auto table = *other->Open(Spec(TableKind::kCount, kHour, 64));
  EXPECT_EQ(other->Add(table, Key("k"), 0, kDay), 0);
  other->Close(table);
  EXPECT_EQ(other->LargestRoom(), room);
}

TEST(Snapshot, IsWholeOrNothing) {
  const auto region = NewRegion(kBytes);
  static_cast<void>(Tables(*region));
  std::vector<char> room(region->SnapshotBytes() - 1, '\x55');
  EXPECT_EQ(region->Snapshot(room.data(), room.size(), kMoment), 0u);
  EXPECT_EQ(room, std::vector<char>(room.size(), '\x55'));
}

}  // namespace
}  // namespace sipward::state
