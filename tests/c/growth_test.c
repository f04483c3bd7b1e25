/* What is made and given back leaves nothing behind: SIPWARD_LOOPS rounds of each kind [2000],
 * those that take long fewer. A million: SIPWARD_LOOPS=1000000 ctest -R growth_test. */
#include <stdlib.h>

#include "check.h"
#include "held.h"
#include "sample.h"
#ifdef SIPWARD_TEST_PKI
#include "pki_file.h"
#endif

typedef struct world {
  sipward_rules* rules;
  sipward_state* state;
  sipward_engine* engine;
  sipward_inspector* inspector;
  sipward_trust* trust;
} world;

static int use_message(world* it) {
  sipward_message* message = NULL;
  (void)it;
  const int used =
      sipward_message_create(&message) == SIPWARD_OK &&
      sipward_message_parse(message, kBodies, sizeof kBodies - 1, NULL) == SIPWARD_OK &&
      sipward_message_validate(message) == SIPWARD_OK;
  sipward_message_destroy(message);
  return used;
}

static int use_framer(world* it) {
  sipward_framer* framer = NULL;
  const char* data = NULL;
  size_t taken = 0;
  size_t size = 0;
  (void)it;
  const int used = sipward_framer_create(0, &framer) == SIPWARD_OK &&
                   sipward_framer_push(framer, kOk, sizeof kOk - 1, &taken) == SIPWARD_OK &&
                   sipward_framer_next(framer, &data, &size, NULL) == SIPWARD_OK;
  sipward_framer_destroy(framer);
  return used;
}

static int use_inspector(world* it) {
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  const int used =
      sipward_inspector_create(it->engine, &inspector) == SIPWARD_OK &&
      sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK &&
      verdict.action >= SIPWARD_ACTION_REJECT;
  sipward_inspector_destroy(inspector);
  return used;
}

static int use_reload(world* it) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  return sipward_engine_reload(it->engine, it->rules, NULL) == SIPWARD_OK &&
         sipward_inspector_inspect(it->inspector, kOptions, &packet, &verdict) == SIPWARD_OK;
}

static int use_engine(world* it) {
  const sipward_state_options options = {.struct_size = sizeof options};
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  const int used = sipward_state_create(&options, &state) == SIPWARD_OK &&
                   sipward_engine_create(it->rules, state, NULL, &engine) == SIPWARD_OK;
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  return used;
}

static int use_rules(world* it) {
  sipward_rules* rules = NULL;
  (void)it;
  const int used = make_rules(kRules, &rules) == SIPWARD_OK;
  sipward_rules_destroy(rules);
  return used;
}

#ifdef SIPWARD_TEST_PKI
static int use_trust(world* it) {
  sipward_trust* trust = NULL;
  static sipward_text anchors = {NULL, 0};
  (void)it;
  if (anchors.data == NULL) anchors = pki_file("anchors.pem");
  const int used =
      sipward_trust_create(NULL, &trust) == SIPWARD_OK &&
      sipward_trust_set_anchors(trust, anchors.data, anchors.size, kPkiNow, NULL) == SIPWARD_OK;
  sipward_trust_destroy(trust);
  return used;
}

static int use_verifier(world* it) {
  sipward_verifier* verifier = NULL;
  const sipward_trust* const trusts[] = {it->trust};
  const sipward_verifier_options options = {
      .struct_size = sizeof options, .trusts = trusts, .trust_count = 1};
  const sipward_identity_request request = {.struct_size = sizeof request, .now_s = kPkiNow};
  sipward_identity_result found = {.struct_size = sizeof found};
  const int used = sipward_verifier_create(&options, &verifier) == SIPWARD_OK &&
                   sipward_verifier_check(verifier, &request, &found) == SIPWARD_OK;
  sipward_verifier_destroy(verifier);
  return used;
}
#endif

/* Afterwards there is no more in use than after the first rounds, and `slack` for what a library
 * beneath keeps for next time. */
static void loop(const char* name, long count, int (*use)(world*), world* it, size_t slack) {
  enum { kWarm = 20, kMostKiB = 512 };
  for (long i = 0; i < kWarm; ++i) CHECK(use(it));
  what_is_held();
  const held before = what_is_held();
  for (long i = 0; i < count && check_failures == 0; ++i) CHECK(use(it));
  const held after = what_is_held();
  printf("%-10s %8ld rounds: %ld bytes more are allocated, %ld KiB mapped\n", name, count,
         after.bytes - before.bytes, after.mapped_kib - before.mapped_kib);
  CHECK(before.bytes > 0 && after.bytes <= before.bytes + (long)slack);
  CHECK(after.mapped_kib - before.mapped_kib < kMostKiB);
}

int main(void) {
  world it = {0};
  const char* given = getenv("SIPWARD_LOOPS");
  const long loops = given == NULL ? 2000 : atol(given);
  REQUIRE(loops >= 1000);
  REQUIRE(make_rules(kRules, &it.rules) == SIPWARD_OK);
  REQUIRE(sipward_state_create(NULL, &it.state) == SIPWARD_OK);
  REQUIRE(sipward_engine_create(it.rules, it.state, NULL, &it.engine) == SIPWARD_OK);
  REQUIRE(sipward_inspector_create(it.engine, &it.inspector) == SIPWARD_OK);

  loop("message", loops, use_message, &it, 0);
  loop("framer", loops, use_framer, &it, 0);
  loop("inspector", loops, use_inspector, &it, 0);
  loop("reload", loops / 10, use_reload, &it, 0);
  loop("engine", loops / 10, use_engine, &it, 0);
  loop("rules", loops / 100, use_rules, &it, 0);
#ifdef SIPWARD_TEST_PKI
  REQUIRE(sipward_trust_create(NULL, &it.trust) == SIPWARD_OK);
  loop("verifier", loops, use_verifier, &it, 0);
  loop("trust", loops / 10, use_trust, &it, 32768);
#endif
  sipward_trust_destroy(it.trust);
  sipward_inspector_destroy(it.inspector);
  sipward_engine_destroy(it.engine);
  sipward_state_destroy(it.state);
  sipward_rules_destroy(it.rules);
  return check_failures;
}
