// Signatures made here with keys made here.
#include "lists/minisign.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <string>

#include "tests/lists/minisign_maker.h"

namespace sipward::lists {
namespace {

constexpr char kBytes[] = "192.0.2.1\n198.51.100.0/24\n";

class MinisignTest : public ::testing::TestWithParam<bool> {
 protected:
  Minisign Check(const std::string& signature, const std::string& bytes = kBytes) {
    return CheckMinisign(key_, signature, bytes).outcome;
  }
  MinisignMaker maker_;
  MinisignKey key_ = *MinisignKey::Parse(maker_.PublicKey());
};

TEST_P(MinisignTest, TellsWhatIsSigned) {
  const std::string good = maker_.Sign(kBytes, "timestamp:1700000000\tfile:f", GetParam());
  const MinisignResult result = CheckMinisign(key_, good, kBytes);
  EXPECT_EQ(result.outcome, Minisign::kGood);
  EXPECT_EQ(result.comment, "timestamp:1700000000\tfile:f");
  EXPECT_EQ(result.timestamp, 1700000000u);
  EXPECT_EQ(Check(good, std::string(kBytes) + "x"), Minisign::kWrong);
  EXPECT_EQ(Check(good, ""), Minisign::kWrong);
  std::string other = good;
  other.replace(other.find("1700000000"), 10, "1800000000");
  EXPECT_EQ(Check(other), Minisign::kWrongComment) << "nobody makes it look newer";
  EXPECT_EQ(CheckMinisign(*MinisignKey::Parse(MinisignMaker().PublicKey()), good, kBytes).outcome,
            Minisign::kOtherKey);
}

TEST_P(MinisignTest, EveryOctetThatCountsIsSigned) {
  const std::string good = maker_.Sign(kBytes, "timestamp:1", GetParam());
  const size_t begin = good.find('\n') + 1;  // the first line is nobody's word
  for (size_t at = begin; at + 1 < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_NE(Check(bad), Minisign::kGood) << at;
  }
  for (size_t size = 0; size + 1 < good.size(); ++size) {
    EXPECT_NE(Check(good.substr(0, size)), Minisign::kGood) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(LegacyAndHashed, MinisignTest, ::testing::Bool());

TEST(Minisign, ReadsACommentWithoutATime) {
  const MinisignMaker maker;
  const auto key = MinisignKey::Parse(maker.PublicKey());
  EXPECT_EQ(CheckMinisign(*key, maker.Sign("a", "no time", true), "a").timestamp, 0u);
  EXPECT_EQ(CheckMinisign(*key, maker.Sign("a", "timestamp:x", true), "a").timestamp, 0u);
  EXPECT_EQ(
      CheckMinisign(*key, maker.Sign("a", "timestamp:99999999999999999999", true), "a").timestamp,
      0u);
  EXPECT_EQ(CheckMinisign(*key, maker.Sign("a", "", true), "a").outcome, Minisign::kGood);
}

TEST(Minisign, KeysAreALineOrAFile) {
  const std::string file = MinisignMaker().PublicKey();
  const std::string line = file.substr(file.find('\n') + 1);
  EXPECT_TRUE(MinisignKey::Parse(line));
  EXPECT_TRUE(MinisignKey::Parse(line.substr(0, line.size() - 1)));
  EXPECT_FALSE(MinisignKey::Parse(""));
  EXPECT_FALSE(MinisignKey::Parse(line.substr(1)));
  EXPECT_FALSE(MinisignKey::Parse(file + file));
  EXPECT_FALSE(MinisignKey::Parse("untrusted comment: nothing else"));
  EXPECT_FALSE(MinisignKey::Parse(std::string(100'000, 'R')));
}

}  // namespace
}  // namespace sipward::lists
