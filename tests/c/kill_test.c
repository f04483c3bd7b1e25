/* Workers that share a state, and take up other rules all the time, are killed at any moment, again
 * and again: nobody hangs, what is counted is right within what was in flight, and no room is lost.
 * Some seconds; SIPWARD_KILL_SECONDS says how many. */
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "shared.h"

enum { kWorkers = 4, kHost = 9, kCallers = 10, kCalls = 40, kBetweenReloads = 16, kTexts = 64 };

static const char kKillRules[] =
    "version 1\n"
    "rule test.count { on request where method == INVITE when count(by src.ip over 1h) > 0 then "
    "alert }\n"
    "rule test.distinct { on call_start when distinct(callee.number by trunk over 1h) > 0 then "
    "alert }\n"
    "rule test.calls { on call_start when concurrent(by account) > 0 then alert }\n"
    "rule test.ban { on auth when true then ban src.ip for 1h }\n";
/* Behind these rules; has a table of its own in each text. The region has room for a few. */
static const char kOtherRule[] =
    "rule test.other { on request where method == INVITE when count(by from.user ?? \"%d\" over 1m "
    "max 4096) > 1000000000 then drop }\n";
static const char kTooLarge[] =
    "version 1\n"
    "rule test.huge { on request when count(by to.user ?? \"\" over 1m max 262144) > 1 then drop "
    "}\n";
static const uint64_t kRegion = 48 << 20;

/* Every worker notes before and after each step, so that the truth is known to one for each kill.
 */
typedef struct ledger {
  atomic_long begun, ended;
  atomic_long failed;
  atomic_long reloads;
  atomic_long bans_begun[256], bans_ended[256];
  atomic_int ran[kWorkers]; /* not 0: the worker of this number got as far as its first line */
} ledger;

typedef struct fields {
  uint32_t call_id[2], account[2], trunk, callee, source;
} fields;

static uint32_t field_of(uint32_t event, const char* name) {
  uint32_t field = 0;
  CHECK(sipward_field_find(event, name, strlen(name), &field) == SIPWARD_OK);
  return field;
}

static fields find_fields(void) {
  fields found = {{0}, {0}, 0, 0, 0};
  found.call_id[0] = field_of(SIPWARD_EVENT_CALL_START, "call_id");
  found.call_id[1] = field_of(SIPWARD_EVENT_CALL_END, "call_id");
  found.account[0] = field_of(SIPWARD_EVENT_CALL_START, "account");
  found.account[1] = field_of(SIPWARD_EVENT_CALL_END, "account");
  found.trunk = field_of(SIPWARD_EVENT_CALL_START, "trunk");
  found.callee = field_of(SIPWARD_EVENT_CALL_START, "callee.number");
  found.source = field_of(SIPWARD_EVENT_AUTH, "src.ip");
  return found;
}

static sipward_fact text_fact(uint32_t field, const char* text) {
  const sipward_fact fact = {
      .field = field, .kind = SIPWARD_FACT_TEXT, .text = text, .text_size = strlen(text)};
  return fact;
}

/* The value of the rule's aggregate; 0 if it did not match, -1 if the event was refused. */
static double tell(sipward_inspector* inspector, uint32_t kind, const sipward_fact* facts,
                   uint32_t count, const char* rule) {
  const sipward_host_event event = {.struct_size = sizeof event,
                                    .kind = kind,
                                    .flags = SIPWARD_EVENT_PROVEN,
                                    .fact_count = count,
                                    .wall_ns = 1700000000000000000,
                                    .monotonic_ns = 1000000000,
                                    .facts = facts};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (sipward_inspector_event(inspector, &event, &verdict) != SIPWARD_OK) return -1;
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    if (is_text(verdict.hits[i].rule, rule)) return verdict.hits[i].values[0];
  }
  return 0;
}

static double call(sipward_inspector* inspector, const fields* found, int number, int end) {
  char call_id[32];
  char account[32];
  char callee[32];
  snprintf(call_id, sizeof call_id, "call-%d", number);
  snprintf(account, sizeof account, "account-%d", number % kCallers);
  snprintf(callee, sizeof callee, "1202555%04d", number % 10);
  const sipward_fact facts[] = {
      text_fact(found->call_id[end], call_id), text_fact(found->account[end], account),
      text_fact(found->trunk, "carrier"), text_fact(found->callee, callee)};
  return end ? tell(inspector, SIPWARD_EVENT_CALL_END, facts, 2, "")
             : tell(inspector, SIPWARD_EVENT_CALL_START, facts, 4, "test.calls");
}

static int ban(sipward_inspector* inspector, const fields* found, unsigned host) {
  char source[32];
  snprintf(source, sizeof source, "203.0.113.%u", host % 256);
  const sipward_fact fact = text_fact(found->source, source);
  return tell(inspector, SIPWARD_EVENT_AUTH, &fact, 1, "test.ban") >= 0;
}

/* To the text with this number. */
static int reload(const sipward_engine* engine, int number) {
  char text[sizeof kKillRules + sizeof kOtherRule + 16];
  sipward_rules* rules = NULL;
  memcpy(text, kKillRules, sizeof kKillRules);
  snprintf(text + sizeof kKillRules - 1, sizeof kOtherRule + 16, kOtherRule, number);
  int32_t status = make_rules(text, &rules);
  if (status == SIPWARD_OK) status = sipward_engine_reload(engine, rules, NULL);
  sipward_rules_destroy(rules);
  if (status != SIPWARD_OK) fprintf(stderr, "to %d: status %d\n", number, (int)status);
  return status == SIPWARD_OK;
}

/* For one table, with what nobody uses given back. */
static uint64_t room_of(const sipward_engine* engine) {
  sipward_rules* rules = NULL;
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  CHECK(make_rules(kTooLarge, &rules) == SIPWARD_OK);
  CHECK(sipward_engine_reload(engine, rules, &misfit) == SIPWARD_ERR_STATE_FULL);
  sipward_rules_destroy(rules);
  return misfit.room;
}

static uint64_t used_of(const sipward_engine* engine) {
  sipward_statistics found = {.struct_size = sizeof found};
  CHECK(sipward_engine_statistics(engine, &found) == SIPWARD_OK);
  return found.state_used;
}

/* A child that was killed before it ran at all has its place for ten seconds more. */
static int comes_back(const sipward_engine* engine, uint64_t room, uint64_t used) {
  for (int seconds = 0; seconds < 15; ++seconds) {
    if (room_of(engine) == room && used_of(engine) == used) return 1;
    sleep(1);
  }
  fprintf(stderr, "room %llu of %llu, used %llu of %llu\n", (unsigned long long)room_of(engine),
          (unsigned long long)room, (unsigned long long)used_of(engine), (unsigned long long)used);
  return 0;
}

static void work(const sipward_engine* engine, const fields* found, ledger* book, unsigned seed) {
  sipward_inspector* inspector = NULL;
  if (sipward_inspector_create(engine, &inspector) != SIPWARD_OK) _exit(1);
  for (unsigned i = seed;; ++i) {
    if (i % kBetweenReloads == 0 && !reload(engine, (int)(i / kBetweenReloads) % kTexts)) {
      atomic_fetch_add(&book->failed, 1);
    }
    atomic_fetch_add(&book->reloads, i % kBetweenReloads == 0);
    const int number = (int)(i * 2654435761u >> 8) % kCalls;
    atomic_fetch_add(&book->begun, 1);
    const int counted = count_invite(inspector, kHost) >= 1;
    atomic_fetch_add(&book->ended, 1);
    const int called = call(inspector, found, number, 0) >= 1 &&
                       call(inspector, found, (number + 20) % kCalls, 1) == 0;
    atomic_fetch_add(&book->bans_begun[i % 256], 1);
    const int banned = ban(inspector, found, i);
    atomic_fetch_add(&book->bans_ended[i % 256], 1);
    if (!counted || !called || !banned) atomic_fetch_add(&book->failed, 1);
  }
}

static pid_t fork_worker(const sipward_engine* engine, const fields* found, ledger* book,
                         unsigned number, unsigned seed) {
  atomic_store(&book->ran[number], 0);
  const pid_t child = fork();
  if (child != 0) return child;
  atomic_store(&book->ran[number], 1);
  work(engine, found, book, seed);
  return 0;
}

/* A region has 255 places for processes, and a child that was killed before it ran keeps its own
 * for ten seconds: where a busy machine lets few of them run, some are spared until they do. */
static int may_be_killed(const ledger* book, unsigned number) {
  enum { kMostUnrun = 200, kSeconds = 12 };
  static time_t since = 0;
  static int unrun = 0;
  if (atomic_load(&book->ran[number])) return 1;
  if (time(NULL) - since > kSeconds) since = time(NULL), unrun = 0;
  return unrun++ < kMostUnrun;
}

static long check_counts(sipward_engine* engine, const fields* found, ledger* book, long kills) {
  sipward_inspector* inspector = NULL;
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  const long count = (long)count_invite(inspector, kHost) - 1;
  CHECK(count >= atomic_load(&book->ended) && count <= atomic_load(&book->begun));
  /* All calls begin, so none is uncounted; then they end, and at most one for each kill is left. */
  long calls = 0;
  long left = 0;
  for (int i = 0; i < kCalls; ++i) CHECK(call(inspector, found, i, 0) >= 1);
  for (int i = 0; i < kCallers; ++i) calls += (long)call(inspector, found, i, 0);
  CHECK(calls >= kCalls && calls <= kCalls + kills);
  for (int i = 0; i < kCalls; ++i) call(inspector, found, i, 1);
  for (int i = 0; i < kCallers; ++i) {
    left += (long)call(inspector, found, i, 0) - 1;
    call(inspector, found, i, 1);
  }
  CHECK(left >= 0 && left <= kills);
  /* Ten numbers were called. */
  const sipward_fact facts[] = {text_fact(found->call_id[0], "x"),
                                text_fact(found->trunk, "carrier"),
                                text_fact(found->callee, "12025550001")};
  CHECK(tell(inspector, SIPWARD_EVENT_CALL_START, facts, 3, "test.distinct") == 10);
  long bans = 0;
  sipward_ban found_ban = {.struct_size = sizeof found_ban};
  for (uint64_t cursor = 0;
       sipward_engine_ban_next(engine, 2000000000, &cursor, &found_ban) == SIPWARD_OK;) {
    CHECK(found_ban.reason_size == 8 && memcmp(found_ban.reason, "test.ban", 8) == 0);
    const int host = atoi(found_ban.key + strlen("203.0.113."));
    CHECK(host >= 0 && host < 256 && atomic_load(&book->bans_begun[host]) > 0);
    ++bans;
  }
  long expected = 0;
  for (int i = 0; i < 256; ++i) expected += atomic_load(&book->bans_ended[i]) > 0;
  CHECK(bans >= expected);
  printf(
      "%ld kills: %ld counted, between %ld and %ld; %ld of %d calls counted at the end, %ld too "
      "many after; %ld bans of %ld\n",
      kills, count, atomic_load(&book->ended), atomic_load(&book->begun), calls, kCalls, left, bans,
      expected);
  sipward_inspector_destroy(inspector);
  return count;
}

int main(void) {
  const char* asked = getenv("SIPWARD_KILL_SECONDS");
  const time_t seconds = asked != NULL ? atoi(asked) : 4;
  const fields found = find_fields();
  sipward_engine* engine = make_shared_engine(kKillRules, kRegion);
  ledger* book = shared_memory(sizeof *book);
  REQUIRE(engine != NULL && book != NULL);
  const uint64_t room = room_of(engine);
  const uint64_t used = used_of(engine);
  pid_t workers[kWorkers];
  unsigned random = 1;
  long kills = 0;
  for (unsigned i = 0; i < kWorkers; ++i) {
    workers[i] = fork_worker(engine, &found, book, i, i * 1000);
  }
  long before = 0;
  for (const time_t end = time(NULL) + seconds; time(NULL) < end;) {
    random = random * 1664525u + 1013904223u;
    usleep(2000 + (random >> 8) % 8000);
    const unsigned number = (random >> 24) % kWorkers;
    if (!may_be_killed(book, number)) continue;
    kill(workers[number], SIGKILL);
    waitpid(workers[number], NULL, 0);
    workers[number] = fork_worker(engine, &found, book, number, random);
    /* The others went on since a hundred kills ago. */
    if (++kills % 100 != 0) continue;
    CHECK(atomic_load(&book->ended) > before);
    before = atomic_load(&book->ended);
  }
  for (int i = 0; i < kWorkers; ++i) kill(workers[i], SIGKILL);
  for (int i = 0; i < kWorkers; ++i) waitpid(workers[i], NULL, 0);
  CHECK(atomic_load(&book->failed) == 0);
  CHECK(check_counts(engine, &found, book, kills + kWorkers) > 0);
  printf("%ld reloads\n", atomic_load(&book->reloads));
  CHECK(atomic_load(&book->reloads) > 0);
  CHECK(comes_back(engine, room, used));
  sipward_engine_destroy(engine);
  return check_failures;
}
