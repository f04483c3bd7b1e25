/* Bans as a host sees them: made by rules and by the host, asked for, listed, taken back. */
#include "check.h"
#include "sample.h"

static const char kBanRules[] =
    "version 1\n"
    "list allowed : cidr [\"203.0.113.9\"]\n"
    "rule ban.options { on request where method == OPTIONS when true then ban src.ip for 1h }\n";
static const int64_t kNow = 1000000000;
static const int64_t kHour = INT64_C(3600000000000);

static int32_t find(const sipward_engine* engine, uint32_t kind, const char* key, int64_t now,
                    sipward_ban* ban) {
  *ban = (sipward_ban){.struct_size = sizeof *ban};
  return sipward_engine_ban_find(engine, kind, key, strlen(key), now, ban);
}

static int32_t add(const sipward_engine* engine, uint32_t kind, const char* key, int64_t ttl) {
  return sipward_engine_ban_add(engine, kind, key, strlen(key), "by hand", 7, ttl, kNow);
}

static int32_t drop(const sipward_engine* engine, uint32_t kind, const char* key) {
  return sipward_engine_ban_remove(engine, kind, key, strlen(key), kNow);
}

static int is(const char* text, uint32_t size, const char* expected) {
  return size == strlen(expected) && memcmp(text, expected, size) == 0;
}

static uint32_t action_of(sipward_inspector* inspector, uint8_t host, const char* account) {
  sipward_packet packet = make_packet(0, sizeof kInvite - 1, host);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  packet.account = account;
  packet.account_size = account == NULL ? 0 : strlen(account);
  CHECK(sipward_inspector_inspect(inspector, kInvite, &packet, &verdict) == SIPWARD_OK);
  return verdict.action;
}

static void test_a_rule_bans(const sipward_engine* engine, sipward_inspector* inspector) {
  sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_ban ban;
  packet.transport = SIPWARD_TRANSPORT_TCP;
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "198.51.100.7", kNow, &ban) == SIPWARD_END);
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "198.51.100.7", kNow, &ban) == SIPWARD_OK);
  CHECK(ban.kind == SIPWARD_BAN_ADDRESS && ban.flags == 0);
  CHECK(is(ban.key, ban.key_size, "198.51.100.7"));
  CHECK(is(ban.reason, ban.reason_size, "ban.options"));
  CHECK(ban.since_ns == kNow && ban.until_ns == kNow + kHour);
  CHECK(find(engine, SIPWARD_BAN_ACCOUNT, "198.51.100.7", kNow, &ban) == SIPWARD_END);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "198.51.100.7", kNow + kHour, &ban) == SIPWARD_END);
  CHECK(action_of(inspector, 7, NULL) == SIPWARD_ACTION_DROP);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "198.51.100.7") == SIPWARD_OK);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "198.51.100.7") == SIPWARD_END);
  CHECK(action_of(inspector, 7, NULL) == SIPWARD_ACTION_ALLOW);
}

static void test_the_host_bans(const sipward_engine* engine, sipward_inspector* inspector) {
  sipward_ban ban;
  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "198.51.100.0/24", kHour) == SIPWARD_OK);
  CHECK(action_of(inspector, 9, NULL) == SIPWARD_ACTION_DROP);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "198.51.100.9", kNow, &ban) == SIPWARD_OK);
  CHECK(is(ban.key, ban.key_size, "198.51.100.0/24"));
  CHECK(is(ban.reason, ban.reason_size, "by hand"));
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "198.51.100.9") == SIPWARD_END);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "198.51.100.0/24") == SIPWARD_OK);
  CHECK(action_of(inspector, 9, NULL) == SIPWARD_ACTION_ALLOW);

  CHECK(add(engine, SIPWARD_BAN_ACCOUNT, "alice", kHour) == SIPWARD_OK);
  CHECK(add(engine, SIPWARD_BAN_ACCOUNT, "alice", kHour / 2) == SIPWARD_OK);
  CHECK(find(engine, SIPWARD_BAN_ACCOUNT, "alice", kNow, &ban) == SIPWARD_OK);
  CHECK(ban.kind == SIPWARD_BAN_ACCOUNT && ban.until_ns == kNow + kHour);
  CHECK(find(engine, SIPWARD_BAN_TRUNK, "alice", kNow, &ban) == SIPWARD_END);
  CHECK(action_of(inspector, 9, "alice") == SIPWARD_ACTION_DROP);
  CHECK(action_of(inspector, 9, "bob") == SIPWARD_ACTION_ALLOW);
  CHECK(drop(engine, SIPWARD_BAN_ACCOUNT, "alice") == SIPWARD_OK);

  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "2001:db8::/64", kHour) == SIPWARD_OK);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "2001:db8::7", kNow, &ban) == SIPWARD_OK);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "2001:db8::/64") == SIPWARD_OK);
  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "2001:db8::/56", kHour) == SIPWARD_ERR_ARGUMENT);
  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "alice", kHour) == SIPWARD_ERR_ARGUMENT);
}

static void test_an_allow_list_is_above(const sipward_engine* engine) {
  sipward_ban ban;
  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "203.0.113.9", kHour) == SIPWARD_OK);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "203.0.113.9", kNow, &ban) == SIPWARD_OK);
  CHECK(ban.flags == SIPWARD_BAN_ALLOW_LISTED);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "203.0.113.9") == SIPWARD_OK);
  CHECK(add(engine, SIPWARD_BAN_ADDRESS, "203.0.113.0/24", kHour) == SIPWARD_OK);
  CHECK(find(engine, SIPWARD_BAN_ADDRESS, "203.0.113.8", kNow, &ban) == SIPWARD_OK);
  CHECK(ban.flags == SIPWARD_BAN_ALLOW_LISTED);
  CHECK(drop(engine, SIPWARD_BAN_ADDRESS, "203.0.113.0/24") == SIPWARD_OK);
}

static void test_all_are_listed(const sipward_engine* engine) {
  char name[16];
  int seen[100] = {0};
  int count = 0;
  uint64_t cursor = 0;
  sipward_ban ban = {.struct_size = sizeof ban};
  for (int i = 0; i < 100; ++i) {
    snprintf(name, sizeof name, "n%d", i);
    CHECK(add(engine, SIPWARD_BAN_TRUNK, name, kHour + i) == SIPWARD_OK);
  }
  while (sipward_engine_ban_next(engine, kNow, &cursor, &ban) == SIPWARD_OK) {
    ++count;
    for (int i = 0; i < 100; ++i) {
      snprintf(name, sizeof name, "n%d", i);
      if (is(ban.key, ban.key_size, name) && ban.kind == SIPWARD_BAN_TRUNK) ++seen[i];
    }
  }
  CHECK(count == 100);
  for (int i = 0; i < 100; ++i) CHECK(seen[i] == 1);
  cursor = 0;
  CHECK(sipward_engine_ban_next(engine, kNow + 2 * kHour, &cursor, &ban) == SIPWARD_END);
}

int main(void) {
  sipward_engine* engine = make_engine(kBanRules, 0);
  sipward_inspector* inspector = NULL;
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  test_a_rule_bans(engine, inspector);
  test_the_host_bans(engine, inspector);
  test_an_allow_list_is_above(engine);
  test_all_are_listed(engine);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
