// What `sipward watch` gives to Prometheus.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "watch_counts.h"

namespace sipward::cli {

// Processes that share the work.
struct CrewCounts {
  struct Worker {
    uint64_t messages = 0;
    uint64_t lost = 0;  // packets that came too fast for it
    bool running = false;
  };
  std::vector<Worker> workers;
  uint64_t restarts = 0;
};

// The page. Its series are known beforehand: what messages hold makes none, but for the countries
// that are called and the keys that --metrics-top asks for. `crew`: or null.
std::string MetricsOf(const WatchCounts& counts, int64_t begin_wall_ns, const CrewCounts* crew);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_
