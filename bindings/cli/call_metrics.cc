#include "call_metrics.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "analytics_report.h"

namespace sipward::cli {
namespace {

constexpr uint64_t kSpare = 4;  // times as many keys as are wanted are kept

template <size_t kTo, size_t kFrom>
void CopyEach(const uint64_t (&from)[kFrom], std::array<uint64_t, kTo>* to) {
  static_assert(kTo <= kFrom);
  std::copy_n(std::begin(from), kTo, to->begin());
}

CallNumbers NumbersOf(const sipward_analytics* analytics) {
  auto all = Sized<sipward_call_counts>();
  auto traffic = Sized<sipward_traffic>();
  sipward_analytics_totals(analytics, &all);
  sipward_analytics_traffic(analytics, &traffic);
  CallNumbers numbers{};
  numbers.attempts = all.attempts;
  numbers.answered = all.answered;
  numbers.ended = all.ended;
  numbers.completed = CompletedOf(all);
  numbers.short_calls = all.short_calls;
  CopyEach(all.failed, &numbers.failed);
  CopyEach(all.attested, &numbers.attested);
  CopyEach(traffic.requests, &numbers.requests);
  CopyEach(traffic.attempts, &numbers.authentications);
  CopyEach(traffic.registers, &numbers.registrations);
  numbers.talk_ns = all.talk_ns;
  numbers.cost = all.cost;
  return numbers;
}

TimeNumbers TimesOf(const sipward_analytics* analytics, uint32_t which) {
  TimeNumbers numbers{};
  auto times = Sized<sipward_times>();
  sipward_analytics_times(analytics, which, &times);
  for (unsigned i = 0; i < kTimeBounds; ++i)
    sipward_analytics_times_until(analytics, which, TimeBound(i), &numbers.until[i]);
  numbers.count = times.count;
  numbers.sum_ns = times.sum_ns;
  return numbers;
}

void AddRowsOf(const sipward_analytics* analytics, uint32_t dimension, uint64_t most,
               CallMetrics::Rows* rows) {
  auto row = Sized<sipward_call_counts>();
  for (uint32_t i = 0;
       i < most && sipward_analytics_row(analytics, dimension, i, &row) == SIPWARD_OK; ++i) {
    // Keys that are cut alike are taken together.
    AddNumbers(&(*rows)[{dimension, std::string(KeyOf(row))}],
               {row.count, row.answered, row.talk_ns});
  }
}

void AddRows(const CallMetrics::Rows& from, CallMetrics::Rows* to) {
  for (const auto& [key, numbers] : from) AddNumbers(&(*to)[key], numbers);
}

// Those that come most, of each dimension.
void KeepMost(uint64_t most, CallMetrics::Rows* rows) {
  std::vector<CallMetrics::Rows::iterator> order;
  for (auto at = rows->begin(); at != rows->end(); ++at) order.push_back(at);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a->first.first != b->first.first ? a->first.first < b->first.first
                                            : a->second.count > b->second.count;
  });
  uint32_t dimension = UINT32_MAX;
  uint64_t seen = 0;
  for (const auto& at : order) {
    seen = at->first.first == dimension ? seen + 1 : 1;
    dimension = at->first.first;
    if (seen > most) rows->erase(at);
  }
}

void PackRows(const CallMetrics::Rows& rows, Packer* packer) {
  packer->Put(uint64_t{rows.size()});
  for (const auto& [key, numbers] : rows) {
    packer->Put(uint64_t{key.first});
    packer->PutText(key.second);
    packer->Put(numbers);
  }
}

void UnpackRows(Unpacker* packed, CallMetrics::Rows* rows) {
  for (auto left = packed->Get<uint64_t>(); left > 0 && packed->good(); --left) {
    const auto dimension = static_cast<uint32_t>(packed->Get<uint64_t>());
    std::string key(packed->GetText());
    (*rows)[{dimension, std::move(key)}] = packed->Get<RowNumbers>();
  }
}

}  // namespace

void CallMetrics::Add(const CallMetrics& other) {
  kept += other.kept;
  AddNumbers(&calls, other.calls);
  for (size_t i = 0; i < times.size(); ++i) AddNumbers(&times[i], other.times[i]);
  AddRows(other.countries, &countries);
  AddRows(other.top, &top);
  most_top = std::max(most_top, other.most_top);
  KeepMost(kSpare * most_top, &top);
}

CallMetrics::Rows CallMetrics::Top() const {
  Rows rows = top;
  KeepMost(most_top, &rows);
  return rows;
}

void CallMetrics::Pack(Packer* packer) const {
  packer->Put(kept);
  if (kept == 0) return;
  packer->Put(calls);
  packer->Put(times);
  packer->Put(most_top);
  PackRows(countries, packer);
  PackRows(top, packer);
}

void CallMetrics::Unpack(Unpacker* packed) {
  kept = packed->Get<uint64_t>();
  if (kept == 0) return;
  calls = packed->Get<CallNumbers>();
  times = packed->Get<decltype(times)>();
  most_top = packed->Get<uint64_t>();
  UnpackRows(packed, &countries);
  UnpackRows(packed, &top);
}

CallMetrics CallMetricsOf(const sipward_analytics* analytics, uint32_t top) {
  CallMetrics metrics;
  metrics.kept = 1;
  metrics.calls = NumbersOf(analytics);
  for (uint32_t i = 0; i < metrics.times.size(); ++i) metrics.times[i] = TimesOf(analytics, i);
  AddRowsOf(analytics, SIPWARD_DIMENSION_COUNTRY, UINT64_MAX, &metrics.countries);
  metrics.most_top = top;
  for (uint32_t i = 0; sipward_dimension_name(i) != nullptr; ++i) {
    if (i != SIPWARD_DIMENSION_COUNTRY) AddRowsOf(analytics, i, kSpare * top, &metrics.top);
  }
  return metrics;
}

CallMetrics CallMetricsOf(const sipward_engine* engine, uint32_t top) {
  const AnalyticsHandle analytics = AnalyticsOf(engine);
  return analytics == nullptr ? CallMetrics{} : CallMetricsOf(analytics.get(), top);
}

}  // namespace sipward::cli
