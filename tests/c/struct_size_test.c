/* Older and newer callers: every struct_size of every struct. */
#include "check.h"
#include "sample.h"
#include "sweep.h"

static int32_t anomaly_describe(void* out, void* unused) {
  (void)unused;
  return sipward_anomaly_describe(0, out);
}
static int32_t start_line(void* out, void* message) {
  return sipward_message_start_line(message, out);
}
static int32_t header(void* out, void* message) { return sipward_message_header(message, 1, out); }
static int32_t request_uri(void* out, void* message) {
  return sipward_message_request_uri(message, out);
}
static int32_t via(void* out, void* message) { return sipward_message_via(message, 0, out); }
static int32_t cseq(void* out, void* message) { return sipward_message_cseq(message, out); }
static int32_t digest(void* out, void* message) {
  return sipward_message_digest(message, "Authorization", 13, 0, out);
}
static int32_t body_info(void* out, void* message) {
  return sipward_message_body_info(message, out);
}
static int32_t part(void* out, void* message) { return sipward_message_part(message, 0, out); }
static int32_t body_text(void* out, void* message) { return sipward_message_text(message, out); }
static int32_t sdp_session(void* out, void* message) {
  return sipward_sdp_read_session(message, out);
}
static int32_t sdp_media(void* out, void* message) {
  return sipward_sdp_read_media(message, 0, out);
}
static int32_t sdp_bandwidth(void* out, void* message) {
  return sipward_sdp_read_bandwidth(message, 0, out);
}
static int32_t sdp_attribute(void* out, void* message) {
  return sipward_sdp_read_attribute(message, 0, out);
}
static int32_t sdp_rtpmap(void* out, void* message) {
  return sipward_sdp_read_rtpmap(message, 0, out);
}
static int32_t sdp_fmtp(void* out, void* message) { return sipward_sdp_read_fmtp(message, 1, out); }
static int32_t sdp_crypto(void* out, void* message) {
  return sipward_sdp_read_crypto(message, 2, out);
}
static int32_t sdp_fingerprint(void* out, void* message) {
  return sipward_sdp_read_fingerprint(message, 3, out);
}
static int32_t sdp_setup(void* out, void* message) {
  return sipward_sdp_read_setup(message, 6, out);
}
static int32_t sdp_candidate(void* out, void* message) {
  return sipward_sdp_read_candidate(message, 4, out);
}
static int32_t item(void* out, void* message) {
  return sipward_message_item(message, "Accept", 6, 0, out);
}
static int32_t media_type(void* out, void* message) {
  return sipward_message_media_type(message, "Accept", 6, 0, out);
}
static int32_t identity(void* out, void* message) {
  return sipward_message_identity(message, 0, out);
}
static int32_t reason(void* out, void* message) { return sipward_message_reason(message, 0, out); }
static int32_t dialog(void* out, void* message) {
  return sipward_message_dialog(message, "Replaces", 8, out);
}
static int32_t product(void* out, void* message) {
  return sipward_message_product(message, "User-Agent", 10, 0, out);
}
static int32_t rack(void* out, void* message) { return sipward_message_rack(message, out); }
static int32_t session_timer(void* out, void* message) {
  return sipward_message_session_timer(message, "x", 1, out);
}
static int32_t event(void* out, void* message) {
  return sipward_message_event(message, "o", 1, 0, out);
}
static int32_t subscription(void* out, void* message) {
  return sipward_message_subscription(message, out);
}
static int32_t resource_priority(void* out, void* message) {
  return sipward_message_resource_priority(message, 0, out);
}
static int32_t warning(void* out, void* message) {
  return sipward_message_warning(message, 0, out);
}
static int32_t retry_after(void* out, void* message) {
  return sipward_message_retry_after(message, out);
}
static int32_t rule_info(void* out, void* rules) { return sipward_rules_describe(rules, 1, out); }
static int32_t rule_budget(void* out, void* rules) { return sipward_rules_budget(rules, out); }
static int32_t test_info(void* out, void* rules) {
  return sipward_rules_test_describe(rules, 0, out);
}
static int32_t test_result(void* out, void* rules) { return sipward_rules_test_run(rules, 0, out); }
static int32_t diagnostic(void* out, void* compiler) {
  return sipward_compiler_diagnostic(compiler, 0, out);
}
static int32_t statistics(void* out, void* engine) {
  return sipward_engine_statistics(engine, out);
}

static int32_t write_result(void* out, void* message) {
  static char room[1024];
  return sipward_message_write(message, NULL, 0, 0, room, sizeof room, out);
}

static void test_message_outputs(void) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  sweep_output(sizeof(sipward_anomaly_info), anomaly_describe, NULL);
  sweep_output(sizeof(sipward_start_line), start_line, message);
  sweep_output(sizeof(sipward_header), header, message);
  sweep_output(sizeof(sipward_edit_result), write_result, message);
  sweep_output(sizeof(sipward_uri), request_uri, message);
  sweep_output(sizeof(sipward_via), via, message);
  sweep_output(sizeof(sipward_cseq), cseq, message);
  CHECK(sipward_message_parse(message, kCredentials, sizeof kCredentials - 1, NULL) == SIPWARD_OK);
  sweep_output(sizeof(sipward_digest), digest, message);
  CHECK(sipward_message_parse(message, kBodies, sizeof kBodies - 1, NULL) == SIPWARD_OK);
  sweep_output(sizeof(sipward_body_info), body_info, message);
  sweep_output(sizeof(sipward_part), part, message);
  sweep_output(sizeof(sipward_body_text), body_text, message);
  sweep_output(sizeof(sipward_sdp_session), sdp_session, message);
  sweep_output(sizeof(sipward_sdp_media), sdp_media, message);
  sweep_output(sizeof(sipward_sdp_bandwidth), sdp_bandwidth, message);
  sweep_output(sizeof(sipward_sdp_attribute), sdp_attribute, message);
  sweep_output(sizeof(sipward_sdp_rtpmap), sdp_rtpmap, message);
  sweep_output(sizeof(sipward_sdp_fmtp), sdp_fmtp, message);
  sweep_output(sizeof(sipward_sdp_crypto), sdp_crypto, message);
  sweep_output(sizeof(sipward_sdp_fingerprint), sdp_fingerprint, message);
  sweep_output(sizeof(sipward_sdp_setup), sdp_setup, message);
  sweep_output(sizeof(sipward_sdp_candidate), sdp_candidate, message);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);

  /* The uri of an address is as large as what the caller left for it. */
  for (uint32_t size = kLeast; size <= sizeof(sipward_address) + 8; size += 4) {
    fill(0, size);
    sipward_address* address = (sipward_address*)(void*)buffer;
    CHECK(sipward_message_address(message, "To", 2, 0, address) == SIPWARD_OK);
    const size_t before = offsetof(sipward_address, uri);
    size_t expected = size > before ? size - before : 0;
    if (expected > sizeof(sipward_uri)) expected = sizeof(sipward_uri);
    CHECK(address->uri.struct_size == expected);
  }
  sipward_message_destroy(message);
}

static void test_value_outputs(void) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, kValues, sizeof kValues - 1, NULL) == SIPWARD_OK);
  sweep_output(sizeof(sipward_item), item, message);
  sweep_output(sizeof(sipward_media_type), media_type, message);
  sweep_output(sizeof(sipward_identity), identity, message);
  sweep_output(sizeof(sipward_reason), reason, message);
  sweep_output(sizeof(sipward_dialog), dialog, message);
  sweep_output(sizeof(sipward_product), product, message);
  sweep_output(sizeof(sipward_rack), rack, message);
  sweep_output(sizeof(sipward_session_timer), session_timer, message);
  sweep_output(sizeof(sipward_event), event, message);
  sweep_output(sizeof(sipward_subscription), subscription, message);
  sweep_output(sizeof(sipward_resource_priority), resource_priority, message);
  sweep_output(sizeof(sipward_warning), warning, message);
  sweep_output(sizeof(sipward_retry_after), retry_after, message);
  sipward_message_destroy(message);
}

static void test_rule_outputs(void) {
  sipward_rules* rules = NULL;
  sipward_compiler* compiler = NULL;
  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  sweep_output(sizeof(sipward_rule_info), rule_info, rules);
  sweep_output(sizeof(sipward_rule_budget), rule_budget, rules);
  sipward_rules_destroy(rules);
  static const char text[] = "version 1\ntest \"t\" { given tick expect alert }\n";
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_keep_tests(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "x", 1, text, sizeof text - 1) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  sweep_output(sizeof(sipward_test_info), test_info, rules);
  sweep_output(sizeof(sipward_test_result), test_result, rules);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "x", 1, "nonsense", 8) == SIPWARD_ERR_RULES);
  sweep_output(sizeof(sipward_diagnostic), diagnostic, compiler);
  sipward_compiler_destroy(compiler);
}

typedef struct inspection {
  sipward_inspector* inspector;
  const sipward_packet* packet;
} inspection;

static int32_t inspect(void* out, void* context) {
  const inspection* given = context;
  return sipward_inspector_inspect(given->inspector, kOptions, given->packet, out);
}

static int32_t parse_with(const void* options, void* message) {
  return sipward_message_parse(message, kOk, sizeof kOk - 1, options);
}

static int32_t write_with(const void* edit, void* message) {
  static char room[1024];
  sipward_edit_result result = {.struct_size = sizeof result};
  return sipward_message_write(message, edit, 1, 0, room, sizeof room, &result);
}

static int32_t restore_with(const void* moment, void* state) {
  const int32_t status = sipward_state_restore(state, "x", 1, moment, NULL);
  return status == SIPWARD_ERR_SNAPSHOT ? SIPWARD_OK : status;
}

static int32_t state_with(const void* options, void* unused) {
  (void)unused;
  sipward_state* state = NULL;
  const int32_t status = sipward_state_create(options, &state);
  sipward_state_destroy(state);
  return status;
}

typedef struct engine_parts {
  const sipward_rules* rules;
  sipward_state* state;
} engine_parts;

static int32_t engine_with(const void* options, void* context) {
  const engine_parts* parts = context;
  sipward_engine* engine = NULL;
  const int32_t status = sipward_engine_create(parts->rules, parts->state, options, &engine);
  sipward_engine_destroy(engine);
  return status;
}

static int32_t inspect_packet(const void* packet, void* inspector) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  return sipward_inspector_inspect(inspector, kOptions, packet, &verdict);
}

static int32_t inspect_identity(const void* identity, void* inspector) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  packet.identity = identity;
  return sipward_inspector_inspect(inspector, kOptions, &packet, &verdict);
}

static int32_t inspect_event(const void* event, void* inspector) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  return sipward_inspector_event(inspector, event, &verdict);
}

static int32_t find_ban(void* out, void* engine) {
  return sipward_engine_ban_find(engine, SIPWARD_BAN_ADDRESS, "192.0.2.1", 9, 0, out);
}

static int32_t count_rule(void* out, void* engine) {
  return sipward_engine_rule_statistics(engine, 0, out);
}

static int32_t first_notice(void* out, void* engine) {
  uint64_t cursor = 0;
  return sipward_engine_notice_next(engine, &cursor, out);
}

static int32_t find_entry(void* out, void* engine) {
  return sipward_engine_list_find(engine, "x", 1, "k", 1, 0, out);
}

/* Rules that do not fit: the one status on which this output is written. */
static int32_t misfit_of(void* out, void* parts) {
  const engine_parts* given = parts;
  sipward_engine* engine = NULL;
  const sipward_state_options options = {.struct_size = sizeof options, .bytes = 9 << 20};
  sipward_state* state = NULL;
  sipward_rules* large = NULL;
  CHECK(sipward_state_create(&options, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(given->rules, state, NULL, &engine) == SIPWARD_OK);
  CHECK(make_rules("version 1\nrule test.large { on request when count(by from.user ?? \"\" over "
                   "1m max 65536) > 1 then drop }\n",
                   &large) == SIPWARD_OK);
  const int32_t status = sipward_engine_reload(engine, large, out);
  sipward_rules_destroy(large);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  return status == SIPWARD_ERR_STATE_FULL ? SIPWARD_OK : status;
}

static int32_t describe_field(void* out, void* unused) {
  (void)unused;
  return sipward_field_describe(3, out);
}

static int32_t lookup_number(void* out, void* unused) {
  (void)unused;
  return sipward_number_lookup("+4930123456", 11, out);
}

static void test_inputs_and_verdicts(void) {
  sipward_message* message = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  const sipward_parse_options parse_options = {.struct_size = sizeof parse_options};
  const sipward_state_options state_options = {.struct_size = sizeof state_options};
  const sipward_engine_options engine_options = {.struct_size = sizeof engine_options};
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  sweep_input(&parse_options, sizeof parse_options, parse_with, message);
  const sipward_edit edit = {.struct_size = sizeof edit, .kind = SIPWARD_EDIT_NOTHING};
  sweep_input(&edit, sizeof edit, write_with, message);
  sipward_message_destroy(message);
  sweep_input(&state_options, sizeof state_options, state_with, NULL);

  CHECK(make_rules(kRules, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  const sipward_moment moment = {.struct_size = sizeof moment};
  sweep_input(&moment, sizeof moment, restore_with, state);
  engine_parts parts = {rules, state};
  sweep_input(&engine_options, sizeof engine_options, engine_with, &parts);
  sipward_rules* small = NULL;
  CHECK(make_rules("version 1\n", &small) == SIPWARD_OK);
  engine_parts few = {small, NULL};
  sweep_output(sizeof(sipward_misfit), misfit_of, &few);
  sipward_rules_destroy(small);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);

  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  packet.transport = SIPWARD_TRANSPORT_UDP; /* each time the same verdict: nobody is banned */
  sweep_input(&packet, sizeof packet, inspect_packet, inspector);
  const sipward_identity_check identity = {.struct_size = sizeof identity};
  sweep_input(&identity, sizeof identity, inspect_identity, inspector);
  sweep_output(sizeof(sipward_statistics), statistics, engine);
  sweep_output(sizeof(sipward_rule_statistics), count_rule, engine);
  sweep_output(sizeof(sipward_notice), first_notice, engine);
  CHECK(sipward_engine_ban_add(engine, SIPWARD_BAN_ADDRESS, "192.0.2.1", 9, "r", 1, 9, 0) ==
        SIPWARD_OK);
  sweep_output(sizeof(sipward_ban), find_ban, engine);
  sipward_engine* lists = make_engine("version 1\nlist x : exact dynamic\n", 0);
  CHECK(sipward_engine_list_add(lists, "x", 1, "k", 1, "r", 1, 9, 0) == SIPWARD_OK);
  sweep_output(sizeof(sipward_list_entry), find_entry, lists);
  sipward_engine_destroy(lists);
  const sipward_host_event event = {.struct_size = sizeof event, .kind = SIPWARD_EVENT_CALL_START};
  sweep_input(&event, sizeof event, inspect_event, inspector);
  sweep_output(sizeof(sipward_field_info), describe_field, NULL);
  sweep_output(sizeof(sipward_number_info), lookup_number, NULL);

  /* A verdict has one hit here; the other places of the arrays are not written. */
  inspection given = {inspector, &packet};
  sweep_output(sizeof(sipward_verdict), inspect, &given);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

int main(void) {
  test_message_outputs();
  test_value_outputs();
  test_rule_outputs();
  test_inputs_and_verdicts();
  return check_failures;
}
