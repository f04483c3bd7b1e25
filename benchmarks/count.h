// What can be counted instead of timed: instructions under callgrind, allocations under
// LD_PRELOAD=sipward_bench_allocations.so.
#ifndef SIPWARD_BENCHMARKS_COUNT_H_
#define SIPWARD_BENCHMARKS_COUNT_H_

#include <optional>
#include <string>

#include "benchmarks/workload.h"

namespace sipward::bench {

// Handles messages with callgrind's counting on and leaves two dumps that carry `label` and the
// number of messages: their difference is the cost of messages alone. False outside of callgrind.
bool CountInstructions(Workload& workload, const std::string& label);

// Allocations of one message, or nothing if the counter is not loaded.
std::optional<double> CountAllocations(Workload& workload);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_COUNT_H_
