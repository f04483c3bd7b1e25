// What an engine counted of calls, through the C interface: any dimension, row, kind of times and
// bound.
#ifndef SIPWARD_FUZZ_SUPPORT_C_ANALYTICS_H_
#define SIPWARD_FUZZ_SUPPORT_C_ANALYTICS_H_

#include <cstdint>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline void UseTimes(Input& input, const sipward_analytics* analytics) {
  const uint32_t which = input.Byte() % 6;
  Output<sipward_times> times(input);
  Known(sipward_analytics_times(analytics, which, times.get()));
  const sipward_times told = times.Read();
  if (times.get()->struct_size == sizeof told) {
    Require(told.least_ns <= told.p50_ns && told.p50_ns <= told.p90_ns);
    Require(told.p95_ns <= told.p99_ns && told.p99_ns <= told.most_ns);
  }
  uint64_t few = 0, all = 0;
  Known(sipward_analytics_times_until(analytics, which, input.Number(), &few));
  Known(sipward_analytics_times_until(analytics, which, INT64_MAX, &all));
  Require(few <= all);
}

inline void UseAnalytics(Input& input, const sipward_engine* engine) {
  const uint32_t any = input.Byte();
  Require((sipward_dimension_name(any) != nullptr) == (any <= SIPWARD_DIMENSION_SOURCE));
  Require((sipward_failure_name(any) != nullptr) == (any <= SIPWARD_FAILURE_UNKNOWN));
  Require((sipward_attestation_name(any) != nullptr) == (any <= SIPWARD_ATTESTATION_UNCHECKED));
  sipward_analytics* analytics = nullptr;
  const int32_t status = sipward_engine_analytics(engine, &analytics);
  Known(status);
  Require((status == SIPWARD_OK) == (analytics != nullptr));
  Output<sipward_call_counts> counts(input);
  Known(sipward_analytics_totals(analytics, counts.get()));
  Output<sipward_traffic> traffic(input);
  Known(sipward_analytics_traffic(analytics, traffic.get()));
  const uint32_t dimension = input.Byte() % 9;
  Output<sipward_dimension> told(input);
  Known(sipward_analytics_dimension(analytics, dimension, told.get()));
  Output<sipward_call_counts> row(input);
  const uint32_t index = input.Byte() % 8;
  Known(sipward_analytics_row(analytics, dimension, index, row.get()));
  Require(row.Read().key_size <= sizeof row.Read().key);
  Require(row.Read().error <= row.Read().count || row.get()->struct_size < 32);
  UseTimes(input, analytics);
  sipward_analytics_destroy(analytics);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_ANALYTICS_H_
