/* Decisions recorded, and judged again by the same rules, others, and the same out of their source.
 */
#include <stdlib.h>

#include "check.h"
#include "sample.h"

/* What stands in files that a host reads: an imported text and a list. */
static const char kMain[] =
    "version 1\n"
    "import \"more.ward\"\n"
    "list bad : cidr file \"bad.txt\"\n"
    "rule test.bad {\n"
    "  on request\n"
    "  when src.ip in bad and contains(body, \"bod\")\n"
    "  then reject 403 \"Not here\", tag \"seen\"\n"
    "}\n"
    "rule test.often {\n"
    "  on request where method == INVITE\n"
    "  when count(by src.ip over 1m) > 1\n"
    "  then alert\n"
    "}\n";
static const char kMore[] =
    "version 1\nrule more.options { on request when method == OPTIONS then drop }\n";
static const char kBad[] = "198.51.100.0/24\n";

enum { kRoom = 65536 };

typedef struct made {
  sipward_rules* rules;
  sipward_engine* engine;
  sipward_inspector* inspector;
  sipward_replayer* replayer;
  char record[kRoom];
  size_t size;
} made;

static void give_files(sipward_compiler* compiler) {
  sipward_text path, by;
  for (uint32_t i = 0; sipward_compiler_file(compiler, i, &path, &by) == SIPWARD_OK; ++i) {
    const char* content = is_text(path, "more.ward") ? kMore : kBad;
    CHECK(sipward_compiler_set_file(compiler, i, content, strlen(content)) == SIPWARD_OK);
  }
}

static sipward_rules* compile(const char* text, int keep) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  if (keep) CHECK(sipward_compiler_keep_source(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "main.ward", 9, text, strlen(text)) == SIPWARD_OK);
  give_files(compiler);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  if (rules != NULL) CHECK(sipward_compiler_keep_source(compiler) == SIPWARD_ERR_ARGUMENT);
  sipward_compiler_destroy(compiler);
  return rules;
}

static made* make(const char* text) {
  made* it = calloc(1, sizeof *it);
  sipward_state* state = NULL;
  if (it == NULL) abort();
  it->rules = compile(text, 1);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(it->rules, state, NULL, &it->engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(it->engine, &it->inspector) == SIPWARD_OK);
  CHECK(sipward_replayer_create(it->rules, &it->replayer) == SIPWARD_OK);
  sipward_state_destroy(state);
  return it;
}

static void give_back(made* it) {
  sipward_replayer_destroy(it->replayer);
  sipward_inspector_destroy(it->inspector);
  sipward_engine_destroy(it->engine);
  sipward_rules_destroy(it->rules);
  free(it);
}

static int32_t take(made* it) {
  return sipward_inspector_take_record(it->inspector, it->record, sizeof it->record, &it->size);
}

static sipward_verdict inspect(made* it, const char* message) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet packet = make_packet(0, strlen(message), 7);
  CHECK(sipward_inspector_inspect(it->inspector, message, &packet, &verdict) == SIPWARD_OK);
  CHECK(take(it) == SIPWARD_OK && it->size > 0);
  return verdict;
}

static uint32_t replay(sipward_replayer* replayer, const made* it, sipward_verdict* verdict) {
  uint32_t outcome = UINT32_MAX;
  CHECK(sipward_replayer_run(replayer, it->record, it->size, &outcome, verdict) == SIPWARD_OK);
  return outcome;
}

/* Where the text stands in the record; its size if it does not. */
static size_t place_of(const made* it, const char* text) {
  const size_t size = strlen(text);
  for (size_t at = 0; at + size <= it->size; ++at) {
    if (memcmp(it->record + at, text, size) == 0) return at;
  }
  return it->size;
}
static int holds(const made* it, const char* text) { return place_of(it, text) != it->size; }

static void test_the_same_verdict_comes_again(made* it) {
  CHECK(sipward_inspector_record(it->inspector, SIPWARD_RECORD_ON) == SIPWARD_OK);
  for (int i = 0; i < 3; ++i) {
    const sipward_verdict first = inspect(it, kInvite);
    sipward_verdict again = {.struct_size = sizeof again};
    CHECK(first.action == SIPWARD_ACTION_REJECT && first.hit_count == (i > 0 ? 2u : 1u));
    CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
    CHECK(replay(it->replayer, it, &again) == SIPWARD_REPLAYED_SAME);
    CHECK(again.action == first.action && again.hit_count == first.hit_count);
    CHECK(is_text(again.sip_reason, "Not here") && again.sip_code == 403);
    if (i > 0) CHECK(again.hits[1].value_count == 1 && again.hits[1].values[0] == i + 1);
  }
}

static void test_bodies_are_kept_if_asked_for(made* it) {
  CHECK(sipward_inspector_record(it->inspector, SIPWARD_RECORD_ON) == SIPWARD_OK);
  inspect(it, kInvite);
  CHECK(!holds(it, "\r\n\r\nbody") && holds(it, "Content-Length: 4\r\n"));
  CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
  const uint32_t whole = SIPWARD_RECORD_ON | SIPWARD_RECORD_BODIES;
  CHECK(sipward_inspector_record(it->inspector, whole) == SIPWARD_OK);
  inspect(it, kInvite);
  CHECK(holds(it, "\r\n\r\nbody"));
  CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
}

static void test_nothing_is_recorded_but_when_asked(made* it) {
  CHECK(sipward_inspector_record(it->inspector, SIPWARD_RECORD_ON) == SIPWARD_OK);
  inspect(it, kInvite);
  CHECK(sipward_inspector_record(it->inspector, 0) == SIPWARD_OK);
  CHECK(take(it) == SIPWARD_END);
  CHECK(sipward_inspector_record(it->inspector, SIPWARD_RECORD_ON) == SIPWARD_OK);
  CHECK(take(it) == SIPWARD_END); /* of the time before */
  const sipward_packet packet = make_packet(0, sizeof kInvite - 1, 7);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_resume(it->inspector, kInvite, &packet, 1, &verdict) ==
        SIPWARD_ERR_TICKET);
  CHECK(take(it) == SIPWARD_END);
}

static void test_all_of_it_or_nothing(made* it) {
  inspect(it, kInvite);
  const size_t size = it->size;
  char out[64];
  memset(out, '.', sizeof out);
  CHECK(sipward_inspector_take_record(it->inspector, out, sizeof out, &it->size) ==
        SIPWARD_ERR_SPACE);
  CHECK(it->size == size && out[0] == '.');
  CHECK(sipward_inspector_take_record(it->inspector, NULL, 0, &it->size) == SIPWARD_ERR_SPACE);
  CHECK(sipward_inspector_take_record(it->inspector, it->record, size, &it->size) == SIPWARD_OK);
  CHECK(sipward_replayer_describe(it->replayer, it->record, size, out, sizeof out, &it->size) ==
        SIPWARD_ERR_SPACE);
  CHECK(it->size > sizeof out && out[0] == '.');
}

static void test_events_and_batches(made* it) {
  sipward_verdict verdicts[2] = {{.struct_size = sizeof verdicts[0]},
                                 {.struct_size = sizeof verdicts[0]}};
  const sipward_packet packets[2] = {make_packet(0, sizeof kOptions - 1, 8),
                                     make_packet(0, sizeof kOptions - 1, 7)};
  size_t done = 0;
  CHECK(sipward_inspector_inspect_batch(it->inspector, kOptions, packets, 2, verdicts, &done) ==
        SIPWARD_OK);
  CHECK(take(it) == SIPWARD_OK && replay(it->replayer, it, &verdicts[0]) == SIPWARD_REPLAYED_SAME);
  CHECK(verdicts[0].action == verdicts[1].action && verdicts[1].action == SIPWARD_ACTION_DROP);
  sipward_host_event event = {.struct_size = sizeof event,
                              .kind = SIPWARD_EVENT_CALL_START,
                              .wall_ns = packets[0].wall_ns,
                              .monotonic_ns = packets[0].monotonic_ns};
  CHECK(sipward_inspector_event(it->inspector, &event, &verdicts[0]) == SIPWARD_OK);
  CHECK(take(it) == SIPWARD_OK && replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
}

static void test_a_changed_record(made* it) {
  uint32_t outcome = 0;
  inspect(it, kInvite);
  char* action = it->record + place_of(it, "\"reject\"");
  memcpy(action, "\"allow_\"", 8);
  CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_OTHER);
  memcpy(action, "\"reject\"", 8);
  CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
  /* The last fact of the tape is gone, and the size of the tape is corrected. */
  char* format = it->record + place_of(it, "\"format\":2");
  format[9] = '3';
  CHECK(sipward_replayer_run(it->replayer, it->record, it->size, &outcome, NULL) ==
        SIPWARD_ERR_MALFORMED);
  format[9] = '2';
  for (size_t cut = 1; cut < it->size; cut += 7) {
    CHECK(sipward_replayer_run(it->replayer, it->record, it->size - cut, &outcome, NULL) ==
          SIPWARD_ERR_MALFORMED);
  }
  /* A message that differs from the one that was judged. */
  it->record[place_of(it, "atlanta.example")] = 'b';
  CHECK(replay(it->replayer, it, NULL) == SIPWARD_REPLAYED_SAME); /* no rule asks for it */
  it->record[place_of(it, "INVITE sip:bob")] = 'X';
  CHECK(replay(it->replayer, it, NULL) != SIPWARD_REPLAYED_SAME);
}

static void test_other_rules(made* it) {
  made* other = make(kRules);
  char out[16];
  inspect(it, kInvite);
  CHECK(replay(other->replayer, it, NULL) == SIPWARD_REPLAYED_OTHER_RULES);
  CHECK(sipward_replayer_describe(other->replayer, it->record, it->size, out, sizeof out,
                                  &other->size) == SIPWARD_ERR_ARGUMENT);
  give_back(other);
}

/* The same rules once more, out of the source of the first. */
static sipward_rules* compile_source(const sipward_rules* rules) {
  sipward_compiler* compiler = NULL;
  sipward_rules* same = NULL;
  sipward_text source, hash, source_again, hash_again;
  CHECK(sipward_rules_source(rules, &source, &hash) == SIPWARD_OK);
  CHECK(source.size > 0 && hash.size == 64);
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_keep_source(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_source(compiler, source.data, source.size) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &same) == SIPWARD_OK);
  CHECK(sipward_compiler_add_source(compiler, source.data, source.size) == SIPWARD_ERR_ARGUMENT);
  sipward_compiler_destroy(compiler);
  if (same == NULL) abort();
  CHECK(sipward_rules_source(same, &source_again, &hash_again) == SIPWARD_OK);
  CHECK(hash.size == hash_again.size && memcmp(hash.data, hash_again.data, hash.size) == 0);
  CHECK(source.size == source_again.size &&
        memcmp(source.data, source_again.data, source.size) == 0);
  return same;
}

static void test_source(made* it) {
  sipward_replayer* replayer = NULL;
  sipward_rules* same = compile_source(it->rules);
  inspect(it, kInvite);
  CHECK(sipward_replayer_create(same, &replayer) == SIPWARD_OK);
  CHECK(replay(replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
  sipward_rules_destroy(same); /* the replayer holds them */
  CHECK(replay(replayer, it, NULL) == SIPWARD_REPLAYED_SAME);
  sipward_replayer_destroy(replayer);

  sipward_text source, hash;
  sipward_rules* without = compile(kMain, 0);
  CHECK(sipward_rules_source(without, &source, &hash) == SIPWARD_OK);
  CHECK(source.size == 0 && hash.size == 64);
  sipward_text kept, kept_hash;
  CHECK(sipward_rules_source(it->rules, &kept, &kept_hash) == SIPWARD_OK);
  CHECK(memcmp(hash.data, kept_hash.data, 64) == 0);
  sipward_rules_destroy(without);
}

static void test_source_of_the_default_pack(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  const sipward_rule_budget budget = {
      .struct_size = sizeof budget, .state_bytes = 64u << 20, .event_ns = 20000000};
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_keep_source(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_set_budget(compiler, &budget) == SIPWARD_OK);
  CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "main.ward", 9, kMain, sizeof kMain - 1) ==
        SIPWARD_OK);
  give_files(compiler);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  sipward_compiler_destroy(compiler);
  sipward_rules_destroy(compile_source(rules));
  sipward_rules_destroy(rules);
}

static void test_a_source_with_errors(void) {
  static const char* const kNone[] = {
      "", "sipward rules 2\nbudget 0 0\n", "sipward rules 1\nbudget 0 0\ntext 1 9\nav",
      "sipward rules 1\nbudget 0 0\ntext 1 1\nav", "sipward rules 1\nbudget 0 0\nfile 1 1 1\nabc"};
  for (size_t i = 0; i < sizeof kNone / sizeof kNone[0]; ++i) {
    sipward_compiler* compiler = NULL;
    CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
    CHECK(sipward_compiler_add_source(compiler, kNone[i], strlen(kNone[i])) == SIPWARD_ERR_RULES);
    sipward_compiler_destroy(compiler);
  }
}

static int told(const char* json, const char* part) {
  if (strstr(json, part) != NULL) return 1;
  fprintf(stderr, "%s is not in %s\n", part, json);
  return 0;
}

static void test_for_people(made* it) {
  static char json[kRoom];
  size_t size = 0;
  inspect(it, kInvite);
  CHECK(sipward_replayer_describe(it->replayer, it->record, it->size, json, sizeof json - 1,
                                  &size) == SIPWARD_OK);
  json[size] = '\0';
  CHECK(told(json, "\"verdict\":{\"action\":\"reject\""));
  CHECK(told(json, "\"source\":{\"ip\":\"198.51.100.7\",\"port\":5060}"));
  CHECK(told(json, "\"method\":{\"value\":\"INVITE\""));
  CHECK(told(json, "{\"kind\":\"aggregate\",\"name\":\"count("));
  CHECK(told(json, "\"kept\":\"INVITE sip:bob"));
}

int main(void) {
  made* it = make(kMain);
  REQUIRE(it->rules != NULL && it->inspector != NULL && it->replayer != NULL);
  CHECK(take(it) == SIPWARD_END);
  test_the_same_verdict_comes_again(it);
  test_bodies_are_kept_if_asked_for(it);
  test_nothing_is_recorded_but_when_asked(it);
  test_all_of_it_or_nothing(it);
  test_events_and_batches(it);
  test_a_changed_record(it);
  test_other_rules(it);
  test_source(it);
  test_source_of_the_default_pack();
  test_a_source_with_errors();
  test_for_people(it);
  give_back(it);
  return check_failures;
}
