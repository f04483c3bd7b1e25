#include "watch_metrics.h"

#include <iterator>
#include <string_view>

#include "analytics_metrics.h"
#include "engine_metrics.h"
#include "metrics_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr std::string_view kClasses[] = {"1xx", "2xx", "3xx", "4xx", "5xx", "6xx"};

void AddMessages(MetricsText* metrics, const Summary& summary) {
  metrics->Counter("sipward_messages_total", "Messages that were watched")
      .Sample(summary.messages());
  metrics->Counter("sipward_requests_total", "Requests, by method; other: all that no RFC names");
  uint64_t others = summary.requests();
  for (const char* const method : Summary::kMethods) {
    const uint64_t count = summary.requests(method);
    metrics->Sample(count, {{"method", method}});
    others -= count;
  }
  metrics->Sample(others, {{"method", "other"}});
  metrics->Counter("sipward_responses_total", "Responses, by class");
  for (size_t i = 0; i < std::size(kClasses); ++i)
    metrics->Sample(summary.responses(i + 1), {{"class", kClasses[i]}});
}

void AddSources(MetricsText* metrics, const WatchCounts& watched) {
  metrics->Counter("sipward_lost_packets_total",
                   "Packets that came too fast, by where they were lost");
  metrics->Sample(watched.live.by_kernel, {{"at", "kernel"}});
  metrics->Sample(watched.live.by_interface, {{"at", "interface"}});
  metrics->Sample(watched.hep.lost, {{"at", "hep_socket"}});
  metrics->Counter("sipward_hep_packets_total", "HEP3 that came, by what became of it");
  const io::HepStatistics& hep = watched.hep;
  metrics->Sample(hep.packets - hep.not_sip - hep.wrong_key - hep.damaged - hep.too_large,
                  {{"result", "sip"}});
  metrics->Sample(hep.damaged, {{"result", "inflate_damaged"}});
  metrics->Sample(hep.too_large, {{"result", "inflate_too_large"}});
  metrics->Sample(watched.hep.not_sip, {{"result", "not_sip"}});
  metrics->Sample(watched.hep.wrong_key, {{"result", "wrong_key"}});
  metrics->Sample(watched.hep.malformed, {{"result", "malformed"}});
  metrics->Counter("sipward_hep_connections_total",
                   "Connections that bring HEP3, by what became of them");
  metrics->Sample(watched.hep.connections, {{"result", "accepted"}});
  metrics->Sample(watched.hep.refused_connections, {{"result", "refused"}});
}

void AddOutputs(MetricsText* metrics, const OutputCounts& outputs) {
  metrics->Counter("sipward_sent_total", "Datagrams that went on, by where");
  metrics->Sample(outputs.hep_sent, {{"to", "hep"}})
      .Sample(outputs.syslog_sent, {{"to", "syslog"}});
  metrics->Counter("sipward_not_sent_total", "Datagrams that could not go on");
  metrics->Sample(outputs.hep_lost, {{"to", "hep"}})
      .Sample(outputs.syslog_lost, {{"to", "syslog"}});
  metrics->Counter("sipward_findings_untold_total",
                   "Findings that were too many at once to be told, and are only counted");
  metrics->Sample(outputs.untold);
}

void AddCrew(MetricsText* metrics, const CrewCounts& crew) {
  const auto each = [&](auto value) {
    for (size_t i = 0; i < crew.workers.size(); ++i) {
      metrics->Sample(value(crew.workers[i]), {{"worker", std::to_string(i + 1)}});
    }
  };
  metrics->Gauge("sipward_worker_running", "1 while the worker runs, 0 until it is begun again");
  each([](const CrewCounts::Worker& worker) { return worker.running ? uint64_t{1} : 0; });
  metrics->Counter("sipward_worker_messages_total", "Messages that the worker took");
  each([](const CrewCounts::Worker& worker) { return worker.messages; });
  metrics->Counter("sipward_worker_lost_packets_total",
                   "Packets that came too fast for the worker");
  each([](const CrewCounts::Worker& worker) { return worker.lost; });
  metrics->Counter("sipward_worker_restarts_total", "Workers that died and were begun again")
      .Sample(crew.restarts);
}

}  // namespace

std::string MetricsOf(const WatchCounts& counts, int64_t begin_wall_ns, const CrewCounts* crew) {
  constexpr int64_t kSecond = 1'000'000'000;
  MetricsText metrics;
  metrics.Gauge("sipward_build_info", "Always 1").Sample(1, {{"version", VersionText()}});
  metrics.Gauge("sipward_start_time_seconds", "When it began to watch, in seconds since 1970")
      .Sample(static_cast<uint64_t>(begin_wall_ns / kSecond));
  AddMessages(&metrics, counts.summary);
  AddSources(&metrics, counts);
  AddOutputs(&metrics, counts.outputs);
  if (crew != nullptr) AddCrew(&metrics, *crew);
  AddEngineMetrics(&metrics, counts.engine);
  AddAnalyticsMetrics(&metrics, counts.calls);
  return metrics.Take();
}

}  // namespace sipward::cli
