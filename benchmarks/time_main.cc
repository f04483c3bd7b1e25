// sipward_bench SUITE [SAMPLES]: one JSON line with times for each row of a suite. Prints nothing
// for a suite that has no rows in this program. Pinned to one processor by benchmarks/run.sh.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "benchmarks/measure.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

constexpr int kSamples = 400;

void MeasureRows(std::span<const Row> rows, int samples) {
  std::vector<std::unique_ptr<Workload>> workloads;
  for (const Row& row : rows) workloads.push_back(row.make());
  const std::vector<Timing> timings = Measure(workloads, samples);
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string outcome = workloads[i]->Outcome();
    std::printf(R"(%s,"ns_min":%.1f,"ns_median":%.1f,"bytes":%.0f,"note":"%s%s%s"})"
                "\n",
                JsonHead(rows[i]).c_str(), timings[i].minimum, timings[i].median,
                workloads[i]->Bytes(), rows[i].note.c_str(),
                outcome.empty() ? "" : "; outcome: ", outcome.c_str());
  }
}

int Main(int argc, char** argv) {
  const int samples = argc == 3 ? std::atoi(argv[2]) : kSamples;
  if (argc < 2 || argc > 3 || samples < 1) {
    std::fprintf(stderr, "usage: sipward_bench SUITE [SAMPLES]\n");
    return 2;
  }
  Catalogue rows = Rows(argv[1]);
  // What loads, last: the heap that it leaves makes whoever allocates slow.
  const auto loads =
      std::stable_partition(rows.begin(), rows.end(), [](const Row& row) { return !row.loads; });
  MeasureRows({rows.begin(), loads}, samples);
  MeasureRows({loads, rows.end()}, samples);
  return 0;
}

}  // namespace
}  // namespace sipward::bench

int main(int argc, char** argv) { return sipward::bench::Main(argc, argv); }
