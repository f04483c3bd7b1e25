// Many calls at once, and more than there is room for.
#include <gtest/gtest.h>

#include <string>

#include "tests/calls/messages.h"

namespace sipward::calls {
namespace {

Sent Invite(const std::string& call_id, Nanos at, const char* source = "192.0.2.1") {
  return {.call_id = call_id, .source = source, .at = at};
}

Sent Answer(const std::string& call_id, Nanos at) {
  return {.code = 200,
          .call_id = call_id,
          .to_tag = "b",
          .source = "192.0.2.2",
          .destination = "192.0.2.1",
          .at = at};
}

TEST(Capacity, TwoHundredThousandCallsStayInsideTheRegion) {
  constexpr int kCalls = 200'000;
  constexpr uint64_t kBytes = uint64_t{256} << 20;
  Watch watch(kCalls, kBytes);
  for (int i = 0; i < kCalls; ++i) {
    const std::string id = "call" + std::to_string(i);
    ASSERT_EQ(NamesOf(watch.Take(Invite(id, i))), "call_start") << i;
    ASSERT_EQ(NamesOf(watch.Take(Answer(id, i))), "call_answer") << i;
  }
  EXPECT_EQ(watch.tracker().counts().untracked, 0u);
  EXPECT_EQ(watch.tracker().counts().given_up, 0u);
  EXPECT_EQ(watch.region().stats().bytes, kBytes);
  for (int i = 0; i < kCalls; ++i) {
    Sent bye{.method = "BYE",
             .call_id = "call" + std::to_string(i),
             .cseq = 2,
             .to_tag = "b",
             .at = kMinute + i};
    ASSERT_EQ(NamesOf(watch.Take(bye)), "call_end") << i;
  }
}

// Ten times as many half-open calls as there are places: each ends once, and none of the calls that
// were answered is lost.
TEST(Capacity, AFloodOfHalfOpenCallsLosesNoEstablishedOne) {
  constexpr int kEstablished = 500, kFlood = 20'000;
  Watch watch(1000);
  for (int i = 0; i < kEstablished; ++i) {
    const std::string id = "call" + std::to_string(i);
    watch.Take(Invite(id, 0));
    ASSERT_EQ(NamesOf(watch.Take(Answer(id, 0))), "call_answer");
  }
  int begun = 0, ended = 0;
  const auto count = [&](const std::vector<Seen>& seen) {
    for (const Seen& one : seen) {
      ASSERT_EQ(one.call_id.substr(0, 5), "flood");
      begun += one.kind == facts::EventKind::kCallStart ? 1 : 0;
      ended += one.kind == facts::EventKind::kCallEnd ? 1 : 0;
    }
  };
  for (int i = 0; i < kFlood; ++i)
    count(watch.Take(Invite("flood" + std::to_string(i), i * kMillisecond, "203.0.113.7")));
  count(watch.PassTime(10 * kMinute));
  EXPECT_EQ(begun, kFlood);
  EXPECT_GT(watch.tracker().counts().given_up, 0u);
  EXPECT_EQ(static_cast<uint64_t>(ended), kFlood - watch.tracker().counts().untracked);
  for (int i = 0; i < kEstablished; ++i) {
    Sent bye{.method = "BYE",
             .call_id = "call" + std::to_string(i),
             .cseq = 2,
             .to_tag = "b",
             .at = 11 * kMinute};
    const auto seen = watch.Take(bye);
    ASSERT_EQ(NamesOf(seen), "call_end") << i;
    ASSERT_EQ(seen[0].duration, 11 * kMinute) << i;
  }
}

TEST(Capacity, ARegionHoldsCallsByItsSize) {
  const auto small = TableSpecs(uint64_t{64} << 10, 0);
  const auto large = TableSpecs(uint64_t{1} << 30, 0);
  EXPECT_LE(state::TableBytes(small[0]), (uint64_t{64} << 10) / 8);
  EXPECT_LE(state::TableBytes(large[0]), (uint64_t{1} << 30) / 16);
  EXPECT_GE(large[0].capacity, 131'072u);
  EXPECT_EQ(TableSpecs(uint64_t{1} << 30, 1000)[0].capacity, 2000u);
}

}  // namespace
}  // namespace sipward::calls
