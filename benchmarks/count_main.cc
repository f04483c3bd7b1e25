// sipward_bench_count MODE SUITE [WHO]: one count for each row of a suite.
//   allocations   JSON lines; needs LD_PRELOAD=sipward_bench_allocations.so
//   instructions  needs valgrind --tool=callgrind --instr-atstart=no; leaves two dumps for each row
// Rows that load are left out. A suite without rows in this program prints nothing.
#include <cstdio>
#include <string_view>

#include "benchmarks/count.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

int PrintAllocations(const Catalogue& rows) {
  for (const Row& row : rows) {
    const auto workload = row.make();
    const std::optional<double> allocations = CountAllocations(*workload);
    if (!allocations) {
      std::fprintf(stderr, "sipward_bench_allocations.so is not loaded\n");
      return 2;
    }
    std::printf("%s,\"allocations\":%.9g}\n", JsonHead(row).c_str(), *allocations);
  }
  return 0;
}

int CountInstructions(const Catalogue& rows) {
  for (const Row& row : rows) {
    const auto workload = row.make();
    if (!CountInstructions(*workload, row.suite + " " + row.name + " " + row.who)) {
      std::fprintf(stderr, "not running under callgrind\n");
      return 2;
    }
  }
  return 0;
}

int Main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fprintf(stderr, "usage: sipward_bench_count allocations|instructions SUITE [WHO]\n");
    return 2;
  }
  const std::string_view mode = argv[1];
  Catalogue rows = Rows(argv[2]);
  std::erase_if(rows, [](const Row& row) { return row.loads; });
  if (argc == 4) std::erase_if(rows, [&](const Row& row) { return row.who != argv[3]; });
  if (mode == "allocations") return PrintAllocations(rows);
  if (mode == "instructions") return CountInstructions(rows);
  std::fprintf(stderr, "unknown mode\n");
  return 2;
}

}  // namespace
}  // namespace sipward::bench

int main(int argc, char** argv) { return sipward::bench::Main(argc, argv); }
