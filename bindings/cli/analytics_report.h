// What an engine has counted of calls, for people and as JSON.
#ifndef SIPWARD_BINDINGS_CLI_ANALYTICS_REPORT_H_
#define SIPWARD_BINDINGS_CLI_ANALYTICS_REPORT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "handle.h"
#include "sipward.h"

namespace sipward::cli {

using AnalyticsHandle = std::unique_ptr<sipward_analytics, Destroyer<sipward_analytics_destroy>>;
// Null where the engine keeps none, or memory ran out.
AnalyticsHandle AnalyticsOf(const sipward_engine* engine);

// Rows that `--analytics` asks an engine for: some 7 MB.
inline constexpr uint32_t kAnalyticsRows = 1024;

inline std::string_view KeyOf(const sipward_call_counts& counts) {
  return {counts.key, counts.key_size};
}
// Calls that were answered and are over.
uint64_t CompletedOf(const sipward_call_counts& counts);
// Nanoseconds in seconds, exact: "12.5", "0.000001".
std::string SecondsText(int64_t nanoseconds);

// Totals, then ten rows of each dimension that has any.
std::string RenderAnalytics(const sipward_analytics* analytics);
// One line, {"analytics": ...}; a hundred rows of each dimension.
std::string AnalyticsJson(const sipward_analytics* analytics);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ANALYTICS_REPORT_H_
