// Against a map that forgets nothing.
#include "analytics/top_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace sipward::analytics {
namespace {

// Counts, and looks at all that must hold after each.
class Watched {
 public:
  explicit Watched(uint32_t capacity) : keys_(capacity) {}

  void Count(uint64_t hash) {
    const bool known = keys_.Find(hash).has_value();
    const uint64_t least = keys_.least();
    const TopKeys::Place place = keys_.Count(hash);
    ++truth_[hash];
    EXPECT_EQ(place.fresh, !known);
    EXPECT_EQ(keys_.Find(hash), place.slot);
    EXPECT_EQ(keys_.hash(place.slot), hash);
    if (place.fresh) {
      EXPECT_EQ(keys_.error(place.slot), least);
      EXPECT_EQ(keys_.count(place.slot), least + 1);
    }
  }

  // What the paper promises.
  void Check() const {
    uint64_t sum = 0;
    std::set<uint64_t> have;
    for (uint32_t slot = 0; slot < keys_.size(); ++slot) {
      const uint64_t truth = truth_.at(keys_.hash(slot));
      have.insert(keys_.hash(slot));
      sum += keys_.count(slot);
      EXPECT_GE(keys_.count(slot), truth);
      EXPECT_LE(keys_.count(slot) - keys_.error(slot), truth);
      EXPECT_GE(keys_.count(slot), keys_.least());
    }
    EXPECT_EQ(have.size(), keys_.size()) << "each key once";
    EXPECT_EQ(sum, keys_.total()) << "counts go over, none is lost";
    EXPECT_LE(keys_.least() * keys_.capacity(), keys_.total());
    for (const auto& [hash, truth] : truth_) {
      if (have.contains(hash)) continue;
      EXPECT_LE(truth, keys_.least());
      EXPECT_LE(truth * keys_.capacity(), keys_.total()) << "who came often has a place";
    }
  }
  const TopKeys& keys() const { return keys_; }
  const std::map<uint64_t, uint64_t>& truth() const { return truth_; }

 private:
  TopKeys keys_;
  std::map<uint64_t, uint64_t> truth_;
};

TEST(TopKeys, FewKeysAreExact) {
  std::mt19937_64 random(1);
  Watched watched(64);
  for (int i = 0; i < 5000; ++i) watched.Count(random() % 64 * 0x9e3779b97f4a7c15u);
  watched.Check();
  EXPECT_EQ(watched.keys().evictions(), 0u);
  EXPECT_EQ(watched.keys().size(), watched.truth().size());
  for (const auto& [hash, truth] : watched.truth()) {
    const auto slot = watched.keys().Find(hash);
    ASSERT_TRUE(slot.has_value());
    EXPECT_EQ(watched.keys().count(*slot), truth);
    EXPECT_EQ(watched.keys().error(*slot), 0u);
  }
}

TEST(TopKeys, ManyKeysKeepThePromise) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(seed);
    const auto capacity = static_cast<uint32_t>(1 + random() % 40);
    Watched watched(capacity);
    std::geometric_distribution<int> skewed(0.02 + 0.3 * static_cast<double>(seed % 5) / 4);
    for (int i = 0; i < 1500; ++i) {
      const auto key = static_cast<uint64_t>(skewed(random));
      watched.Count(seed % 2 == 0 ? key : key << 40);  // as one, all of them begin in one place
      if (i % 100 == 0) watched.Check();
    }
    watched.Check();
  }
}

TEST(TopKeys, ASprayOfKeysDoesNotPushTheHeavyOut) {
  Watched watched(50);
  for (uint64_t i = 0; i < 5000; ++i) {
    watched.Count(1'000'000 + i);
    if (i % 10 == 0) watched.Count(7);
  }
  watched.Check();
  const auto heavy = watched.keys().Find(7);
  ASSERT_TRUE(heavy.has_value());
  EXPECT_GE(watched.keys().count(*heavy), 500u);
  EXPECT_LE(watched.keys().error(*heavy), 5500u / 50);
  EXPECT_GT(watched.keys().evictions(), 4000u);
}

TEST(TopKeys, OfTheLeastTheOldestGivesWay) {
  TopKeys keys(3);
  for (const uint64_t key : {1u, 2u, 3u, 1u}) keys.Count(key);
  EXPECT_TRUE(keys.Count(4).fresh);
  EXPECT_FALSE(keys.Find(2).has_value());
  EXPECT_TRUE(keys.Find(3).has_value());
  EXPECT_EQ(keys.least(), 1u);
}

TEST(TopKeys, OnePlaceHoldsWhoeverCameLast) {
  TopKeys keys(0);
  EXPECT_EQ(keys.capacity(), 1u);
  EXPECT_EQ(keys.least(), 0u);
  for (uint64_t i = 1; i <= 100; ++i) {
    keys.Count(i);
    EXPECT_EQ(keys.count(0), i);
    EXPECT_EQ(keys.error(0), i - 1);
  }
  EXPECT_FALSE(keys.Find(99).has_value());
}

TEST(TopKeys, AnEmptyOneFindsNothing) {
  const TopKeys keys(10);
  EXPECT_FALSE(keys.Find(0).has_value());
  EXPECT_EQ(keys.size(), 0u);
  EXPECT_EQ(keys.total(), 0u);
}

}  // namespace
}  // namespace sipward::analytics
