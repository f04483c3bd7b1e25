// A fault at every step of a save: what is restored afterwards is the state of before or the new
// one, whole.
#include "io/state_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

namespace sipward::io {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

sipward_moment At(int64_t seconds) {
  sipward_moment moment{};
  moment.struct_size = sizeof moment;
  moment.wall_ns = moment.monotonic_ns = seconds * kSecond;
  return moment;
}

// A state with an engine: bans are what is looked at.
class Host {
 public:
  explicit Host(uint8_t seed = 1) {
    sipward_state_options options{};
    options.struct_size = sizeof options;
    options.bytes = uint64_t{9} << 20;
    options.seed[0] = seed;
    sipward_state_create(&options, &state_);
  }
  ~Host() {
    sipward_engine_destroy(engine_);
    sipward_state_destroy(state_);
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  sipward_state* state() const { return state_; }
  // Bans `count` accounts; each save of the test has one more.
  void Ban(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string key = "account-" + std::to_string(i);
      ASSERT_EQ(sipward_engine_ban_add(engine(), SIPWARD_BAN_ACCOUNT, key.data(), key.size(), "t",
                                       1, 3600 * kSecond, kSecond),
                SIPWARD_OK);
    }
  }
  int bans() {
    int count = 0;
    sipward_ban ban{};
    ban.struct_size = sizeof ban;
    uint64_t cursor = 0;
    while (sipward_engine_ban_next(engine(), kSecond, &cursor, &ban) == SIPWARD_OK) ++count;
    return count;
  }

 private:
  sipward_engine* engine() {
    if (engine_ != nullptr) return engine_;
    sipward_compiler* compiler = nullptr;
    sipward_rules* rules = nullptr;
    sipward_compiler_create(&compiler);
    sipward_compiler_add_rules(compiler, "t", 1, "version 1\n", 10);
    sipward_compiler_build(compiler, &rules);
    sipward_engine_create(rules, state_, nullptr, &engine_);
    sipward_rules_destroy(rules);
    sipward_compiler_destroy(compiler);
    return engine_;
  }
  sipward_state* state_ = nullptr;
  sipward_engine* engine_ = nullptr;
};

enum class Fault { kError, kShortWrites, kExitBefore, kExitAfter };

// Counts the calls that change something, and fails at one of them.
class FaultyCalls : public FileCalls {
 public:
  FaultyCalls(Fault fault, int at) : fault_(fault), at_(at) {}
  int steps() const { return steps_; }
  const std::string& order() const { return order_; }

  int Create(const char* path) override {
    order_ += 'c';
    return Step([&] { return FileCalls::Create(path); });
  }
  ptrdiff_t Write(int file, const char* bytes, size_t size) override {
    if (order_.back() != 'w') order_ += 'w';
    // In pieces, so that a save can break off between two.
    size_t piece = size / 3 + 1;
    if (fault_ == Fault::kShortWrites) piece = size / 50 + 1;
    return Step([&] { return FileCalls::Write(file, bytes, std::min(size, piece)); });
  }
  int Sync(int file) override {
    order_ += 's';
    return Step([&] { return FileCalls::Sync(file); });
  }
  int Close(int file) override {
    order_ += 'x';
    return Step([&] { return FileCalls::Close(file); });
  }
  int Rename(const char* from, const char* to) override {
    order_ += 'r';
    return Step([&] { return FileCalls::Rename(from, to); });
  }

 private:
  template <class Call>
  auto Step(Call call) -> decltype(call()) {
    const bool here = steps_++ == at_;
    if (here && fault_ == Fault::kExitBefore) _exit(0);
    if (here && fault_ == Fault::kError) {
      errno = ENOSPC;
      return -1;
    }
    const auto result = call();
    if (here && fault_ == Fault::kExitAfter) _exit(0);
    return result;
  }
  Fault fault_;
  int at_;
  int steps_ = 0;
  std::string order_;  // a letter for each call
};

class StateFileTest : public testing::Test {
 protected:
  StateFileTest() {
    std::string pattern = testing::TempDir() + "state_file_XXXXXX";
    folder_ = mkdtemp(pattern.data());
    path_ = folder_ + "/state";
  }
  ~StateFileTest() override { std::filesystem::remove_all(folder_); }

  void SaveBans(int count) {
    Host host;
    host.Ban(count);
    ASSERT_EQ(StateFile(path_).Save(host.state(), At(1)), "");
  }
  // How many bans come back; -1: refused, -2: there is nothing.
  int Restored(std::string* why = nullptr) {
    Host host;
    const StateFile::Result result = StateFile(path_).Restore(host.state(), At(1));
    if (why != nullptr) *why = result.why;
    if (result.outcome == StateFile::Outcome::kRefused) return -1;
    if (result.outcome == StateFile::Outcome::kNoFile) return -2;
    return host.bans();
  }
  void Damage(const std::string& path, int64_t at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    if (at < 0) at += static_cast<int64_t>(std::filesystem::file_size(path));
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 1));
  }

  std::string folder_, path_;
};

TEST_F(StateFileTest, TheNewestComesBack) {
  EXPECT_EQ(Restored(), -2);
  for (int count = 1; count <= 5; ++count) {
    SaveBans(count);
    EXPECT_EQ(Restored(), count);
  }
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(StateFileTest, AnErrorAtAnyStepIsSaidAndLeavesOneOfTheTwo) {
  for (int at = 0;; ++at) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    for (int count = 1; count <= 2; ++count) SaveBans(count);
    Host host;
    host.Ban(3);
    FaultyCalls calls(Fault::kError, at);
    const std::string why = StateFile(path_, &calls).Save(host.state(), At(1));
    const bool failed = at < calls.steps() && !why.empty();
    const int restored = Restored();
    EXPECT_TRUE(restored == 3 || (failed && restored == 2)) << at << ": " << restored << why;
    if (at >= calls.steps()) {
      EXPECT_EQ(why, "");
      EXPECT_GE(at, 8);
      return;
    }
  }
}

TEST_F(StateFileTest, ADeathAtAnyStepLeavesOneOfTheTwoAndTheNextSaveGoes) {
  for (const Fault fault : {Fault::kExitBefore, Fault::kExitAfter}) {
    for (int at = 0; at < 12; ++at) {
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directory(folder_);
      for (int count = 1; count <= 2; ++count) SaveBans(count);
      const pid_t child = fork();
      if (child == 0) {
        Host host;
        host.Ban(3);
        FaultyCalls calls(fault, at);
        StateFile(path_, &calls).Save(host.state(), At(1));
        _exit(0);
      }
      ASSERT_EQ(waitpid(child, nullptr, 0), child);
      const int restored = Restored();
      EXPECT_TRUE(restored == 2 || restored == 3) << at << ": " << restored;
      SaveBans(4);
      EXPECT_EQ(Restored(), 4);
    }
  }
}

TEST_F(StateFileTest, ShortWritesAreGoneOnWith) {
  Host host;
  host.Ban(7);
  FaultyCalls calls(Fault::kShortWrites, -1);
  EXPECT_EQ(StateFile(path_, &calls).Save(host.state(), At(1)), "");
  EXPECT_GT(calls.steps(), 50);
  EXPECT_EQ(Restored(), 7);
  // No test sees what a sync does, only that it comes before what needs it.
  EXPECT_EQ(calls.order(), "cwsxrsx");
}

TEST_F(StateFileTest, ADamagedFileGivesWayToTheOther) {
  for (const int64_t at : {0, 9, 17, 25, 40, 200, -1}) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    for (int count = 1; count <= 2; ++count) SaveBans(count);
    Damage(path_ + ".1", at);  // the second save
    EXPECT_EQ(Restored(), 1) << at;
    Damage(path_ + ".0", at);
    std::string why;
    EXPECT_EQ(Restored(&why), -1) << at;
    EXPECT_NE(why.find(path_ + ".0: It"), std::string::npos) << why;
    EXPECT_NE(why.find(path_ + ".1: It"), std::string::npos) << why;
  }
}

TEST_F(StateFileTest, ACutFileGivesWayToTheOther) {
  for (int count = 1; count <= 2; ++count) SaveBans(count);
  for (auto size = std::filesystem::file_size(path_ + ".1"); size > 0; size = size * 2 / 3) {
    std::filesystem::resize_file(path_ + ".1", size - 1);
    EXPECT_EQ(Restored(), 1) << size;
  }
}

TEST_F(StateFileTest, AnotherSeedIsRefusedAndTheStateIsAsItWas) {
  SaveBans(1);
  Host host(2);
  const StateFile::Result result = StateFile(path_).Restore(host.state(), At(1));
  EXPECT_EQ(result.outcome, StateFile::Outcome::kRefused);
  EXPECT_NE(result.why.find("another seed"), std::string::npos) << result.why;
  EXPECT_EQ(host.bans(), 0);
}

TEST_F(StateFileTest, AFolderThatIsNotThereIsNamed) {
  const Host host;
  EXPECT_NE(StateFile(folder_ + "/none/state").Save(host.state(), At(1)).find("/none/"),
            std::string::npos);
}

}  // namespace
}  // namespace sipward::io
