#include "analytics_metrics.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "analytics_report.h"
#include "cdr_finding.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr std::array kMethods = {"INVITE", "REGISTER", "OPTIONS", "other"};
constexpr std::array kResults = {"success", "fail", "challenged"};

void AddCalls(MetricsText* metrics, const CallNumbers& all) {
  metrics->Counter("sipward_calls_total", "Calls that began").Sample(all.attempts);
  metrics->Counter("sipward_calls_answered_total", "Calls that were answered").Sample(all.answered);
  metrics->Counter("sipward_calls_ended_total", "Calls that are over, answered or not")
      .Sample(all.ended);
  metrics->Counter("sipward_calls_completed_total", "Calls that were answered and are over")
      .Sample(all.completed);
  metrics->Counter("sipward_calls_short_total", "Of these, calls of less than six seconds")
      .Sample(all.short_calls);
  metrics->Counter("sipward_calls_seconds_total", "How long these lasted")
      .Number(SecondsText(all.talk_ns));
  metrics->Counter("sipward_calls_cost_total", "What calls cost").Number(MoneyText(all.cost));
  metrics->Counter("sipward_calls_failed_total", "Calls that were not answered, by reason");
  for (uint32_t i = 0; i < all.failed.size(); ++i)
    metrics->Sample(all.failed[i], {{"reason", sipward_failure_name(i)}});
  metrics->Counter("sipward_calls_attested_total",
                   "Calls that began, by what was known of the caller's identity");
  for (uint32_t i = 0; i < all.attested.size(); ++i)
    metrics->Sample(all.attested[i], {{"attestation", sipward_attestation_name(i)}});
}

void AddTraffic(MetricsText* metrics, const CallNumbers& all) {
  metrics->Counter("sipward_transactions_total",
                   "Requests, without those that are sent again, by method");
  for (size_t i = 0; i < kMethods.size(); ++i)
    metrics->Sample(all.requests[i], {{"method", kMethods[i]}});
  metrics->Counter("sipward_authentications_total", "Attempts to authenticate, by result");
  for (size_t i = 0; i < kResults.size(); ++i)
    metrics->Sample(all.authentications[i], {{"result", kResults[i]}});
  metrics->Counter("sipward_registrations_total", "Registrations, by result");
  for (size_t i = 0; i < kResults.size(); ++i)
    metrics->Sample(all.registrations[i], {{"result", kResults[i]}});
}

// `method`: of which it is; empty: it has no such label.
void AddTimes(MetricsText* metrics, const TimeNumbers& times, std::string_view method) {
  const auto bucket = [&](uint64_t count, const std::string& bound) {
    const std::string number = std::to_string(count);
    if (method.empty()) {
      metrics->Part("_bucket", number, {{"le", bound}});
    } else {
      metrics->Part("_bucket", number, {{"method", method}, {"le", bound}});
    }
  };
  const auto part = [&](std::string_view suffix, const std::string& number) {
    if (method.empty()) {
      metrics->Part(suffix, number);
    } else {
      metrics->Part(suffix, number, {{"method", method}});
    }
  };
  for (unsigned i = 0; i < kTimeBounds; ++i) bucket(times.until[i], SecondsText(TimeBound(i)));
  bucket(times.count, "+Inf");
  part("_sum", SecondsText(times.sum_ns));
  part("_count", std::to_string(times.count));
}

using NumberOf = std::function<std::string(const RowNumbers&)>;

void AddCountries(MetricsText* metrics, const CallMetrics::Rows& countries) {
  const auto add = [&](const char* name, const char* help, const NumberOf& number) {
    metrics->Counter(name, help);
    for (const auto& [key, row] : countries)
      metrics->Number(number(row), {{"country", key.second}});
  };
  add("sipward_country_calls_total", "Calls that began, by the country they go to",
      [](const RowNumbers& row) { return std::to_string(row.count); });
  add("sipward_country_calls_answered_total", "Calls that were answered, by country",
      [](const RowNumbers& row) { return std::to_string(row.answered); });
  add("sipward_country_calls_seconds_total", "How long calls that were answered lasted, by country",
      [](const RowNumbers& row) { return SecondsText(row.talk_ns); });
}

// They come and go, so these are no counters.
void AddTop(MetricsText* metrics, const CallMetrics::Rows& top) {
  // Keys that read alike once they are printable would be one series twice.
  CallMetrics::Rows printable;
  for (const auto& [key, row] : top)
    AddNumbers(&printable[{key.first, Printable(key.second)}], row);
  const auto add = [&](const char* name, const char* help, const NumberOf& number) {
    metrics->Gauge(name, help);
    for (const auto& [key, row] : printable) {
      metrics->Number(number(row),
                      {{"dimension", sipward_dimension_name(key.first)}, {"key", key.second}});
    }
  };
  add("sipward_top_count",
      "How often the keys came that came most: calls; of a source its messages",
      [](const RowNumbers& row) { return std::to_string(row.count); });
  add("sipward_top_calls_answered", "Of their calls, those that were answered",
      [](const RowNumbers& row) { return std::to_string(row.answered); });
  add("sipward_top_calls_seconds", "How long these lasted",
      [](const RowNumbers& row) { return SecondsText(row.talk_ns); });
}

}  // namespace

void AddAnalyticsMetrics(MetricsText* metrics, const CallMetrics& counted) {
  if (counted.kept == 0) return;
  AddCalls(metrics, counted.calls);
  AddTraffic(metrics, counted.calls);
  metrics->Histogram("sipward_post_dial_delay_seconds",
                     "From an INVITE to the first response that tells of progress, or the last");
  AddTimes(metrics, counted.times[SIPWARD_TIMES_SETUP], "");
  metrics->Histogram("sipward_response_seconds", "From a request to its first response, by method");
  for (uint32_t i = 0; i < kMethods.size(); ++i) {
    AddTimes(metrics, counted.times[SIPWARD_TIMES_INVITE + i], kMethods[i]);
  }
  AddCountries(metrics, counted.countries);
  if (counted.most_top > 0) AddTop(metrics, counted.Top());
}

}  // namespace sipward::cli
