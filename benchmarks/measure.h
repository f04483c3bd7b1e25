// Wall time: many short samples, every side in turn, so that what disturbs the machine disturbs all
// of them.
#ifndef SIPWARD_BENCHMARKS_MEASURE_H_
#define SIPWARD_BENCHMARKS_MEASURE_H_

#include <memory>
#include <vector>

#include "benchmarks/workload.h"

namespace sipward::bench {

// Nanoseconds of one message.
struct Timing {
  double minimum = 0;
  double median = 0;
};

// Keeps this thread on one processor, the last that it may use.
void PinToOneProcessor();

// One timing for each workload. `rounds`: samples of each; slow workloads get fewer, at least 10.
std::vector<Timing> Measure(const std::vector<std::unique_ptr<Workload>>& workloads, int rounds);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_MEASURE_H_
