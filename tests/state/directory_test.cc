// Tables that are closed, their room given to others, and the processes that use them.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <vector>

#include "tests/state/helpers.h"

namespace sipward::state {
namespace {

TableSpec Named(const std::string& name, uint32_t capacity = 512) {
  TableSpec spec = Spec(TableKind::kCount, kMinute, capacity);
  spec.signature = name;
  return spec;
}

TEST(Directory, AClosedTableIsFoundAgainWhileItsRoomIsNotNeeded) {
  const auto region = NewRegion();
  const uint64_t empty = region->stats().used;
  const auto table = *region->Open(Named("a"));
  region->Add(table, Key("k"), 3, 0);
  region->Close(table);
  EXPECT_EQ(region->stats().used, empty);
  EXPECT_EQ(region->Add(*region->Open(Named("a")), Key("k"), 0, 0), 3);
}

TEST(Directory, OpenedTwiceIsClosedTwice) {
  const auto region = NewRegion(1 << 20);
  const auto table = *region->Open(Named("a"));
  static_cast<void>(*region->Open(Named("a")));
  region->Close(table);
  region->Add(table, Key("k"), 3, 0);
  for (int i = 0; region->Open(Named(std::to_string(i))); ++i) {
  }
  EXPECT_EQ(region->Add(table, Key("k"), 0, 0), 3) << "nobody took its room";
  region->Close(Region::Table{12345});
  region->Close(Region::Table{});
}

TEST(Directory, RoomIsGivenToOthersAndIsClean) {
  const auto region = NewRegion(1 << 20);
  std::mt19937 random(7);
  std::vector<std::pair<Region::Table, uint64_t>> open;
  uint64_t made = 0;
  for (int i = 0; i < 5000; ++i) {
    if (random() % 2 == 0) {
      const uint32_t capacity = 16u << random() % 6;
      const auto table = region->Open(Named(std::to_string(made), capacity));
      if (table) {
        for (uint64_t key = 0; key < 20; ++key) {
          ASSERT_EQ(region->Add(*table, Key(key), 0, 0), 0) << "what another left";
        }
        region->Add(*table, Key("mine"), static_cast<int64_t>(made + 1), 0);
        open.emplace_back(*table, made++);
        continue;
      }
    }
    if (open.empty()) continue;
    const size_t which = random() % open.size();
    const auto [table, number] = open[which];
    EXPECT_EQ(region->Add(table, Key("mine"), 0, 0), static_cast<int64_t>(number + 1));
    for (uint64_t key = 0; key < 20; ++key) region->Add(table, Key(key), 1, 0);
    region->Close(table);
    open.erase(open.begin() + static_cast<ptrdiff_t>(which));
    EXPECT_LE(region->stats().used, region->stats().bytes);
  }
  EXPECT_GT(made, 1000u);
}

// A child closes what it inherited and its own; the parent's tables stay the parent's.
TEST(Directory, AChildTakesNothingFromItsParent) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  const auto table = *region->Open(Named("parent"));
  region->Add(table, Key("k"), 3, 0);
  const pid_t child = fork();
  if (child == 0) {
    region->Close(table);
    for (int i = 0; region->Open(Named(std::to_string(i))); ++i) {
    }
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(region->Add(table, Key("k"), 0, 0), 3);
}

TEST(Directory, TheParentKeepsWhatItOpenedBeforeItForked) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  const auto table = *region->Open(Named("parent"));
  int done[2];
  ASSERT_EQ(pipe(done), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    if (read(done[0], &byte, 1) != 1) _exit(2);
    _exit(region->Add(table, Key("k"), 0, 0) == 3 ? 0 : 1);
  }
  region->Add(table, Key("k"), 3, 0);
  region->Close(table);
  for (int i = 0; region->Open(Named(std::to_string(i))); ++i) {
  }
  ASSERT_EQ(write(done[1], "x", 1), 1);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  close(done[0]);
  close(done[1]);
}

// What was open before the fork is closed by each for itself, and its room comes back with the
// last.
TEST(Directory, RoomOfBeforeTheForkComesBackWhenTheLastHasClosedIt) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  const uint64_t all = region->LargestRoom();
  const auto table = *region->Open(Named("old", 2048));
  const uint64_t left = region->LargestRoom();
  int to_child[2], to_parent[2];
  ASSERT_EQ(pipe(to_child) | pipe(to_parent), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    if (read(to_child[0], &byte, 1) != 1) _exit(2);
    region->Close(table);
    if (write(to_parent[1], "x", 1) != 1) _exit(3);
    _exit(read(to_child[0], &byte, 1) == 1 ? 0 : 4);
  }
  region->Close(table);
  EXPECT_EQ(region->LargestRoom(), left) << "the child has it open and has called nothing";
  char byte = 0;
  ASSERT_EQ(write(to_child[1], "x", 1), 1);
  ASSERT_EQ(read(to_parent[0], &byte, 1), 1);
  EXPECT_EQ(region->LargestRoom(), all) << "while the child lives";
  ASSERT_EQ(write(to_child[1], "x", 1), 1);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  for (const int end : {to_child[0], to_child[1], to_parent[0], to_parent[1]}) close(end);
}

// A daemon's first process makes everything, forks and leaves.
TEST(Directory, WhoMadeTheRegionMayLeave) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  const uint64_t all = region->LargestRoom();
  const pid_t child = fork();
  if (child == 0) {
    static_cast<void>(region->Open(Named("mine", 2048)));
    const pid_t grandchild = fork();
    if (grandchild == 0) kill(getpid(), SIGKILL);
    waitpid(grandchild, nullptr, 0);
    _exit(region->LargestRoom() < all ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(region->LargestRoom(), all);
}

TEST(Directory, WhoIsKilledHoldsNothing) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  for (int round = 0; round < 100; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      for (int i = 0; region->Open(Named(std::to_string(i))); ++i) {
      }
      kill(getpid(), SIGKILL);
    }
    waitpid(child, nullptr, 0);
  }
  const auto table = region->Open(Named("mine", 2048));
  EXPECT_TRUE(table);
}

// A pipe whose reading end many wait at, until its writing end is closed.
class Gate {
 public:
  Gate() { EXPECT_EQ(pipe(ends_), 0); }
  void Open() { close(ends_[1]); }
  // In a child, which has inherited both ends.
  void Wait() {
    char byte = 0;
    while (read(ends_[0], &byte, 1) > 0) {
    }
  }

 private:
  int ends_[2];
};

// All but the last close what they inherited, and so does their parent: it must stay as it is for
// the last.
bool TheLastOfManyKeepsIts(int children, Region* region) {
  const auto table = *region->Open(Named("old", 2048));
  region->Add(table, Key("k"), 3, 0);
  Gate may_close, may_leave;
  int closed[2];
  EXPECT_EQ(pipe(closed), 0);
  std::vector<pid_t> pids;
  for (int i = 0; i < children; ++i) {
    pids.push_back(fork());
    if (pids.back() != 0) continue;
    may_close.Open();
    may_leave.Open();
    may_close.Wait();
    if (i + 1 < children) region->Close(table);
    if (write(closed[1], "x", 1) != 1) _exit(2);
    may_leave.Wait();
    _exit(i + 1 < children || region->Add(table, Key("k"), 0, 0) == 3 ? 0 : 1);
  }
  may_close.Open();
  char byte = 0;
  for (int i = 0; i < children; ++i) EXPECT_EQ(read(closed[0], &byte, 1), 1);
  region->Close(table);
  std::vector<Region::Table> others;
  for (int i = 0;; ++i) {
    const auto other = region->Open(Named(std::to_string(i), 64));
    if (!other) break;
    region->Add(*other, Key("k"), 1000, 0);
    others.push_back(*other);
  }
  may_leave.Open();
  bool kept = true;
  for (const pid_t pid : pids) {
    int status = 0;
    waitpid(pid, &status, 0);
    kept = kept && status == 0;
  }
  for (const auto other : others) region->Close(other);
  close(closed[0]);
  close(closed[1]);
  return kept;
}

TEST(Directory, AHundredWorkersAndTheRoomComesBack) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  const uint64_t all = region->LargestRoom();
  EXPECT_TRUE(TheLastOfManyKeepsIts(200, region.get()));
  EXPECT_EQ(region->LargestRoom(), all);
}

// What those use that have no place of their own is given to nobody.
TEST(Directory, MoreProcessesThanPlaces) {
  const auto region = Region::Create(1 << 20, TestSecret(), platform::Sharing::kAcrossFork);
  EXPECT_TRUE(TheLastOfManyKeepsIts(280, region.get()));
}

}  // namespace
}  // namespace sipward::state
