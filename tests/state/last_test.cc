#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>

#include "tests/state/helpers.h"
#include "tests/state/model.h"

namespace sipward::state {
namespace {

TEST(Last, IsTheValueBeforeThisOneWhateverTheClockSays) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kLast, 0));
  std::map<uint64_t, std::pair<uint8_t, std::string>> naive;
  WildClock clock(kMinute, 14);
  for (int i = 0; i < 20000; ++i) {
    const Nanos now = clock.Next();
    const uint64_t key = clock.Random() % 50;
    const auto tag = static_cast<uint8_t>(clock.Random());
    std::string text(clock.Random() % 200, '\0');
    for (char& letter : text) letter = static_cast<char>(clock.Random());
    LastValue read, before;
    const auto known = naive.find(key);
    ASSERT_EQ(region->ReadLast(table, Key(key), now, &read), known != naive.end());
    ASSERT_EQ(region->SwapLast(table, Key(key), tag, text, now, &before), known != naive.end());
    if (known != naive.end()) {
      const auto& [last_tag, last] = known->second;
      for (const LastValue* value : {&read, &before}) {
        ASSERT_EQ(value->tag, last_tag);
        ASSERT_EQ(value->text(), last.substr(0, kLastBytes));
        ASSERT_EQ(value->cut, last.size() > kLastBytes);
      }
    }
    naive[key] = {tag, text};
  }
}

TEST(Last, OfNothingLeavesTheBufferAlone) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kLast, 0));
  LastValue value;
  value.tag = 9;
  EXPECT_FALSE(region->ReadLast(table, Key("a"), 0, &value));
  EXPECT_FALSE(region->SwapLast(table, Key("a"), 1, "x", 0, &value));
  EXPECT_EQ(value.tag, 9);
  EXPECT_TRUE(region->SwapLast(table, Key("a"), 2, "", 0, nullptr));
  EXPECT_TRUE(region->ReadLast(table, Key("a"), 0, &value));
  EXPECT_EQ(value.tag, 2);
  EXPECT_EQ(value.text(), "");
  region->Reset(table, Key("a"));
  EXPECT_FALSE(region->ReadLast(table, Key("a"), 0, &value));
}

TEST(Last, WithAWindowIsForgottenBehindIt) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kLast, kHour));
  LastValue value;
  region->SwapLast(table, Key("a"), 1, "x", 0, nullptr);
  EXPECT_TRUE(region->ReadLast(table, Key("a"), kHour - 1, &value));
  EXPECT_FALSE(region->ReadLast(table, Key("a"), kHour, &value));
  EXPECT_TRUE(region->ReadLast(table, Key("a"), -kDay, &value))
      << "a clock set back forgets nothing";
}

TEST(Last, TakesAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kEnd = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  for (const Nanos window : {Nanos{0}, Nanos{1}, kEnd}) {
    const auto table = *region->Open(Spec(TableKind::kLast, window));
    for (const Nanos now : {Nanos{0}, kEnd, kFirst, kEnd - 1, kFirst + 1, Nanos{-1}}) {
      region->SwapLast(table, Key("a"), 1, "x", now, nullptr);
      LastValue value;
      EXPECT_TRUE(region->ReadLast(table, Key("a"), now, &value));
    }
  }
}

}  // namespace
}  // namespace sipward::state
