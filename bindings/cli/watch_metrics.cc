#include "watch_metrics.h"

#include <iterator>
#include <string_view>

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

void AddSources(MetricsText* metrics, const Watched& watched) {
  metrics->Counter("sipward_lost_packets_total",
                   "Packets that came too fast, by where they were lost");
  metrics->Sample(watched.losses.by_kernel, {{"at", "kernel"}});
  metrics->Sample(watched.losses.by_interface, {{"at", "interface"}});
  metrics->Sample(watched.hep.lost, {{"at", "hep_socket"}});
  metrics->Counter("sipward_hep_packets_total", "HEP3 that came, by what became of it");
  metrics->Sample(watched.hep.packets - watched.hep.not_sip - watched.hep.wrong_key,
                  {{"result", "sip"}});
  metrics->Sample(watched.hep.not_sip, {{"result", "not_sip"}});
  metrics->Sample(watched.hep.wrong_key, {{"result", "wrong_key"}});
  metrics->Sample(watched.hep.malformed, {{"result", "malformed"}});
  metrics->Counter("sipward_hep_connections_total",
                   "Connections that bring HEP3, by what became of them");
  metrics->Sample(watched.hep.connections, {{"result", "accepted"}});
  metrics->Sample(watched.hep.refused_connections, {{"result", "refused"}});
}

void AddOutputs(MetricsText* metrics, const WatchOutputs& outputs) {
  metrics->Counter("sipward_sent_total", "Datagrams that went on, by where");
  metrics->Sample(outputs.hep().sent(), {{"to", "hep"}})
      .Sample(outputs.syslog().sent(), {{"to", "syslog"}});
  metrics->Counter("sipward_not_sent_total", "Datagrams that could not go on");
  metrics->Sample(outputs.hep().lost(), {{"to", "hep"}})
      .Sample(outputs.syslog().lost(), {{"to", "syslog"}});
  metrics->Counter("sipward_findings_untold_total",
                   "Findings that were too many at once to be told, and are only counted");
  metrics->Sample(outputs.findings().untold());
}

}  // namespace

std::string MetricsOf(const Watched& watched) {
  constexpr int64_t kSecond = 1'000'000'000;
  MetricsText metrics;
  metrics.Gauge("sipward_build_info", "Always 1").Sample(1, {{"version", VersionText()}});
  metrics.Gauge("sipward_start_time_seconds", "When it began to watch, in seconds since 1970")
      .Sample(static_cast<uint64_t>(watched.begin_wall_ns / kSecond));
  AddMessages(&metrics, watched.summary);
  AddSources(&metrics, watched);
  AddOutputs(&metrics, watched.outputs);
  AddEngineMetrics(&metrics, ReportOf(watched.engine));
  return metrics.Take();
}

}  // namespace sipward::cli
