#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

// One key as it is: its first time, how often it came since, the note.
struct NaiveRepeats {
  bool known = false;
  Nanos first = 0;
  Repeats now;

  bool Knows(Nanos at, Nanos window) const {
    return known && at - first < window && first - at <= window;
  }
};

TEST(Repeats, AreExact) {
  constexpr uint64_t kKeys = 20;
  for (const Nanos window : {kMinute, Nanos{1001}}) {
    const auto region = NewRegion();
    const auto table = *region->Open(Spec(TableKind::kRepeat, window));
    std::vector<NaiveRepeats> naive(kKeys);
    WildClock clock(window, 17);
    int again = 0, noted = 0;
    for (int i = 0; i < 20000; ++i) {
      const Nanos now = clock.Next();
      const uint64_t key = clock.Random() % kKeys;
      NaiveRepeats& model = naive[key];
      if (clock.Random() % 4 == 0) {
        region->SetNote(table, Key(key), clock.Random() % 100, now);
        continue;
      }
      if (!model.Knows(now, window)) model = {true, now, {}};
      const Repeats said = region->Repeat(table, Key(key), now);
      ASSERT_EQ(said.before, model.now.before) << i;
      ++model.now.before;
      again += said.before > 0 ? 1 : 0;
      noted += said.note > 0 ? 1 : 0;
    }
    EXPECT_GT(again, 5000);
    EXPECT_GT(noted, 1000);
  }
}

TEST(Repeats, KeepTheNoteAsLongAsTheKey) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRepeat, kMinute));
  region->SetNote(table, Key("a"), 5, 0);
  EXPECT_EQ(region->Repeat(table, Key("a"), 0).note, 0u);
  region->SetNote(table, Key("a"), 7, 1);
  EXPECT_EQ(region->Repeat(table, Key("a"), kMinute - 1).note, 7u);
  const Repeats anew = region->Repeat(table, Key("a"), kMinute);
  EXPECT_EQ(anew.before, 0u);
  EXPECT_EQ(anew.note, 0u);
}

// What is lost is the oldest, always, and no pressure comes of it.
TEST(Repeats, LetNewKeysInWithoutPressure) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kRepeat, kMinute, 4));
  for (uint64_t key = 0; key < 2000; ++key) {
    ASSERT_EQ(region->Repeat(table, Key(key), static_cast<Nanos>(key)).before, 0u);
    ASSERT_EQ(region->Repeat(table, Key(key), static_cast<Nanos>(key)).before, 1u);
  }
  EXPECT_EQ(region->pressure(2000 + kSecond), 0);
  EXPECT_EQ(region->stats().evictions, 1996u);
}

TEST(Repeats, TakeAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{1}, kMinute, kLast}) {
    const auto table = *region->Open(Spec(TableKind::kRepeat, window));
    for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
      const uint32_t before = region->Repeat(table, Key("a"), now).before;
      EXPECT_EQ(region->Repeat(table, Key("a"), now).before, before + 1);
    }
  }
}

}  // namespace
}  // namespace sipward::state
