// Reads every hostile input in doubling sizes under callgrind, one dump for each: what
// complexity_count_test.py compares.
//   sip_complexity_count FIRST LAST   sizes FIRST, 2 FIRST ... up to LAST octets
#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>

#include "tests/sip/complexity_cases.h"

int main(int argc, char** argv) {
  using namespace sipward::sip;
  if (argc != 3 || RUNNING_ON_VALGRIND == 0) {
    std::fprintf(stderr, "usage, under callgrind: sip_complexity_count FIRST LAST\n");
    return 2;
  }
  const size_t first = std::strtoul(argv[1], nullptr, 10);
  const size_t last = std::strtoul(argv[2], nullptr, 10);
  for (const ComplexityCase& one : ComplexityCases()) {
    for (size_t size = first; size <= last; size *= 2) {
      const std::string input = MakeInput(one, size);
      const std::string label = std::string(one.name) + "|" + std::to_string(size);
      if (size == first) ReadInput(one, input);  // what is made once is made now
      CALLGRIND_START_INSTRUMENTATION;
      CALLGRIND_ZERO_STATS;
      const size_t read = ReadInput(one, input);
      CALLGRIND_DUMP_STATS_AT(label.c_str());
      CALLGRIND_STOP_INSTRUMENTATION;
      if (read == static_cast<size_t>(-1)) return 1;
    }
  }
  return 0;
}
