// All memory is had when it is made.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/analytics/happenings.h"
#include "tests/support/allocation_counter.h"

namespace sipward::analytics {
namespace {

TEST(Analytics, AllocatesNothingForAnEvent) {
  std::vector<Call> calls;
  for (int i = 0; i < 500; ++i) {
    const std::string n = std::to_string(i);
    calls.push_back({.trunk = "t" + n,
                     .account = "a" + n,
                     .caller = "4930" + n,
                     .callee = "44207183" + std::to_string(1000 + i),
                     .agent = "phone of " + n,
                     .source = "198.51.100." + std::to_string(i % 256)});
  }
  Analytics analytics({.rows = 32}, {});
  const uint64_t before = allocation_count();
  for (const Call& call : calls) {
    TellLive(call, &analytics);
    TellRecord(call, &analytics);
    analytics.TakeSource(IpAddress::FromV4(static_cast<uint32_t>(allocation_count())));
    analytics.TakeResponse(Method::kOther, call.duration);
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(analytics.totals().calls.attempts, 1000u);
  EXPECT_GT(analytics.keys(Dimension::kAccount).evictions(), 400u);
}

}  // namespace
}  // namespace sipward::analytics
