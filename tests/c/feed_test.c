/* Feeds through the C interface: bytes in, a list of the rules filled, refusals and statistics. */
#include "check.h"
#include "sample.h"

static const char kFeedRules[] =
    "version 1\n"
    "list bad : cidr dynamic max 1024\n"
    "list names : domain dynamic max 64\n"
    "rule bad { on request when src.ip in bad then drop }\n";
static const int64_t kNow = 1000000000;
static const int64_t kHour = INT64_C(3600000000000);

static sipward_text text(const char* of) { return (sipward_text){of, strlen(of)}; }

static sipward_feed* make_feed(const char* list, uint32_t flags) {
  const sipward_feed_options options = {.struct_size = sizeof options,
                                        .kind = SIPWARD_FEED_NETWORK,
                                        .flags = flags,
                                        .ttl_ns = kHour,
                                        .list = text(list),
                                        .allowed = text("198.51.100.9\n\n")};
  sipward_feed* feed = NULL;
  CHECK(sipward_feed_create(&options, &feed, NULL) == SIPWARD_OK);
  return feed;
}

static int32_t update(sipward_feed* feed, const sipward_engine* engine, const char* bytes,
                      uint32_t flags) {
  int32_t status = sipward_feed_begin(feed, bytes, strlen(bytes), NULL, 0, flags);
  if (status != SIPWARD_OK) return status;
  do {
    status = sipward_feed_step(feed, engine, 100, kNow);
  } while (status == SIPWARD_INCOMPLETE);
  return status;
}

static int held(const sipward_engine* engine, const char* key) {
  sipward_list_entry entry = {.struct_size = sizeof entry};
  return sipward_engine_list_find(engine, "bad", 3, key, strlen(key), kNow, &entry) == SIPWARD_OK;
}

static sipward_feed_statistics statistics_of(const sipward_feed* feed) {
  sipward_feed_statistics statistics = {.struct_size = sizeof statistics};
  CHECK(sipward_feed_read_statistics(feed, &statistics) == SIPWARD_OK);
  return statistics;
}

static void test_a_feed_fills_a_list(const sipward_engine* engine, sipward_inspector* inspector) {
  sipward_feed* feed = make_feed("bad", 0);
  CHECK(update(feed, engine, "198.51.100.0/25 ; x\n203.0.113.7\nrubbish\n198.51.100.9\n", 0) ==
        SIPWARD_OK);
  CHECK(!held(engine, "198.51.100.1")); /* that network holds what is allowed */
  CHECK(held(engine, "203.0.113.7"));
  sipward_feed_statistics s = statistics_of(feed);
  CHECK(s.fault == SIPWARD_FEED_FAULT_NONE && s.updates == 1 && s.entries == 1 && s.added == 1);
  CHECK(s.refused[SIPWARD_FEED_ALLOWED] == 2 && s.refused[SIPWARD_FEED_MALFORMED] == 1);
  CHECK(s.refusals_shown == 3 && s.last_update_ns == kNow && s.timestamp == 0);
  sipward_feed_refusal_info info = {.struct_size = sizeof info};
  CHECK(sipward_feed_refusal(feed, 1, &info) == SIPWARD_OK);
  CHECK(info.refusal == SIPWARD_FEED_MALFORMED && info.line == 3 && info.column == 1);
  CHECK(info.text_size == 7 && memcmp(info.text, "rubbish", 7) == 0);
  CHECK(sipward_feed_refusal(feed, 3, &info) == SIPWARD_END);
  CHECK(update(feed, engine, "198.51.101.0/24\n203.0.113.8\n", 0) == SIPWARD_OK);
  CHECK(!held(engine, "203.0.113.7") && held(engine, "198.51.101.200"));
  s = statistics_of(feed);
  CHECK(s.updates == 2 && s.removed == 1 && s.added == 3);
  const sipward_packet packet = make_packet(0, sizeof kOptions - 1, 7);
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_ALLOW);
  CHECK(update(feed, engine, "198.51.100.7\n203.0.113.8\n", 0) == SIPWARD_OK);
  CHECK(sipward_inspector_inspect(inspector, kOptions, &packet, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_DROP);
  sipward_feed_destroy(feed);
}

static void test_refused_updates(const sipward_engine* engine) {
  sipward_feed* feed = make_feed("bad", 0);
  CHECK(update(feed, engine, "203.0.113.7\n", SIPWARD_FEED_FORCE) == SIPWARD_OK);
  CHECK(update(feed, engine, "", 0) == SIPWARD_ERR_FEED);
  CHECK(statistics_of(feed).fault == SIPWARD_FEED_FAULT_EMPTY);
  CHECK(update(feed, engine, "[\"203.0.113.7\"", 0) == SIPWARD_ERR_FEED);
  CHECK(statistics_of(feed).fault == SIPWARD_FEED_FAULT_BROKEN);
  CHECK(held(engine, "203.0.113.7"));
  CHECK(statistics_of(feed).refused_updates == 2);
  CHECK(sipward_feed_step(feed, engine, 1, kNow) == SIPWARD_ERR_ARGUMENT); /* nothing begun */
  CHECK(update(feed, engine, "", SIPWARD_FEED_FORCE) == SIPWARD_OK);
  CHECK(!held(engine, "203.0.113.7"));
  sipward_feed_destroy(feed);
  feed = make_feed("names", 0);
  CHECK(update(feed, engine, "203.0.113.7\n", 0) == SIPWARD_ERR_FEED);
  CHECK(statistics_of(feed).fault == SIPWARD_FEED_FAULT_NO_LIST);
  sipward_feed_destroy(feed);
}

static void test_an_additive_feed(const sipward_engine* engine) {
  sipward_feed* feed = make_feed("bad", SIPWARD_FEED_ADDITIVE);
  CHECK(update(feed, engine, "{\"ipaddress\":[\"203.0.113.1\"],\"ID\":\"42\"}", 0) == SIPWARD_OK);
  const sipward_feed_statistics s = statistics_of(feed);
  CHECK(s.cursor_size == 2 && memcmp(s.cursor, "42", 2) == 0);
  CHECK(update(feed, engine, "{\"ipaddress\":[\"203.0.113.2\"],\"ID\":\"43\"}", 0) == SIPWARD_OK);
  CHECK(held(engine, "203.0.113.1") && held(engine, "203.0.113.2"));
  sipward_feed_destroy(feed);
}

static void test_without_an_engine(void) {
  sipward_feed* feed = make_feed("none", 0);
  CHECK(update(feed, NULL, "203.0.113.1\n203.0.113.1\n10.0.0.1\n0.0.0.0/0\n", 0) == SIPWARD_OK);
  const sipward_feed_statistics s = statistics_of(feed);
  CHECK(s.entries == 1 && s.updates == 0);
  CHECK(s.refused[SIPWARD_FEED_REPEATED] == 1 && s.refused[SIPWARD_FEED_PRIVATE] == 1);
  CHECK(s.refused[SIPWARD_FEED_TOO_WIDE] == 1);
  sipward_feed_destroy(feed);
}

static void test_names(void) {
  CHECK(strcmp(sipward_feed_fault_name(SIPWARD_FEED_FAULT_NONE), "") == 0);
  for (uint32_t i = 1; i <= SIPWARD_FEED_FAULT_NO_LIST; ++i) {
    CHECK(strlen(sipward_feed_fault_name(i)) > 4);
  }
  for (uint32_t i = 0; i <= SIPWARD_FEED_TOO_MANY; ++i) {
    CHECK(strlen(sipward_feed_refusal_name(i)) > 6);
  }
  CHECK(strcmp(sipward_feed_fault_name(SIPWARD_FEED_FAULT_SHRUNK), "shrunk") == 0);
  CHECK(strcmp(sipward_feed_refusal_name(SIPWARD_FEED_TOO_WIDE), "too_wide") == 0);
  CHECK(strcmp(sipward_feed_fault_name(99), "") == 0);
  CHECK(strcmp(sipward_feed_refusal_name(99), "") == 0);
}

int main(void) {
  sipward_engine* engine = make_engine(kFeedRules, 0);
  REQUIRE(engine != NULL);
  sipward_inspector* inspector = NULL;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  test_a_feed_fills_a_list(engine, inspector);
  test_refused_updates(engine);
  test_an_additive_feed(engine);
  test_without_an_engine();
  test_names();
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
