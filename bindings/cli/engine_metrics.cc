#include "engine_metrics.h"

#include <iterator>
#include <string>

#include "engine_counts.h"

namespace sipward::cli {
namespace {

void AddVerdicts(MetricsText* metrics, const sipward_statistics& counted) {
  metrics->Counter("sipward_verdicts_total", "Verdicts on packets and events, by action");
  for (uint32_t i = 0; i < std::size(counted.by_action); ++i) {
    metrics->Sample(counted.by_action[i], {{"action", sipward_action_name(i)}});
  }
  metrics->Counter("sipward_judged_total", "Packets and events that were judged, by kind");
  for (uint32_t i = 0; i < std::size(counted.by_kind); ++i) {
    const char* kind = sipward_event_name(i);
    if (kind != nullptr) metrics->Sample(counted.by_kind[i], {{"kind", kind}});
  }
  constexpr const char* kClasses[] = {"violation", "ambiguous", "suspicious", "limit"};
  static_assert(std::size(kClasses) == std::size(sipward_statistics{}.by_anomaly));
  metrics->Counter("sipward_anomalous_total", "Packets with an anomaly of the class");
  for (uint32_t i = 0; i < std::size(kClasses); ++i) {
    metrics->Sample(counted.by_anomaly[i], {{"class", kClasses[i]}});
  }
}

// The first two outcomes always, so that a rule has a series before it matches.
void AddRules(MetricsText* metrics, const std::vector<sipward_rule_statistics>& rules) {
  constexpr size_t kAlways = 2;
  metrics->Counter("sipward_rule_matches_total", "Matches of a rule, by what became of them");
  for (const sipward_rule_statistics& rule : rules) {
    for (size_t i = 0; i < std::size(kRuleOutcomes); ++i) {
      const uint64_t count = rule.*kRuleOutcomes[i].value;
      if (i >= kAlways && count == 0) continue;
      metrics->Sample(count, {{"rule", NameOf(rule)}, {"outcome", kRuleOutcomes[i].name}});
    }
  }
}

}  // namespace

void AddEngineMetrics(MetricsText* metrics, const EngineReport& report) {
  for (const EngineCount& count : kEngineCounts) {
    const std::string_view suffix = count.suffix;
    const std::string name = std::string("sipward_").append(count.name).append(suffix);
    const uint64_t value = report.counted.*count.value;
    if (suffix == "_total") {
      metrics->Counter(name, count.help).Sample(value);
    } else {
      metrics->Gauge(name, count.help).Sample(value);
    }
  }
  AddVerdicts(metrics, report.counted);
  AddRules(metrics, report.rules);
}

}  // namespace sipward::cli
