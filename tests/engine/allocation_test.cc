// Nothing is allocated per message.

#include "tests/engine/fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

TEST_F(EngineTest, AllocatesNothingPerMessage) {
#ifdef SIPWARD_RE2_ALONE
  GTEST_SKIP() << "RE2 fills its cache while it scans";
#endif
  LoadPack();
  std::vector<std::string> messages;
  for (int i = 0; i < 200; ++i) {
    messages.push_back(RequestText{.method = i % 2 ? "REGISTER" : "OPTIONS",
                                   .call_id = "c" + std::to_string(i),
                                   .to_user = "user" + std::to_string(i),
                                   .user_agent = i % 5 ? "Desk Phone" : "friendly-scanner"}
                           .str());
    messages.push_back(
        ResponseText(i % 3 ? 404 : 200, "REGISTER", "user" + std::to_string(i), "c"));
    messages.push_back(std::string(static_cast<size_t>(i), '('));
  }
  int refused = 0;
  const uint64_t before = allocation_count();
  for (const std::string& message : messages) {
    packet_.bytes = message;
    packet_.monotonic += kMillisecond;
    inspector_->Inspect(packet_, &verdict_);
    refused += verdict_.action > Action::kFlag;
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(refused, 50);
}

}  // namespace
}  // namespace sipward::engine
