/* Events told by fields: names are found, facts are judged by type, rules and guards see them. */
#include <stdlib.h>

#include "check.h"
#include "sample.h"

static const char kEventRules[] =
    "version 1\n"
    "list emergency : exact [\"112\"]\n"
    "list allowed : cidr [\"203.0.113.0/24\"]\n"
    "rule toll.repeated {\n"
    "  meta { severity high why \"the same number again and again\" }\n"
    "  on call_start\n"
    "  when count(by (account ?? \"\", callee.number) over 1h) > 2\n"
    "  then reject 403 \"Enough\", tag \"toll\", alert\n"
    "}\n"
    "rule auth.failed { on auth where result == fail when reason == wrong_password then drop }\n"
    "rule late { on call_end when duration > 1h and cost > 2.5 and answered then drop }\n";

typedef struct facts {
  uint32_t kind;
  sipward_fact fact[8];
  uint32_t count;
} facts;

static sipward_fact* fact(facts* of, const char* name, uint32_t kind) {
  sipward_fact* added = &of->fact[of->count++];
  *added = (sipward_fact){.kind = kind};
  CHECK(sipward_field_find(of->kind, name, strlen(name), &added->field) == SIPWARD_OK);
  return added;
}

static void text(facts* of, const char* name, const char* value) {
  sipward_fact* added = fact(of, name, SIPWARD_FACT_TEXT);
  added->text = value;
  added->text_size = strlen(value);
}

static void integer(facts* of, const char* name, int64_t value) {
  fact(of, name, SIPWARD_FACT_INTEGER)->integer = value;
}

static int32_t tell(sipward_inspector* inspector, const facts* given, sipward_verdict* verdict) {
  const sipward_host_event event = {.struct_size = sizeof event,
                                    .kind = given->kind,
                                    .flags = SIPWARD_EVENT_PROVEN,
                                    .fact_count = given->count,
                                    .monotonic_ns = 1000000000,
                                    .facts = given->fact};
  *verdict = (sipward_verdict){.struct_size = sizeof *verdict};
  return sipward_inspector_event(inspector, &event, verdict);
}

static void test_names(void) {
  uint32_t field = 0;
  uint32_t count = 0;
  sipward_field_info info = {.struct_size = sizeof info};
  while (sipward_field_describe(count, &info) == SIPWARD_OK) {
    CHECK(info.field == count && info.events != 0 && info.type <= SIPWARD_TYPE_ENUM);
    CHECK(info.name.size > 0 && info.meaning.size > 0 && info.type_name.size > 0);
    for (uint32_t kind = 0; kind <= SIPWARD_EVENT_TICK; ++kind) {
      const int32_t status = sipward_field_find(kind, info.name.data, info.name.size, &field);
      if ((info.events >> kind & 1) != 0) CHECK(status == SIPWARD_OK && field == count);
    }
    ++count;
  }
  CHECK(count > 80);
  CHECK(sipward_field_find(SIPWARD_EVENT_TICK, "src.ip", 6, &field) == SIPWARD_ERR_FIELD);
  CHECK(sipward_field_find(SIPWARD_EVENT_AUTH, "no.such", 7, &field) == SIPWARD_ERR_FIELD);
  CHECK(strcmp(sipward_event_name(SIPWARD_EVENT_REQUEST), "request") == 0);
  CHECK(strcmp(sipward_event_name(SIPWARD_EVENT_MEDIA_CHANGE), "media_change") == 0);
  CHECK(strcmp(sipward_event_name(SIPWARD_EVENT_TICK), "tick") == 0);
  CHECK(sipward_event_name(SIPWARD_EVENT_TICK + 1) == NULL);
}

static void test_rules_see_calls(sipward_inspector* inspector) {
  sipward_verdict verdict;
  facts call = {.kind = SIPWARD_EVENT_CALL_START};
  text(&call, "callee.number", "4930123456");
  text(&call, "account", "alice");
  text(&call, "src.ip", "192.0.2.7");
  for (int i = 0; i < 3; ++i) CHECK(tell(inspector, &call, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.sip_code == 403);
  CHECK(verdict.parse_status == SIPWARD_OK && verdict.flags == SIPWARD_VERDICT_ALERT);
  CHECK(verdict.hit_count == 1 && is_text(verdict.hits[0].rule, "toll.repeated"));
  CHECK(verdict.tag_count == 1 && verdict.tags_omitted == 0);
  CHECK(is_text(verdict.tags[0].text, "toll") && is_text(verdict.tags[0].rule, "toll.repeated"));
  text(&call, "account", "bob"); /* the later counts */
  CHECK(tell(inspector, &call, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_ALLOW && verdict.tag_count == 0 && verdict.flags == 0);

  facts attempt = {.kind = SIPWARD_EVENT_AUTH};
  text(&attempt, "result", "fail");
  text(&attempt, "reason", "wrong_password");
  CHECK(tell(inspector, &attempt, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_DROP);
  text(&attempt, "src.ip", "203.0.113.9");
  CHECK(tell(inspector, &attempt, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_FLAG);
  CHECK((verdict.flags & SIPWARD_VERDICT_ALLOW_LISTED) != 0);

  facts end = {.kind = SIPWARD_EVENT_CALL_END};
  integer(&end, "duration", INT64_C(7200000000000));
  integer(&end, "cost", 2500001);
  integer(&end, "answered", 1);
  CHECK(tell(inspector, &end, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_FLAG && verdict.hit_count == 1);
  CHECK(verdict.hits[0].action == SIPWARD_ACTION_DROP && verdict.hits[0].enforced == 0);

  facts help = {.kind = SIPWARD_EVENT_CALL_START};
  text(&help, "dialled", "112");
  CHECK(tell(inspector, &help, &verdict) == SIPWARD_OK);
  CHECK((verdict.flags & SIPWARD_VERDICT_EMERGENCY) != 0);
}

static void test_what_does_not_fit_is_refused(sipward_inspector* inspector) {
  sipward_verdict verdict;
  const struct {
    uint32_t event;
    const char* field;
    sipward_fact fact;
  } kWrong[] = {
      {SIPWARD_EVENT_CALL_START, "callee.number", {.kind = SIPWARD_FACT_INTEGER, .integer = 49}},
      {SIPWARD_EVENT_CALL_START,
       "src.ip",
       {.kind = SIPWARD_FACT_TEXT, .text = "x", .text_size = 1}},
      {SIPWARD_EVENT_CALL_START, "src.net", {.kind = SIPWARD_FACT_ADDRESS}},
      {SIPWARD_EVENT_CALL_START, "src.net", {.kind = SIPWARD_FACT_NETWORK, .prefix_bits = 129}},
      {SIPWARD_EVENT_CALL_START, "media.secure", {.kind = SIPWARD_FACT_INTEGER, .integer = 2}},
      {SIPWARD_EVENT_AUTH, "result", {.kind = SIPWARD_FACT_INTEGER, .integer = 1}},
      {SIPWARD_EVENT_AUTH, "result", {.kind = SIPWARD_FACT_TEXT, .text = "udp", .text_size = 3}},
      {SIPWARD_EVENT_CALL_END, "cost", {.kind = SIPWARD_FACT_REAL, .real = 1.5}},
      {SIPWARD_EVENT_CALL_END,
       "duration",
       {.kind = SIPWARD_FACT_TEXT, .text = "1h", .text_size = 2}},
  };
  for (size_t i = 0; i < sizeof kWrong / sizeof kWrong[0]; ++i) {
    facts given = {.kind = kWrong[i].event, .count = 1, .fact = {kWrong[i].fact}};
    CHECK(sipward_field_find(given.kind, kWrong[i].field, strlen(kWrong[i].field),
                             &given.fact[0].field) == SIPWARD_OK);
    CHECK(tell(inspector, &given, &verdict) == SIPWARD_ERR_FIELD);
    given.fact[0].kind = SIPWARD_FACT_NONE;
    CHECK(tell(inspector, &given, &verdict) == SIPWARD_OK);
    given.fact[0].field = UINT32_MAX;
    CHECK(tell(inspector, &given, &verdict) == SIPWARD_ERR_FIELD);
  }
  facts elsewhere = {.kind = SIPWARD_EVENT_CALL_END};
  integer(&elsewhere, "answered", 1);
  elsewhere.kind = SIPWARD_EVENT_CALL_START;
  CHECK(tell(inspector, &elsewhere, &verdict) == SIPWARD_ERR_FIELD);
  facts other = {.kind = SIPWARD_EVENT_REQUEST};
  text(&other, "method", "UNHEARDOF");
  CHECK(tell(inspector, &other, &verdict) == SIPWARD_OK);
}

int main(void) {
  sipward_engine* engine = make_engine(kEventRules, 0);
  sipward_inspector* inspector = NULL;
  test_names();
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  test_rules_see_calls(inspector);
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.events == 8 && counted.packets == 0);
  test_what_does_not_fit_is_refused(inspector);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
