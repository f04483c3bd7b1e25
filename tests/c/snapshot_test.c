/* A snapshot outlives its host: counts and bans go on in another one, on another clock. */
#include <stdlib.h>

#include "check.h"
#include "sample.h"

static const int64_t kSecond = 1000000000;

static const char kCount[] =
    "version 1\n"
    "rule test.count { on request where method == INVITE when count(by src.ip over 1h) > 0 then "
    "alert }\n";
static const char kHostText[] = "198.51.100.77";

static double count_at(sipward_inspector* inspector, int64_t monotonic_ns) {
  sipward_packet packet = make_packet(0, sizeof kInvite - 1, 9);
  packet.monotonic_ns = monotonic_ns;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
  return verdict.hit_count == 1 ? verdict.hits[0].values[0] : -1;
}

static sipward_engine* engine_over(sipward_state* state, sipward_inspector** inspector) {
  sipward_rules* rules = NULL;
  sipward_engine* engine = NULL;
  CHECK(make_rules(kCount, &rules) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  CHECK(sipward_inspector_create(engine, inspector) == SIPWARD_OK);
  sipward_rules_destroy(rules);
  return engine;
}

static char* take_snapshot(const sipward_state* state, const sipward_moment* moment, size_t* size) {
  size_t needed = 0;
  CHECK(sipward_state_snapshot(state, moment, NULL, 0, &needed) == SIPWARD_ERR_SPACE);
  char* bytes = malloc(needed);
  CHECK(bytes != NULL && needed > 1000);
  CHECK(sipward_state_snapshot(state, moment, bytes, needed - 1, size) == SIPWARD_ERR_SPACE);
  CHECK(*size == needed);
  CHECK(sipward_state_snapshot(state, moment, bytes, needed, size) == SIPWARD_OK);
  CHECK(*size <= needed);
  return bytes;
}

static void go_on(const char* bytes, size_t size) {
  const sipward_state_options options = {.struct_size = sizeof options, .seed = {7}};
  sipward_state* state = NULL;
  sipward_inspector* inspector = NULL;
  sipward_text why = {NULL, 0};
  /* Ten minutes later, on a machine that has just started. */
  const sipward_moment moment = {
      .struct_size = sizeof moment, .wall_ns = 1600 * kSecond, .monotonic_ns = 3 * kSecond};
  CHECK(sipward_state_create(&options, &state) == SIPWARD_OK);
  CHECK(sipward_state_restore(state, bytes, size - 1, &moment, &why) == SIPWARD_ERR_SNAPSHOT);
  CHECK(is_text(why, "It is cut short."));
  CHECK(sipward_state_restore(state, bytes, 0, &moment, NULL) == SIPWARD_ERR_SNAPSHOT);
  CHECK(sipward_state_restore(state, bytes, size, &moment, &why) == SIPWARD_OK);
  sipward_engine* engine = engine_over(state, &inspector);
  CHECK(count_at(inspector, 3 * kSecond) == 3);
  CHECK(count_at(inspector, 45 * 60 * kSecond) == 4);
  CHECK(count_at(inspector, 56 * 60 * kSecond) == 3); /* the two of before are an hour old */
  sipward_ban ban = {.struct_size = sizeof ban};
  CHECK(sipward_engine_ban_find(engine, SIPWARD_BAN_ADDRESS, kHostText, sizeof kHostText - 1,
                                600 * kSecond, &ban) == SIPWARD_OK);
  CHECK(ban.until_ns == 603 * kSecond && ban.reason_size == 4);
  CHECK(sipward_engine_ban_find(engine, SIPWARD_BAN_ADDRESS, kHostText, sizeof kHostText - 1,
                                603 * kSecond, &ban) == SIPWARD_END);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
}

int main(void) {
  const sipward_state_options options = {.struct_size = sizeof options, .seed = {7}};
  sipward_state* state = NULL;
  sipward_inspector* inspector = NULL;
  size_t size = 0;
  const int64_t now = 90000 * kSecond;
  const sipward_moment moment = {
      .struct_size = sizeof moment, .wall_ns = 1000 * kSecond, .monotonic_ns = now};
  REQUIRE(sipward_state_create(&options, &state) == SIPWARD_OK);
  sipward_engine* engine = engine_over(state, &inspector);
  for (int i = 1; i <= 2; ++i) CHECK(count_at(inspector, now) == i);
  CHECK(sipward_engine_ban_add(engine, SIPWARD_BAN_ADDRESS, kHostText, sizeof kHostText - 1, "host",
                               4, 1200 * kSecond, now) == SIPWARD_OK);
  char* bytes = take_snapshot(state, &moment, &size);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  go_on(bytes, size);
  free(bytes);
  return check_failures;
}
