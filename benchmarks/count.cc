#include "benchmarks/count.h"

#include <dlfcn.h>

#include <algorithm>

#ifdef SIPWARD_BENCH_CALLGRIND
#include <valgrind/callgrind.h>
#endif

namespace sipward::bench {

bool CountInstructions(Workload& workload, const std::string& label) {
#ifdef SIPWARD_BENCH_CALLGRIND
  if (RUNNING_ON_VALGRIND == 0) return false;
  const uint64_t few = workload.Round();
  const uint64_t many = few > 8 ? 2 * few : 16 * few;
  workload.Run(few);
  for (const uint64_t messages : {few, many}) {
    const std::string name = label + " " + std::to_string(messages);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    workload.Run(messages);
    CALLGRIND_DUMP_STATS_AT(name.c_str());
    CALLGRIND_STOP_INSTRUMENTATION;
  }
  return true;
#else
  Use(workload);
  Use(label);
  return false;
#endif
}

std::optional<double> CountAllocations(Workload& workload) {
  using Counter = uint64_t (*)();
  const auto counter = reinterpret_cast<Counter>(dlsym(RTLD_DEFAULT, "sipward_bench_allocations"));
  if (counter == nullptr) return std::nullopt;
  workload.Run(workload.Round());
  const uint64_t messages = 4 * workload.Round();
  const uint64_t before = counter();
  workload.Run(messages);
  return static_cast<double>(counter() - before) / static_cast<double>(messages);
}

}  // namespace sipward::bench
