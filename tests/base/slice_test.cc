#include "base/slice.h"

#include <gtest/gtest.h>

namespace sipward {
namespace {

TEST(Slice, AbsentAndEmptyDiffer) {
  constexpr char kText[] = "Via: x";
  const Slice absent;
  const Slice empty{3, 0};
  EXPECT_FALSE(absent.present());
  EXPECT_TRUE(empty.present());
  EXPECT_NE(absent, empty);
  EXPECT_TRUE(absent.empty());
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(absent.In(kText).data(), nullptr);
  EXPECT_EQ(empty.In(kText).data(), kText + 3);
}

TEST(Slice, IsAViewOfTheBufferThatItIsGiven) {
  constexpr char kText[] = "Via: x";
  constexpr char kMoved[] = "via: y";
  const Slice slice{5, 1};
  EXPECT_EQ(slice.In(kText), "x");
  EXPECT_EQ(slice.In(kMoved), "y");
  EXPECT_EQ(slice.end(), 6u);
}

}  // namespace
}  // namespace sipward
