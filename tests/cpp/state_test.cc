// State: shared across fork.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "sipward/sipward.h"
#include "sample.h"

namespace {

constexpr int kRounds = 1000;

double Count(sipward::Inspector& inspector) {
  const sipward::Verdict verdict = inspector.Inspect(sample::MakePacket(sample::kInvite));
  for (const auto& hit : verdict.Hits()) return *hit.begin();
  return 0;
}

sipward::Rules CountRules() {
  return sipward::Rules::FromText(
             "test.ward",
             "version 1\nrule test.count { on request when count(by src.ip over 1h) > 0 then "
             "alert }\n")
      .value();
}

void CountSome(const sipward::Engine& engine) {
  auto inspector = sipward::Inspector::Create(engine).value();
  for (int i = 0; i < kRounds; ++i) Count(inspector);
}

TEST(State, SharedAcrossForkCountsOfProcessesAndThreadsComeTogether) {
  sipward::StateOptions options;
  options.shared = true;
  auto state = sipward::State::Create(options).value();
  const auto engine = sipward::Engine::Create(CountRules(), state).value();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::thread other([&] { CountSome(engine); });
    CountSome(engine);
    other.join();
    _exit(0);
  }
  CountSome(engine);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  auto inspector = sipward::Inspector::Create(engine).value();
  EXPECT_EQ(Count(inspector), 3 * kRounds + 1);
}

TEST(State, IsPrivateUnlessAskedFor) {
  auto state = sipward::State::Create({}).value();
  const auto engine = sipward::Engine::Create(CountRules(), state).value();
  const pid_t child = fork();
  if (child == 0) {
    CountSome(engine);
    _exit(0);
  }
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  auto inspector = sipward::Inspector::Create(engine).value();
  EXPECT_EQ(Count(inspector), 1);
}

}  // namespace
