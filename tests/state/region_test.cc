#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Region, RefusesLessThan64KiB) {
  EXPECT_EQ(NewRegion((64 << 10) - 1), nullptr);
  EXPECT_NE(NewRegion(64 << 10), nullptr);
}

TEST(Region, KeepsItsSecret) { EXPECT_EQ(NewRegion()->secret().bytes, TestSecret().bytes); }

TEST(Region, SameSpecIsTheSameTable) {
  const auto region = NewRegion();
  const auto first = region->Open(Spec(TableKind::kCount, kMinute));
  ASSERT_TRUE(first);
  EXPECT_EQ(region->Add(*first, Key("a"), 3, 0), 3);
  const auto again = region->Open(Spec(TableKind::kCount, kMinute));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->offset, first->offset);
  EXPECT_EQ(region->Add(*again, Key("a"), 0, 0), 3);
}

TEST(Region, EveryPartOfASpecMakesAnotherTable) {
  const auto region = NewRegion();
  const TableSpec base = Spec(TableKind::kCount, kMinute);
  std::vector<TableSpec> specs(4, base);
  specs[0].kind = TableKind::kRate;
  specs[1].window += 1;
  specs[2].capacity *= 2;
  specs[3].signature += "!";
  const auto first = region->Open(base);
  ASSERT_TRUE(first);
  region->Add(*first, Key("a"), 1, 0);
  for (const TableSpec& spec : specs) {
    const auto other = region->Open(spec);
    ASSERT_TRUE(other);
    EXPECT_NE(other->offset, first->offset);
    EXPECT_EQ(region->Add(*other, Key("a"), 0, 0), 0);
  }
}

TEST(Region, TableBytesIsWhatATableTakes) {
  const auto region = NewRegion();
  for (const TableKind kind :
       {TableKind::kRate,       TableKind::kCount,  TableKind::kDistinct, TableKind::kScore,
        TableKind::kBucket,     TableKind::kMember, TableKind::kBan,      TableKind::kMean,
        TableKind::kExtreme,    TableKind::kTime,   TableKind::kLast,     TableKind::kRun,
        TableKind::kConcurrent, TableKind::kLease,  TableKind::kBaseline, TableKind::kBurst,
        TableKind::kRepeat,     TableKind::kEnds,   TableKind::kSequence, TableKind::kRecord}) {
    const bool timeless = kind == TableKind::kBucket || kind == TableKind::kMember ||
                          kind == TableKind::kBan || kind == TableKind::kLast ||
                          kind == TableKind::kRecord;
    for (const uint32_t capacity : {1u, 50u, 1000u}) {
      const TableSpec spec = Spec(kind, timeless ? 0 : kMinute, capacity);
      const uint64_t before = region->stats().used;
      ASSERT_TRUE(region->Open(spec));
      EXPECT_EQ(region->stats().used - before, TableBytes(spec));
    }
  }
}

// As lib/state/README.md has it; distinct shares a sketch among 32 entries.
TEST(Region, EntriesCostWhatThePageSays) {
  const std::pair<TableKind, uint64_t> costs[] = {
      {TableKind::kRate, 48},      {TableKind::kCount, 128},    {TableKind::kMean, 176},
      {TableKind::kExtreme, 240},  {TableKind::kDistinct, 258}, {TableKind::kTime, 32},
      {TableKind::kLast, 160},     {TableKind::kRun, 192},      {TableKind::kConcurrent, 96},
      {TableKind::kLease, 48},     {TableKind::kScore, 48},     {TableKind::kBucket, 48},
      {TableKind::kBaseline, 112}, {TableKind::kBurst, 64},     {TableKind::kMember, 32},
      {TableKind::kBan, 160},      {TableKind::kRepeat, 48},    {TableKind::kEnds, 224},
      {TableKind::kSequence, 112}, {TableKind::kRecord, 320}};
  for (const auto& [kind, bytes] : costs) {
    const bool timeless = kind == TableKind::kBucket || kind == TableKind::kMember ||
                          kind == TableKind::kBan || kind == TableKind::kLast ||
                          kind == TableKind::kRecord;
    const Nanos window = timeless ? 0 : kMinute;
    EXPECT_EQ(
        (TableBytes(Spec(kind, window, 1 << 17)) - TableBytes(Spec(kind, window, 1 << 16))) >> 16,
        bytes)
        << static_cast<int>(kind);
  }
}

TEST(Region, RefusesSpecsThatMeanNothing) {
  const auto region = NewRegion();
  for (const TableSpec& spec :
       {Spec(TableKind::kCount, 0), Spec(TableKind::kRate, -1), Spec(TableKind::kMember, 1),
        Spec(TableKind::kBan, -1), Spec(TableKind::kMean, 0), Spec(TableKind::kTime, 0),
        Spec(TableKind::kLast, -1), Spec(TableKind::kRepeat, 0), Spec(TableKind::kSequence, 0),
        Spec(TableKind::kRecord, 1), Spec(TableKind::kRun, -kHour),
        Spec(TableKind::kCount, kMinute, 0), Spec(TableKind::kScore, kMinute, (1u << 30) + 1),
        Spec(TableKind::kScore, kMinute, ~0u)}) {
    EXPECT_EQ(TableBytes(spec), 0u);
    EXPECT_FALSE(region->Open(spec));
  }
}

TEST(Region, FullRegionRefusesAndStaysUsable) {
  const auto region = NewRegion(1 << 20);
  std::vector<Region::Table> tables;
  for (int i = 0; i < 1000; ++i) {
    TableSpec spec = Spec(TableKind::kCount, kMinute, 512);
    spec.signature += std::to_string(i);
    const auto table = region->Open(spec);
    if (!table) break;
    tables.push_back(*table);
  }
  ASSERT_GT(tables.size(), 5u);
  ASSERT_LT(tables.size(), 17u);
  const RegionStats stats = region->stats();
  EXPECT_EQ(stats.bytes, uint64_t{1} << 20);
  EXPECT_LE(stats.used, stats.bytes);
  EXPECT_LT(stats.bytes - stats.used, TableBytes(Spec(TableKind::kCount, kMinute, 512)));
  // The last byte of the last table is inside the region: fill it.
  for (uint64_t i = 0; i < 10000; ++i) {
    for (const Region::Table table : tables) region->Add(table, Key(i), 1, 0);
  }
  EXPECT_EQ(region->stats().bytes, stats.bytes);
  EXPECT_EQ(region->stats().used, stats.used);
}

TEST(Region, HoldsAtMost256Tables) {
  const auto region = NewRegion();
  for (int i = 0; i < 256; ++i) {
    TableSpec spec = Spec(TableKind::kMember, 0, 4);
    spec.signature = std::to_string(i);
    ASSERT_TRUE(region->Open(spec)) << i;
  }
  EXPECT_FALSE(region->Open(Spec(TableKind::kMember, 0, 4)));
}

TEST(Region, OperationsOnATableOfAnotherKindDoNothing) {
  const auto region = NewRegion();
  const auto member = *region->Open(Spec(TableKind::kMember, 0));
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  EXPECT_EQ(region->Add(member, Key("a"), 1, 0), 0);
  EXPECT_EQ(region->AddItem(count, Key("a"), 1, 0), 0);
  EXPECT_EQ(region->CountItems(count, Key("a"), 0), 0);
  EXPECT_EQ(region->AddScore(count, Key("a"), 1, 0), 0);
  region->Insert(count, Key("a"), kHour, 0);
  region->Ban(count, Key("a"), "a", "b", kHour, 0);
  EXPECT_FALSE(region->Contains(count, Key("a"), 0));
  EXPECT_FALSE(region->IsBanned(count, Key("a"), 0, nullptr));
  EXPECT_TRUE(region->Take(count, Key("a"), kSecond, 1, 0));
  EXPECT_TRUE(region->Take(count, Key("a"), kSecond, 1, 0));
  EXPECT_EQ(region->AddMean(count, Key("a"), 1, 0).count, 0);
  EXPECT_FALSE(region->AddExtreme(count, Key("a"), 1, 0));
  EXPECT_FALSE(region->Touch(count, Key("a"), 0));
  EXPECT_FALSE(region->SwapLast(count, Key("a"), 1, "x", 0, nullptr));
  EXPECT_EQ(region->AddRun(count, Key("a"), 1, 0), 0);
  EXPECT_EQ(region->Add(Region::Table{}, Key("a"), 1, 0), 0);
  region->Reset(Region::Table{}, Key("a"));
  EXPECT_EQ(region->stats().insertions, 0u);
}

TEST(Region, AKeyOfZeroIsAKeyLikeOthers) {
  const auto region = NewRegion();
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  EXPECT_EQ(region->Add(count, Hash128{}, 2, 0), 2);
  EXPECT_EQ(region->Add(count, Hash128{}, 2, 0), 4);
}

TEST(Region, ResetForgetsTheKeyOnly) {
  const auto region = NewRegion();
  const auto count = *region->Open(Spec(TableKind::kCount, kMinute));
  region->Add(count, Key("a"), 2, 0);
  region->Add(count, Key("b"), 3, 0);
  region->Reset(count, Key("a"));
  region->Reset(count, Key("never seen"));
  EXPECT_EQ(region->Add(count, Key("a"), 0, 0), 0);
  EXPECT_EQ(region->Add(count, Key("b"), 0, 0), 3);
  EXPECT_EQ(region->Add(count, Key("a"), 1, 0), 1);
}

TEST(Region, SameEventsAndSecretGiveTheSameState) {
  const auto run = [] {
    const auto region = NewRegion();
    const auto count = *region->Open(Spec(TableKind::kCount, kMinute, 64));
    int64_t digest = 0;
    for (uint64_t i = 0; i < 20000; ++i) {
      digest = digest * 31 % 1000003 +
               region->Add(count, Key(i * i % 977), 1, static_cast<Nanos>(i) * kMillisecond);
    }
    return std::pair(digest, region->stats().evictions);
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace sipward::state
