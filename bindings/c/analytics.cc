#include "analytics/analytics.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/engine.h"
#include "fixed_text.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

struct sipward_analytics {
  sipward::analytics::Report report;
};

namespace sipward::c {
namespace {

using analytics::Attestation;
using analytics::Counts;
using analytics::Dimension;
using analytics::Failure;
using analytics::Method;
using analytics::Report;
using analytics::Times;

static_assert(static_cast<int>(Dimension::kTrunk) == SIPWARD_DIMENSION_TRUNK);
static_assert(static_cast<int>(Dimension::kSource) == SIPWARD_DIMENSION_SOURCE);
static_assert(static_cast<int>(Failure::kRedirected) == SIPWARD_FAILURE_REDIRECTED);
static_assert(static_cast<int>(Failure::kUnknown) == SIPWARD_FAILURE_UNKNOWN);
static_assert(static_cast<int>(Attestation::kA) == SIPWARD_ATTESTATION_A);
static_assert(static_cast<int>(Attestation::kUnchecked) == SIPWARD_ATTESTATION_UNCHECKED);
static_assert(static_cast<int>(Method::kInvite) + 1 == SIPWARD_TIMES_INVITE);
static_assert(static_cast<int>(Method::kOther) + 1 == SIPWARD_TIMES_OTHER);

// Names are literals: a NUL stands behind them.
template <class Kind>
const char* NameOf(uint32_t number, size_t count) {
  return number < count ? analytics::NameOf(static_cast<Kind>(number)).data() : nullptr;
}

template <size_t kFrom, size_t kTo>
void CopyEach(const std::array<uint64_t, kFrom>& from, uint64_t (&to)[kTo]) {
  static_assert(kFrom <= kTo);
  std::copy(from.begin(), from.end(), to);
}

template <class Setup>
sipward_call_counts ToC(const Counts& counts, const Setup& setup) {
  sipward_call_counts out{};
  out.attempts = counts.attempts;
  out.answered = counts.answered;
  out.ended = counts.ended;
  out.short_calls = counts.short_calls;
  CopyEach(counts.failed, out.failed);
  CopyEach(counts.attested, out.attested);
  out.auth_failures = counts.auth_failures;
  out.talk_ns = counts.talk;
  out.cost = counts.cost;
  out.setups = setup.count();
  out.setup_sum_ns = setup.sum();
  out.setup_p50_ns = setup.Quantile(0.5);
  out.setup_p95_ns = setup.Quantile(0.95);
  out.setup_p99_ns = setup.Quantile(0.99);
  return out;
}

// Null if there are no such times.
const Times* TimesOf(const Report& report, uint32_t which) {
  if (which == SIPWARD_TIMES_SETUP) return &report.totals().setup;
  if (which > SIPWARD_TIMES_OTHER) return nullptr;
  return &report.totals().responses[which - SIPWARD_TIMES_INVITE];
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

const char* sipward_dimension_name(uint32_t dimension) {
  return NameOf<Dimension>(dimension, sipward::analytics::kDimensions);
}

const char* sipward_failure_name(uint32_t failure) {
  return NameOf<Failure>(failure, sipward::analytics::kFailures);
}

const char* sipward_attestation_name(uint32_t attestation) {
  return NameOf<Attestation>(attestation, sipward::analytics::kAttestations);
}

int32_t sipward_engine_analytics(const sipward_engine* engine, sipward_analytics** out) {
  if (!Usable(engine) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&]() -> int32_t {
    auto report = engine->engine->analytics();
    if (!report) return SIPWARD_END;
    *out = new sipward_analytics{*std::move(report)};
    return SIPWARD_OK;
  });
}

void sipward_analytics_destroy(sipward_analytics* analytics) {
  if (Usable(analytics)) delete analytics;
}

int32_t sipward_analytics_totals(const sipward_analytics* analytics, sipward_call_counts* out) {
  if (!Usable(analytics) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const auto& totals = analytics->report.totals();
  sipward_call_counts counts = ToC(totals.calls, totals.setup);
  counts.count = totals.calls.attempts;
  WriteStruct(counts, out);
  return SIPWARD_OK;
}

int32_t sipward_analytics_row(const sipward_analytics* analytics, uint32_t dimension,
                              uint32_t index, sipward_call_counts* out) {
  if (!Usable(analytics) || !HasStructSize(out) || dimension > SIPWARD_DIMENSION_SOURCE) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const auto& lines = analytics->report.lines(static_cast<Dimension>(dimension)).lines;
  if (index >= lines.size()) return SIPWARD_END;
  const Report::Line& line = lines[index];
  sipward_call_counts counts = ToC(line.counts, line.setup);
  counts.key_size = CopyText(line.key, counts.key);
  counts.flags = line.cut ? SIPWARD_COUNTS_CUT : 0;
  counts.count = line.count;
  counts.error = line.error;
  WriteStruct(counts, out);
  return SIPWARD_OK;
}

int32_t sipward_analytics_dimension(const sipward_analytics* analytics, uint32_t dimension,
                                    sipward_dimension* out) {
  if (!Usable(analytics) || !HasStructSize(out) || dimension > SIPWARD_DIMENSION_SOURCE) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const Report::Lines& lines = analytics->report.lines(static_cast<Dimension>(dimension));
  sipward_dimension told{};
  told.rows = static_cast<uint32_t>(lines.lines.size());
  told.capacity = lines.capacity;
  told.total = lines.total;
  told.evictions = lines.evictions;
  WriteStruct(told, out);
  return SIPWARD_OK;
}

int32_t sipward_analytics_traffic(const sipward_analytics* analytics, sipward_traffic* out) {
  if (!Usable(analytics) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const auto& totals = analytics->report.totals();
  sipward_traffic told{};
  CopyEach(totals.requests, told.requests);
  CopyEach(totals.attempts, told.attempts);
  CopyEach(totals.registers, told.registers);
  WriteStruct(told, out);
  return SIPWARD_OK;
}

int32_t sipward_analytics_times(const sipward_analytics* analytics, uint32_t which,
                                sipward_times* out) {
  if (!Usable(analytics) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const Times* times = TimesOf(analytics->report, which);
  if (times == nullptr) return SIPWARD_ERR_ARGUMENT;
  sipward_times told{};
  told.count = times->count();
  told.sum_ns = times->sum();
  told.least_ns = times->least();
  told.most_ns = times->most();
  told.p50_ns = times->Quantile(0.5);
  told.p90_ns = times->Quantile(0.9);
  told.p95_ns = times->Quantile(0.95);
  told.p99_ns = times->Quantile(0.99);
  WriteStruct(told, out);
  return SIPWARD_OK;
}

int32_t sipward_analytics_times_until(const sipward_analytics* analytics, uint32_t which,
                                      int64_t bound_ns, uint64_t* out) {
  if (!Usable(analytics) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  const Times* times = TimesOf(analytics->report, which);
  if (times == nullptr) return SIPWARD_ERR_ARGUMENT;
  *out = times->AtMost(bound_ns);
  return SIPWARD_OK;
}

}  // extern "C"
