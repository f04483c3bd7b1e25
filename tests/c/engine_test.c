/* Packets in, verdicts out: one by one, in batches, from several engines, and in any order of
 * giving back. */
#include <stdlib.h>

#include "check.h"
#include "sample.h"

enum { kPackets = 12 };

static void test_verdict_of_a_rule(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  /* The inspector and its verdicts do not need the caller's engine. */
  sipward_engine_destroy(engine);
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.sip_code == 403);
  CHECK(is_text(verdict.sip_reason, "Not here") && verdict.score == 7);
  CHECK(verdict.parse_status == SIPWARD_OK && verdict.flags == 0);
  CHECK(verdict.hit_count == 1 && verdict.hits_omitted == 0);
  CHECK(is_text(verdict.hits[0].rule, "test.options"));
  CHECK(is_text(verdict.hits[0].why, "an OPTIONS request"));
  CHECK(verdict.hits[0].action == SIPWARD_ACTION_REJECT && verdict.hits[0].enforced == 1);
  CHECK(verdict.hits[0].value_count == 0);

  sipward_message* message = sipward_inspector_message(inspector);
  sipward_address from = {.struct_size = sizeof from};
  CHECK(sipward_message_address(message, "From", 4, 0, &from) == SIPWARD_OK);
  CHECK(is_slice(kOptions, from.uri.user, "100"));

  /* A response meets no rule. */
  packet = make_packet(0, sizeof kOk - 1, 1);
  CHECK(sipward_inspector_inspect(inspector, kOk, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_ALLOW && verdict.hit_count == 0 && verdict.sip_code == 0);
  CHECK(verdict.sip_reason.size == 0);
  sipward_inspector_destroy(inspector);
}

static void test_aggregates_count_and_statistics_add_up(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int i = 1; i <= 5; ++i) {
    const sipward_packet packet = make_packet(0, sizeof kInvite - 1, 9);
    CHECK(sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
    CHECK(verdict.action == (i > 3 ? SIPWARD_ACTION_DROP : SIPWARD_ACTION_ALLOW));
    if (i > 3) CHECK(verdict.hits[0].value_count == 1 && verdict.hits[0].values[0] == (double)i);
  }
  const sipward_packet noise = make_packet(0, 5, 9);
  CHECK(sipward_inspector_inspect(inspector, "hello", &noise, &verdict) == SIPWARD_OK);
  CHECK(verdict.parse_status == SIPWARD_ERR_MALFORMED);
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.packets == 6 && counted.not_sip == 1 && counted.malformed == 1);
  CHECK(counted.by_action[SIPWARD_ACTION_DROP] == 2);
  uint64_t sum = 0;
  for (int i = 0; i < 7; ++i) sum += counted.by_action[i];
  CHECK(sum == 6 && counted.evictions == 0);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

static void test_report_only_goes_no_further_than_flag(void) {
  sipward_engine* engine = make_engine(kRules, 1);
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_FLAG && verdict.hits[0].enforced == 0);
  CHECK(verdict.hits[0].action == SIPWARD_ACTION_REJECT);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

/* Several messages behind one base, some of them not SIP. */
static size_t lay_out(char* base, sipward_packet* packets) {
  static const char* const kMessages[] = {kInvite, kOptions, "noise", kOk};
  size_t at = 0;
  for (size_t i = 0; i < kPackets; ++i) {
    const char* message = kMessages[i % 4];
    memcpy(base + at, message, strlen(message));
    packets[i] = make_packet(at, strlen(message), (uint8_t)(i / 6));
    packets[i].monotonic_ns += (int64_t)i * 1000000;
    at += strlen(message);
  }
  return at;
}

static int same_verdict(const sipward_verdict* a, const sipward_verdict* b) {
  if (a->action != b->action || a->sip_code != b->sip_code || a->flags != b->flags ||
      a->score != b->score || a->parse_status != b->parse_status || a->hit_count != b->hit_count ||
      a->hits_omitted != b->hits_omitted || a->sip_reason.size != b->sip_reason.size) {
    return 0;
  }
  for (uint32_t i = 0; i < a->hit_count; ++i) {
    const sipward_hit* x = &a->hits[i];
    const sipward_hit* y = &b->hits[i];
    if (x->rule.size != y->rule.size || memcmp(x->rule.data, y->rule.data, x->rule.size) != 0 ||
        x->action != y->action || x->enforced != y->enforced || x->score != y->score ||
        x->value_count != y->value_count || memcmp(x->values, y->values, 8 * x->value_count) != 0) {
      return 0;
    }
  }
  return 1;
}

static void test_a_batch_gives_the_verdicts_of_one_by_one(void) {
  static char base[16384];
  static sipward_packet packets[kPackets];
  static sipward_verdict one[kPackets], batch[kPackets];
  lay_out(base, packets);
  for (size_t i = 0; i < kPackets; ++i) one[i].struct_size = batch[i].struct_size = sizeof one[0];

  sipward_engine* engines[2] = {make_engine(kRules, 0), make_engine(kRules, 0)};
  sipward_inspector* inspectors[2] = {NULL, NULL};
  for (int i = 0; i < 2; ++i) {
    CHECK(sipward_inspector_create(engines[i], &inspectors[i]) == SIPWARD_OK);
  }
  for (size_t i = 0; i < kPackets; ++i) {
    CHECK(sipward_inspector_inspect(inspectors[0], base, &packets[i], &one[i]) == SIPWARD_OK);
  }
  size_t done = 0;
  CHECK(sipward_inspector_inspect_batch(inspectors[1], base, packets, kPackets, batch, &done) ==
        SIPWARD_OK);
  CHECK(done == kPackets);
  for (size_t i = 0; i < kPackets; ++i) CHECK(same_verdict(&one[i], &batch[i]));
  CHECK(one[1].action == SIPWARD_ACTION_REJECT);

  /* The batch stops at a packet that is not usable, and says where. */
  packets[5].transport = 77;
  batch[5].action = batch[4].action = 4711;
  CHECK(sipward_inspector_inspect_batch(inspectors[1], base, packets, kPackets, batch, &done) ==
        SIPWARD_ERR_ARGUMENT);
  CHECK(done == 5 && batch[4].action != 4711 && batch[5].action == 4711);
  for (int i = 0; i < 2; ++i) {
    sipward_inspector_destroy(inspectors[i]);
    sipward_engine_destroy(engines[i]);
  }
}

/* A caller that was compiled with larger structs: the elements of its arrays are further apart. */
static void test_a_batch_of_a_newer_caller(void) {
  typedef struct newer_packet {
    sipward_packet packet;
    uint64_t unknown;
  } newer_packet;
  typedef struct newer_verdict {
    sipward_verdict verdict;
    uint64_t unknown;
  } newer_verdict;
  static newer_packet packets[3];
  static newer_verdict verdicts[3];
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  size_t done = 0;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int i = 0; i < 3; ++i) {
    packets[i].packet = make_packet(0, sizeof kOptions - 1, (uint8_t)i);
    packets[i].packet.struct_size = sizeof packets[i];
    verdicts[i].verdict.struct_size = sizeof verdicts[i];
    verdicts[i].unknown = 42;
  }
  CHECK(sipward_inspector_inspect_batch(inspector, kOptions, &packets[0].packet, 3,
                                        &verdicts[0].verdict, &done) == SIPWARD_OK);
  CHECK(done == 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(verdicts[i].verdict.action == SIPWARD_ACTION_REJECT && verdicts[i].unknown == 42);
  }
  packets[2].unknown = 1;
  CHECK(sipward_inspector_inspect_batch(inspector, kOptions, &packets[0].packet, 3,
                                        &verdicts[0].verdict, &done) == SIPWARD_ERR_ARGUMENT);
  CHECK(done == 2);
  packets[1].packet.struct_size = sizeof(sipward_packet);
  CHECK(sipward_inspector_inspect_batch(inspector, kOptions, &packets[0].packet, 3,
                                        &verdicts[0].verdict, &done) == SIPWARD_ERR_ARGUMENT);
  CHECK(done == 1);
  verdicts[0].verdict.struct_size = sizeof(sipward_verdict) + 4;
  CHECK(sipward_inspector_inspect_batch(inspector, kOptions, &packets[0].packet, 1,
                                        &verdicts[0].verdict, &done) == SIPWARD_ERR_ARGUMENT);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

/* Two engines over one state share their counts; with states of their own they do not. */
static void test_engines_share_what_they_are_given(void) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engines[2] = {NULL, NULL};
  sipward_inspector* inspectors[2] = {NULL, NULL};
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  for (int i = 0; i < 2; ++i) {
    CHECK(sipward_engine_create(rules, state, NULL, &engines[i]) == SIPWARD_OK);
    CHECK(sipward_inspector_create(engines[i], &inspectors[i]) == SIPWARD_OK);
    sipward_engine_destroy(engines[i]);
  }
  sipward_rules_destroy(rules);
  sipward_state_destroy(state);
  sipward_engine* other = make_engine(kRules, 0);
  sipward_inspector* other_inspector = NULL;
  CHECK(sipward_inspector_create(other, &other_inspector) == SIPWARD_OK);

  const sipward_packet packet = make_packet(0, sizeof kInvite - 1, 3);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  for (int i = 0; i < 4; ++i) {
    CHECK(sipward_inspector_inspect(inspectors[i % 2], kInvite, &packet, &verdict) == SIPWARD_OK);
  }
  CHECK(verdict.action == SIPWARD_ACTION_DROP);
  CHECK(sipward_inspector_inspect(other_inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_ALLOW);
  for (int i = 0; i < 2; ++i) sipward_inspector_destroy(inspectors[i]);
  sipward_inspector_destroy(other_inspector);
  sipward_engine_destroy(other);
}

static void test_a_region_too_small_is_said_at_load_time(void) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  const sipward_state_options options = {.struct_size = sizeof options, .bytes = 65536};
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(&options, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_ERR_STATE_FULL);
  CHECK(engine == NULL);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
}

int main(void) {
  test_verdict_of_a_rule();
  test_aggregates_count_and_statistics_add_up();
  test_report_only_goes_no_further_than_flag();
  test_a_batch_gives_the_verdicts_of_one_by_one();
  test_a_batch_of_a_newer_caller();
  test_engines_share_what_they_are_given();
  test_a_region_too_small_is_said_at_load_time();
  return check_failures;
}
