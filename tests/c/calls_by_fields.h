/* An engine that keeps analytics, and calls told to it by fields. */
#ifndef SIPWARD_TESTS_C_CALLS_BY_FIELDS_H_
#define SIPWARD_TESTS_C_CALLS_BY_FIELDS_H_

#include "check.h"
#include "sample.h"

/* rows: 0: it keeps none. */
static inline sipward_engine* make_counting_engine(uint32_t rows) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  const sipward_engine_options options = {
      .struct_size = sizeof options, .calls_by_host = 1, .analytics_rows = rows};
  if (make_rules("version 1\n", &rules) == SIPWARD_OK &&
      sipward_state_create(NULL, &state) == SIPWARD_OK) {
    sipward_engine_create(rules, state, &options, &engine);
  }
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  return engine;
}

static inline sipward_fact text_fact(const char* field, const char* text) {
  sipward_fact fact = {.kind = SIPWARD_FACT_TEXT, .text = text, .text_size = strlen(text)};
  CHECK(sipward_field_find(SIPWARD_EVENT_CDR, field, strlen(field), &fact.field) == SIPWARD_OK);
  return fact;
}

static inline sipward_fact number_fact(const char* field, int64_t number) {
  sipward_fact fact = {.kind = SIPWARD_FACT_INTEGER, .integer = number};
  CHECK(sipward_field_find(SIPWARD_EVENT_CDR, field, strlen(field), &fact.field) == SIPWARD_OK);
  return fact;
}

/* A record of a call of this account to London; code 0: it was answered. */
static inline void tell_record(const sipward_engine* engine, const char* account, int64_t code,
                               int64_t seconds) {
  const sipward_fact facts[] = {
      text_fact("account", account),
      text_fact("callee.number", "+442071838750"),
      number_fact("answered", code == 0),
      number_fact("code", code == 0 ? 200 : code),
      number_fact("duration", seconds * 1000000000),
      number_fact("setup", 1500000000),
      number_fact("cost", 10000),
  };
  const sipward_host_event event = {.struct_size = sizeof event,
                                    .kind = SIPWARD_EVENT_CDR,
                                    .facts = facts,
                                    .fact_count = sizeof facts / sizeof facts[0]};
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  CHECK(sipward_inspector_event(inspector, &event, &verdict) == SIPWARD_OK);
  sipward_inspector_destroy(inspector);
}

#endif /* SIPWARD_TESTS_C_CALLS_BY_FIELDS_H_ */
