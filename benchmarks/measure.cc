#include "benchmarks/measure.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace sipward::bench {
namespace {

constexpr double kSampleNanos = 200'000;
constexpr double kSlowSampleNanos = 2'000'000;
constexpr int kSlowShare = 20;
constexpr double kVerySlowSampleNanos = 1'000'000'000;
constexpr int kVerySlowShare = 100;

// Takes the samples of each row instead of printing them. A row's name is its index.
class Collector final : public benchmark::BenchmarkReporter {
 public:
  explicit Collector(size_t rows) : samples_(rows) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      // A long sample is sure to be interrupted: there the turns of others are left out.
      const bool is_long = run.real_accumulated_time * 1e9 > kSlowSampleNanos;
      const double seconds = is_long ? run.cpu_accumulated_time : run.real_accumulated_time;
      samples_[std::stoul(run.run_name.function_name)].push_back(
          seconds * 1e9 / static_cast<double>(run.iterations));
    }
  }

  std::vector<Timing> Timings() {
    std::vector<Timing> timings;
    for (std::vector<double>& samples : samples_) {
      std::sort(samples.begin(), samples.end());
      timings.push_back({.minimum = samples.front(), .median = samples[samples.size() / 2]});
    }
    return timings;
  }

 private:
  std::vector<std::vector<double>> samples_;
};

double NanosOf(Workload& workload, uint64_t messages) {
  const auto begin = std::chrono::steady_clock::now();
  workload.Run(messages);
  const auto end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::nano>(end - begin).count();
}

// The length of a sample is fixed beforehand: Google Benchmark's own search for it would count the
// first sample, cold, among the others.
void Register(size_t index, Workload& workload, int samples) {
  workload.Run(workload.Round());
  double once = std::max(NanosOf(workload, workload.Round()), 1.0);
  const bool slow = once > kSlowSampleNanos;
  if (!slow) once = std::max(std::min(once, NanosOf(workload, workload.Round())), 1.0);
  const int share = once > kVerySlowSampleNanos ? kVerySlowShare : slow ? kSlowShare : 1;
  const auto rounds = std::max(uint64_t{1}, static_cast<uint64_t>(kSampleNanos / once));
  const uint64_t messages = workload.Round() * rounds;
  benchmark::RegisterBenchmark(std::to_string(index).c_str(),
                               [&workload, messages, slow](benchmark::State& state) {
                                 // Brings code and data back into the caches.
                                 if (!slow) workload.Run(workload.Round());
                                 const auto batch =
                                     static_cast<benchmark::IterationCount>(messages);
                                 while (state.KeepRunningBatch(batch)) workload.Run(messages);
                               })
      ->Iterations(static_cast<benchmark::IterationCount>(messages))
      ->Repetitions(std::max(1, samples / share))
      ->UseRealTime();
}

}  // namespace

std::vector<Timing> Measure(const std::vector<std::unique_ptr<Workload>>& workloads, int samples) {
  std::string program = "sipward_bench";
  std::string interleave = "--benchmark_enable_random_interleaving=true";
  std::array<char*, 3> arguments = {program.data(), interleave.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments.data());
  benchmark::ClearRegisteredBenchmarks();
  for (size_t i = 0; i < workloads.size(); ++i) Register(i, *workloads[i], samples);
  Collector collector(workloads.size());
  if (!workloads.empty()) benchmark::RunSpecifiedBenchmarks(&collector);
  return collector.Timings();
}

}  // namespace sipward::bench
