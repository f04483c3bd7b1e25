// The same packets in the same order give the same verdicts, byte for byte: on a fresh engine with
// the same seed, in batches, in two threads at once, and handed from thread to thread.
#include <cstring>
#include <functional>
#include <semaphore>
#include <thread>

#include "tests/captures/captured.h"
#include "tests/captures/set_up.h"

namespace sipward::captures {
namespace {

using Verdicts = std::vector<sipward_verdict>;

class Determinism : public testing::Test {
 protected:
  Verdicts OneByOne() const {
    const Inspector inspector = MakeInspector(rules_.get());
    Verdicts verdicts = EmptyVerdicts(captured_.packets.size());
    for (size_t i = 0; i < verdicts.size(); ++i) Inspect(inspector.get(), i, &verdicts);
    return verdicts;
  }
  void Inspect(sipward_inspector* inspector, size_t i, Verdicts* verdicts) const {
    EXPECT_EQ(sipward_inspector_inspect(inspector, captured_.bytes.data(), &captured_.packets[i],
                                        &(*verdicts)[i]),
              SIPWARD_OK);
  }
  // The rules are the same object everywhere, so even the places of their texts are the same.
  static void ExpectSame(const Verdicts& a, const Verdicts& b) {
    ASSERT_EQ(a.size(), b.size());
    size_t different = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      different += std::memcmp(&a[i], &b[i], sizeof a[i]) != 0;
    }
    EXPECT_EQ(different, 0u);
  }

  const Captured& captured_ = AllCaptures();
  const Rules rules_ = CompilePack();
  const Verdicts expected_ = OneByOne();
};

TEST_F(Determinism, AFreshEngineGivesTheSameVerdicts) {
  ExpectSame(OneByOne(), expected_);
  const auto refused = [](const sipward_verdict& v) { return v.action > SIPWARD_ACTION_FLAG; };
  EXPECT_GT(std::count_if(expected_.begin(), expected_.end(), refused), 20);
}

TEST_F(Determinism, BatchesOfEverySizeGiveTheSameVerdicts) {
  const Inspector inspector = MakeInspector(rules_.get());
  Verdicts verdicts = EmptyVerdicts(captured_.packets.size());
  size_t size = 1;
  for (size_t at = 0; at < verdicts.size(); at += size, size = size % 40 + 1) {
    size = std::min(size, verdicts.size() - at);
    size_t done = 0;
    ASSERT_EQ(sipward_inspector_inspect_batch(inspector.get(), captured_.bytes.data(),
                                              &captured_.packets[at], size, &verdicts[at], &done),
              SIPWARD_OK);
    ASSERT_EQ(done, size);
  }
  ExpectSame(verdicts, expected_);
}

TEST_F(Determinism, TwoThreadsWithAnEngineEachGiveTheSameVerdicts) {
  Verdicts verdicts[2];
  std::thread first([&] { verdicts[0] = OneByOne(); });
  std::thread second([&] { verdicts[1] = OneByOne(); });
  first.join();
  second.join();
  ExpectSame(verdicts[0], expected_);
  ExpectSame(verdicts[1], expected_);
}

TEST_F(Determinism, TwoThreadsThatTakeTurnsOnOneEngineGiveTheSameVerdicts) {
  const Engine engine = MakeEngine(rules_.get());
  Verdicts verdicts = EmptyVerdicts(captured_.packets.size());
  std::binary_semaphore turns[2] = {std::binary_semaphore(1), std::binary_semaphore(0)};
  const auto work = [&](size_t self) {
    const Inspector inspector = MakeInspectorOf(engine.get());
    for (size_t i = self; i < verdicts.size() + self; i += 2) {
      turns[self].acquire();
      if (i < verdicts.size()) Inspect(inspector.get(), i, &verdicts);
      turns[1 - self].release();
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  ExpectSame(verdicts, expected_);
}

}  // namespace
}  // namespace sipward::captures
