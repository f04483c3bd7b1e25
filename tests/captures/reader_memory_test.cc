// Every allocation of the capture reader gets no memory, in turn: it throws std::bad_alloc or says
// what is wrong, and keeps nothing.
#include <new>

#include "tests/captures/captured.h"
#include "tests/support/allocation_counter.h"

namespace sipward::captures {
namespace {

enum class Outcome { kAll, kThrown, kRefused, kFewer };

struct Run {
  Outcome outcome;
  uint64_t messages;
};

// Allocation `number` gets no memory; 0: all get it.
Run ReadWith(const std::string& path, uint64_t number) {
  Run run{Outcome::kAll, 0};
  allocation_fail(number, 0);
  try {
    io::CaptureReader reader;
    io::CaptureItem item;
    io::CaptureStatus status = io::CaptureStatus::kError;
    if (reader.Open(path)) {
      while ((status = reader.Next(&item)) == io::CaptureStatus::kMessage) ++run.messages;
    }
    if (status != io::CaptureStatus::kEnd) {
      run.outcome = reader.error().empty() ? Outcome::kFewer : Outcome::kRefused;
    }
  } catch (const std::bad_alloc&) {
    run.outcome = Outcome::kThrown;
  }
  allocation_fail(0, 0);
  return run;
}

void Sweep(const std::filesystem::path& path) {
  const std::string name = path.string();
  ReadWith(name, 0);  // what libraries keep for good
  const uint64_t before = allocation_count();
  const Run whole = ReadWith(name, 0);
  const uint64_t total = allocation_count() - before;
  ASSERT_EQ(whole.outcome, Outcome::kAll);
  // As many as an ordinary run has time for; the first ones all.
  const uint64_t stride = total / 500 + 1;
  uint64_t failed = 0;
  for (uint64_t number = 1; number <= total; number += number < 100 ? 1 : stride) {
    const int64_t living = allocation_living();
    const Run run = ReadWith(name, number);
    ASSERT_EQ(allocation_living(), living) << path << ": allocation " << number << " of " << total;
    ASSERT_NE(run.outcome, Outcome::kFewer) << path << ": allocation " << number << " of " << total;
    ASSERT_TRUE(run.outcome != Outcome::kAll || run.messages == whole.messages) << number;
    failed += run.outcome != Outcome::kAll;
  }
  EXPECT_GT(failed, 0u);
}

TEST(CaptureReaderMemory, EveryRefusalIsTold) {
  Sweep(std::filesystem::path(SIPWARD_SOURCE_DIR) / "examples/captures/first_look.pcap");
}

TEST(CaptureReaderMemory, EveryRefusalIsToldForStreamsAndFragments) {
  const std::filesystem::path folder = Corpus() / "captures";
  if (!std::filesystem::exists(folder)) {
    std::cout << "SKIPPED CaptureReaderMemory.EveryRefusalIsToldForStreamsAndFragments\n";
    GTEST_SKIP();
  }
  for (const char* name :
       {"suricata-verify/sip-tcp-method__sip-tcp.pcap",
        "suricata-verify/sip-body-large__sip-body-large.pcap", "baresip_call.pcapng"}) {
    Sweep(folder / name);
  }
}

}  // namespace
}  // namespace sipward::captures
