#include "state/sketch.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TEST(Registers, AreUnbiasedFromOneToAMillion) {
  for (const uint64_t items : {1u, 10u, 100u, 1000u, 2560u, 5000u, 100000u, 1000000u}) {
    const uint64_t runs = items > 10000 ? 4 : 30;
    double sum = 0;
    for (uint64_t run = 0; run < runs; ++run) {
      Registers registers{};
      for (uint64_t i = 0; i < items; ++i) AddToRegisters(Item(i + (run << 32)), &registers);
      sum += CountRegisters(registers, nullptr) / static_cast<double>(items) - 1;
    }
    EXPECT_LE(std::abs(sum / static_cast<double>(runs)),
              4 * 0.0325 / std::sqrt(static_cast<double>(runs)))
        << items;
  }
}

TEST(Registers, EmptyIsZeroAndFullIsFinite) {
  Registers registers{};
  EXPECT_EQ(CountRegisters(registers, nullptr), 0);
  for (uint64_t i = 0; i < registers.size(); ++i)
    AddToRegisters(i << (kItemBits - kRegisterBits), &registers);
  for (const uint8_t rank : registers) EXPECT_EQ(rank, kMaxRank);
  EXPECT_GT(CountRegisters(registers, nullptr), 1e12);
}

TEST(Registers, TogetherCountTheUnion) {
  Registers a{}, b{}, both{};
  for (uint64_t i = 0; i < 20000; ++i) {
    AddToRegisters(Item(i), i % 3 != 0 ? &a : &b);
    if (i % 5 == 0) AddToRegisters(Item(i), &a);
    AddToRegisters(Item(i), &both);
  }
  EXPECT_EQ(CountRegisters(a, &b), CountRegisters(both, nullptr));
}

TEST(Registers, TellWhetherAnItemChangedThem) {
  Registers registers{};
  EXPECT_TRUE(AddToRegisters(Item(1), &registers));
  EXPECT_FALSE(AddToRegisters(Item(1), &registers));
}

TEST(BitmapCount, FollowsTheFormulaAndEndsAtItsLimit) {
  EXPECT_EQ(CountBitmap(512), 0);
  EXPECT_NEAR(CountBitmap(256), 512 * std::log(2.0), 1e-9);
  EXPECT_EQ(CountBitmap(0), CountBitmap(1));
  Bitmap a{}, b{};
  EXPECT_TRUE(AddToBitmap(5, &a));
  EXPECT_FALSE(AddToBitmap(5 + 512, &a));
  AddToBitmap(511, &b);
  EXPECT_EQ(Zeros(a), 511u);
  EXPECT_EQ(Zeros(a, b), 510u);
}

}  // namespace
}  // namespace sipward::state
