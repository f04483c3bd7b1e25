/* Function by function, argument by argument: NULL, misaligned, a size or an index that cannot be.
 * arguments_complete_test.py reads this file and misses what is left out; what happens beyond a
 * refusal stands in arguments_test.c. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)
#define ENDS(call) CHECK((call) == SIPWARD_END)

static const size_t kTooMuch = (size_t)-1;

static void test_anomalies(void) {
  sipward_anomaly_info info = {.struct_size = sizeof info};
  REFUSED(sipward_anomaly_describe(UINT32_MAX, &info));
  REFUSED(sipward_anomaly_describe(0, NULL));
  REFUSED(sipward_anomaly_describe(0, MISALIGNED(sipward_anomaly_info)));
  CHECK(sipward_action_name(UINT32_MAX) == NULL);
}

static void test_policy(void) {
  sipward_policy policy = {{0}, {0}};
  REFUSED(sipward_policy_accept(NULL, "utf8.invalid", 12));
  REFUSED(sipward_policy_accept(MISALIGNED(sipward_policy), "utf8.invalid", 12));
  REFUSED(sipward_policy_accept(&policy, NULL, 12));
  REFUSED(sipward_policy_accept(&policy, "utf8.invalid", kTooMuch));
  REFUSED(sipward_policy_accept(&policy, "utf8.invalid", 0));
  REFUSED(sipward_policy_refuse(NULL, "utf8.invalid", 12));
  REFUSED(sipward_policy_refuse(MISALIGNED(sipward_policy), "utf8.invalid", 12));
  REFUSED(sipward_policy_refuse(&policy, NULL, 12));
  REFUSED(sipward_policy_refuse(&policy, "utf8.invalid", kTooMuch));
  REFUSED(sipward_policy_refuse(&policy, "utf8.invalid", 0));
}

static void test_message_life(sipward_message* message) {
  REFUSED(sipward_message_create(NULL));
  REFUSED(sipward_message_create(MISALIGNED(sipward_message*)));
  sipward_message_destroy(NULL);
  sipward_message_destroy(MISALIGNED(sipward_message));
  REFUSED(sipward_message_parse(NULL, kOk, 1, NULL));
  REFUSED(sipward_message_parse(MISALIGNED(sipward_message), kOk, 1, NULL));
  REFUSED(sipward_message_parse(message, NULL, 1, NULL));
  REFUSED(sipward_message_parse(message, kOk, kTooMuch, NULL));
  REFUSED(sipward_message_parse(message, kOk, 1, MISALIGNED(sipward_parse_options)));
  CHECK(sipward_message_parse(message, NULL, 0, NULL) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  REFUSED(sipward_message_validate(NULL));
  REFUSED(sipward_message_validate(MISALIGNED(sipward_message)));
}

static void test_message_whole(sipward_message* message) {
  sipward_text text = {NULL, 0};
  sipward_anomaly anomaly = {0, 0};
  sipward_slice slice = {7, 7};
  sipward_start_line line = {.struct_size = sizeof line};
  sipward_header header = {.struct_size = sizeof header};
  REFUSED(sipward_message_bytes(NULL, &text));
  REFUSED(sipward_message_bytes(MISALIGNED(sipward_message), &text));
  REFUSED(sipward_message_bytes(message, NULL));
  REFUSED(sipward_message_bytes(message, MISALIGNED(sipward_text)));
  REFUSED(sipward_message_error(NULL, &anomaly));
  REFUSED(sipward_message_error(MISALIGNED(sipward_message), &anomaly));
  REFUSED(sipward_message_error(message, NULL));
  REFUSED(sipward_message_error(message, MISALIGNED(sipward_anomaly)));
  REFUSED(sipward_message_anomaly(NULL, 0, &anomaly));
  REFUSED(sipward_message_anomaly(MISALIGNED(sipward_message), 0, &anomaly));
  REFUSED(sipward_message_anomaly(message, 0, NULL));
  REFUSED(sipward_message_anomaly(message, 0, MISALIGNED(sipward_anomaly)));
  ENDS(sipward_message_anomaly(message, UINT32_MAX, &anomaly));
  REFUSED(sipward_message_start_line(NULL, &line));
  REFUSED(sipward_message_start_line(MISALIGNED(sipward_message), &line));
  REFUSED(sipward_message_start_line(message, NULL));
  REFUSED(sipward_message_start_line(message, MISALIGNED(sipward_start_line)));
  CHECK(sipward_message_header_count(NULL) == 0);
  CHECK(sipward_message_header_count(MISALIGNED(sipward_message)) == 0);
  REFUSED(sipward_message_header(NULL, 0, &header));
  REFUSED(sipward_message_header(MISALIGNED(sipward_message), 0, &header));
  REFUSED(sipward_message_header(message, 0, NULL));
  REFUSED(sipward_message_header(message, 0, MISALIGNED(sipward_header)));
  ENDS(sipward_message_header(message, UINT32_MAX, &header));
  REFUSED(sipward_message_find(NULL, "Via", 3, &slice));
  REFUSED(sipward_message_find(MISALIGNED(sipward_message), "Via", 3, &slice));
  REFUSED(sipward_message_find(message, NULL, 3, &slice));
  REFUSED(sipward_message_find(message, "Via", kTooMuch, &slice));
  REFUSED(sipward_message_find(message, "Via", 3, NULL));
  REFUSED(sipward_message_find(message, "Via", 3, MISALIGNED(sipward_slice)));
  ENDS(sipward_message_find(message, NULL, 0, &slice));
  REFUSED(sipward_message_body(NULL, &slice));
  REFUSED(sipward_message_body(MISALIGNED(sipward_message), &slice));
  REFUSED(sipward_message_body(message, NULL));
  REFUSED(sipward_message_body(message, MISALIGNED(sipward_slice)));
  CHECK(text.data == NULL && anomaly.offset == 0 && slice.offset == 7 && header.name.length == 0);
}

static void test_writing(sipward_message* message) {
  char room[1024];
  const sipward_edit edit = {.struct_size = sizeof edit, .kind = SIPWARD_EDIT_NOTHING};
  sipward_edit_result result = {.struct_size = sizeof result};
  const size_t size = sizeof room;
  CHECK(sipward_edit_problem_text(UINT32_MAX) == NULL);
  REFUSED(sipward_message_write(NULL, &edit, 1, 0, room, size, &result));
  REFUSED(sipward_message_write(MISALIGNED(sipward_message), &edit, 1, 0, room, size, &result));
  REFUSED(sipward_message_write(message, NULL, 1, 0, room, size, &result));
  REFUSED(sipward_message_write(message, MISALIGNED(sipward_edit), 1, 0, room, size, &result));
  REFUSED(sipward_message_write(message, &edit, kTooMuch, 0, room, size, &result));
  REFUSED(sipward_message_write(message, &edit, 1, UINT32_MAX, room, size, &result));
  REFUSED(sipward_message_write(message, &edit, 1, 0, NULL, size, &result));
  REFUSED(sipward_message_write(message, &edit, 1, 0, room, kTooMuch, &result));
  REFUSED(sipward_message_write(message, &edit, 1, 0, room, size, NULL));
  REFUSED(sipward_message_write(message, &edit, 1, 0, room, size, MISALIGNED(sipward_edit_result)));
  CHECK(result.size == 0 && result.edit == 0);
  CHECK(sipward_message_write(message, NULL, 0, 0, NULL, 0, &result) == SIPWARD_ERR_SPACE);
  CHECK(result.size == sizeof kInvite - 1 && result.edit == SIPWARD_ABSENT);
}

static void test_message_values(sipward_message* message) {
  sipward_uri uri = {.struct_size = sizeof uri};
  sipward_via via = {.struct_size = sizeof via};
  sipward_cseq cseq = {.struct_size = sizeof cseq};
  sipward_address address = {.struct_size = sizeof address};
  uint64_t number = 99;
  REFUSED(sipward_message_request_uri(NULL, &uri));
  REFUSED(sipward_message_request_uri(MISALIGNED(sipward_message), &uri));
  REFUSED(sipward_message_request_uri(message, NULL));
  REFUSED(sipward_message_request_uri(message, MISALIGNED(sipward_uri)));
  REFUSED(sipward_message_via(NULL, 0, &via));
  REFUSED(sipward_message_via(MISALIGNED(sipward_message), 0, &via));
  REFUSED(sipward_message_via(message, 0, NULL));
  REFUSED(sipward_message_via(message, 0, MISALIGNED(sipward_via)));
  ENDS(sipward_message_via(message, UINT32_MAX, &via));
  sipward_digest digest = {.struct_size = sizeof digest};
  REFUSED(sipward_message_digest(NULL, "Authorization", 13, 0, &digest));
  REFUSED(sipward_message_digest(MISALIGNED(sipward_message), "Authorization", 13, 0, &digest));
  REFUSED(sipward_message_digest(message, NULL, 13, 0, &digest));
  REFUSED(sipward_message_digest(message, "Authorization", 0, 0, &digest));
  REFUSED(sipward_message_digest(message, "Authorization", kTooMuch, 0, &digest));
  REFUSED(sipward_message_digest(message, "Via", 3, 0, &digest));
  REFUSED(sipward_message_digest(message, "Authorization", 13, 0, NULL));
  REFUSED(sipward_message_digest(message, "Authorization", 13, 0, MISALIGNED(sipward_digest)));
  ENDS(sipward_message_digest(message, "Authorization", 13, UINT32_MAX, &digest));
  REFUSED(sipward_message_cseq(NULL, &cseq));
  REFUSED(sipward_message_cseq(MISALIGNED(sipward_message), &cseq));
  REFUSED(sipward_message_cseq(message, NULL));
  REFUSED(sipward_message_cseq(message, MISALIGNED(sipward_cseq)));
  REFUSED(sipward_message_address(NULL, "To", 2, 0, &address));
  REFUSED(sipward_message_address(MISALIGNED(sipward_message), "To", 2, 0, &address));
  REFUSED(sipward_message_address(message, NULL, 2, 0, &address));
  REFUSED(sipward_message_address(message, "To", 0, 0, &address));
  REFUSED(sipward_message_address(message, "To", kTooMuch, 0, &address));
  REFUSED(sipward_message_address(message, "To", 2, 0, NULL));
  REFUSED(sipward_message_address(message, "To", 2, 0, MISALIGNED(sipward_address)));
  ENDS(sipward_message_address(message, "To", 2, UINT32_MAX, &address));
  REFUSED(sipward_message_number(NULL, "Expires", 7, &number));
  REFUSED(sipward_message_number(MISALIGNED(sipward_message), "Expires", 7, &number));
  REFUSED(sipward_message_number(message, NULL, 7, &number));
  REFUSED(sipward_message_number(message, "Expires", 0, &number));
  REFUSED(sipward_message_number(message, "Expires", kTooMuch, &number));
  REFUSED(sipward_message_number(message, "Expires", 7, NULL));
  REFUSED(sipward_message_number(message, "Expires", 7, MISALIGNED(uint64_t)));
  CHECK(uri.text.length == 0 && via.text.length == 0 && cseq.number == 0 && number == 99);
}

static void test_params(sipward_message* message) {
  sipward_param param;
  sipward_slice list = {0, 0};
  REFUSED(sipward_param_next(NULL, &list, &param));
  REFUSED(sipward_param_next(MISALIGNED(sipward_message), &list, &param));
  REFUSED(sipward_param_next(message, NULL, &param));
  REFUSED(sipward_param_next(message, MISALIGNED(sipward_slice), &param));
  REFUSED(sipward_param_next(message, &list, NULL));
  REFUSED(sipward_param_next(message, &list, MISALIGNED(sipward_param)));
  const sipward_slice outside[] = {{0, UINT32_MAX}, {UINT32_MAX - 1, 1}, {sizeof kInvite, 0}};
  for (int i = 0; i < 3; ++i) {
    list = outside[i];
    REFUSED(sipward_param_next(message, &list, &param));
  }
}

static void test_framer(void) {
  sipward_framer* framer = NULL;
  const char* data = NULL;
  size_t size = 77;
  REFUSED(sipward_framer_create(0, NULL));
  REFUSED(sipward_framer_create(0, MISALIGNED(sipward_framer*)));
  REFUSED(sipward_framer_create(UINT32_MAX, &framer));
  CHECK(framer == NULL && sipward_framer_create(0, &framer) == SIPWARD_OK);
  sipward_framer_destroy(NULL);
  sipward_framer_destroy(MISALIGNED(sipward_framer));
  REFUSED(sipward_framer_push(NULL, "x", 1, &size));
  REFUSED(sipward_framer_push(MISALIGNED(sipward_framer), "x", 1, &size));
  REFUSED(sipward_framer_push(framer, NULL, 1, &size));
  REFUSED(sipward_framer_push(framer, "x", kTooMuch, &size));
  REFUSED(sipward_framer_push(framer, "x", 1, NULL));
  REFUSED(sipward_framer_push(framer, "x", 1, MISALIGNED(size_t)));
  CHECK(size == 77 && sipward_framer_push(framer, NULL, 0, &size) == SIPWARD_OK && size == 0);
  REFUSED(sipward_framer_next(NULL, &data, &size, NULL));
  REFUSED(sipward_framer_next(MISALIGNED(sipward_framer), &data, &size, NULL));
  REFUSED(sipward_framer_next(framer, NULL, &size, NULL));
  REFUSED(sipward_framer_next(framer, MISALIGNED(const char*), &size, NULL));
  REFUSED(sipward_framer_next(framer, &data, NULL, NULL));
  REFUSED(sipward_framer_next(framer, &data, MISALIGNED(size_t), NULL));
  REFUSED(sipward_framer_next(framer, &data, &size, MISALIGNED(sipward_anomaly)));
  CHECK(sipward_framer_pending(NULL) == 0);
  CHECK(sipward_framer_pending(MISALIGNED(sipward_framer)) == 0);
  sipward_framer_destroy(framer);
}

static void test_compiler(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_text path = {NULL, 0}, named_by = {NULL, 0};
  sipward_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
  REFUSED(sipward_compiler_create(NULL));
  REFUSED(sipward_compiler_create(MISALIGNED(sipward_compiler*)));
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  sipward_compiler_destroy(NULL);
  sipward_compiler_destroy(MISALIGNED(sipward_compiler));
  REFUSED(sipward_compiler_add_default_pack(NULL));
  REFUSED(sipward_compiler_add_default_pack(MISALIGNED(sipward_compiler)));
  REFUSED(sipward_compiler_add_rules(NULL, "a", 1, kRules, 1));
  REFUSED(sipward_compiler_add_rules(MISALIGNED(sipward_compiler), "a", 1, kRules, 1));
  REFUSED(sipward_compiler_add_rules(compiler, NULL, 1, kRules, 1));
  REFUSED(sipward_compiler_add_rules(compiler, "a", 0, kRules, 1));
  REFUSED(sipward_compiler_add_rules(compiler, "a", kTooMuch, kRules, 1));
  REFUSED(sipward_compiler_add_rules(compiler, "a", 1, NULL, 1));
  REFUSED(sipward_compiler_add_rules(compiler, "a", 1, kRules, kTooMuch));
  static const char text[] = "version 1\nlist a : exact file \"a.txt\"\n";
  CHECK(sipward_compiler_add_rules(compiler, "a", 1, text, sizeof text - 1) == SIPWARD_OK);
  REFUSED(sipward_compiler_keep_tests(NULL));
  REFUSED(sipward_compiler_keep_tests(MISALIGNED(sipward_compiler)));
  sipward_rule_budget budget = {.struct_size = sizeof budget};
  REFUSED(sipward_compiler_set_budget(NULL, &budget));
  REFUSED(sipward_compiler_set_budget(MISALIGNED(sipward_compiler), &budget));
  REFUSED(sipward_compiler_set_budget(compiler, NULL));
  REFUSED(sipward_compiler_set_budget(compiler, MISALIGNED(sipward_rule_budget)));
  budget.reserved = 1;
  REFUSED(sipward_compiler_set_budget(compiler, &budget));
  REFUSED(sipward_compiler_file(NULL, 0, &path, &named_by));
  REFUSED(sipward_compiler_file(MISALIGNED(sipward_compiler), 0, &path, &named_by));
  REFUSED(sipward_compiler_file(compiler, 0, NULL, &named_by));
  REFUSED(sipward_compiler_file(compiler, 0, MISALIGNED(sipward_text), &named_by));
  REFUSED(sipward_compiler_file(compiler, 0, &path, NULL));
  REFUSED(sipward_compiler_file(compiler, 0, &path, MISALIGNED(sipward_text)));
  ENDS(sipward_compiler_file(compiler, UINT32_MAX, &path, &named_by));
  REFUSED(sipward_compiler_set_file(NULL, 0, "a", 1));
  REFUSED(sipward_compiler_set_file(MISALIGNED(sipward_compiler), 0, "a", 1));
  REFUSED(sipward_compiler_set_file(compiler, UINT32_MAX, "a", 1));
  REFUSED(sipward_compiler_set_file(compiler, 0, NULL, 1));
  REFUSED(sipward_compiler_set_file(compiler, 0, "a", kTooMuch));
  CHECK(sipward_compiler_set_file(compiler, 0, NULL, 0) == SIPWARD_OK);
  REFUSED(sipward_compiler_diagnostic(NULL, 0, &diagnostic));
  REFUSED(sipward_compiler_diagnostic(MISALIGNED(sipward_compiler), 0, &diagnostic));
  REFUSED(sipward_compiler_diagnostic(compiler, 0, NULL));
  REFUSED(sipward_compiler_diagnostic(compiler, 0, MISALIGNED(sipward_diagnostic)));
  ENDS(sipward_compiler_diagnostic(compiler, UINT32_MAX, &diagnostic));
  REFUSED(sipward_compiler_build(NULL, &rules));
  REFUSED(sipward_compiler_build(MISALIGNED(sipward_compiler), &rules));
  REFUSED(sipward_compiler_build(compiler, NULL));
  REFUSED(sipward_compiler_build(compiler, MISALIGNED(sipward_rules*)));
  CHECK(rules == NULL && path.data == NULL && named_by.data == NULL);
  sipward_compiler_destroy(compiler);
}

static void test_format(void) {
  static const char text[] = "rule  a{}";
  char out[16];
  size_t size = 0;
  REFUSED(sipward_rules_format(NULL, 1, out, sizeof out, &size));
  REFUSED(sipward_rules_format(text, kTooMuch, out, sizeof out, &size));
  REFUSED(sipward_rules_format(text, sizeof text - 1, NULL, 1, &size));
  REFUSED(sipward_rules_format(text, sizeof text - 1, out, kTooMuch, &size));
  REFUSED(sipward_rules_format(text, sizeof text - 1, out, sizeof out, NULL));
  REFUSED(sipward_rules_format(text, sizeof text - 1, out, sizeof out, MISALIGNED(size_t)));
  CHECK(size == 0);
  CHECK(sipward_rules_format(text, sizeof text - 1, NULL, 0, &size) == SIPWARD_ERR_SPACE);
  CHECK(size == 11);
  CHECK(sipward_rules_format(text, sizeof text - 1, out, 10, &size) == SIPWARD_ERR_SPACE);
  CHECK(sipward_rules_format(text, sizeof text - 1, out, 11, &size) == SIPWARD_OK);
  CHECK(size == 11 && memcmp(out, "rule a { }\n", 11) == 0);
  CHECK(sipward_rules_format("'", 1, out, sizeof out, &size) == SIPWARD_ERR_RULES);
  CHECK(sipward_rules_format(NULL, 0, NULL, 0, &size) == SIPWARD_OK);
  CHECK(size == 0);
}

static void test_rules_and_state(const sipward_rules* rules) {
  sipward_rule_info info = {.struct_size = sizeof info};
  sipward_state* state = NULL;
  sipward_rules_destroy(NULL);
  sipward_rules_destroy(MISALIGNED(sipward_rules));
  CHECK(sipward_rules_count(NULL) == 0);
  CHECK(sipward_rules_count(MISALIGNED(sipward_rules)) == 0);
  sipward_rule_budget budget = {.struct_size = sizeof budget};
  REFUSED(sipward_rules_budget(NULL, &budget));
  REFUSED(sipward_rules_budget(MISALIGNED(sipward_rules), &budget));
  REFUSED(sipward_rules_budget(rules, NULL));
  REFUSED(sipward_rules_budget(rules, MISALIGNED(sipward_rule_budget)));
  REFUSED(sipward_rules_describe(NULL, 0, &info));
  REFUSED(sipward_rules_describe(MISALIGNED(sipward_rules), 0, &info));
  REFUSED(sipward_rules_describe(rules, 0, NULL));
  REFUSED(sipward_rules_describe(rules, 0, MISALIGNED(sipward_rule_info)));
  ENDS(sipward_rules_describe(rules, UINT32_MAX, &info));
  REFUSED(sipward_state_create(NULL, NULL));
  REFUSED(sipward_state_create(NULL, MISALIGNED(sipward_state*)));
  REFUSED(sipward_state_create(MISALIGNED(sipward_state_options), &state));
  sipward_state_destroy(NULL);
  sipward_state_destroy(MISALIGNED(sipward_state));
  CHECK(state == NULL);
}

static void test_engine(const sipward_rules* rules) {
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_statistics statistics = {.struct_size = sizeof statistics};
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  REFUSED(sipward_engine_create(NULL, state, NULL, &engine));
  REFUSED(sipward_engine_create(MISALIGNED(sipward_rules), state, NULL, &engine));
  REFUSED(sipward_engine_create(rules, NULL, NULL, &engine));
  REFUSED(sipward_engine_create(rules, MISALIGNED(sipward_state), NULL, &engine));
  REFUSED(sipward_engine_create(rules, state, MISALIGNED(sipward_engine_options), &engine));
  REFUSED(sipward_engine_create(rules, state, NULL, NULL));
  REFUSED(sipward_engine_create(rules, state, NULL, MISALIGNED(sipward_engine*)));
  CHECK(engine == NULL && sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  sipward_engine_destroy(NULL);
  sipward_engine_destroy(MISALIGNED(sipward_engine));
  REFUSED(sipward_engine_statistics(NULL, &statistics));
  REFUSED(sipward_engine_statistics(MISALIGNED(sipward_engine), &statistics));
  REFUSED(sipward_engine_statistics(engine, NULL));
  REFUSED(sipward_engine_statistics(engine, MISALIGNED(sipward_statistics)));
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
}

static void test_inspector(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* it = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict, .action = 4711};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 1);
  size_t done = 99;
  REFUSED(sipward_inspector_create(NULL, &it));
  REFUSED(sipward_inspector_create(MISALIGNED(sipward_engine), &it));
  REFUSED(sipward_inspector_create(engine, NULL));
  REFUSED(sipward_inspector_create(engine, MISALIGNED(sipward_inspector*)));
  CHECK(it == NULL && sipward_inspector_create(engine, &it) == SIPWARD_OK);
  sipward_inspector_destroy(NULL);
  sipward_inspector_destroy(MISALIGNED(sipward_inspector));
  CHECK(sipward_inspector_message(NULL) == NULL);
  CHECK(sipward_inspector_message(MISALIGNED(sipward_inspector)) == NULL);
  REFUSED(sipward_inspector_inspect(NULL, kOptions, &packet, &verdict));
  REFUSED(sipward_inspector_inspect(MISALIGNED(sipward_inspector), kOptions, &packet, &verdict));
  REFUSED(sipward_inspector_inspect(it, NULL, &packet, &verdict));
  REFUSED(sipward_inspector_inspect(it, kOptions, NULL, &verdict));
  REFUSED(sipward_inspector_inspect(it, kOptions, MISALIGNED(sipward_packet), &verdict));
  REFUSED(sipward_inspector_inspect(it, kOptions, &packet, NULL));
  REFUSED(sipward_inspector_inspect(it, kOptions, &packet, MISALIGNED(sipward_verdict)));
  REFUSED(sipward_inspector_inspect_batch(NULL, kOptions, &packet, 1, &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(MISALIGNED(sipward_inspector), kOptions, &packet, 1,
                                          &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(it, NULL, &packet, 1, &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, NULL, 1, &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, MISALIGNED(sipward_packet), 1, &verdict,
                                          &done));
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, &packet, kTooMuch, &verdict, &done));
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, &packet, 1, NULL, &done));
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, &packet, 1, MISALIGNED(sipward_verdict),
                                          &done));
  CHECK(done == 0 && verdict.action == 4711);
  REFUSED(sipward_inspector_inspect_batch(it, kOptions, &packet, 1, &verdict, MISALIGNED(size_t)));
  CHECK(verdict.action == 4711);
  CHECK(sipward_inspector_inspect_batch(it, NULL, NULL, 0, NULL, NULL) == SIPWARD_OK);
  sipward_inspector_destroy(it);
  sipward_engine_destroy(engine);
}

static void test_bans_and_reload(const sipward_rules* rules) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_ban ban = {.struct_size = sizeof ban};
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  uint64_t cursor = 0;
  REFUSED(sipward_engine_ban_add(NULL, 0, "192.0.2.1", 9, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(MISALIGNED(sipward_engine), 0, "192.0.2.1", 9, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, UINT32_MAX, "192.0.2.1", 9, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, NULL, 9, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", kTooMuch, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 0, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 9, NULL, 1, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 9, "r", kTooMuch, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 9, "r", 0, 1, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 9, "r", 1, 0, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.2.1", 9, "r", 1, INT64_MIN, 0));
  REFUSED(sipward_engine_ban_add(engine, 0, "192.0.0.0/16", 12, "r", 1, 1, 0));
  REFUSED(sipward_engine_ban_find(NULL, 0, "192.0.2.1", 9, 0, &ban));
  REFUSED(sipward_engine_ban_find(MISALIGNED(sipward_engine), 0, "192.0.2.1", 9, 0, &ban));
  REFUSED(sipward_engine_ban_find(engine, UINT32_MAX, "192.0.2.1", 9, 0, &ban));
  REFUSED(sipward_engine_ban_find(engine, 0, NULL, 9, 0, &ban));
  REFUSED(sipward_engine_ban_find(engine, 0, "192.0.2.1", kTooMuch, 0, &ban));
  REFUSED(sipward_engine_ban_find(engine, 0, "192.0.2.1", 0, 0, &ban));
  REFUSED(sipward_engine_ban_find(engine, 0, "192.0.2.1", 9, 0, NULL));
  REFUSED(sipward_engine_ban_find(engine, 0, "192.0.2.1", 9, 0, MISALIGNED(sipward_ban)));
  ENDS(sipward_engine_ban_find(engine, 0, "192.0.2.1", 9, 0, &ban));
  REFUSED(sipward_engine_ban_remove(NULL, 0, "192.0.2.1", 9, 0));
  REFUSED(sipward_engine_ban_remove(MISALIGNED(sipward_engine), 0, "192.0.2.1", 9, 0));
  REFUSED(sipward_engine_ban_remove(engine, UINT32_MAX, "192.0.2.1", 9, 0));
  REFUSED(sipward_engine_ban_remove(engine, 0, NULL, 9, 0));
  REFUSED(sipward_engine_ban_remove(engine, 0, "192.0.2.1", kTooMuch, 0));
  REFUSED(sipward_engine_ban_remove(engine, 0, "192.0.2.1", 0, 0));
  ENDS(sipward_engine_ban_remove(engine, 0, "192.0.2.1", 9, 0));
  REFUSED(sipward_engine_ban_next(NULL, 0, &cursor, &ban));
  REFUSED(sipward_engine_ban_next(MISALIGNED(sipward_engine), 0, &cursor, &ban));
  REFUSED(sipward_engine_ban_next(engine, 0, NULL, &ban));
  REFUSED(sipward_engine_ban_next(engine, 0, MISALIGNED(uint64_t), &ban));
  REFUSED(sipward_engine_ban_next(engine, 0, &cursor, NULL));
  REFUSED(sipward_engine_ban_next(engine, 0, &cursor, MISALIGNED(sipward_ban)));
  ENDS(sipward_engine_ban_next(engine, 0, &cursor, &ban));
  cursor = UINT64_MAX;
  ENDS(sipward_engine_ban_next(engine, 0, &cursor, &ban));
  CHECK(ban.key_size == 0);
  REFUSED(sipward_engine_reload(NULL, rules, &misfit));
  REFUSED(sipward_engine_reload(MISALIGNED(sipward_engine), rules, &misfit));
  REFUSED(sipward_engine_reload(engine, NULL, &misfit));
  REFUSED(sipward_engine_reload(engine, MISALIGNED(sipward_rules), &misfit));
  REFUSED(sipward_engine_reload(engine, rules, MISALIGNED(sipward_misfit)));
  CHECK(sipward_engine_reload(engine, rules, NULL) == SIPWARD_OK);
  sipward_engine_destroy(engine);
}

static void test_events(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* it = NULL;
  sipward_host_event event = {.struct_size = sizeof event};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_field_info info = {.struct_size = sizeof info};
  uint32_t field = 4711;
  CHECK(sipward_event_name(UINT32_MAX) == NULL);
  ENDS(sipward_field_describe(UINT32_MAX, &info));
  REFUSED(sipward_field_describe(0, NULL));
  REFUSED(sipward_field_describe(0, MISALIGNED(sipward_field_info)));
  REFUSED(sipward_field_find(UINT32_MAX, "src.ip", 6, &field));
  REFUSED(sipward_field_find(SIPWARD_EVENT_AUTH, NULL, 6, &field));
  REFUSED(sipward_field_find(SIPWARD_EVENT_AUTH, "src.ip", kTooMuch, &field));
  REFUSED(sipward_field_find(SIPWARD_EVENT_AUTH, "src.ip", 0, &field));
  REFUSED(sipward_field_find(SIPWARD_EVENT_AUTH, "src.ip", 6, NULL));
  REFUSED(sipward_field_find(SIPWARD_EVENT_AUTH, "src.ip", 6, MISALIGNED(uint32_t)));
  CHECK(field == 4711);
  CHECK(sipward_inspector_create(engine, &it) == SIPWARD_OK);
  REFUSED(sipward_inspector_event(NULL, &event, &verdict));
  REFUSED(sipward_inspector_event(MISALIGNED(sipward_inspector), &event, &verdict));
  REFUSED(sipward_inspector_event(it, NULL, &verdict));
  REFUSED(sipward_inspector_event(it, MISALIGNED(sipward_host_event), &verdict));
  REFUSED(sipward_inspector_event(it, &event, NULL));
  REFUSED(sipward_inspector_event(it, &event, MISALIGNED(sipward_verdict)));
  event.fact_count = 1;
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  event.facts = MISALIGNED(sipward_fact);
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  event = (sipward_host_event){.struct_size = sizeof event, .kind = UINT32_MAX};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  event = (sipward_host_event){.struct_size = sizeof event, .flags = 2};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  sipward_fact fact = {.kind = SIPWARD_FACT_TEXT, .text_size = 1};
  event = (sipward_host_event){.struct_size = sizeof event, .fact_count = 1, .facts = &fact};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  fact = (sipward_fact){.kind = SIPWARD_FACT_TEXT, .text = "x", .text_size = kTooMuch};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  fact = (sipward_fact){.kind = SIPWARD_FACT_NETWORK + 1};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  fact = (sipward_fact){.reserved = 1};
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  event.fact_count = UINT32_MAX;
  REFUSED(sipward_inspector_event(it, &event, &verdict));
  sipward_inspector_destroy(it);
  sipward_engine_destroy(engine);
}

int main(void) {
  sipward_message* message = NULL;
  sipward_rules* rules = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  REQUIRE(make_rules(kRules, &rules) == SIPWARD_OK);
  test_anomalies();
  test_policy();
  test_message_life(message);
  test_message_whole(message);
  test_writing(message);
  test_message_values(message);
  test_params(message);
  test_framer();
  test_compiler();
  test_format();
  test_rules_and_state(rules);
  test_engine(rules);
  test_bans_and_reload(rules);
  test_inspector();
  test_events();
  for (size_t i = 0; i < sizeof misplaced; ++i) CHECK(misplaced[i] == 0);
  sipward_rules_destroy(rules);
  sipward_message_destroy(message);
  return check_failures;
}
