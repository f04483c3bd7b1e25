#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "sample.h"

namespace sipward {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Engine MakeEngine(uint32_t rows) {
  EngineOptions options;
  options.calls_by_host = true;
  options.analytics_rows = rows;
  options.short_call = seconds(10);
  const Rules rules = Rules::FromText("test.ward", "version 1\n").value();
  return Engine::Create(rules, State::Create({}).value(), options).value();
}

void Tell(const Engine& engine, std::string_view account, int64_t code, seconds duration) {
  HostEvent record(EventKind::kCdr);
  ASSERT_TRUE(record.Set(Field::Find(EventKind::kCdr, "account").value(), account).ok());
  ASSERT_TRUE(
      record.Set(Field::Find(EventKind::kCdr, "callee.number").value(), "442071838750").ok());
  ASSERT_TRUE(record.Set(Field::Find(EventKind::kCdr, "answered").value(), code == 200).ok());
  ASSERT_TRUE(record.Set(Field::Find(EventKind::kCdr, "code").value(), code).ok());
  ASSERT_TRUE(record.Set(Field::Find(EventKind::kCdr, "duration").value(), duration).ok());
  ASSERT_TRUE(record.Set(Field::Find(EventKind::kCdr, "setup").value(), milliseconds(900)).ok());
  Inspector inspector = Inspector::Create(engine).value();
  EXPECT_EQ(inspector.Inspect(record).action(), Action::kAllow);
}

TEST(Analytics, TellCallsByWhatTheyAreToldApartBy) {
  const Engine engine = MakeEngine(2);
  Tell(engine, "alice", 200, seconds(60));
  Tell(engine, "alice", 200, seconds(8));
  Tell(engine, "alice", 486, seconds(0));
  Tell(engine, "bob", 200, seconds(60));
  const Analytics now = engine.analytics().value();
  const CallCounts all = now.totals();
  EXPECT_EQ(all.attempts, 4u);
  EXPECT_DOUBLE_EQ(all.asr(), 0.75);
  EXPECT_EQ(all.completed(), 3u);
  EXPECT_EQ(all.acd(), std::chrono::nanoseconds(seconds(128)) / 3);
  EXPECT_EQ(all.short_calls, 1u);
  EXPECT_EQ(all.failed[static_cast<size_t>(Failure::kBusy)], 1u);
  EXPECT_EQ(all.attested[static_cast<size_t>(Attestation::kUnchecked)], 4u);
  EXPECT_EQ(all.setup_p95, milliseconds(900));
  const auto accounts = now.Rows(Dimension::kAccount);
  ASSERT_EQ(accounts.size(), 2u);
  EXPECT_EQ(accounts[0].key, "alice");
  EXPECT_EQ(accounts[0].count, 3u);
  EXPECT_EQ(accounts[1].key, "bob");
  EXPECT_EQ(now.Rows(Dimension::kAccount, 1).size(), 1u);
  ASSERT_EQ(now.Rows(Dimension::kCountry).size(), 1u);
  EXPECT_EQ(now.Rows(Dimension::kCountry)[0].key, "GB");
  EXPECT_TRUE(now.Rows(Dimension::kTrunk).empty());
  EXPECT_EQ(now.size(Dimension::kAccount).rows, 2u);
  EXPECT_EQ(now.size(Dimension::kAccount).capacity, 2u);
  EXPECT_EQ(now.size(Dimension::kAccount).total, 4u);
  EXPECT_EQ(now.size(Dimension::kAccount).evictions, 0u);
}

TEST(Analytics, AreOfOneMomentAndOutliveTheEngine) {
  auto engine = std::make_unique<Engine>(MakeEngine(2));
  Tell(*engine, "alice", 200, seconds(60));
  const Analytics now = engine->analytics().value();
  Tell(*engine, std::string(100, 'x'), 200, seconds(60));
  const Analytics later = engine->analytics().value();
  engine.reset();
  EXPECT_EQ(now.totals().attempts, 1u);
  EXPECT_EQ(later.totals().attempts, 2u);
  EXPECT_EQ(later.Rows(Dimension::kAccount).back().key.size(), 64u);
  EXPECT_TRUE(later.Rows(Dimension::kAccount).back().cut);
}

TEST(Analytics, TellTimesAndTraffic) {
  const Rules rules = Rules::FromText("test.ward", "version 1\n").value();
  EngineOptions options;
  options.analytics_rows = 4;
  const Engine engine = Engine::Create(rules, State::Create({}).value(), options).value();
  Inspector inspector = Inspector::Create(engine).value();
  EXPECT_EQ(inspector.Inspect(sample::MakePacket(sample::kOptions)).action(), Action::kAllow);
  Tell(engine, "alice", 200, seconds(60));
  const Analytics now = engine.analytics().value();
  EXPECT_EQ(now.traffic().requests[2], 1u);
  EXPECT_EQ(now.traffic().registers[0] + now.traffic().attempts[0], 0u);
  const Times setup = now.times(TimesOf::kSetup);
  EXPECT_EQ(setup.count, 1u);
  EXPECT_EQ(setup.sum, milliseconds(900));
  EXPECT_EQ(setup.p50, milliseconds(900));
  EXPECT_EQ(setup.most, milliseconds(900));
  EXPECT_EQ(now.TimesUntil(TimesOf::kSetup, milliseconds(512)), 0u);
  EXPECT_EQ(now.TimesUntil(TimesOf::kSetup, milliseconds(1024)), 1u);
  EXPECT_EQ(now.times(TimesOf::kOptions).count, 0u);
  EXPECT_NE(now.c_analytics(), nullptr);
}

TEST(Analytics, AreNothingUnlessAskedFor) {
  EXPECT_EQ(MakeEngine(0).analytics().error().status.code(), StatusCode::kEnd);
}

TEST(Analytics, HaveNames) {
  EXPECT_EQ(Name(Dimension::kUserAgent), "user_agent");
  EXPECT_EQ(Name(Failure::kNoAnswer), "no_answer");
  EXPECT_EQ(Name(Attestation::kUnchecked), "unchecked");
}

}  // namespace
}  // namespace sipward
