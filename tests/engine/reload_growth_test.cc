// A thousand other rule texts, one after the other, each compiled, loaded and used: nothing grows.
#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/engine/fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

constexpr int kReloads = 1000;

// No two of 1,260 are equal, and each has tables, names, texts, patterns and a list of its own
// beside those that all have.
std::string TextNumber(int i) {
  const std::string n = std::to_string(10'000 + i);
  const std::string window = std::to_string(60 + i % 1260) + "s";
  std::string text = "version 1\nlist common : exact dynamic max 1000\n";
  text += "list own" + n + " : exact dynamic max 512\n";
  text += "list numbers" + n + " : prefix [\"1900" + n + "\", \"4490\"]\n";
  text += "rule common { on request when count(by src.ip over 1h max 4096) > 0 then tag \"t\" }\n";
  text += "rule filled { on request when true then add from.user ?? \"\" to common for 1h }\n";
  text += "rule own" + n + " { on request when count(by src.ip over " + window +
          " max 4096) > 0 then alert, add from.user ?? \"\" to own" + n + " for 1h }\n";
  text += "rule distinct" + n + " { on request when distinct(to.user by src.net over " + window +
          " max 512) > 1000 then alert }\n";
  text += "rule number" + n + " { on request when ruri.digits in numbers" + n + " then alert }\n";
  text += "rule words" + n + " { on request when contains(user_agent ?? \"\", \"w" + n +
          "\") or contains(user_agent ?? \"\", \"v" + n + "\") then alert }\n";
  // Compiling expressions takes milliseconds.
  if (i % 10 == 0) {
    text += "rule expression" + n + " { on request when matches(user_agent ?? \"\", \"^x" + n +
            "[0-9]+$\") then alert }\n";
  }
  return text;
}

// What is mapped and is not the allocator's.
size_t MappedBytes() {
  long pages = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%ld", &pages) != 1) pages = 0;
  std::fclose(file);
  const struct mallinfo2 info = mallinfo2();
  return static_cast<size_t>(pages) * static_cast<size_t>(sysconf(_SC_PAGESIZE)) - info.arena -
         info.hblkhd;
}

class ReloadGrowthTest : public EngineTest {
 protected:
  void Reload(int i) {
    const auto rules = Compile(TextNumber(i));
    ASSERT_NE(rules, nullptr);
    ASSERT_TRUE(engine_->Reload(rules)) << i;
    Inspect(RequestText{});
    ASSERT_GE(verdict_.hit_count, 3u);
    ASSERT_EQ(verdict_.hits[0].rule->name, "common");
    ++inspected_;
    ASSERT_EQ(verdict_.hits[0].values[0], inspected_) << "what all have counts on";
    ASSERT_EQ(verdict_.hits[2].values[0], 1) << "what one alone has begins anew";
  }
  int inspected_ = 0;
};

TEST_F(ReloadGrowthTest, AThousandTextsLeaveNothingBehind) {
  constexpr int kWarm = 100;
  const auto none = Compile("version 1");
  std::shared_ptr<state::Region> region = state::Region::Create(16 << 20, {});
  engine_ = Engine::Create(none, region, {});
  ASSERT_NE(engine_, nullptr);
  inspector_ = std::make_unique<Inspector>(engine_);
  replaying_.RecordAlone();
  const uint64_t used = region->stats().used;
  const uint64_t room = region->LargestRoom();
  for (int i = 0; i <= kWarm; ++i) ASSERT_NO_FATAL_FAILURE(Reload(i));
  const uint64_t warm_used = region->stats().used;
  const int64_t blocks = allocation_living();
  const int64_t bytes = allocation_living_bytes();
  const size_t mapped = MappedBytes();
  for (int i = kWarm + 1; i < kWarm + kReloads; ++i) ASSERT_NO_FATAL_FAILURE(Reload(i));
  ASSERT_NO_FATAL_FAILURE(Reload(kWarm));
  EXPECT_EQ(region->stats().used, warm_used);
  EXPECT_EQ(allocation_living(), blocks);
  // The allocator rounds, not always in the same way.
  EXPECT_LE(std::abs(allocation_living_bytes() - bytes), 4096);
#ifndef SIPWARD_SANITIZED  // a sanitizer keeps for a while what is freed
  EXPECT_LE(MappedBytes(), mapped + (size_t{512} << 10));
#endif
  std::printf("%lld bytes allocated, %lld before; %zu mapped, %zu before\n",
              static_cast<long long>(allocation_living_bytes()), static_cast<long long>(bytes),
              MappedBytes(), mapped);
  EXPECT_EQ(engine_->generation()->number(), kWarm + kReloads + 2u);
  ASSERT_TRUE(engine_->Reload(none));
  inspector_->Adopt();
  EXPECT_EQ(region->stats().used, used);
  EXPECT_EQ(region->LargestRoom(), room) << "nothing is left in the directory";
}

}  // namespace
}  // namespace sipward::engine
