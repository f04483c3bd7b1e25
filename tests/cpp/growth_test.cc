// What is made and destroyed leaves nothing behind: SIPWARD_LOOPS rounds of each kind [2000], those
// that take long fewer.
#include <gtest/gtest.h>
#include <malloc.h>
#include <sipward/sipward.h>

#include <cstdlib>
#include <string>

#include "sample.h"

namespace sipward {
namespace {

constexpr char kRules[] =
    "version 1\nrule a.b { on request when count(by src.ip over 1m) >= 0 then tag \"seen\" }\n";

long Loops() {
  const char* given = std::getenv("SIPWARD_LOOPS");
  return given == nullptr ? 2000 : std::atol(given);
}

size_t BytesInUse() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

template <typename Use>
void Loop(long count, Use use) {
  constexpr int kWarm = 20;
  for (int i = 0; i < kWarm; ++i) ASSERT_TRUE(use());
  const size_t before = BytesInUse();
  bool used = true;
  for (long i = 0; i < count && used; ++i) used = use();
  EXPECT_TRUE(used);
  // The allocator keeps a few freed blocks for its thread, and counts them.
  constexpr size_t kSlack = 4096;
  EXPECT_LE(BytesInUse(), before + kSlack) << count << " rounds";
}

Engine MakeEngine(const Rules& rules) {
  return Engine::Create(rules, State::Create({}).value()).value();
}

TEST(Growth, OfMessagesAndFramers) {
  Loop(Loops(), [] {
    auto message = Message::Create().value();
    return message.Parse(sample::kInvite).ok() && message.Validate().ok();
  });
  Loop(Loops(), [] {
    auto framer = StreamFramer::Create().value();
    const std::string bytes(sample::kInvite);
    return framer.Push(bytes) == bytes.size();
  });
}

TEST(Growth, OfInspectorsEnginesAndRules) {
  const Rules rules = Rules::FromText("a.ward", kRules).value();
  const Engine engine = MakeEngine(rules);
  Loop(Loops(), [&] {
    auto inspector = Inspector::Create(engine).value();
    const Verdict verdict = inspector.Inspect(sample::MakePacket(sample::kInvite));
    return verdict.tag_count() == 1;
  });
  Loop(Loops() / 10, [&] {
    const Engine other = MakeEngine(rules);
    return other.RulesCounted().size() == 1;
  });
  Loop(Loops() / 100, [] { return Rules::FromText("a.ward", kRules).ok(); });
  Loop(Loops() / 100, [] {
    const auto wrong = Rules::FromText("a.ward", "version 1\nrule a { when }\n");
    return !wrong.ok() && !wrong.error().Render().empty();
  });
}

}  // namespace
}  // namespace sipward
