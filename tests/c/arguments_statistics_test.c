/* Statistics, notices and feedback, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_statistics(const sipward_engine* engine) {
  sipward_rule_statistics rule = {.struct_size = sizeof rule};
  REFUSED(sipward_engine_rule_statistics(NULL, 0, &rule));
  REFUSED(sipward_engine_rule_statistics(MISALIGNED(sipward_engine), 0, &rule));
  REFUSED(sipward_engine_rule_statistics(engine, 0, NULL));
  REFUSED(sipward_engine_rule_statistics(engine, 0, MISALIGNED(sipward_rule_statistics)));
  CHECK(sipward_engine_rule_statistics(engine, UINT32_MAX, &rule) == SIPWARD_END);
  CHECK(rule.name_size == 0 && rule.generation == 0);
}

static void test_notices(const sipward_engine* engine) {
  sipward_notice notice = {.struct_size = sizeof notice};
  uint64_t cursor = 0;
  REFUSED(sipward_engine_notice_next(NULL, &cursor, &notice));
  REFUSED(sipward_engine_notice_next(MISALIGNED(sipward_engine), &cursor, &notice));
  REFUSED(sipward_engine_notice_next(engine, NULL, &notice));
  REFUSED(sipward_engine_notice_next(engine, MISALIGNED(uint64_t), &notice));
  REFUSED(sipward_engine_notice_next(engine, &cursor, NULL));
  REFUSED(sipward_engine_notice_next(engine, &cursor, MISALIGNED(sipward_notice)));
  CHECK(cursor == 0);
  cursor = UINT64_MAX;
  CHECK(sipward_engine_notice_next(engine, &cursor, &notice) == SIPWARD_END);
  CHECK(sipward_notice_name(UINT32_MAX) == NULL);
  CHECK(sipward_notice_sentence(UINT32_MAX) == NULL);
}

static void test_feedback(const sipward_engine* engine) {
  REFUSED(sipward_engine_feedback(NULL, "c", 1, SIPWARD_FEEDBACK_FRAUD, 0));
  REFUSED(sipward_engine_feedback(MISALIGNED(sipward_engine), "c", 1, 0, 0));
  REFUSED(sipward_engine_feedback(engine, NULL, 1, 0, 0));
  REFUSED(sipward_engine_feedback(engine, "c", kTooMuch, 0, 0));
  REFUSED(sipward_engine_feedback(engine, "c", 0, 0, 0));
  REFUSED(sipward_engine_feedback(engine, "c", 1, 2, 0));
  REFUSED(sipward_engine_feedback(engine, "c", 1, UINT32_MAX, 0));
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.feedback_fraud == 0 && counted.feedback_legitimate == 0);
}

int main(void) {
  sipward_engine* engine = make_engine("version 1\n", 0);
  REQUIRE(engine != NULL);
  test_statistics(engine);
  test_notices(engine);
  test_feedback(engine);
  sipward_engine_destroy(engine);
  return check_failures;
}
