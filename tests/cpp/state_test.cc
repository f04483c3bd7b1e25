// State: shared across fork.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

#include "sample.h"
#include "sipward/sipward.h"

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

sipward::State::Moment At(std::chrono::hours wall, std::chrono::seconds monotonic) {
  sipward::State::Moment moment;
  moment.wall += wall;
  moment.monotonic += monotonic;
  return moment;
}

TEST(State, SnapshotComesBackAndNothingElseDoes) {
  using std::chrono::hours;
  using std::chrono::seconds;
  auto state = sipward::State::Create({}).value();
  const auto engine = sipward::Engine::Create(CountRules(), state).value();
  CountSome(engine);
  std::vector<char> bytes(state.SnapshotCapacity());
  const auto size = state.Snapshot(bytes.data(), bytes.size(), At(hours(1000), seconds(1))).value();
  EXPECT_EQ(state.Snapshot(bytes.data(), 100, At(hours(1000), seconds(1))).error().status,
            sipward::StatusCode::kSpace);
  const std::string_view snapshot(bytes.data(), size);
  auto other = sipward::State::Create({}).value();
  EXPECT_EQ(other.Restore(snapshot.substr(1), At(hours(1000), seconds(1))), "It is no snapshot.");
  EXPECT_EQ(other.Restore(snapshot, At(hours(1000), seconds(1))), "");
  const auto later = sipward::Engine::Create(CountRules(), other).value();
  auto inspector = sipward::Inspector::Create(later).value();
  EXPECT_EQ(Count(inspector), kRounds + 1);
  EXPECT_EQ(other.Restore(snapshot, At(hours(1000), seconds(1))), "The state is in use already.");
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
