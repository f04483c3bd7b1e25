#include <array>

#include "analytics_report.h"
#include "cdr_finding.h"
#include "json.h"

namespace sipward::cli {
namespace {

constexpr uint32_t kMostRows = 100;
constexpr std::array kTimes = {"setup", "INVITE", "REGISTER", "OPTIONS", "other"};
constexpr std::array kResults = {"success", "fail", "challenged"};

template <size_t kSize>
void WriteMix(JsonWriter* json, const uint64_t (&counts)[kSize], const char* (*name)(uint32_t)) {
  json->BeginObject();
  for (uint32_t i = 0; i < kSize && name(i) != nullptr; ++i) json->Key(name(i)).UInt(counts[i]);
  json->EndObject();
}

void WriteCounts(JsonWriter* json, const sipward_call_counts& counts) {
  json->Key("attempts").UInt(counts.attempts);
  json->Key("answered").UInt(counts.answered);
  json->Key("ended").UInt(counts.ended);
  json->Key("completed").UInt(CompletedOf(counts));
  json->Key("short").UInt(counts.short_calls);
  json->Key("talk_seconds").Number(SecondsText(counts.talk_ns));
  json->Key("cost").Number(MoneyText(counts.cost));
  json->Key("failed");
  WriteMix(json, counts.failed, sipward_failure_name);
  json->Key("attested");
  WriteMix(json, counts.attested, sipward_attestation_name);
  json->Key("auth_failures").UInt(counts.auth_failures);
  json->Key("setup").BeginObject();
  json->Key("count").UInt(counts.setups);
  json->Key("sum_seconds").Number(SecondsText(counts.setup_sum_ns));
  json->Key("p50_seconds").Number(SecondsText(counts.setup_p50_ns));
  json->Key("p95_seconds").Number(SecondsText(counts.setup_p95_ns));
  json->Key("p99_seconds").Number(SecondsText(counts.setup_p99_ns));
  json->EndObject();
}

void WriteTimes(JsonWriter* json, const sipward_analytics* analytics, uint32_t which) {
  auto times = Sized<sipward_times>();
  sipward_analytics_times(analytics, which, &times);
  json->BeginObject();
  json->Key("count").UInt(times.count);
  json->Key("sum_seconds").Number(SecondsText(times.sum_ns));
  json->Key("least_seconds").Number(SecondsText(times.least_ns));
  json->Key("most_seconds").Number(SecondsText(times.most_ns));
  json->Key("p50_seconds").Number(SecondsText(times.p50_ns));
  json->Key("p90_seconds").Number(SecondsText(times.p90_ns));
  json->Key("p95_seconds").Number(SecondsText(times.p95_ns));
  json->Key("p99_seconds").Number(SecondsText(times.p99_ns));
  json->EndObject();
}

void WriteResults(JsonWriter* json, const uint64_t (&counts)[3]) {
  json->BeginObject();
  for (size_t i = 0; i < kResults.size(); ++i) json->Key(kResults[i]).UInt(counts[i]);
  json->EndObject();
}

void WriteTraffic(JsonWriter* json, const sipward_analytics* analytics) {
  auto traffic = Sized<sipward_traffic>();
  sipward_analytics_traffic(analytics, &traffic);
  json->Key("requests").BeginObject();
  for (uint32_t i = SIPWARD_TIMES_INVITE; i < kTimes.size(); ++i) {
    json->Key(kTimes[i]).UInt(traffic.requests[i - SIPWARD_TIMES_INVITE]);
  }
  json->EndObject();
  json->Key("authentications");
  WriteResults(json, traffic.attempts);
  json->Key("registrations");
  WriteResults(json, traffic.registers);
}

void WriteDimension(JsonWriter* json, const sipward_analytics* analytics, uint32_t dimension) {
  auto size = Sized<sipward_dimension>();
  sipward_analytics_dimension(analytics, dimension, &size);
  json->BeginObject();
  json->Key("keys").UInt(size.rows);
  json->Key("capacity").UInt(size.capacity);
  json->Key("total").UInt(size.total);
  json->Key("evictions").UInt(size.evictions);
  json->Key("rows").BeginArray();
  auto row = Sized<sipward_call_counts>();
  for (uint32_t i = 0;
       i < kMostRows && sipward_analytics_row(analytics, dimension, i, &row) == SIPWARD_OK; ++i) {
    json->BeginObject();
    json->Key("key").String(KeyOf(row));
    json->Key("count").UInt(row.count);
    json->Key("error").UInt(row.error);
    WriteCounts(json, row);
    json->EndObject();
  }
  json->EndArray();
  json->EndObject();
}

}  // namespace

std::string AnalyticsJson(const sipward_analytics* analytics) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("analytics").BeginObject();
  auto all = Sized<sipward_call_counts>();
  sipward_analytics_totals(analytics, &all);
  json.Key("totals").BeginObject();
  WriteCounts(&json, all);
  json.EndObject();
  WriteTraffic(&json, analytics);
  json.Key("times").BeginObject();
  for (uint32_t i = 0; i < kTimes.size(); ++i) {
    json.Key(kTimes[i]);
    WriteTimes(&json, analytics, i);
  }
  json.EndObject();
  json.Key("dimensions").BeginObject();
  for (uint32_t i = 0; sipward_dimension_name(i) != nullptr; ++i) {
    json.Key(sipward_dimension_name(i));
    WriteDimension(&json, analytics, i);
  }
  json.EndObject();
  json.EndObject();
  json.EndObject();
  return out + "\n";
}

}  // namespace sipward::cli
