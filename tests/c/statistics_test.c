/* What a host can ask an engine: its counts, by rule as well; what is worth telling; and its own
 * word on calls. */
#include "check.h"
#include "sample.h"

static const char kCounted[] =
    "version 1\n"
    "rule scan { on request where method == OPTIONS when true then drop }\n"
    "rule bans { on request where method == OPTIONS when true then ban src.ip for 1h }\n";

static void inspect(const sipward_engine* engine, uint32_t transport, uint8_t host) {
  sipward_inspector* inspector = NULL;
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, host);
  packet.transport = transport;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  sipward_inspector_destroy(inspector);
}

static int is(const char* text, uint32_t size, const char* expected) {
  return size == strlen(expected) && memcmp(text, expected, size) == 0;
}

static void test_counts(const sipward_engine* engine) {
  inspect(engine, SIPWARD_TRANSPORT_UDP, 7);
  inspect(engine, SIPWARD_TRANSPORT_TCP, 8);
  inspect(engine, SIPWARD_TRANSPORT_TCP, 8); /* banned */
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.packets == 3 && counted.by_kind[SIPWARD_EVENT_REQUEST] == 3);
  CHECK(counted.by_action[SIPWARD_ACTION_DROP] == 3);
  CHECK(counted.matches == 4 && counted.matches_withheld == 1);
  CHECK(counted.bans == 1 && counted.bans_withheld == 1 && counted.banned == 1);
  CHECK(counted.reloads == 1 && counted.notices == 2 && counted.notices_omitted == 0);
  CHECK(counted.state_used > 0 && counted.state_used <= counted.state_bytes);

  sipward_rule_statistics rule = {.struct_size = sizeof rule};
  CHECK(sipward_engine_rule_statistics(engine, 0, &rule) == SIPWARD_OK);
  CHECK(is(rule.name, rule.name_size, "scan") && rule.enforced == 2);
  CHECK(sipward_engine_rule_statistics(engine, 1, &rule) == SIPWARD_OK);
  CHECK(is(rule.name, rule.name_size, "bans") && rule.enforced == 1 && rule.weak_evidence == 1);
  CHECK(rule.generation == 1 && rule.since == 1);
  CHECK(sipward_engine_rule_statistics(engine, 2, &rule) == SIPWARD_END);
}

static void test_notices(const sipward_engine* engine) {
  sipward_notice notice = {.struct_size = sizeof notice};
  uint64_t cursor = 0;
  CHECK(sipward_engine_notice_next(engine, &cursor, &notice) == SIPWARD_OK);
  CHECK(notice.code == SIPWARD_NOTICE_RULES_LOADED && notice.severity == SIPWARD_NOTICE_INFO);
  CHECK(notice.amount == 1 && notice.key_size == 64);
  CHECK(sipward_engine_notice_next(engine, &cursor, &notice) == SIPWARD_OK);
  CHECK(notice.code == SIPWARD_NOTICE_BAN_WITHHELD && notice.severity == SIPWARD_NOTICE_WARNING);
  CHECK(is(notice.subject, notice.subject_size, "bans"));
  CHECK(is(notice.key, notice.key_size, "198.51.100.7"));
  CHECK(notice.omitted == 0 && notice.lost == 0 && notice.monotonic_ns != 0);
  CHECK(sipward_engine_notice_next(engine, &cursor, &notice) == SIPWARD_END);
  CHECK(strcmp(sipward_notice_name(notice.code), "ban_withheld") == 0);
  uint32_t codes = 0;
  while (sipward_notice_name(codes) != NULL) CHECK(sipward_notice_sentence(codes++) != NULL);
  CHECK(codes == SIPWARD_NOTICE_OUT_OF_MEMORY + 1);
}

static void test_feedback(const sipward_engine* engine) {
  for (int i = 0; i < 3; ++i) {
    CHECK(sipward_engine_feedback(engine, "a@b", 3, SIPWARD_FEEDBACK_FRAUD, i) == SIPWARD_OK);
  }
  CHECK(sipward_engine_feedback(engine, "a@b", 3, SIPWARD_FEEDBACK_LEGITIMATE, 3) == SIPWARD_OK);
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.feedback_fraud == 1 && counted.feedback_legitimate == 1);
  CHECK(counted.feedback_repeated == 2);
}

int main(void) {
  sipward_engine* engine = make_engine(kCounted, 0);
  REQUIRE(engine != NULL);
  test_counts(engine);
  test_notices(engine);
  test_feedback(engine);
  sipward_engine_destroy(engine);
  return check_failures;
}
