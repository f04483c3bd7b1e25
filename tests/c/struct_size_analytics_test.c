/* Older and newer callers of analytics: every struct_size of what comes out. */
#include "calls_by_fields.h"
#include "sweep.h"

static int32_t totals(void* out, void* analytics) {
  return sipward_analytics_totals(analytics, out);
}
static int32_t row(void* out, void* analytics) {
  return sipward_analytics_row(analytics, SIPWARD_DIMENSION_ACCOUNT, 0, out);
}
static int32_t dimension(void* out, void* analytics) {
  return sipward_analytics_dimension(analytics, SIPWARD_DIMENSION_ACCOUNT, out);
}
static int32_t traffic(void* out, void* analytics) {
  return sipward_analytics_traffic(analytics, out);
}
static int32_t times(void* out, void* analytics) {
  return sipward_analytics_times(analytics, SIPWARD_TIMES_SETUP, out);
}

int main(void) {
  sipward_engine* engine = make_counting_engine(4);
  REQUIRE(engine != NULL);
  tell_record(engine, "alice", 0, 60);
  sipward_analytics* analytics = NULL;
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_OK);
  sweep_output(sizeof(sipward_call_counts), totals, analytics);
  sweep_output(sizeof(sipward_call_counts), row, analytics);
  sweep_output(sizeof(sipward_dimension), dimension, analytics);
  sweep_output(sizeof(sipward_traffic), traffic, analytics);
  sweep_output(sizeof(sipward_times), times, analytics);
  sipward_analytics_destroy(analytics);
  sipward_engine_destroy(engine);
  return check_failures;
}
