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

// Inspectors that come and go while others read, and rules that are loaded meanwhile.
TEST_F(EngineTest, CountsAreExactWhateverGoesOnMeanwhile) {
  const auto rules = R"(version 1
    rule all  { on request when true then tag "t" }
    rule bans { on request when true then ban src.ip for 1h })";
  Load(rules);
  constexpr int kThreads = 4;
  constexpr int kRounds = 10;
  constexpr int kEach = 50;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        Inspector inspector(engine_);
        Verdict verdict;
        facts::Packet packet = packet_;
        for (int i = 0; i < kEach; ++i) {
          const std::string text = RequestText{}.str();
          packet.bytes = text;
          inspector.Inspect(packet, &verdict);
        }
      }
    });
  }
  std::thread reader([&] {
    uint64_t cursor = 0;
    uint64_t lost = 0;
    uint64_t before = 0;
    while (!done) {
      ASSERT_TRUE(engine_->Reload(Compile(rules)));
      const uint64_t packets = engine_->statistics().packets;
      EXPECT_GE(packets, before);
      before = packets;
      while (engine_->notices().Next(&cursor, &lost)) {
      }
    }
  });
  for (std::thread& thread : threads) thread.join();
  done = true;
  reader.join();
  const auto all = static_cast<uint64_t>(kThreads * kRounds * kEach);
  const Statistics counted = engine_->statistics();
  EXPECT_EQ(counted.packets, all);
  EXPECT_EQ(counted.matches, 2 * all);
  EXPECT_EQ(counted.bans_withheld, all);
  const auto generation = engine_->generation();
  EXPECT_EQ(generation->tally(0).by_fate[static_cast<size_t>(MatchFate::kEnforced)], all);
  EXPECT_EQ(generation->tally(1).by_fate[static_cast<size_t>(MatchFate::kWeakEvidence)], all);
}

// Each inspector has a book of its own, and what several are asked for is all of them.
TEST_F(EngineTest, AnalyticsAreExactWhoeverAsksMeanwhile) {
  Load("version 1\nrule none { on tick when engine.pressure > 2 then alert }",
       {.analytics = {.rows = 64}});
  constexpr int kThreads = 4;
  constexpr int kRounds = 5;
  constexpr int kEach = 40;
  std::atomic<bool> done = false;
  std::thread reader([&] {
    uint64_t before = 0;
    while (!done) {
      const uint64_t now = engine_->analytics()->totals().calls.attempts;
      EXPECT_GE(now, before);
      before = now;
    }
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        Inspector inspector(engine_);
        Verdict verdict;
        facts::Packet packet = packet_;
        for (int i = 0; i < kEach; ++i) {
          const std::string name = std::to_string((t * kRounds + round) * kEach + i);
          const std::string text = RequestText{.call_id = name}.str();
          packet.bytes = text;
          inspector.Inspect(packet, &verdict);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  reader.join();
  const analytics::Report report = *engine_->analytics();
  EXPECT_EQ(report.totals().calls.attempts, uint64_t{kThreads * kRounds * kEach});
  const auto& lines = report.lines(analytics::Dimension::kUserAgent).lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].count, uint64_t{kThreads * kRounds * kEach});
}

}  // namespace
}  // namespace sipward::engine
