// One engine, several inspectors, each in its own thread. Meant for ThreadSanitizer; the sums are
// checked everywhere.
#include <thread>

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

TEST_F(EngineTest, ThreadsShareTheStateAndTheSums) {
  Load(R"(version 1
    rule sum  { on request when count(by dst.ip over 1h) >= 1 then tag "t" }
    rule many { on request when distinct(to.user by dst.ip over 1h) >= 1 then score 1 on dst.ip })");
  constexpr int kThreads = 4;
  constexpr int kEach = 500;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      Inspector inspector(engine_);
      Verdict verdict;
      facts::Packet packet = packet_;
      for (int i = 0; i < kEach; ++i) {
        const std::string text = RequestText{.to_user = "u" + std::to_string(t * kEach + i)}.str();
        packet.bytes = text;
        inspector.Inspect(packet, &verdict);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(engine_->statistics().packets, static_cast<uint64_t>(kThreads * kEach));
  Inspect(RequestText{});
  ASSERT_EQ(Rules(), (std::vector<std::string>{"sum", "many"}));
  EXPECT_EQ(verdict_.hits[0].values[0], kThreads * kEach + 1);
}

}  // namespace
}  // namespace sipward::engine
