// Eight threads inspect while rules are loaded again and again.
#include <atomic>
#include <thread>

#include "tests/engine/fixture.h"

namespace sipward::engine {
namespace {

TEST_F(EngineTest, EightThreadsInspectWhileRulesAreReloaded) {
  // Every generation rejects with a code of its own, and counts in a table of its own and in one
  // that all share.
  const auto rules = [](int i) {
    return Compile("version 1 rule a { on request when count(by src.ip over " +
                   std::to_string(i + 1) + "m) > 0 then reject " + std::to_string(480 + i) +
                   " } rule b { on request when count(by src.ip over 1h) > 0 then alert }");
  };
  const std::shared_ptr<const rules::RuleSet> sets[] = {rules(0), rules(1), rules(2), rules(3)};
  std::shared_ptr<state::Region> region = state::Region::Create(state::Region::kDefaultBytes, {});
  const auto engine = Engine::Create(sets[0], region, {});
  ASSERT_NE(engine, nullptr);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::atomic<int64_t> inspected{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      Inspector inspector(engine);
      facts::Packet packet = packet_;
      packet.transport = facts::Transport::kTcp;  // nothing is a retransmission
      packet.source = IpAddress::FromV4(0xC6336400u + static_cast<uint32_t>(t));
      const std::string text = RequestText{}.str();
      packet.bytes = text;
      Verdict verdict;
      while (!done.load(std::memory_order_relaxed)) {
        inspector.Inspect(packet, &verdict);
        const bool right = verdict.action == Action::kReject && verdict.hit_count == 2 &&
                           verdict.sip_code >= 480 && verdict.sip_code <= 483 &&
                           verdict.hits[0].rule->name == "a" && verdict.hits[1].rule->name == "b";
        if (!right) wrong.fetch_add(1);
        inspected.fetch_add(1, std::memory_order_relaxed);
      }
    });
  }
  for (int i = 1; i <= 10'000; ++i) {
    if (!engine->Reload(sets[i % 4])) wrong.fetch_add(1);
    // So that inspectors take up many of them.
    const int64_t enough = inspected.load() + 8;
    while (i % 100 == 0 && inspected.load() < enough) std::this_thread::yield();
  }
  done.store(true);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong.load(), 0);
  EXPECT_EQ(engine->generation()->number(), 10'001u);
}

}  // namespace
}  // namespace sipward::engine
