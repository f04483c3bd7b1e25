/* Every function with what it cannot use: NULL, sizes that cannot be, misaligned pointers. Nothing
 * is written then. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kHuge[] = {(size_t)-1, (size_t)-1 / 2, (size_t)1 << 40, 0x80000000u};
enum { kHugeCount = sizeof kHuge / sizeof kHuge[0] };

static void test_status(void) {
  for (int32_t status = -10; status <= 3; ++status) {
    const char* text = sipward_status_text(status);
    CHECK(text != NULL && strlen(text) > 4 && text[strlen(text) - 1] == '.');
    for (int32_t other = -9; other < status && status <= 2; ++other) {
      CHECK(strcmp(text, sipward_status_text(other)) != 0);
    }
  }
  CHECK(strcmp(sipward_status_text(INT32_MIN), sipward_status_text(INT32_MAX)) == 0);
  CHECK(strcmp(sipward_action_name(SIPWARD_ACTION_ALLOW), "allow") == 0);
  CHECK(strcmp(sipward_action_name(SIPWARD_ACTION_DROP), "drop") == 0);
  CHECK(sipward_action_name(7) == NULL && sipward_action_name(UINT32_MAX) == NULL);
}

static void test_anomalies(void) {
  const uint32_t count = sipward_anomaly_count();
  CHECK(count >= 80);
  for (uint32_t id = 0; id < count; ++id) {
    sipward_anomaly_info info = {.struct_size = sizeof info};
    CHECK(sipward_anomaly_describe(id, &info) == SIPWARD_OK);
    CHECK(info.name.size > 0 && info.sentence.size > 0 && info.class_name.size > 0);
    CHECK(info.anomaly_class <= SIPWARD_CLASS_LIMIT);
  }
  sipward_anomaly_info info = {.struct_size = sizeof info};
  REFUSED(sipward_anomaly_describe(count, &info));
  REFUSED(sipward_anomaly_describe(UINT32_MAX, &info));
  REFUSED(sipward_anomaly_describe(0, NULL));
  REFUSED(sipward_anomaly_describe(0, MISALIGNED(sipward_anomaly_info)));
  CHECK(info.name.data == NULL);
}

static void test_message_objects(sipward_message* message) {
  sipward_message_destroy(NULL);
  REFUSED(sipward_message_create(NULL));
  REFUSED(sipward_message_create(MISALIGNED(sipward_message*)));
  REFUSED(sipward_message_parse(NULL, kOk, sizeof kOk - 1, NULL));
  REFUSED(sipward_message_parse(message, NULL, 1, NULL));
  for (int i = 0; i < kHugeCount; ++i) {
    REFUSED(sipward_message_parse(message, kOk, kHuge[i], NULL));
    REFUSED(sipward_message_parse(message, NULL, kHuge[i], NULL));
  }
  REFUSED(sipward_message_parse(message, kOk, 1, MISALIGNED(sipward_parse_options)));
  sipward_parse_options options = {.struct_size = sizeof options, .profile = 2};
  REFUSED(sipward_message_parse(message, kOk, 1, &options));
  options = (sipward_parse_options){.struct_size = sizeof options, .headers = 257};
  REFUSED(sipward_message_parse(message, kOk, 1, &options));
  options = (sipward_parse_options){.struct_size = sizeof options, .vias = 71};
  REFUSED(sipward_message_parse(message, kOk, 1, &options));
  options = (sipward_parse_options){.struct_size = sizeof options, .values_per_header = 129};
  REFUSED(sipward_message_parse(message, kOk, 1, &options));
  options = (sipward_parse_options){.struct_size = sizeof options,
                                    .message_bytes = UINT32_MAX,
                                    .headers = 256,
                                    .header_value_bytes = UINT32_MAX,
                                    .values_per_header = 128,
                                    .params_per_value = UINT32_MAX,
                                    .vias = 70,
                                    .uri_bytes = UINT32_MAX,
                                    .sdp_media = 32,
                                    .sdp_attributes = 512,
                                    .body_parts = 32,
                                    .body_depth = 3};
  CHECK(sipward_message_parse(message, kOk, sizeof kOk - 1, &options) == SIPWARD_OK);
  CHECK(sipward_message_validate(message) == SIPWARD_OK);
  REFUSED(sipward_message_validate(NULL));
}

static void test_message_fields(sipward_message* message) {
  sipward_slice slice = {1, 1};
  sipward_param param;
  uint64_t number = 99;
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  REFUSED(sipward_message_bytes(NULL, MISALIGNED(sipward_text)));
  REFUSED(sipward_message_bytes(message, NULL));
  REFUSED(sipward_message_error(NULL, NULL));
  REFUSED(sipward_message_error(message, NULL));
  REFUSED(sipward_message_error(message, MISALIGNED(sipward_anomaly)));
  REFUSED(sipward_message_anomaly(NULL, 0, NULL));
  REFUSED(sipward_message_anomaly(message, 0, NULL));
  REFUSED(sipward_message_start_line(NULL, NULL));
  REFUSED(sipward_message_start_line(message, NULL));
  REFUSED(sipward_message_start_line(message, MISALIGNED(sipward_start_line)));
  CHECK(sipward_message_header_count(NULL) == 0);
  REFUSED(sipward_message_header(NULL, 0, NULL));
  REFUSED(sipward_message_header(message, 0, NULL));
  sipward_header header = {.struct_size = sizeof header};
  CHECK(sipward_message_header(message, UINT32_MAX, &header) == SIPWARD_END);
  REFUSED(sipward_message_find(NULL, "Via", 3, &slice));
  REFUSED(sipward_message_find(message, NULL, 3, &slice));
  REFUSED(sipward_message_find(message, "Via", (size_t)-1, &slice));
  REFUSED(sipward_message_find(message, "Via", 3, NULL));
  REFUSED(sipward_message_body(NULL, &slice));
  REFUSED(sipward_message_body(message, NULL));
  REFUSED(sipward_message_body(message, MISALIGNED(sipward_slice)));
  REFUSED(sipward_message_request_uri(NULL, NULL));
  REFUSED(sipward_message_request_uri(message, NULL));
  REFUSED(sipward_message_via(NULL, 0, NULL));
  REFUSED(sipward_message_via(message, 0, NULL));
  sipward_via via = {.struct_size = sizeof via};
  CHECK(sipward_message_via(message, UINT32_MAX, &via) == SIPWARD_END);
  REFUSED(sipward_message_cseq(NULL, NULL));
  REFUSED(sipward_message_cseq(message, NULL));
  sipward_address address = {.struct_size = sizeof address};
  REFUSED(sipward_message_address(NULL, "To", 2, 0, &address));
  REFUSED(sipward_message_address(message, NULL, 2, 0, &address));
  REFUSED(sipward_message_address(message, "To", (size_t)-1, 0, &address));
  REFUSED(sipward_message_address(message, NULL, 0, 0, &address));
  REFUSED(sipward_message_address(message, "To", 2, 0, NULL));
  CHECK(sipward_message_address(message, "To", 2, UINT32_MAX, &address) == SIPWARD_END);
  REFUSED(sipward_message_number(NULL, "Expires", 7, &number));
  REFUSED(sipward_message_number(message, NULL, 7, &number));
  REFUSED(sipward_message_number(message, "Expires", 7, NULL));
  REFUSED(sipward_message_number(message, "Expires", 7, MISALIGNED(uint64_t)));
  REFUSED(sipward_param_next(NULL, &slice, &param));
  REFUSED(sipward_param_next(message, NULL, &param));
  REFUSED(sipward_param_next(message, &slice, NULL));
  CHECK(slice.offset == 1 && slice.length == 1 && number == 99 && address.text.offset == 0);
}

static void test_framer(void) {
  sipward_framer* framer = NULL;
  const char* data = NULL;
  size_t size = 77;
  sipward_framer_destroy(NULL);
  REFUSED(sipward_framer_create(0, NULL));
  REFUSED(sipward_framer_create(UINT32_MAX, &framer));
  CHECK(framer == NULL);
  CHECK(sipward_framer_create(1, &framer) == SIPWARD_OK);
  REFUSED(sipward_framer_push(NULL, "x", 1, &size));
  REFUSED(sipward_framer_push(framer, NULL, 1, &size));
  REFUSED(sipward_framer_push(framer, "x", 1, NULL));
  for (int i = 0; i < kHugeCount; ++i) REFUSED(sipward_framer_push(framer, "x", kHuge[i], &size));
  CHECK(size == 77);
  CHECK(sipward_framer_push(framer, NULL, 0, &size) == SIPWARD_OK && size == 0);
  REFUSED(sipward_framer_next(NULL, &data, &size, NULL));
  REFUSED(sipward_framer_next(framer, NULL, &size, NULL));
  REFUSED(sipward_framer_next(framer, &data, NULL, NULL));
  REFUSED(sipward_framer_next(framer, &data, &size, MISALIGNED(sipward_anomaly)));
  CHECK(sipward_framer_next(framer, &data, &size, NULL) == SIPWARD_INCOMPLETE);
  CHECK(sipward_framer_pending(NULL) == 0);
  sipward_framer_destroy(framer);
}

static void test_compiler(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_text path, named_by;
  sipward_compiler_destroy(NULL);
  sipward_rules_destroy(NULL);
  REFUSED(sipward_compiler_create(NULL));
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  REFUSED(sipward_compiler_add_default_pack(NULL));
  REFUSED(sipward_compiler_add_rules(NULL, "a", 1, "", 0));
  REFUSED(sipward_compiler_add_rules(compiler, NULL, 0, kRules, sizeof kRules - 1));
  REFUSED(sipward_compiler_add_rules(compiler, NULL, 5, kRules, sizeof kRules - 1));
  REFUSED(sipward_compiler_add_rules(compiler, "a", 1, NULL, 5));
  for (int i = 0; i < kHugeCount; ++i) {
    REFUSED(sipward_compiler_add_rules(compiler, "a", 1, kRules, kHuge[i]));
    REFUSED(sipward_compiler_add_rules(compiler, "a", kHuge[i], kRules, 1));
  }
  REFUSED(sipward_compiler_file(NULL, 0, &path, &named_by));
  REFUSED(sipward_compiler_file(compiler, 0, NULL, &named_by));
  REFUSED(sipward_compiler_file(compiler, 0, &path, NULL));
  CHECK(sipward_compiler_file(compiler, UINT32_MAX, &path, &named_by) == SIPWARD_END);
  REFUSED(sipward_compiler_set_file(NULL, 0, "", 0));
  REFUSED(sipward_compiler_set_file(compiler, 0, "", 0));
  REFUSED(sipward_compiler_set_file(compiler, UINT32_MAX, "", 0));
  REFUSED(sipward_compiler_diagnostic(NULL, 0, NULL));
  REFUSED(sipward_compiler_diagnostic(compiler, 0, NULL));
  sipward_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
  CHECK(sipward_compiler_diagnostic(compiler, UINT32_MAX, &diagnostic) == SIPWARD_END);
  REFUSED(sipward_compiler_build(NULL, &rules));
  REFUSED(sipward_compiler_build(compiler, NULL));
  CHECK(sipward_compiler_add_rules(compiler, "a", 1, kRules, sizeof kRules - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  /* Built: nothing more goes in. */
  REFUSED(sipward_compiler_build(compiler, &rules));
  REFUSED(sipward_compiler_add_default_pack(compiler));
  REFUSED(sipward_compiler_add_rules(compiler, "b", 1, kRules, sizeof kRules - 1));
  REFUSED(sipward_compiler_set_file(compiler, 0, "", 0));
  sipward_compiler_destroy(compiler);

  sipward_rule_info info = {.struct_size = sizeof info};
  CHECK(sipward_rules_count(NULL) == 0);
  REFUSED(sipward_rules_describe(NULL, 0, &info));
  REFUSED(sipward_rules_describe(rules, 0, NULL));
  CHECK(sipward_rules_describe(rules, 2, &info) == SIPWARD_END);
  CHECK(sipward_rules_describe(rules, UINT32_MAX, &info) == SIPWARD_END);
  sipward_rules_destroy(rules);
}

static void test_tests(void) {
  sipward_rules* rules = NULL;
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  sipward_test_info info = {.struct_size = sizeof info};
  sipward_test_result result = {.struct_size = sizeof result};
  CHECK(sipward_rules_test_count(NULL) == 0);
  CHECK(sipward_rules_test_count(MISALIGNED(sipward_rules)) == 0);
  CHECK(sipward_rules_test_count(rules) == 0);
  REFUSED(sipward_rules_test_describe(NULL, 0, &info));
  REFUSED(sipward_rules_test_describe(MISALIGNED(sipward_rules), 0, &info));
  REFUSED(sipward_rules_test_describe(rules, 0, NULL));
  REFUSED(sipward_rules_test_describe(rules, 0, MISALIGNED(sipward_test_info)));
  CHECK(sipward_rules_test_describe(rules, UINT32_MAX, &info) == SIPWARD_END);
  REFUSED(sipward_rules_test_run(NULL, 0, &result));
  REFUSED(sipward_rules_test_run(MISALIGNED(sipward_rules), 0, &result));
  REFUSED(sipward_rules_test_run(rules, 0, NULL));
  REFUSED(sipward_rules_test_run(rules, 0, MISALIGNED(sipward_test_result)));
  CHECK(sipward_rules_test_run(rules, UINT32_MAX, &result) == SIPWARD_END);
  CHECK(info.events == 0 && result.passed == 0);
  sipward_rules_destroy(rules);
}

static void test_snapshots(void) {
  sipward_state* state = NULL;
  const sipward_moment moment = {.struct_size = sizeof moment};
  const sipward_moment bad = {.struct_size = sizeof bad, .reserved = 1};
  char out[16];
  size_t size = 0;
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  REFUSED(sipward_state_snapshot(NULL, &moment, out, sizeof out, &size));
  REFUSED(sipward_state_snapshot(MISALIGNED(sipward_state), &moment, out, sizeof out, &size));
  REFUSED(sipward_state_snapshot(state, NULL, out, sizeof out, &size));
  REFUSED(sipward_state_snapshot(state, MISALIGNED(sipward_moment), out, sizeof out, &size));
  REFUSED(sipward_state_snapshot(state, &bad, out, sizeof out, &size));
  REFUSED(sipward_state_snapshot(state, &moment, NULL, sizeof out, &size));
  REFUSED(sipward_state_snapshot(state, &moment, out, sizeof out, NULL));
  REFUSED(sipward_state_snapshot(state, &moment, out, sizeof out, MISALIGNED(size_t)));
  REFUSED(sipward_state_restore(NULL, out, sizeof out, &moment, NULL));
  REFUSED(sipward_state_restore(MISALIGNED(sipward_state), out, sizeof out, &moment, NULL));
  REFUSED(sipward_state_restore(state, NULL, 1, &moment, NULL));
  REFUSED(sipward_state_restore(state, out, sizeof out, NULL, NULL));
  REFUSED(sipward_state_restore(state, out, sizeof out, MISALIGNED(sipward_moment), NULL));
  REFUSED(sipward_state_restore(state, out, sizeof out, &bad, NULL));
  REFUSED(sipward_state_restore(state, out, sizeof out, &moment, MISALIGNED(sipward_text)));
  REFUSED(sipward_state_snapshot(state, &moment, out, (size_t)-1, &size));
  REFUSED(sipward_state_restore(state, out, (size_t)-1, &moment, NULL));
  CHECK(sipward_state_snapshot(state, &moment, out, 0, &size) == SIPWARD_ERR_SPACE);
  CHECK(sipward_state_restore(state, out, 0, &moment, NULL) == SIPWARD_ERR_SNAPSHOT);
  sipward_state_destroy(state);
}

static void test_state_and_engine(void) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_state_destroy(NULL);
  sipward_engine_destroy(NULL);
  REFUSED(sipward_state_create(NULL, NULL));
  sipward_state_options bad_state = {.struct_size = sizeof bad_state, .shared = 2};
  REFUSED(sipward_state_create(&bad_state, &state));
  REFUSED(sipward_state_create(MISALIGNED(sipward_state_options), &state));
  const uint64_t sizes[] = {1, 4096, (uint64_t)1 << 62, UINT64_MAX};
  for (int i = 0; i < 4; ++i) {
    const sipward_state_options options = {.struct_size = sizeof options, .bytes = sizes[i]};
    CHECK(sipward_state_create(&options, &state) == SIPWARD_ERR_NO_MEMORY && state == NULL);
  }
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  REFUSED(sipward_engine_create(NULL, state, NULL, &engine));
  REFUSED(sipward_engine_create(rules, NULL, NULL, &engine));
  REFUSED(sipward_engine_create(rules, state, NULL, NULL));
  sipward_engine_options options = {.struct_size = sizeof options, .profile = 2};
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  CHECK(engine == NULL);
  REFUSED(sipward_engine_statistics(NULL, NULL));
  CHECK(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  REFUSED(sipward_engine_statistics(engine, NULL));
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
}

static void refuse_packet(sipward_inspector* inspector, const char* base, sipward_packet packet) {
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 4711};
  size_t done = 99;
  REFUSED(sipward_inspector_inspect(inspector, base, &packet, &verdict));
  REFUSED(sipward_inspector_inspect_batch(inspector, base, &packet, 1, &verdict, &done));
  CHECK(verdict.action == 4711 && done == 0);
}

static void test_inspector(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  size_t done = 99;
  sipward_inspector_destroy(NULL);
  CHECK(sipward_inspector_message(NULL) == NULL);
  REFUSED(sipward_inspector_create(NULL, &inspector));
  REFUSED(sipward_inspector_create(engine, NULL));
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);

  const sipward_packet good = make_packet(0, sizeof kOptions - 1, 1);
  REFUSED(sipward_inspector_inspect(NULL, kOptions, &good, &verdict));
  REFUSED(sipward_inspector_inspect(inspector, NULL, &good, &verdict));
  REFUSED(sipward_inspector_inspect(inspector, kOptions, NULL, &verdict));
  REFUSED(sipward_inspector_inspect(inspector, kOptions, &good, NULL));
  REFUSED(sipward_inspector_inspect(inspector, kOptions, MISALIGNED(sipward_packet), &verdict));
  REFUSED(sipward_inspector_inspect(inspector, kOptions, &good, MISALIGNED(sipward_verdict)));
  sipward_packet bad;
  for (int i = 0; i < kHugeCount; ++i) {
    bad = good;
    bad.size = kHuge[i];
    refuse_packet(inspector, kOptions, bad);
    bad = good;
    bad.account = "a";
    bad.account_size = kHuge[i];
    refuse_packet(inspector, kOptions, bad);
  }
  bad = good;
  bad.offset = UINT64_MAX;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.transport = SIPWARD_TRANSPORT_SCTP + 1;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.direction = SIPWARD_DIRECTION_OUTBOUND + 1;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.flags = 4;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.source.reserved = 1;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.destination.reserved = 1;
  refuse_packet(inspector, kOptions, bad);
  bad = good;
  bad.trunk_size = 1;
  refuse_packet(inspector, kOptions, bad);

  REFUSED(sipward_inspector_inspect_batch(NULL, kOptions, &good, 1, &verdict, &done));
  CHECK(done == 0);
  REFUSED(sipward_inspector_inspect_batch(inspector, kOptions, NULL, 1, &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(inspector, kOptions, &good, 1, NULL, &done));
  REFUSED(sipward_inspector_inspect_batch(inspector, kOptions, &good, (size_t)-1, &verdict, &done));
  REFUSED(
      sipward_inspector_inspect_batch(inspector, kOptions, &good, 1, &verdict, MISALIGNED(size_t)));
  CHECK(sipward_inspector_inspect_batch(inspector, NULL, NULL, 0, NULL, NULL) == SIPWARD_OK);

  /* An empty packet is one: it may come without bytes. */
  sipward_packet empty = make_packet(0, 0, 1);
  CHECK(sipward_inspector_inspect(inspector, NULL, &empty, &verdict) == SIPWARD_OK);
  CHECK(verdict.parse_status == SIPWARD_ERR_MALFORMED);

  /* The inspector's message is not the caller's. */
  sipward_message* message = sipward_inspector_message(inspector);
  CHECK(message != NULL);
  REFUSED(sipward_message_parse(message, kOk, sizeof kOk - 1, NULL));
  sipward_message_destroy(message);
  CHECK(sipward_inspector_message(inspector) == message);
  CHECK(sipward_message_validate(message) == SIPWARD_ERR_MALFORMED);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

int main(void) {
  sipward_message* message = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  test_status();
  test_anomalies();
  test_message_objects(message);
  test_message_fields(message);
  sipward_message_destroy(message);
  test_framer();
  test_compiler();
  test_tests();
  test_snapshots();
  test_state_and_engine();
  test_inspector();
  return check_failures;
}
