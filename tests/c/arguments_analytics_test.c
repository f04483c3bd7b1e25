/* Analytics, argument by argument. */
#include "calls_by_fields.h"
#include "misaligned.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static void test_snapshot(const sipward_engine* engine) {
  sipward_analytics* out = NULL;
  REFUSED(sipward_engine_analytics(NULL, &out));
  REFUSED(sipward_engine_analytics(MISALIGNED(sipward_engine), &out));
  REFUSED(sipward_engine_analytics(engine, NULL));
  REFUSED(sipward_engine_analytics(engine, MISALIGNED(sipward_analytics*)));
  CHECK(out == NULL);
  sipward_analytics_destroy(NULL);
  sipward_analytics_destroy(MISALIGNED(sipward_analytics));
}

static void test_rows(const sipward_analytics* analytics) {
  sipward_call_counts row = {.struct_size = sizeof row};
  sipward_dimension dimension = {.struct_size = sizeof dimension};
  REFUSED(sipward_analytics_totals(NULL, &row));
  REFUSED(sipward_analytics_totals(MISALIGNED(sipward_analytics), &row));
  REFUSED(sipward_analytics_totals(analytics, NULL));
  REFUSED(sipward_analytics_totals(analytics, MISALIGNED(sipward_call_counts)));
  REFUSED(sipward_analytics_row(NULL, 0, 0, &row));
  REFUSED(sipward_analytics_row(MISALIGNED(sipward_analytics), 0, 0, &row));
  REFUSED(sipward_analytics_row(analytics, UINT32_MAX, 0, &row));
  REFUSED(sipward_analytics_row(analytics, SIPWARD_DIMENSION_SOURCE + 1, 0, &row));
  REFUSED(sipward_analytics_row(analytics, 0, 0, NULL));
  REFUSED(sipward_analytics_row(analytics, 0, 0, MISALIGNED(sipward_call_counts)));
  CHECK(sipward_analytics_row(analytics, 0, UINT32_MAX, &row) == SIPWARD_END);
  REFUSED(sipward_analytics_dimension(NULL, 0, &dimension));
  REFUSED(sipward_analytics_dimension(MISALIGNED(sipward_analytics), 0, &dimension));
  REFUSED(sipward_analytics_dimension(analytics, UINT32_MAX, &dimension));
  REFUSED(sipward_analytics_dimension(analytics, SIPWARD_DIMENSION_SOURCE + 1, &dimension));
  REFUSED(sipward_analytics_dimension(analytics, 0, NULL));
  REFUSED(sipward_analytics_dimension(analytics, 0, MISALIGNED(sipward_dimension)));
  CHECK(row.attempts == 0 && dimension.total == 0);
}

static void test_times(const sipward_analytics* analytics) {
  sipward_traffic traffic = {.struct_size = sizeof traffic};
  sipward_times times = {.struct_size = sizeof times};
  uint64_t count = 7;
  REFUSED(sipward_analytics_traffic(NULL, &traffic));
  REFUSED(sipward_analytics_traffic(MISALIGNED(sipward_analytics), &traffic));
  REFUSED(sipward_analytics_traffic(analytics, NULL));
  REFUSED(sipward_analytics_traffic(analytics, MISALIGNED(sipward_traffic)));
  REFUSED(sipward_analytics_times(NULL, 0, &times));
  REFUSED(sipward_analytics_times(MISALIGNED(sipward_analytics), 0, &times));
  REFUSED(sipward_analytics_times(analytics, UINT32_MAX, &times));
  REFUSED(sipward_analytics_times(analytics, SIPWARD_TIMES_OTHER + 1, &times));
  REFUSED(sipward_analytics_times(analytics, 0, NULL));
  REFUSED(sipward_analytics_times(analytics, 0, MISALIGNED(sipward_times)));
  REFUSED(sipward_analytics_times_until(NULL, 0, 0, &count));
  REFUSED(sipward_analytics_times_until(MISALIGNED(sipward_analytics), 0, 0, &count));
  REFUSED(sipward_analytics_times_until(analytics, UINT32_MAX, 0, &count));
  REFUSED(sipward_analytics_times_until(analytics, SIPWARD_TIMES_OTHER + 1, 0, &count));
  REFUSED(sipward_analytics_times_until(analytics, 0, 0, NULL));
  REFUSED(sipward_analytics_times_until(analytics, 0, 0, MISALIGNED(uint64_t)));
  CHECK(count == 7);
  CHECK(sipward_analytics_times_until(analytics, 0, INT64_MIN, &count) == SIPWARD_OK);
  CHECK(count == 0);
  CHECK(sipward_analytics_times_until(analytics, 0, INT64_MAX, &count) == SIPWARD_OK);
  CHECK(count == 1);
}

static void test_options(void) {
  sipward_engine* engine = make_counting_engine(65537);
  CHECK(engine == NULL);
  engine = make_counting_engine(UINT32_MAX);
  CHECK(engine == NULL);
}

int main(void) {
  CHECK(sipward_dimension_name(UINT32_MAX) == NULL);
  CHECK(sipward_failure_name(UINT32_MAX) == NULL);
  CHECK(sipward_attestation_name(UINT32_MAX) == NULL);
  sipward_engine* engine = make_counting_engine(1);
  REQUIRE(engine != NULL);
  test_snapshot(engine);
  tell_record(engine, "alice", 0, 60);
  sipward_analytics* analytics = NULL;
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_OK);
  test_rows(analytics);
  test_times(analytics);
  sipward_analytics_destroy(analytics);
  sipward_engine_destroy(engine);
  test_options();
  return check_failures;
}
