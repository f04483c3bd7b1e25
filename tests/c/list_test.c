/* Dynamic lists as a host sees them: filled by rules and by the host, asked for, listed, emptied.
 */
#include "check.h"
#include "sample.h"

static const char kListRules[] =
    "version 1\n"
    "list fixed : exact [\"bob\"]\n"
    "list callers : exact dynamic max 64\n"
    "list nets : cidr dynamic\n"
    "rule note { on request where method == OPTIONS when true then add src.ip to nets for 1h }\n"
    "rule known { on request where method == INVITE when (from.user ?? \"\") in callers then "
    "reject 403 }\n"
    "rule seen { on request where method == INVITE when src.ip in nets then drop }\n";
static const int64_t kNow = 1000000000;
static const int64_t kHour = INT64_C(3600000000000);

static int32_t add(const sipward_engine* engine, const char* list, const char* key, int64_t ttl) {
  return sipward_engine_list_add(engine, list, strlen(list), key, strlen(key), "by hand", 7, ttl,
                                 kNow);
}

static int32_t find(const sipward_engine* engine, const char* list, const char* key, int64_t now,
                    sipward_list_entry* entry) {
  *entry = (sipward_list_entry){.struct_size = sizeof *entry};
  return sipward_engine_list_find(engine, list, strlen(list), key, strlen(key), now, entry);
}

static int32_t take_off(const sipward_engine* engine, const char* list, const char* key) {
  return sipward_engine_list_remove(engine, list, strlen(list), key, strlen(key), kNow);
}

static int is(const char* text, uint32_t size, const char* expected) {
  return size == strlen(expected) && memcmp(text, expected, size) == 0;
}

static uint32_t action_of(sipward_inspector* inspector, uint8_t host) {
  const sipward_packet packet = make_packet(0, sizeof kInvite - 1, host);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
  return verdict.action;
}

static void test_a_rule_adds(const sipward_engine* engine, sipward_inspector* inspector) {
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_list_entry entry;
  CHECK(action_of(inspector, 7) == SIPWARD_ACTION_ALLOW);
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(find(engine, "nets", "198.51.100.7", kNow, &entry) == SIPWARD_OK);
  CHECK(is(entry.key, entry.key_size, "198.51.100.7"));
  CHECK(is(entry.reason, entry.reason_size, "note"));
  CHECK(entry.since_ns == kNow && entry.until_ns == kNow + kHour);
  CHECK(find(engine, "nets", "198.51.100.7", kNow + kHour, &entry) == SIPWARD_END);
  CHECK(action_of(inspector, 7) == SIPWARD_ACTION_DROP);
  CHECK(take_off(engine, "nets", "198.51.100.7") == SIPWARD_OK);
  CHECK(take_off(engine, "nets", "198.51.100.7") == SIPWARD_END);
  CHECK(action_of(inspector, 7) == SIPWARD_ACTION_ALLOW);
}

/* The sample's INVITE is from alice. */
static void test_the_host_adds(const sipward_engine* engine, sipward_inspector* inspector) {
  sipward_list_entry entry;
  CHECK(add(engine, "callers", "alice", kHour) == SIPWARD_OK);
  CHECK(action_of(inspector, 8) == SIPWARD_ACTION_REJECT);
  CHECK(add(engine, "callers", "alice", 1) == SIPWARD_OK);
  CHECK(find(engine, "callers", "alice", kNow, &entry) == SIPWARD_OK);
  CHECK(is(entry.reason, entry.reason_size, "by hand"));
  CHECK(entry.until_ns == kNow + kHour); /* never shortened */
  CHECK(find(engine, "callers", "Alice", kNow, &entry) == SIPWARD_END);
  CHECK(take_off(engine, "callers", "alice") == SIPWARD_OK);
  CHECK(action_of(inspector, 8) == SIPWARD_ACTION_ALLOW);
}

static void test_networks(const sipward_engine* engine, sipward_inspector* inspector) {
  sipward_list_entry entry;
  CHECK(add(engine, "nets", "198.51.0.0/16", kHour) == SIPWARD_OK);
  CHECK(add(engine, "nets", "2001:db8::/48", kHour) == SIPWARD_OK);
  CHECK(action_of(inspector, 9) == SIPWARD_ACTION_DROP);
  CHECK(find(engine, "nets", "198.51.7.7", kNow, &entry) == SIPWARD_OK);
  CHECK(is(entry.key, entry.key_size, "198.51.0.0/16"));
  CHECK(find(engine, "nets", "198.51.7.0/24", kNow, &entry) == SIPWARD_END);
  CHECK(find(engine, "nets", "2001:db8::17", kNow, &entry) == SIPWARD_OK);
  CHECK(find(engine, "nets", "198.52.0.1", kNow, &entry) == SIPWARD_END);
  CHECK(take_off(engine, "nets", "198.51.7.7") == SIPWARD_END); /* that key alone */
  CHECK(add(engine, "nets", "198.51.100.0/22", kHour) == SIPWARD_OK);
  CHECK(find(engine, "nets", "198.51.103.7", kNow, &entry) == SIPWARD_OK);
  CHECK(is(entry.key, entry.key_size, "198.51.100.0/22")); /* the narrowest */
  CHECK(take_off(engine, "nets", "198.51.100.0/22") == SIPWARD_OK);
  CHECK(add(engine, "nets", "198.0.0.0/7", kHour) == SIPWARD_ERR_ARGUMENT);
  CHECK(add(engine, "nets", "alice", kHour) == SIPWARD_ERR_ARGUMENT);
  CHECK(take_off(engine, "nets", "198.51.0.0/16") == SIPWARD_OK);
  CHECK(take_off(engine, "nets", "2001:db8::/48") == SIPWARD_OK);
  CHECK(action_of(inspector, 9) == SIPWARD_ACTION_ALLOW);
}

static void test_all_are_listed(const sipward_engine* engine) {
  char key[100];
  int seen[20] = {0};
  uint64_t cursor = 0;
  sipward_list_entry entry = {.struct_size = sizeof entry};
  memset(key, 'x', sizeof key);
  for (int i = 0; i < 20; ++i) {
    key[0] = (char)('a' + i);
    CHECK(sipward_engine_list_add(engine, "callers", 7, key, sizeof key, "r", 1, kHour, kNow) ==
          SIPWARD_OK);
  }
  while (sipward_engine_list_next(engine, "callers", 7, kNow, &cursor, &entry) == SIPWARD_OK) {
    CHECK(entry.key_size == 63 && entry.key[1] == 'x');
    ++seen[(entry.key[0] - 'a') % 20];
  }
  for (int i = 0; i < 20; ++i) CHECK(seen[i] == 1);
  cursor = 0;
  CHECK(sipward_engine_list_next(engine, "nets", 4, kNow, &cursor, &entry) == SIPWARD_END);
}

/* What the rules do not have, or not to be filled. A reload that keeps the list keeps what it
 * holds. */
static void test_lists_are_those_of_the_rules(sipward_engine* engine) {
  sipward_list_entry entry;
  sipward_rules* other = NULL;
  CHECK(add(engine, "fixed", "carol", kHour) == SIPWARD_ERR_LIST);
  CHECK(add(engine, "none", "carol", kHour) == SIPWARD_ERR_LIST);
  CHECK(add(engine, "callers", "carol", kHour) == SIPWARD_OK);
  CHECK(make_rules("version 1\nlist callers : exact dynamic max 64\n", &other) == SIPWARD_OK);
  CHECK(sipward_engine_reload(engine, other, NULL) == SIPWARD_OK);
  CHECK(find(engine, "callers", "carol", kNow, &entry) == SIPWARD_OK);
  CHECK(find(engine, "nets", "192.0.2.1", kNow, &entry) == SIPWARD_ERR_LIST);
  sipward_rules_destroy(other);
}

int main(void) {
  sipward_engine* engine = make_engine(kListRules, 0);
  sipward_inspector* inspector = NULL;
  REQUIRE(engine != NULL);
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  test_a_rule_adds(engine, inspector);
  test_the_host_adds(engine, inspector);
  test_networks(engine, inspector);
  test_all_are_listed(engine);
  test_lists_are_those_of_the_rules(engine);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
