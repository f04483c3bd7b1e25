// Aggregates of rules against a model that keeps every event, under clocks that are late, set back
// and leap. Tables are held against the same model in tests/state; here it is what rules say:
// units, keys, evidence, sharing.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/rules/support.h"
#include "tests/state/model.h"

namespace sipward::rules::testing {
namespace {

using facts::EventKind;
using state::NaiveKey;
using state::WildClock;

constexpr Nanos kWindow = kMinute, kPart = kWindow / 12;
const std::string kAccounts[] = {"alice", "bob", "carol"};

// Values of up to four aggregates of a rule that matches every event.
class Watched {
 public:
  explicit Watched(const std::string& condition, const std::string& on)
      : run_(Compile("version 1\nrule t { on " + on + " when " + condition + " then alert }\n")) {}

  facts::HostEvent& Begin(EventKind kind, Nanos now, const std::string& account, bool proven) {
    event_.Reset(kind, now, 0, proven);
    EXPECT_TRUE(event_.Set(FieldId::kAccount, Value::String(account)));
    return event_;
  }
  std::vector<double> Values() {
    const Outcome& outcome = run_.Run(event_);
    EXPECT_EQ(outcome.hit_count, 1u);
    const auto& values = outcome.hits[0].values;
    return {values.begin(), values.begin() + outcome.hits[0].value_count};
  }

 private:
  Running run_;
  facts::HostEvent event_;
};

int64_t Sum(const std::vector<int64_t>& amounts) {
  int64_t sum = 0;
  for (const int64_t amount : amounts) sum += amount;
  return sum;
}

TEST(Property, SumsAndCountsLieBetweenThoseOfTwoWindows) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    Watched watched(
        "count(by account over 1m) >= 0 and sum(cost by account over 1m) >= 0\n"
        "  and sum(duration by account over 1m) >= 0s and (max(cost by account over 1m) ?? 0) >= 0",
        "cdr");
    WildClock clock(kWindow, seed);
    std::map<std::pair<std::string, bool>, NaiveKey<int64_t>> keys;
    for (int i = 0; i < 4000; ++i) {
      const Nanos now = clock.Next();
      const std::string& account = kAccounts[clock.Random() % 3];
      const bool proven = clock.Random() % 2 == 0;
      const auto amount = static_cast<int64_t>(clock.Random() % 5'000'000);
      facts::HostEvent& event = watched.Begin(EventKind::kCdr, now, account, proven);
      ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(amount)));
      ASSERT_TRUE(event.Set(FieldId::kDuration, Value::Int(amount)));
      NaiveKey<int64_t>& key = keys.try_emplace({account, proven}, kWindow).first->second;
      key.Add(key.Arrive(now), amount);
      const std::vector<int64_t> least = key.Within(now, kWindow - kPart);
      const std::vector<int64_t> most = key.Within(now, kWindow + kPart);
      const std::vector<double> values = watched.Values();
      ASSERT_EQ(values.size(), 4u);
      const double money = static_cast<double>(facts::kMoneyUnits);
      const double second = static_cast<double>(kSecond);
      const auto in = [&](double value, double low, double high) {
        return value >= low - 1e-9 && value <= high + 1e-9;
      };
      const auto low = static_cast<double>(Sum(least)), high = static_cast<double>(Sum(most));
      ASSERT_TRUE(
          in(values[0], static_cast<double>(least.size()), static_cast<double>(most.size())))
          << "seed " << seed << ", event " << i;
      ASSERT_TRUE(in(values[1], low / money, high / money)) << seed << ", event " << i;
      ASSERT_TRUE(in(values[2], low / second, high / second)) << seed << ", event " << i;
      const auto greatest = [](const std::vector<int64_t>& amounts) {
        return static_cast<double>(*std::max_element(amounts.begin(), amounts.end()));
      };
      ASSERT_TRUE(in(values[3], greatest(least) / money, greatest(most) / money))
          << seed << ", event " << i;
    }
  }
}

// To the millionth, in any order, however the sum of floats would have come out.
TEST(Property, SumOfMoneyIsExactInAnyOrder) {
  WildClock random(kWindow, 7);
  std::vector<int64_t> amounts;
  for (int i = 0; i < 1000; ++i) {
    amounts.push_back(static_cast<int64_t>(random.Random() % 2'000'000'000));
  }
  const int64_t total = Sum(amounts);
  const auto money = [](int64_t amount) {
    const std::string parts = std::to_string(facts::kMoneyUnits + amount % facts::kMoneyUnits);
    return std::to_string(amount / facts::kMoneyUnits) + "." + parts.substr(1);
  };
  for (int order = 0; order < 3; ++order) {
    Running run(Compile("version 1\nrule exact { on cdr when sum(cost by account over 1h) == " +
                        money(total) + " then alert }\n"));
    facts::HostEvent event;
    size_t hits = 0;
    for (const int64_t amount : amounts) {
      event.Reset(EventKind::kCdr, kSecond, 0, true);
      ASSERT_TRUE(event.Set(FieldId::kAccount, Value::String("alice")));
      ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(amount)));
      hits = run.Run(event).hit_count;
    }
    EXPECT_EQ(hits, 1u) << order;
    if (order == 0) std::sort(amounts.begin(), amounts.end());
    if (order == 1) std::reverse(amounts.begin(), amounts.end());
  }
}

// Calls begin, are told of again, end once, twice, or never, with or without proof.
TEST(Property, ConcurrentIsExactAndComesBackToNothing) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    Watched watched("concurrent(by account) >= 0", "call_start, call_end, cdr");
    WildClock random(kWindow, seed);
    std::map<std::pair<std::string, bool>, std::set<std::string>> running;
    Nanos now = kHour;
    const auto tell = [&](EventKind kind, const std::string& account, const std::string& call,
                          bool proven) {
      facts::HostEvent& event = watched.Begin(kind, now, account, proven);
      EXPECT_TRUE(event.Set(FieldId::kCallId, Value::String(call)));
      if (kind == EventKind::kCallStart) {
        running[{account, proven}].insert(call);
      } else {
        for (const bool either : {false, true}) running[{account, either}].erase(call);
      }
      return watched.Values()[0];
    };
    for (int i = 0; i < 4000; ++i) {
      now += static_cast<Nanos>(random.Random() % kSecond);
      if (random.Random() % 50 == 0) now -= static_cast<Nanos>(random.Random() % kMinute);
      const std::string& account = kAccounts[random.Random() % 3];
      const std::string call = account + std::to_string(random.Random() % 30);
      const bool proven = random.Random() % 2 == 0;
      const EventKind kind = random.Random() % 2 == 0   ? EventKind::kCallStart
                             : random.Random() % 2 == 0 ? EventKind::kCallEnd
                                                        : EventKind::kCdr;
      const double said = tell(kind, account, call, proven);
      ASSERT_EQ(said, static_cast<double>(running[{account, proven}].size()))
          << "seed " << seed << ", event " << i;
    }
    for (const std::string& account : kAccounts) {
      double left = 1;
      for (int call = 0; call < 30; ++call) {
        for (const bool proven : {false, true}) {
          left = tell(EventKind::kCallEnd, account, account + std::to_string(call), proven);
          ASSERT_GE(left, 0);
        }
      }
      EXPECT_EQ(left, 0) << account;
    }
    // And those that nobody ends, by themselves.
    for (int call = 0; call < 10; ++call) {
      tell(EventKind::kCallStart, "dave", std::to_string(call), true);
    }
    now += 7 * kHour;
    EXPECT_EQ(tell(EventKind::kCallEnd, "dave", "none", true), 0);
  }
}

// However the clock is set, an event adds what it adds: nothing that was over comes back with it.
TEST(Property, ClocksThatAreSetRaiseNoAlarm) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    Watched watched(
        "count(by account over 1m) >= 0 and sum(cost by account over 1m) >= 0\n"
        "  and distinct(dialled by account over 1m) >= 0 and rate(by account over 1m) >= 0",
        "cdr");
    WildClock clock(kWindow, seed);
    std::map<std::string, std::vector<double>> last;
    for (int i = 0; i < 4000; ++i) {
      const Nanos now = clock.Next();
      const std::string& account = kAccounts[clock.Random() % 3];
      const std::string dialled = std::to_string(clock.Random() % 12);
      facts::HostEvent& event = watched.Begin(EventKind::kCdr, now, account, true);
      ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(facts::kMoneyUnits)));
      ASSERT_TRUE(event.Set(FieldId::kDialled, Value::String(dialled)));
      const std::vector<double> values = watched.Values();
      std::vector<double>& before = last[account];
      before.resize(values.size());
      for (size_t v = 0; v < values.size(); ++v) {
        ASSERT_LE(values[v], before[v] + 1)
            << "seed " << seed << ", event " << i << ", value " << v;
        ASSERT_GE(values[v], 1) << "seed " << seed << ", event " << i << ", value " << v;
      }
      before = values;
    }
  }
}

// A bucket gives no more than it holds and what the time that went by adds; a clock that is set
// back gives nothing.
TEST(Property, BucketsGiveNothingForTimeThatDidNotGoBy) {
  Running run(Compile(RuleOf("bucket(rate 1/s burst 5 by src.ip)")));
  FakeEvent event;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    WildClock random(kWindow, seed);
    event.Source("192.0.2." + std::to_string(seed));
    Nanos now = kHour, latest = now;
    event.At(now);
    size_t given = run.Hits(event).size();
    for (int i = 0; i < 2000; ++i) {
      const bool back = random.Random() % 10 == 0;
      const auto step = static_cast<Nanos>(random.Random() % (kSecond / 2));
      now += back ? -step : step;
      latest = std::max(latest, now);
      event.At(now);
      given += run.Hits(event).size();
      ASSERT_LE(given, 5 + static_cast<size_t>((latest - kHour) / kSecond)) << seed;
    }
    EXPECT_GT(given, 50u);
  }
}

}  // namespace
}  // namespace sipward::rules::testing
