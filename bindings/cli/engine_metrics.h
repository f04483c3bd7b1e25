// What an engine counts, as metrics.
#ifndef SIPWARD_BINDINGS_CLI_ENGINE_METRICS_H_
#define SIPWARD_BINDINGS_CLI_ENGINE_METRICS_H_

#include "engine_report.h"
#include "metrics_text.h"

namespace sipward::cli {

// Labels are names of actions, events, classes of anomalies, rules and outcomes alone, so that no
// message makes a series: some hundred samples, and two to seven for each rule.
void AddEngineMetrics(MetricsText* metrics, const EngineReport& report);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ENGINE_METRICS_H_
