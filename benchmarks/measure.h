// Time with Google Benchmark: many short samples of every row, all rows in random order, so
// that what disturbs the machine disturbs all of them.
#ifndef SIPWARD_BENCHMARKS_MEASURE_H_
#define SIPWARD_BENCHMARKS_MEASURE_H_

#include <memory>
#include <vector>

#include "benchmarks/workload.h"

namespace sipward::bench {

// Nanoseconds of one message: by the clock, of long samples by the processor.
struct Timing {
  double minimum = 0;
  double median = 0;
};

// One timing for each workload. Slow workloads get a twentieth of the samples, those of seconds a
// hundredth, at least 1.
std::vector<Timing> Measure(const std::vector<std::unique_ptr<Workload>>& workloads, int samples);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_MEASURE_H_
