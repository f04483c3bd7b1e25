// sipward_bench MODE SUITE [WHO [CASE]]: one JSON line for each row of a suite.
//   time          nanoseconds
//   allocations   needs LD_PRELOAD=sipward_bench_allocations.so
//   instructions  needs valgrind --tool=callgrind --instr-atstart=no; leaves two dumps for each row
// benchmarks/run.sh runs all three and puts the lines together.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "benchmarks/corpus.h"
#include "benchmarks/count.h"
#include "benchmarks/measure.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

constexpr int kRounds = 400;

Catalogue AllRows() {
  Catalogue rows;
  AddParserCases(rows);
#ifdef SIPWARD_BENCH_OSIP
  AddOsipCases(rows);
#endif
#ifdef SIPWARD_BENCH_SOFIA
  AddSofiaCases(rows);
#endif
#ifdef SIPWARD_BENCH_RE
  AddReCases(rows);
#endif
  AddLimitCases(rows);
  AddRuleCases(rows);
#ifdef SIPWARD_BENCH_YARA
  AddYaraCases(rows);
#endif
#ifdef SIPWARD_BENCH_MODSECURITY
  AddModsecurityCases(rows);
#endif
  AddPipelineCases(rows);
  return rows;
}

// All texts are this program's own and hold nothing that JSON would need escaped.
std::string Head(const Row& row) {
  return R"({"suite":")" + row.suite + R"(","case":")" + row.name + R"(","who":")" + row.who + '"';
}

int PrintTimes(const Catalogue& rows) {
  PinToOneProcessor();
  std::vector<std::unique_ptr<Workload>> workloads;
  for (const Row& row : rows) workloads.push_back(row.make());
  const std::vector<Timing> timings = Measure(workloads, kRounds);
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string outcome = workloads[i]->Outcome();
    std::printf(R"(%s,"ns_min":%.1f,"ns_median":%.1f,"bytes":%.0f,"note":"%s%s%s"})"
                "\n",
                Head(rows[i]).c_str(), timings[i].minimum, timings[i].median, workloads[i]->Bytes(),
                rows[i].note.c_str(), outcome.empty() ? "" : "; ", outcome.c_str());
  }
  return 0;
}

int PrintAllocations(const Catalogue& rows) {
  for (const Row& row : rows) {
    const auto workload = row.make();
    const std::optional<double> allocations = CountAllocations(*workload);
    if (!allocations) {
      std::fprintf(stderr, "sipward_bench_allocations.so is not loaded\n");
      return 2;
    }
    std::printf("%s,\"allocations\":%.1f}\n", Head(row).c_str(), *allocations);
  }
  return 0;
}

int PrintInstructions(const Catalogue& rows) {
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
  if (argc < 3 || argc > 5) {
    std::fprintf(stderr, "usage: sipward_bench time|allocations|instructions SUITE [WHO [CASE]]\n");
    return 2;
  }
  const std::string_view mode = argv[1];
  Catalogue rows = AllRows();
  std::erase_if(rows, [&](const Row& row) {
    return row.suite != argv[2] || (argc > 3 && row.who != argv[3]) ||
           (argc > 4 && row.name != argv[4]);
  });
  if (rows.empty()) {
    std::fprintf(stderr, "there is no such benchmark\n");
    return 2;
  }
  if (mode == "time") return PrintTimes(rows);
  if (mode == "allocations") return PrintAllocations(rows);
  if (mode == "instructions") return PrintInstructions(rows);
  std::fprintf(stderr, "unknown mode\n");
  return 2;
}

}  // namespace
}  // namespace sipward::bench

int main(int argc, char** argv) { return sipward::bench::Main(argc, argv); }
