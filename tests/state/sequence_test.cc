#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

// Every number that was taken, with its note.
struct NaiveSequence {
  std::map<int64_t, uint32_t> taken;

  Taken Take(int64_t number, uint32_t note, uint32_t late) {
    const int64_t highest = taken.empty() ? number : taken.rbegin()->first;
    const int64_t behind = highest - number;
    const auto found = taken.find(number);
    if (found != taken.end() && behind < 64) {
      return behind < 16 && found->second == note ? Taken::kSame : Taken::kSeen;
    }
    if (behind >= 64 || behind > int64_t{late}) return Taken::kLate;
    taken[number] = note;
    return Taken::kNew;
  }
};

TEST(Sequence, SaysWhatAModelSays) {
  constexpr uint64_t kKeys = 8;
  for (const uint32_t late : {0u, 1u, 15u, 63u, 1000u}) {
    const auto region = NewRegion();
    const auto table = *region->Open(Spec(TableKind::kSequence, kHour));
    std::vector<NaiveSequence> naive(kKeys);
    WildClock random(kHour, 31 + late);
    std::map<Taken, int> said;
    for (int i = 0; i < 20000; ++i) {
      const uint64_t key = random.Random() % kKeys;
      const auto around = static_cast<int64_t>(random.Random() % 100) + i / 50;
      const int64_t number = random.Random() % 500 == 0 ? around + 90 : around;
      const auto note = static_cast<uint32_t>(random.Random() % 3);
      const Taken taken = region->TakeNumber(table, Key(key), number, note, late, i);
      ASSERT_EQ(taken, naive[key].Take(number, note, late)) << i;
      ++said[taken];
    }
    for (const Taken taken : {Taken::kNew, Taken::kSame, Taken::kSeen, Taken::kLate}) {
      EXPECT_GT(said[taken], 20) << late;
    }
  }
}

TEST(Sequence, ForgetsAWindowAfterTheLatest) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kSequence, kMinute));
  EXPECT_EQ(region->TakeNumber(table, Key("a"), 5, 1, 0, 0), Taken::kNew);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), 6, 1, 0, kMinute - 1), Taken::kNew);
  // One that does not count lengthens nothing.
  EXPECT_EQ(region->TakeNumber(table, Key("a"), 6, 2, 0, 2 * kMinute - 2), Taken::kSeen);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), 5, 2, 0, 2 * kMinute - 1), Taken::kNew);
}

TEST(Sequence, TakesAnyNumberAndAnyTime) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kSequence, kMost));
  EXPECT_EQ(region->TakeNumber(table, Key("a"), -1, 0, 63, 0), Taken::kLate);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), 0, 0, 63, 0), Taken::kNew);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), kMost, 0, ~0u, kMost), Taken::kNew);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), kMost - 63, 0, ~0u, 0), Taken::kNew);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), kMost - 64, 0, ~0u, 0), Taken::kLate);
  EXPECT_EQ(region->TakeNumber(table, Key("a"), kMost, 0, 0, 0), Taken::kSame);
  // A table of another kind takes nothing.
  const auto other = *region->Open(Spec(TableKind::kRepeat, kMinute));
  EXPECT_EQ(region->TakeNumber(other, Key("a"), 1, 0, 0, 0), Taken::kLate);
}

TEST(Sequence, LetsNewKeysInWithoutPressure) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kSequence, kMinute, 4));
  for (uint64_t key = 0; key < 2000; ++key) {
    const auto now = static_cast<Nanos>(key);
    ASSERT_EQ(region->TakeNumber(table, Key(key), 1, 0, 0, now), Taken::kNew);
    ASSERT_EQ(region->TakeNumber(table, Key(key), 1, 1, 0, now), Taken::kSeen);
  }
  EXPECT_EQ(region->pressure(2000 + kSecond), 0);
}

// Of several threads with one number, one is told that it counts.
TEST(Sequence, CountsOnceForAllThreads) {
  constexpr int kNumbers = 2000;
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kSequence, kMinute));
  std::atomic<int> counted{0};
  std::vector<std::thread> threads;
  for (uint32_t note = 0; note < 3; ++note) {
    threads.emplace_back([&, note] {
      for (int64_t number = 0; number < kNumbers; ++number) {
        const Taken taken =
            region->TakeNumber(table, Key(static_cast<uint64_t>(number / 50)), number, note, 63, 0);
        counted += taken == Taken::kNew ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counted, kNumbers);
}

}  // namespace
}  // namespace sipward::state
