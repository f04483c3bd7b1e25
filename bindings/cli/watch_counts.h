// What `sipward watch` counts, in one process or in several together.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_COUNTS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_COUNTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "call_metrics.h"
#include "engine_report.h"
#include "findings.h"
#include "io/capture.h"
#include "io/hep_receiver.h"
#include "summary.h"

namespace sipward::cli {

struct OutputCounts {
  uint64_t hep_sent = 0;
  uint64_t hep_lost = 0;
  uint64_t syslog_sent = 0;
  uint64_t syslog_lost = 0;
  uint64_t untold = 0;  // findings that were too many at once
};

struct WatchCounts {
  Summary summary;
  Findings findings;
  io::CaptureStatistics capture;
  io::LiveLosses live;
  io::HepStatistics hep;
  OutputCounts outputs;
  EngineReport engine;
  CallMetrics calls;

  // Packets that came too fast, wherever they were lost.
  uint64_t Lost() const { return live.by_kernel + live.by_interface + hep.lost; }

  // What another process counted. The state, and how often rules were read, is the same for all:
  // that stays as it is here.
  void Add(const WatchCounts& other);
  // Of engine and outputs, what was counted before.
  void Subtract(const WatchCounts& before);
  // For another process of this program.
  std::string Pack() const;
  // False if it is not what Pack gave.
  bool Unpack(std::string_view bytes);
};

// All of it at the end, for people: findings, messages, what came and went.
std::string ReportText(const WatchCounts& counts);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_COUNTS_H_
