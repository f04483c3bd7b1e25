#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

TEST_F(EngineTest, ABanIsFoundByWhatItHits) {
  Load("version 1 rule b { on request when true then ban src.net for 1h }");
  packet_.transport = facts::Transport::kTcp;
  Inspect(RequestText{});
  const Nanos now = packet_.monotonic;
  const auto ban = engine_->bans().Find(BanKind::kAddress, "192.0.2.200", now);
  ASSERT_TRUE(ban);
  EXPECT_EQ(ban->key, "192.0.2.0/24");
  EXPECT_EQ(ban->reason, "b");
  EXPECT_EQ(ban->since, now);
  EXPECT_EQ(ban->until, now + kHour);
  EXPECT_FALSE(engine_->bans().Find(BanKind::kAddress, "192.0.3.1", now));
  EXPECT_FALSE(engine_->bans().Find(BanKind::kAccount, "192.0.2.0/24", now));
  EXPECT_TRUE(engine_->bans().Remove(BanKind::kAddress, "192.0.2.0/24", now));
  EXPECT_FALSE(engine_->bans().Find(BanKind::kAddress, "192.0.2.200", now));
}

TEST_F(EngineTest, OneAddressWrittenAsANetworkIsThatAddress) {
  Load("version 1");
  const Nanos now = packet_.monotonic;
  From("2001:db8::7");
  ASSERT_TRUE(engine_->bans().Add(BanKind::kAddress, "2001:db8::7/128", "hand", kHour, now));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_TRUE(verdict_.banned);
  EXPECT_TRUE(engine_->bans().Remove(BanKind::kAddress, "2001:db8::7", now));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  EXPECT_FALSE(engine_->bans().Add(BanKind::kAddress, "2001:db8::/48", "hand", kHour, now));
  EXPECT_FALSE(engine_->bans().Add(BanKind::kAddress, "192.0.2.7", "", kHour, now));
  EXPECT_FALSE(engine_->bans().Add(BanKind::kAddress, "192.0.2.7", "hand", 0, now));
}

TEST_F(EngineTest, ABanDoesNotHoldBackACallForHelp) {
  Load("version 1");
  ASSERT_TRUE(
      engine_->bans().Add(BanKind::kAddress, "192.0.2.7", "hand", kHour, packet_.monotonic));
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  EXPECT_EQ(Inspect(RequestText{.uri = "urn:service:sos", .call_id = "h"}).action, Action::kAllow);
  After(2 * kHour);
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow) << "it is over";
}

// A ban ends when its time is over, not when a clock is set: back, as NTP does, it goes on, and the
// wall clock has no say in it.
TEST_F(EngineTest, ClocksThatAreSetEndNoBan) {
  Load("version 1 rule b { on request where method == REGISTER when true then ban src.ip for 1h }");
  packet_.transport = facts::Transport::kTcp;
  const Nanos begin = packet_.monotonic;
  Inspect(RequestText{.method = "REGISTER"});
  for (const Nanos wall : {Nanos{0}, -kDay, kDay, 400 * kDay}) {
    for (const Nanos monotonic : {Nanos{0}, kMinute, -kMinute, -2 * kHour, kHour - kSecond}) {
      packet_.wall = begin + wall;
      packet_.monotonic = begin + monotonic;
      EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop) << wall << " " << monotonic;
      EXPECT_TRUE(verdict_.banned);
    }
  }
  packet_.monotonic = begin + kHour + kSecond;
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow) << "it is over";
}

}  // namespace
}  // namespace sipward::engine
