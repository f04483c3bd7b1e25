/* Records, replayers and sources of rules, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)
#define MALFORMED(call) CHECK((call) == SIPWARD_ERR_MALFORMED)

static const size_t kTooMuch = (size_t)-1;

static void test_source(const sipward_rules* rules) {
  sipward_compiler* compiler = NULL;
  sipward_text text;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  REFUSED(sipward_compiler_keep_source(NULL));
  REFUSED(sipward_compiler_keep_source(MISALIGNED(sipward_compiler)));
  REFUSED(sipward_compiler_add_source(NULL, "x", 1));
  REFUSED(sipward_compiler_add_source(MISALIGNED(sipward_compiler), "x", 1));
  REFUSED(sipward_compiler_add_source(compiler, NULL, 1));
  REFUSED(sipward_compiler_add_source(compiler, "x", kTooMuch));
  CHECK(sipward_compiler_add_source(compiler, "x", 0) == SIPWARD_ERR_RULES);
  CHECK(sipward_compiler_add_source(compiler, NULL, 0) == SIPWARD_ERR_RULES);
  sipward_compiler_destroy(compiler);
  REFUSED(sipward_rules_source(NULL, &text, &text));
  REFUSED(sipward_rules_source(MISALIGNED(sipward_rules), &text, &text));
  REFUSED(sipward_rules_source(rules, NULL, &text));
  REFUSED(sipward_rules_source(rules, MISALIGNED(sipward_text), &text));
  REFUSED(sipward_rules_source(rules, &text, NULL));
  REFUSED(sipward_rules_source(rules, &text, MISALIGNED(sipward_text)));
}

static void test_record(sipward_inspector* inspector) {
  char out[8];
  size_t size = 7;
  REFUSED(sipward_inspector_record(NULL, SIPWARD_RECORD_ON));
  REFUSED(sipward_inspector_record(MISALIGNED(sipward_inspector), SIPWARD_RECORD_ON));
  REFUSED(sipward_inspector_record(inspector, SIPWARD_RECORD_BODIES)); /* but not on */
  REFUSED(sipward_inspector_record(inspector, 4));
  REFUSED(sipward_inspector_record(inspector, UINT32_MAX));
  REFUSED(sipward_inspector_take_record(NULL, out, sizeof out, &size));
  REFUSED(sipward_inspector_take_record(MISALIGNED(sipward_inspector), out, sizeof out, &size));
  REFUSED(sipward_inspector_take_record(inspector, NULL, 1, &size));
  REFUSED(sipward_inspector_take_record(inspector, out, kTooMuch, &size));
  REFUSED(sipward_inspector_take_record(inspector, out, sizeof out, NULL));
  REFUSED(sipward_inspector_take_record(inspector, out, sizeof out, MISALIGNED(size_t)));
  CHECK(sipward_inspector_take_record(inspector, out, 0, &size) == SIPWARD_END && size == 7);
}

static void test_replayer(const sipward_rules* rules, sipward_replayer* replayer) {
  sipward_replayer* out = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  uint32_t outcome = 7;
  REFUSED(sipward_replayer_create(NULL, &out));
  REFUSED(sipward_replayer_create(MISALIGNED(sipward_rules), &out));
  REFUSED(sipward_replayer_create(rules, NULL));
  REFUSED(sipward_replayer_create(rules, MISALIGNED(sipward_replayer*)));
  CHECK(out == NULL);
  sipward_replayer_destroy(NULL);
  sipward_replayer_destroy(MISALIGNED(sipward_replayer));
  REFUSED(sipward_replayer_run(NULL, "x", 1, &outcome, &verdict));
  REFUSED(sipward_replayer_run(MISALIGNED(sipward_replayer), "x", 1, &outcome, &verdict));
  REFUSED(sipward_replayer_run(replayer, NULL, 1, &outcome, &verdict));
  REFUSED(sipward_replayer_run(replayer, "x", kTooMuch, &outcome, &verdict));
  REFUSED(sipward_replayer_run(replayer, "x", 1, NULL, &verdict));
  REFUSED(sipward_replayer_run(replayer, "x", 1, MISALIGNED(uint32_t), &verdict));
  REFUSED(sipward_replayer_run(replayer, "x", 1, &outcome, MISALIGNED(sipward_verdict)));
  verdict.struct_size = 3;
  REFUSED(sipward_replayer_run(replayer, "x", 1, &outcome, &verdict));
  MALFORMED(sipward_replayer_run(replayer, "x", 0, &outcome, NULL));
  MALFORMED(sipward_replayer_run(replayer, "x", 1, &outcome, NULL));
  CHECK(outcome == 7);
}

static void test_describe(sipward_replayer* replayer) {
  char out[8];
  size_t size = 7;
  REFUSED(sipward_replayer_describe(NULL, "x", 1, out, sizeof out, &size));
  REFUSED(sipward_replayer_describe(MISALIGNED(sipward_replayer), "x", 1, out, sizeof out, &size));
  REFUSED(sipward_replayer_describe(replayer, NULL, 1, out, sizeof out, &size));
  REFUSED(sipward_replayer_describe(replayer, "x", kTooMuch, out, sizeof out, &size));
  REFUSED(sipward_replayer_describe(replayer, "x", 1, NULL, 1, &size));
  REFUSED(sipward_replayer_describe(replayer, "x", 1, out, kTooMuch, &size));
  REFUSED(sipward_replayer_describe(replayer, "x", 1, out, sizeof out, NULL));
  REFUSED(sipward_replayer_describe(replayer, "x", 1, out, sizeof out, MISALIGNED(size_t)));
  MALFORMED(sipward_replayer_describe(replayer, "x", 0, out, 0, &size));
  CHECK(size == 7);
}

int main(void) {
  sipward_rules* rules = NULL;
  sipward_replayer* replayer = NULL;
  sipward_inspector* inspector = NULL;
  sipward_engine* engine = make_engine(kRules, 0);
  REQUIRE(make_rules(kRules, &rules) == SIPWARD_OK);
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  REQUIRE(sipward_replayer_create(rules, &replayer) == SIPWARD_OK);
  test_source(rules);
  test_record(inspector);
  test_replayer(rules, replayer);
  test_describe(replayer);
  sipward_replayer_destroy(replayer);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_rules_destroy(rules);
  return check_failures;
}
