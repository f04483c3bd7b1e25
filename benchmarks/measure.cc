#include "benchmarks/measure.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace sipward::bench {
namespace {

constexpr double kSampleNanos = 200'000;
constexpr double kSlowSampleNanos = 2'000'000;
constexpr int kSlowEvery = 20;  // slow workloads take part in one round of so many

double NanosOf(Workload& workload, uint64_t messages) {
  const auto begin = std::chrono::steady_clock::now();
  workload.Run(messages);
  const auto end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::nano>(end - begin).count();
}

struct Sampler {
  explicit Sampler(Workload& of) : workload(of) {
    workload.Run(workload.Round());
    const double once = std::max(NanosOf(workload, workload.Round()), 1.0);
    messages = workload.Round() * std::max(uint64_t{1}, static_cast<uint64_t>(kSampleNanos / once));
    slow = once > kSlowSampleNanos;
  }

  void Take() {
    if (!slow) workload.Run(workload.Round());  // brings code and data back into the caches
    samples.push_back(NanosOf(workload, messages) / static_cast<double>(messages));
  }

  Timing Result() {
    std::sort(samples.begin(), samples.end());
    return {.minimum = samples.front(), .median = samples[samples.size() / 2]};
  }

  Workload& workload;
  uint64_t messages = 1;
  bool slow = false;
  std::vector<double> samples;
};

}  // namespace

void PinToOneProcessor() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  for (int cpu = CPU_SETSIZE - 1; cpu >= 0; --cpu) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    CPU_ZERO(&allowed);
    CPU_SET(cpu, &allowed);
    if (sched_setaffinity(0, sizeof(allowed), &allowed) != 0)
      std::fprintf(stderr, "not pinned to one processor: the times are less exact\n");
    return;
  }
}

std::vector<Timing> Measure(const std::vector<std::unique_ptr<Workload>>& workloads, int rounds) {
  std::vector<Sampler> samplers;
  samplers.reserve(workloads.size());
  for (const auto& workload : workloads) samplers.emplace_back(*workload);
  rounds = std::max(rounds, 10 * kSlowEvery);
  for (int round = 0; round < rounds; ++round) {
    for (Sampler& sampler : samplers) {
      if (!sampler.slow || round % kSlowEvery == 0) sampler.Take();
    }
  }
  std::vector<Timing> timings;
  timings.reserve(samplers.size());
  for (Sampler& sampler : samplers) timings.push_back(sampler.Result());
  return timings;
}

}  // namespace sipward::bench
