// What `sipward watch` gives to Prometheus.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_

#include <cstdint>
#include <string>

#include "io/capture.h"
#include "io/hep_receiver.h"
#include "sipward.h"
#include "summary.h"
#include "watch_outputs.h"

namespace sipward::cli {

struct Watched {
  const sipward_engine* engine;
  const Summary& summary;
  const io::LiveLosses losses;
  const io::HepStatistics& hep;
  const WatchOutputs& outputs;
  int64_t begin_wall_ns;
};

// The page. Its series are known beforehand: what messages hold makes none.
std::string MetricsOf(const Watched& watched);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_METRICS_H_
