#include <gtest/gtest.h>

#include <limits>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

// `count` keys that were never seen, evenly over a second.
void Spray(Region* region, Region::Table table, uint64_t first, uint64_t count, Nanos from) {
  for (uint64_t i = 0; i < count; ++i) {
    region->Add(table, Key(first + i), 1, from + static_cast<Nanos>(i * kSecond / count));
  }
}

TEST(Pressure, IsNothingWhileThereIsRoom) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 16384));
  EXPECT_EQ(region->pressure(0), 0);
  Spray(region.get(), table, 0, 2000, 0);
  EXPECT_LT(region->pressure(kSecond - 1), 0.01);
}

TEST(Pressure, RisesUnderASprayAndFallsBehindIt) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 1024));
  for (uint64_t second = 0; second < 5; ++second) {
    Spray(region.get(), table, second * 5000, 5000, static_cast<Nanos>(second) * kSecond);
  }
  EXPECT_GT(region->pressure(5 * kSecond - 1), 0.95);
  EXPECT_GT(region->pressure(5 * kSecond + kSecond / 4), 0.9);
  EXPECT_EQ(region->pressure(7 * kSecond), 0);
  EXPECT_EQ(region->pressure(kHour), 0);
}

TEST(Pressure, IsTheShareOfBothSecondsByTime) {
  const auto region = NewRegion();
  const auto full = *region->Open(Spec(TableKind::kCount, kHour, 64));
  const auto roomy = *region->Open(Spec(TableKind::kCount, kHour, 65536));
  Spray(region.get(), full, 0, 5000, -10 * kSecond);
  Spray(region.get(), full, 10000, 1000, 0);
  Spray(region.get(), roomy, 10000, 3000, 0);
  EXPECT_NEAR(region->pressure(kSecond - 1), 0.25, 0.01);
  Spray(region.get(), roomy, 20000, 4000, kSecond);
  EXPECT_NEAR(region->pressure(kSecond + kSecond / 2), 500.0 / 6000, 0.01);
}

TEST(Pressure, OfAHandfulOfKeysInATinyTableIsLow) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 4));
  Spray(region.get(), table, 0, 10, 0);
  EXPECT_LT(region->pressure(kSecond - 1), 0.05);
}

TEST(Pressure, CountsMoreThanAMillionNewKeysASecond) {
  const auto region = NewRegion();
  const auto full = *region->Open(Spec(TableKind::kTime, kHour, 4));
  const auto roomy = *region->Open(Spec(TableKind::kTime, kHour, 64));
  for (uint64_t i = 0; i < 700'000; ++i) {
    region->Touch(full, Hash128{i, i + 1}, static_cast<Nanos>(i));
    region->Touch(roomy, Key("a"), static_cast<Nanos>(i));
    region->Reset(roomy, Key("a"));
  }
  EXPECT_NEAR(region->pressure(kSecond - 1), 0.5, 0.01);
}

TEST(Pressure, TakesAnyTime) {
  constexpr Nanos kFirst = std::numeric_limits<Nanos>::min();
  constexpr Nanos kLast = std::numeric_limits<Nanos>::max();
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(TableKind::kCount, kMinute, 64));
  Spray(region.get(), table, 0, 5000, 0);
  for (const Nanos now : {Nanos{0}, kLast, kFirst, kLast - 1, kFirst + 1, Nanos{-1}}) {
    region->Add(table, Key(static_cast<uint64_t>(now)), 1, now);
    EXPECT_GE(region->pressure(~now), 0);
    EXPECT_LE(region->pressure(now), 1);
  }
}

}  // namespace
}  // namespace sipward::state
