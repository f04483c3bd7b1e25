// What is counted of calls, as metrics.
#ifndef SIPWARD_BINDINGS_CLI_ANALYTICS_METRICS_H_
#define SIPWARD_BINDINGS_CLI_ANALYTICS_METRICS_H_

#include "call_metrics.h"
#include "metrics_text.h"

namespace sipward::cli {

// Some 150 samples, three for each country that was called, of which there are some 250 at most,
// and three for each of the `top` keys: of these others choose the labels. Nothing where nobody
// counts calls.
void AddAnalyticsMetrics(MetricsText* metrics, const CallMetrics& counted);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ANALYTICS_METRICS_H_
