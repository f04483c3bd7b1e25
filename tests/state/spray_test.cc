// Slow attackers under a spray of keys that are used once. A part of it by default; with
// SIPWARD_SPRAY=full at 1,000,000 new keys a second, too, and with 10 million keys.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "tests/state/helpers.h"
#include "tests/support/allocation_counter.h"

namespace sipward::state {
namespace {

constexpr uint32_t kSlots = 131072;
constexpr int64_t kLimit = 30;  // in a minute
constexpr uint64_t kAttackers = 200;
constexpr uint64_t kLawful = 1000;

bool Full() {
  const char* value = std::getenv("SIPWARD_SPRAY");
  return value != nullptr && std::string_view(value) == "full";
}

// Senders that take turns, each with one event in `period`.
class Senders {
 public:
  Senders(uint64_t first, uint64_t count, Nanos period, Nanos start)
      : first_(first), gap_(period / static_cast<Nanos>(count)), next_(start), passed_(count) {}

  void SendUntil(Nanos now, Region* region, Region::Table table) {
    for (; next_ <= now; next_ += gap_) {
      const uint64_t who = turn_++ % passed_.size();
      if (region->Add(table, Key(first_ + who), 1, next_) > kLimit) passed_[who] = true;
    }
  }
  int64_t passed() const {
    int64_t count = 0;
    for (const bool one : passed_) count += one ? 1 : 0;
    return count;
  }

 private:
  uint64_t first_;
  Nanos gap_;
  Nanos next_;
  uint64_t turn_ = 0;
  std::vector<bool> passed_;
};

struct Outcome {
  int64_t found = 0;
  int64_t innocents_accused = 0;
  uint64_t keys = 0;
  double pressure = 0;
  bool flat = false;
};

// The attackers begin when the spray has gone on for `before` and have a minute.
Outcome Spray(TableKind kind, uint64_t new_keys_a_second, Nanos before) {
  const auto region = NewRegion();
  const auto table = *region->Open(Spec(kind, kMinute, kSlots));
  Senders attackers(0, kAttackers, kSecond, before);
  Senders lawful(1000, kLawful, 3 * kSecond, 0);  // 20 a minute
  const Nanos gap = kSecond / static_cast<Nanos>(new_keys_a_second);
  Outcome outcome;
  const uint64_t used = region->stats().used;
  const uint64_t allocations = allocation_count();
  for (Nanos now = 0; now < before + kMinute; now += gap) {
    const uint64_t number = outcome.keys++;
    // Any 128 bits do for a key that is used once.
    const Hash128 key{number * 0x9e3779b97f4a7c15u ^ number >> 7, ~number * 0xff51afd7ed558ccdu};
    if (region->Add(table, key, 1, now) > kLimit) ++outcome.innocents_accused;
    attackers.SendUntil(now, region.get(), table);
    lawful.SendUntil(now, region.get(), table);
  }
  outcome.found = attackers.passed();
  outcome.innocents_accused += lawful.passed();
  outcome.pressure = region->pressure(before + kMinute);
  outcome.flat = allocation_count() == allocations && region->stats().used == used;
  std::printf("%s, %llu new keys/s, %llu keys: found %lld of 200, accused %lld innocents\n",
              kind == TableKind::kCount ? "count" : "rate",
              static_cast<unsigned long long>(new_keys_a_second),
              static_cast<unsigned long long>(outcome.keys), static_cast<long long>(outcome.found),
              static_cast<long long>(outcome.innocents_accused));
  return outcome;
}

class SprayTest : public ::testing::TestWithParam<TableKind> {};

TEST_P(SprayTest, HidesNobodyAt10ThousandNewKeysASecond) {
  const Outcome outcome = Spray(GetParam(), 10'000, 30 * kSecond);
  EXPECT_EQ(outcome.found, 200);
  EXPECT_EQ(outcome.innocents_accused, 0);
  EXPECT_TRUE(outcome.flat);
}

TEST_P(SprayTest, HidesNobodyAt100ThousandNewKeysASecond) {
  const Outcome outcome = Spray(GetParam(), 100'000, (Full() ? 40 : 10) * kSecond);
  EXPECT_EQ(outcome.found, 200);
  EXPECT_EQ(outcome.innocents_accused, 0);
  EXPECT_GT(outcome.pressure, 0.9);
  EXPECT_TRUE(outcome.flat);
}

// Here every table fails; rules see it in the pressure.
TEST_P(SprayTest, AccusesNobodyAtAMillionNewKeysASecond) {
  if (!Full()) GTEST_SKIP() << "SIPWARD_SPRAY=full runs it";
  const Outcome outcome = Spray(GetParam(), 1'000'000, 10 * kSecond);
  EXPECT_EQ(outcome.innocents_accused, 0);
  EXPECT_GT(outcome.pressure, 0.99);
  EXPECT_TRUE(outcome.flat);
}

INSTANTIATE_TEST_SUITE_P(Kinds, SprayTest, ::testing::Values(TableKind::kCount, TableKind::kRate));

}  // namespace
}  // namespace sipward::state
