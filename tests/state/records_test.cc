#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

Record Of(Nanos until, int64_t rank, uint64_t mark = 0) {
  Record record{until, rank, {}};
  std::memcpy(record.bytes.data(), &mark, sizeof mark);
  return record;
}

uint64_t MarkOf(const Record& record) {
  uint64_t mark;
  std::memcpy(&mark, record.bytes.data(), sizeof mark);
  return mark;
}

class RecordsTest : public ::testing::Test {
 protected:
  void Open(uint32_t capacity) { table_ = *region_->Open(Spec(TableKind::kRecord, 0, capacity)); }
  RecordPlace Add(uint64_t key, const Record& record, Nanos now) {
    return region_->AddRecord(table_, Key(key), record, now, &displaced_);
  }

  std::unique_ptr<Region> region_ = NewRegion();
  Region::Table table_;
  Record displaced_;
};

// Everything that was added is changed, read and taken out as a map has it.
TEST_F(RecordsTest, AreWhatAMapHolds) {
  Open(4096);
  std::mt19937_64 random(5);
  std::map<uint64_t, Record> model;
  Nanos now = 0;
  uint64_t cursor = 0;
  size_t ended = 0;
  for (uint64_t i = 0; i < 100000; ++i) {
    now += 10;
    const uint64_t key = random() % 500;
    const auto known = model.find(key);
    switch (random() % 4) {
      case 0: {
        // The key is kept in the record, to find it again in the model.
        const Record record = Of(now + static_cast<Nanos>(random() % 20000), 1, key);
        const RecordPlace place = Add(key, record, now);
        ASSERT_EQ(place, known == model.end() ? RecordPlace::kAdded : RecordPlace::kKnown);
        ASSERT_EQ(displaced_.rank, 0) << "there is room for all";
        if (known == model.end()) model[key] = record;
        break;
      }
      case 1: {
        const bool changed = region_->ChangeRecord(table_, Key(key), [&](Record& record) {
          record.until += 100;
          record.bytes[100] = static_cast<char>(i);
        });
        ASSERT_EQ(changed, known != model.end());
        if (!changed) break;
        known->second.until += 100;
        known->second.bytes[100] = static_cast<char>(i);
        break;
      }
      case 2: {
        Record read;
        ASSERT_EQ(region_->ReadRecord(table_, Key(key), &read), known != model.end());
        if (known == model.end()) break;
        ASSERT_EQ(read.until, known->second.until);
        ASSERT_EQ(read.rank, 1);
        ASSERT_EQ(read.bytes, known->second.bytes);
        break;
      }
      default: {
        region_->ChangeExpiredRecord(table_, now, &cursor, [&](Record& record) {
          const auto entry = model.find(MarkOf(record));
          ASSERT_NE(entry, model.end());
          ASSERT_LE(entry->second.until, now);
          ASSERT_EQ(record.bytes, entry->second.bytes);
          record.until = entry->second.until = now + 5000;
          ++ended;
        });
      }
    }
  }
  EXPECT_GT(ended, 1000u);
}

// A table of one bucket: of which each record has both names.
TEST_F(RecordsTest, GiveWayByRankAndThenByTime) {
  Open(4);
  for (uint64_t key = 0; key < 4; ++key) {
    ASSERT_EQ(Add(key, Of(1000 + static_cast<Nanos>(key), key < 2 ? 3 : 1, key), 0),
              RecordPlace::kAdded);
  }
  EXPECT_EQ(Add(4, Of(5000, 1, 4), 10), RecordPlace::kAdded);
  EXPECT_EQ(MarkOf(displaced_), 2u) << "of the two of rank 1 the one that ends first";
  EXPECT_EQ(displaced_.rank, 1);
  EXPECT_EQ(Add(5, Of(5000, 3, 5), 20), RecordPlace::kAdded);
  EXPECT_EQ(MarkOf(displaced_), 3u);
  EXPECT_EQ(Add(6, Of(5000, 3, 6), 30), RecordPlace::kAdded);
  EXPECT_EQ(MarkOf(displaced_), 4u);
  EXPECT_EQ(Add(7, Of(9000, 2, 7), 40), RecordPlace::kNoRoom) << "all others are worth more";
  EXPECT_EQ(displaced_.rank, 0);
  const uint64_t evictions = region_->stats().evictions;
  EXPECT_EQ(evictions, 3u);
  EXPECT_EQ(Add(8, Of(9000, 1, 8), 1000), RecordPlace::kAdded) << "one is over";
  EXPECT_EQ(MarkOf(displaced_), 0u);
  EXPECT_EQ(displaced_.rank, 3);
  EXPECT_EQ(region_->stats().evictions, evictions) << "what is over was not pushed out";
}

TEST_F(RecordsTest, OfNoWorthAreForgottenWithoutAWord) {
  Open(4);
  ASSERT_EQ(Add(1, Of(10, 0, 1), 0), RecordPlace::kAdded);
  uint64_t cursor = 0;
  Record over;
  EXPECT_FALSE(region_->ChangeExpiredRecord(table_, 100, &cursor, [](Record&) { FAIL(); }));
  EXPECT_FALSE(region_->ReadRecord(table_, Key(1), &over)) << "it was taken out";
}

TEST_F(RecordsTest, ThatAreOverStayUntilTheyAreTaken) {
  Open(64);
  ASSERT_EQ(Add(1, Of(10, 1, 77), 0), RecordPlace::kAdded);
  EXPECT_EQ(Add(1, Of(900, 1, 78), 500), RecordPlace::kKnown);
  Record record;
  EXPECT_TRUE(region_->ReadRecord(table_, Key(1), &record));
  EXPECT_EQ(record.until, 10);
  uint64_t cursor = 0;
  int taken = 0;
  for (int i = 0; i < 64; ++i) {
    region_->ChangeExpiredRecord(table_, 500, &cursor, [&](Record& over) {
      EXPECT_EQ(MarkOf(over), 77u);
      over.rank = 0;
      ++taken;
    });
  }
  EXPECT_EQ(taken, 1);
}

// As lib/state/README.md says.
TEST_F(RecordsTest, TwoBucketsHaveRoomForNearlyAll) {
  region_ = NewRegion(uint64_t{256} << 20);
  Open(1 << 19);
  for (uint64_t key = 0; key < 200000; ++key) {
    ASSERT_EQ(Add(key, Of(kHour, 3), 0), RecordPlace::kAdded) << key;
    ASSERT_EQ(displaced_.rank, 0) << key;
  }
}

TEST_F(RecordsTest, ComeBackWithASnapshot) {
  Open(64);
  ASSERT_EQ(Add(1, Of(region_->OwnTime(kMinute), 2, 99), 0), RecordPlace::kAdded);
  std::string bytes(region_->SnapshotBytes(), '\0');
  bytes.resize(region_->Snapshot(bytes.data(), bytes.size(), {.wall = kDay, .now = kHour}));
  region_ = NewRegion();
  ASSERT_EQ(region_->Restore(bytes, {.wall = kDay + kSecond, .now = 5}), "");
  Open(64);
  Record record;
  ASSERT_TRUE(region_->ReadRecord(table_, Key(1), &record));
  EXPECT_EQ(MarkOf(record), 99u);
  EXPECT_EQ(region_->OwnTime(5), kHour + kSecond) << "the region's time went on";
}

TEST_F(RecordsTest, AreOfNoOtherTable) {
  const auto other = *region_->Open(Spec(TableKind::kBan, 0));
  Record record;
  EXPECT_EQ(region_->AddRecord(other, Key(1), record, 0, &displaced_), RecordPlace::kNoRoom);
  EXPECT_FALSE(region_->ReadRecord(other, Key(1), &record));
  uint64_t cursor = 0;
  EXPECT_FALSE(region_->ChangeExpiredRecord(other, 0, &cursor, [](Record&) {}));
}

}  // namespace
}  // namespace sipward::state
