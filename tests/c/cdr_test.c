/* Call records as a host reads them, and judges them. */
#include "check.h"
#include "sample.h"

static const char kRows[] =
    "start,answer,end,account,caller,callee,call_id\n"
    "2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,acme,+49301,+493012345678,c1\n"
    "never,,,acme,1,2,c2\n";
static const char kCdrRules[] =
    "version 1\nrule long_call {\n  on cdr\n  when duration > 50s and cost > 0.05\n  then "
    "alert\n}\n";

static sipward_inspector* make_inspector(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  const sipward_state_options state_options = {.struct_size = sizeof state_options};
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "r", 1, kCdrRules, sizeof kCdrRules - 1) ==
        SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(&state_options, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  return inspector;
}

static void judge(const sipward_cdr* record) {
  sipward_inspector* inspector = make_inspector();
  sipward_host_event event = {.struct_size = sizeof event,
                              .kind = SIPWARD_EVENT_CDR,
                              .flags = SIPWARD_EVENT_PROVEN,
                              .fact_count = record->fact_count,
                              .wall_ns = record->start_ns,
                              .monotonic_ns = record->start_ns,
                              .facts = record->facts};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_event(inspector, &event, &verdict) == SIPWARD_OK);
  CHECK((verdict.flags & SIPWARD_VERDICT_ALERT) != 0);
  sipward_inspector_destroy(inspector);
}

int main(void) {
  sipward_rates* rates = NULL;
  CHECK(sipward_rates_create("49,0.06,60\n", 11, NULL, &rates) == SIPWARD_OK);
  const sipward_cdr_options options = {.struct_size = sizeof options, .rates = rates};
  sipward_cdr_reader* reader = NULL;
  CHECK(sipward_cdr_reader_create(&options, &reader) == SIPWARD_OK);
  sipward_rates_destroy(rates);
  sipward_cdr record = {.struct_size = sizeof record};
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_INCOMPLETE);
  for (size_t at = 0, taken = 0; at < sizeof kRows - 1; at += taken) {
    CHECK(sipward_cdr_reader_push(reader, kRows + at, 1, &taken) == SIPWARD_OK && taken == 1);
  }
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_OK);
  CHECK(record.reason == 0 && record.line == 2 && record.part == SIPWARD_CDR_CALL);
  CHECK(record.duration_ns == 60000000000 && record.has_cost == 1 && record.cost == 60000);
  CHECK(is_text(record.account, "acme") && is_text(record.id, "c1"));
  judge(&record);
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_OK);
  CHECK(record.reason != 0 && record.line == 3 && record.fact_count == 0);
  CHECK(strcmp(sipward_cdr_reason_name(record.reason), "time") == 0);
  CHECK(strlen(sipward_cdr_reason_sentence(record.reason)) > 10);
  CHECK(strcmp(sipward_cdr_reason_name(0), "ok") == 0);
  CHECK(strcmp(sipward_cdr_format_name(record.format), "csv") == 0);
  CHECK(sipward_cdr_reader_finish(reader) == SIPWARD_OK);
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_END);
  sipward_cdr_reader_destroy(reader);
  return check_failures;
}
