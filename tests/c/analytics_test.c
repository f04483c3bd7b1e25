/* What an engine tells of calls, in numbers. */
#include "calls_by_fields.h"

static int is(const sipward_call_counts* counts, const char* key) {
  return counts->key_size == strlen(key) && memcmp(counts->key, key, counts->key_size) == 0;
}

static void test_rows(const sipward_analytics* analytics) {
  sipward_call_counts all = {.struct_size = sizeof all};
  CHECK(sipward_analytics_totals(analytics, &all) == SIPWARD_OK);
  CHECK(all.count == 4 && all.error == 0 && all.key_size == 0);
  CHECK(all.attempts == 4 && all.answered == 3 && all.ended == 4 && all.short_calls == 1);
  CHECK(all.failed[SIPWARD_FAILURE_BUSY] == 1);
  CHECK(all.attested[SIPWARD_ATTESTATION_UNCHECKED] == 4);
  CHECK(all.talk_ns == 125 * INT64_C(1000000000) && all.cost == 40000);
  CHECK(all.setups == 4 && all.setup_sum_ns == 4 * INT64_C(1500000000));
  CHECK(all.setup_p50_ns == all.setup_p99_ns && all.setup_p50_ns == 1500000000);

  sipward_call_counts row = {.struct_size = sizeof row};
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_ACCOUNT, 0, &row) == SIPWARD_OK);
  CHECK(is(&row, "alice") && row.count == 3 && row.error == 0 && row.answered == 2);
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_ACCOUNT, 1, &row) == SIPWARD_OK);
  CHECK(is(&row, "bob") && row.count == 1 && row.short_calls == 1 && row.flags == 0);
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_ACCOUNT, 2, &row) == SIPWARD_END);
  CHECK(is(&row, "bob"));
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_COUNTRY, 0, &row) == SIPWARD_OK);
  CHECK(is(&row, "GB") && row.count == 4);
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_TRUNK, 0, &row) == SIPWARD_END);

  sipward_dimension accounts = {.struct_size = sizeof accounts};
  CHECK(sipward_analytics_dimension(analytics, SIPWARD_DIMENSION_ACCOUNT, &accounts) == SIPWARD_OK);
  CHECK(accounts.rows == 2 && accounts.capacity == 2);
  CHECK(accounts.total == 4 && accounts.evictions == 0);
}

static void test_times(const sipward_analytics* analytics) {
  sipward_times times = {.struct_size = sizeof times};
  CHECK(sipward_analytics_times(analytics, SIPWARD_TIMES_SETUP, &times) == SIPWARD_OK);
  CHECK(times.count == 4 && times.least_ns == 1500000000 && times.most_ns == 1500000000);
  CHECK(times.p50_ns == 1500000000 && times.p99_ns == 1500000000);
  uint64_t count = 9;
  CHECK(sipward_analytics_times_until(analytics, SIPWARD_TIMES_SETUP, 1024000000, &count) ==
        SIPWARD_OK);
  CHECK(count == 0);
  CHECK(sipward_analytics_times_until(analytics, SIPWARD_TIMES_SETUP, 2048000000, &count) ==
        SIPWARD_OK);
  CHECK(count == 4);
  CHECK(sipward_analytics_times(analytics, SIPWARD_TIMES_OTHER, &times) == SIPWARD_OK);
  CHECK(times.count == 0 && times.p99_ns == 0);
}

/* One key more than there is room for takes the place of the one that came least. */
static void test_eviction(const sipward_engine* engine) {
  char longest[101] = {0};
  memset(longest, 'x', 100);
  tell_record(engine, longest, 0, 60);
  sipward_analytics* analytics = NULL;
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_OK);
  sipward_call_counts row = {.struct_size = sizeof row};
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_ACCOUNT, 1, &row) == SIPWARD_OK);
  CHECK(row.key_size == sizeof row.key && row.flags == SIPWARD_COUNTS_CUT);
  CHECK(row.count == 2 && row.error == 1 && row.attempts == 1);
  sipward_dimension accounts = {.struct_size = sizeof accounts};
  CHECK(sipward_analytics_dimension(analytics, SIPWARD_DIMENSION_ACCOUNT, &accounts) == SIPWARD_OK);
  CHECK(accounts.total == 5 && accounts.evictions == 1);
  sipward_analytics_destroy(analytics);
}

static void test_messages(void) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_analytics* analytics = NULL;
  const sipward_engine_options options = {.struct_size = sizeof options, .analytics_rows = 8};
  CHECK(make_rules("version 1\n", &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, &options, &engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_OK);
  sipward_traffic traffic = {.struct_size = sizeof traffic};
  CHECK(sipward_analytics_traffic(analytics, &traffic) == SIPWARD_OK);
  CHECK(traffic.requests[SIPWARD_TIMES_OPTIONS - SIPWARD_TIMES_INVITE] == 1);
  CHECK(traffic.requests[0] == 0 && traffic.registers[0] == 0 && traffic.attempts[1] == 0);
  sipward_call_counts row = {.struct_size = sizeof row};
  CHECK(sipward_analytics_row(analytics, SIPWARD_DIMENSION_SOURCE, 0, &row) == SIPWARD_OK);
  CHECK(is(&row, "198.51.100.7") && row.count == 1 && row.attempts == 0);
  sipward_analytics_destroy(analytics);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
}

static void test_names(void) {
  CHECK(strcmp(sipward_dimension_name(SIPWARD_DIMENSION_USER_AGENT), "user_agent") == 0);
  CHECK(strcmp(sipward_failure_name(SIPWARD_FAILURE_NO_ANSWER), "no_answer") == 0);
  CHECK(strcmp(sipward_attestation_name(SIPWARD_ATTESTATION_B), "B") == 0);
  CHECK(sipward_dimension_name(SIPWARD_DIMENSION_SOURCE + 1) == NULL);
  CHECK(sipward_failure_name(SIPWARD_FAILURE_UNKNOWN + 1) == NULL);
  CHECK(sipward_attestation_name(SIPWARD_ATTESTATION_UNCHECKED + 1) == NULL);
}

int main(void) {
  sipward_engine* engine = make_counting_engine(2);
  REQUIRE(engine != NULL);
  tell_record(engine, "alice", 0, 60);
  tell_record(engine, "bob", 0, 5);
  tell_record(engine, "alice", 0, 60);
  tell_record(engine, "alice", 486, 0);
  sipward_analytics* analytics = NULL;
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_OK);
  test_rows(analytics);
  test_times(analytics);
  test_eviction(engine);
  sipward_engine_destroy(engine);
  test_rows(analytics); /* as it was at that moment, and it needs no engine */
  sipward_analytics_destroy(analytics);

  engine = make_counting_engine(0);
  REQUIRE(engine != NULL);
  analytics = NULL;
  CHECK(sipward_engine_analytics(engine, &analytics) == SIPWARD_END && analytics == NULL);
  sipward_engine_destroy(engine);
  test_messages();
  test_names();
  return check_failures;
}
