// What each kind of aggregate gives, over events made by hand.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

using facts::EventKind;

// A rule whose condition always holds, and the values that it shows.
class Shown {
 public:
  explicit Shown(const std::string& expression, const std::string& on = "request",
                 const std::string& truth = "")
      : run_(Compile("version 1\nrule t {\n  on " + on + "\n  let x = " + expression + "\n  when " +
                     (truth.empty() ? "x == x" : truth) + "\n  then alert\n}\n")) {}
  double Value(facts::Event& event) {
    const Outcome& outcome = run_.Run(event);
    EXPECT_EQ(outcome.hit_count, 1u);
    return outcome.hits[0].values[0];
  }
  double At(FakeEvent& event, Nanos now) {
    event.At(now);
    return Value(event);
  }

 private:
  Running run_;
};

TEST(Aggregates, SumOfFloatsIsExactInMillionths) {
  Shown sum("sum(src.port * 0.1 by src.ip over 1m)");
  FakeEvent event;
  event.Set(FieldId::kSrcPort, 1);
  double last = 0;
  for (int i = 1; i <= 30; ++i) last = sum.At(event, kSecond);
  EXPECT_DOUBLE_EQ(last, 3.0);
  EXPECT_DOUBLE_EQ(sum.At(event, 3 * kMinute), 0.1);
}

TEST(Aggregates, SumOfMoneyIsExact) {
  Shown sum("sum(cost by account over 1h)", "cdr");
  facts::HostEvent event;
  double last = 0;
  for (int i = 0; i < 1000; ++i) {
    event.Reset(EventKind::kCdr, kSecond, 0, true);
    ASSERT_TRUE(event.Set(FieldId::kAccount, Value::String("alice")));
    ASSERT_TRUE(event.Set(FieldId::kCost, Value::Int(100'001)));
    last = sum.Value(event);
  }
  EXPECT_DOUBLE_EQ(last, 100.001);
}

TEST(Aggregates, AverageLeastAndMost) {
  FakeEvent event;
  Shown avg("avg(src.port by src.ip over 1m)");
  Shown least("min(src.port by src.ip over 1m)", "request", "has(x)");
  Shown most("max(src.port by src.ip over 1m max 64)", "request", "(x ?? 0) >= 0");
  const std::vector<int64_t> ports = {7, 3, 11};
  double average = 0, low = 0, high = 0;
  for (const int64_t port : ports) {
    event.Set(FieldId::kSrcPort, port);
    average = avg.At(event, kSecond);
    low = least.At(event, kSecond);
    high = most.At(event, kSecond);
  }
  EXPECT_DOUBLE_EQ(average, 7.0);
  EXPECT_DOUBLE_EQ(low, 3);
  EXPECT_DOUBLE_EQ(high, 11);
}

TEST(Aggregates, AverageOfDurationsIsADuration) {
  Shown avg("avg(duration by account over 1h)", "call_end", "x >= 0s");
  facts::HostEvent event;
  double last = 0;
  for (const Nanos duration : {10 * kSecond, 20 * kSecond}) {
    event.Reset(EventKind::kCallEnd, kSecond, 0, true);
    ASSERT_TRUE(event.Set(FieldId::kAccount, Value::String("alice")));
    ASSERT_TRUE(event.Set(FieldId::kDuration, Value::Int(duration)));
    last = avg.Value(event);
  }
  EXPECT_DOUBLE_EQ(last, 15);
}

TEST(Aggregates, RatioIsAShareOfThoseThatCount) {
  Shown ratio("ratio(src.port > 10 of src.port > 5 by src.ip over 1m)");
  FakeEvent event;
  EXPECT_DOUBLE_EQ(ratio.At(event.Set(FieldId::kSrcPort, 1), kSecond), 0);
  EXPECT_DOUBLE_EQ(ratio.At(event.Set(FieldId::kSrcPort, 11), kSecond), 1);
  EXPECT_DOUBLE_EQ(ratio.At(event.Set(FieldId::kSrcPort, 6), kSecond), 0.5);
  EXPECT_DOUBLE_EQ(ratio.At(event.Set(FieldId::kSrcPort, 1), kSecond), 0.5);
}

TEST(Aggregates, RunFindsConsecutiveNumbersInAnyOrder) {
  Shown run("run(ruri.digits by src.ip over 10m)");
  FakeEvent event;
  double last = 0;
  for (const char* digits : {"1005", "1003", "1004", "2000", "1006"}) {
    last = run.At(event.Set(FieldId::kRuriDigits, digits), kSecond);
  }
  EXPECT_DOUBLE_EQ(last, 4);
  EXPECT_DOUBLE_EQ(run.At(event.Set(FieldId::kRuriDigits, ""), kSecond), 0) << "no number";
}

TEST(Aggregates, LastIsTheValueBefore) {
  Running run(
      Compile("version 1\n"
              "rule moved { on request let was = last(src.ip by from.user) when has(was) and was "
              "!= src.ip then alert }\n"
              "rule renamed { on request let was = last(user_agent by from.user over 1h) "
              "when has(was) and has(user_agent) and was != user_agent then alert }\n"));
  using Names = std::vector<std::string>;
  FakeEvent event;
  event.Set(FieldId::kFromUser, "alice").Set(FieldId::kUserAgent, "A");
  EXPECT_EQ(run.Hits(event), Names{});
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event), Names{});
  event.At(3 * kSecond);
  EXPECT_EQ(run.Hits(event.Source("192.0.2.2")), Names{"moved"});
  event.At(4 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kUserAgent, "B")), Names{"renamed"});
  event.At(3 * kHour);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kUserAgent, "C")), Names{}) << "forgotten after an hour";
}

TEST(Aggregates, FirstSeenAndSince) {
  Running run(
      Compile("version 1\n"
              "rule new { on request when first_seen((from.user, src.net) within 1h) then alert }\n"
              "rule soon { on request when (since(request by src.ip) ?? 1h) < 5s then alert }\n"));
  using Names = std::vector<std::string>;
  FakeEvent event;
  event.Set(FieldId::kFromUser, "alice");
  EXPECT_EQ(run.Hits(event), Names{"new"});
  event.At(3 * kSecond);
  EXPECT_EQ(run.Hits(event), Names{"soon"});
  event.At(10 * kSecond);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kFromUser, "bob")), Names{"new"});
  event.At(3 * kHour);
  EXPECT_EQ(run.Hits(event.Set(FieldId::kFromUser, "alice")), Names{"new"});
}

// An aggregate of one event is read on another.
TEST(Aggregates, SinceLooksAtAnotherEvent) {
  Running run(
      Compile("version 1\nrule takeover {\n  on call_start\n"
              "  when (since(register by account if result == success) ?? 31d) < 1h\n"
              "  then alert\n}\n"));
  facts::HostEvent event;
  const auto hits = [&](EventKind kind, Nanos now, int64_t result) {
    event.Reset(kind, now, 0, true);
    EXPECT_TRUE(event.Set(FieldId::kAccount, Value::String("alice")));
    if (kind == EventKind::kRegister) {
      EXPECT_TRUE(event.Set(FieldId::kResult, Value::Int(result)));
    }
    return run.Hits(event).size();
  };
  EXPECT_EQ(hits(EventKind::kCallStart, kSecond, 0), 0u);
  EXPECT_EQ(hits(EventKind::kRegister, 2 * kSecond, 1), 0u);
  EXPECT_EQ(hits(EventKind::kCallStart, 3 * kSecond, 0), 0u) << "that one failed";
  EXPECT_EQ(hits(EventKind::kRegister, 4 * kSecond, 0), 0u);
  EXPECT_EQ(hits(EventKind::kCallStart, kMinute, 0), 1u);
  EXPECT_EQ(hits(EventKind::kCallStart, 2 * kHour, 0), 0u);
}

TEST(Aggregates, BucketLetsSoManyThrough) {
  Running run(Compile(
      "version 1\nrule t { on request when not bucket(rate 1/s burst 3 by src.ip) then alert }\n"));
  FakeEvent event;
  std::vector<size_t> hits;
  for (int i = 0; i < 5; ++i) {
    event.At(kSecond);
    hits.push_back(run.Hits(event).size());
  }
  EXPECT_EQ(hits, (std::vector<size_t>{0, 0, 0, 1, 1}));
  event.At(3 * kSecond);
  EXPECT_EQ(run.Hits(event).size(), 0u);
}

class Calls {
 public:
  double Tell(EventKind kind, std::string_view call, std::string_view account, Nanos now,
              bool proven = true) {
    event_.Reset(kind, now, 0, proven);
    EXPECT_TRUE(event_.Set(FieldId::kAccount, Value::String(account)));
    if (!call.empty()) {
      EXPECT_TRUE(event_.Set(FieldId::kCallId, Value::String(call)));
    }
    return shown_.Value(event_);
  }

 private:
  Shown shown_{"concurrent(by account)", "call_start, call_end"};
  facts::HostEvent event_;
};

TEST(Aggregates, ConcurrentCountsCallsThatAreUnderWay) {
  Calls calls;
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "a", "alice", kSecond), 1);
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "b", "alice", kSecond), 2);
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "b", "alice", kSecond), 2) << "told twice";
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "c", "bob", kSecond), 1);
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "", "alice", kSecond), 2) << "no call";
  EXPECT_EQ(calls.Tell(EventKind::kCallEnd, "a", "alice", 2 * kSecond), 1);
  EXPECT_EQ(calls.Tell(EventKind::kCallEnd, "a", "alice", 2 * kSecond), 1) << "told twice";
  EXPECT_EQ(calls.Tell(EventKind::kCallEnd, "x", "alice", 2 * kSecond), 1) << "never began";
  EXPECT_EQ(calls.Tell(EventKind::kCallEnd, "b", "alice", 3 * kSecond), 0);
}

// The end of a call may come without the proof that its beginning came with.
TEST(Aggregates, ConcurrentComesDownWhoeverEndsTheCall) {
  Calls calls;
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "a", "alice", kSecond, true), 1);
  calls.Tell(EventKind::kCallEnd, "a", "alice", 2 * kSecond, false);
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "b", "alice", 3 * kSecond, true), 1);
}

TEST(Aggregates, ConcurrentForgetsCallsThatNeverEnd) {
  Calls calls;
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "a", "alice", kSecond), 1);
  EXPECT_EQ(calls.Tell(EventKind::kCallStart, "b", "alice", 7 * kHour), 1);
}

// A call record, at the time at which the call began.
class Records {
 public:
  explicit Records(const std::string& on) : shown_("concurrent(by account)", on) {}
  double Tell(Nanos now, Nanos ring, Nanos duration, std::string_view call = "") {
    event_.Reset(EventKind::kCdr, now, 0, true);
    EXPECT_TRUE(event_.Set(FieldId::kAccount, Value::String("alice")));
    EXPECT_TRUE(event_.Set(FieldId::kRing, Value::Int(ring)));
    EXPECT_TRUE(event_.Set(FieldId::kDuration, Value::Int(duration)));
    if (!call.empty()) {
      EXPECT_TRUE(event_.Set(FieldId::kCallId, Value::String(call)));
    }
    return shown_.Value(event_);
  }
  double Start(Nanos now, std::string_view call) {
    event_.Reset(EventKind::kCallStart, now, 0, true);
    EXPECT_TRUE(event_.Set(FieldId::kAccount, Value::String("alice")));
    EXPECT_TRUE(event_.Set(FieldId::kCallId, Value::String(call)));
    return shown_.Value(event_);
  }

 private:
  Shown shown_;
  facts::HostEvent event_;
};

TEST(Aggregates, ConcurrentOfRecordsCountsEachFromItsBeginningToItsEnd) {
  Records records("cdr");
  EXPECT_EQ(records.Tell(0, 5 * kSecond, 60 * kSecond), 1);
  EXPECT_EQ(records.Tell(64 * kSecond, 0, 10 * kSecond), 2) << "ringing counts";
  EXPECT_EQ(records.Tell(65 * kSecond, 0, 10 * kSecond), 2) << "the first is over";
  EXPECT_EQ(records.Tell(75 * kSecond, 0, kMinute), 1) << "back to back, to the nanosecond";
  EXPECT_EQ(records.Tell(76 * kSecond, 30 * kSecond, 0), 2) << "not answered, but it rang";
  EXPECT_EQ(records.Tell(77 * kSecond, 0, 0), 2) << "a call that took no time";
  EXPECT_EQ(records.Tell(10 * kMinute, -kHour, -kHour), 0) << "nonsense takes no time either";
  EXPECT_EQ(records.Tell(11 * kMinute, 0, 30 * kHour), 1);
  EXPECT_EQ(records.Tell(8 * kHour, 0, kSecond), 1) << "no call is longer than the window";
}

TEST(Aggregates, ConcurrentCountsStartsAndRecordsTogetherIfTheRuleIsOnBoth) {
  Records both("call_start, cdr");
  EXPECT_EQ(both.Start(kSecond, "a"), 1);
  EXPECT_EQ(both.Tell(2 * kSecond, 0, kMinute, "b"), 2);
  EXPECT_EQ(both.Start(3 * kSecond, "c"), 3);
  EXPECT_EQ(both.Tell(kSecond, 0, kSecond, "a"), 2) << "its record: it is over, and was before";
  EXPECT_EQ(both.Start(2 * kMinute, "d"), 2) << "c and d";
}

TEST(Aggregates, ZscoreKnowsWhatIsUsualAndDoesNotLearnFromWhatWasFlagged) {
  Running run(
      Compile("version 1\nrule odd {\n  on cdr\n"
              "  when zscore(cost by account half_life 30d) > 6.0\n  then alert\n}\n"));
  facts::HostEvent event;
  const auto flagged = [&](int64_t cost, Nanos now) {
    event.Reset(EventKind::kCdr, now, now, true);
    EXPECT_TRUE(event.Set(FieldId::kAccount, Value::String("alice")));
    EXPECT_TRUE(event.Set(FieldId::kCost, Value::Int(cost)));
    return run.Hits(event).size() == 1;
  };
  Nanos now = kSecond;
  for (int i = 0; i < 200; ++i) {
    EXPECT_FALSE(flagged(1'000'000 + i % 7 * 50'000, now += kMinute)) << i;
  }
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(flagged(100'000'000, now += kMinute)) << i;
}

TEST(Aggregates, BurstStandsOutWhereAnEdgeComesSuddenly) {
  Shown burst("burst((account, callee.number) over 1m)", "call_start", "x >= 0.0");
  facts::HostEvent event;
  const auto call = [&](std::string_view account, std::string_view callee, Nanos now) {
    event.Reset(EventKind::kCallStart, now, 0, true);
    EXPECT_TRUE(event.Set(FieldId::kAccount, Value::String(account)));
    EXPECT_TRUE(event.Set(FieldId::kCalleeNumber, Value::String(callee)));
    return burst.Value(event);
  };
  double calm = 0;
  for (int minute = 1; minute <= 60; ++minute) {
    for (const char* who : {"alice", "bob"}) calm = call(who, "1", minute * kMinute);
  }
  double sudden = 0;
  for (int i = 0; i < 50; ++i) sudden = call("mallory", "2", 61 * kMinute);
  EXPECT_GT(sudden, 100 * (calm + 1));
}

// Whoever sends in a caller's name changes nothing of what is proven to come from the caller.
TEST(Aggregates, BurstOfForgedEdgesDoesNotTouchProvenOnes) {
  Shown burst("burst((account, callee.number) over 1m)", "call_start", "x >= 0.0");
  FakeEvent event(EventKind::kCallStart);
  event.Set(FieldId::kAccount, "alice").Set(FieldId::kCalleeNumber, "1");
  double calm = 0;
  for (int minute = 1; minute <= 60; ++minute) {
    calm = burst.At(event.Proven(true), minute * kMinute);
  }
  event.Proven(false).Set(FieldId::kCalleeNumber, "2");
  for (int i = 0; i < 100; ++i) burst.At(event, 61 * kMinute);
  event.Proven(true).Set(FieldId::kCalleeNumber, "1");
  EXPECT_LE(burst.At(event, 61 * kMinute), calm + 1);
}

// Where `if` does not hold, the key is asked for all the same.
TEST(Aggregates, KeysDoNotRelyOnWhatIfProves) {
  Running run(Compile(RuleOf("count(by from.user ?? \"-\" over 1m if has(from.user)) > 0")));
  FakeEvent counted, read;
  EXPECT_EQ(run.Hits(counted.Set(FieldId::kFromUser, "-")).size(), 1u);
  EXPECT_EQ(run.Hits(read).size(), 1u);
  std::vector<Diagnostic> found;
  EXPECT_EQ(Compile(RuleOf("count(by lower(from.user) over 1m if has(from.user)) > 0"), &found),
            nullptr);
  EXPECT_EQ(found[0].code, "R204");
}

// An event that does not count is read: nothing is known of a key that was forgotten.
TEST(Aggregates, AreReadOnTheEventThatResetsThem) {
  Running run(Compile(RuleOf("first_seen(src.ip within 1h reset on src.port == 9)")));
  FakeEvent event;
  EXPECT_EQ(run.Hits(event.Set(FieldId::kSrcPort, 1)).size(), 1u);
  event.At(2 * kSecond);
  EXPECT_EQ(run.Hits(event).size(), 0u);
  event.Set(FieldId::kSrcPort, 9).At(3 * kSecond);
  EXPECT_EQ(run.Hits(event).size(), 1u);
}

TEST(Aggregates, OfOneKindOverOneThingAreOne) {
  const auto rules = Compile(
      "version 1\n"
      "rule a { on request when sum(src.port by src.ip over 1m) > 5 then alert }\n"
      "rule b { on request when sum(src.port by src.ip over 1m) > 9 then alert }\n"
      "rule c { on request when (max(src.port by src.ip over 1m) ?? 0) > 9 then alert }\n"
      "rule d { on request when (min(src.port by src.ip over 1m) ?? 0) > 9 then alert }\n");
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->tables().size(), 3u);
  EXPECT_NE(rules->tables()[1].signature, rules->tables()[2].signature);
}

}  // namespace
}  // namespace sipward::rules::testing
