/* Four workers take up other rules at different moments while all of them count: nothing is lost,
 * nothing grows in any of them, and the room of old rules comes back with the last that leaves
 * them. */
#include <signal.h>
#include <stdatomic.h>

#include "shared.h"
#include "tests/support/allocation_counter.h"

/* The texts of the phases from kWarm on are of one length: what they leave must be, too. */
enum { kWorkers = 4, kPhases = 40, kWarm = 10, kHost = 9 };

/* The count is in all of them; beside it each has a table of 4 MiB, of which the region has room
 * for two at once. */
static const char kRulesOfPhase[] =
    "version 1\n"
    "rule test.count { on request where method == INVITE when count(by src.ip over 1h max 1024) > "
    "0 "
    "then alert }\n"
    "rule test.large { on request where method == INVITE when count(by from.user ?? \"%d\" over 1m "
    "max 32768) > 1000000000 then drop }\n";
static const char kTooLarge[] =
    "version 1\n"
    "rule test.huge { on request when count(by to.user ?? \"\" over 1m max 131072) > 1 then drop "
    "}\n";
static const uint64_t kRegion = 18 << 20;

typedef struct progress {
  atomic_int phase;            /* that the workers should be in */
  atomic_int arrived[kPhases]; /* who has taken it up, and let go of what was before */
  atomic_long counted;
  atomic_int begun; /* the one that is killed has */
} progress;

static int32_t reload_to(const sipward_engine* engine, int phase) {
  char text[sizeof kRulesOfPhase + 16];
  sipward_rules* rules = NULL;
  snprintf(text, sizeof text, kRulesOfPhase, phase);
  int32_t status = make_rules(text, &rules);
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  if (status == SIPWARD_OK) status = sipward_engine_reload(engine, rules, &misfit);
  if (status != SIPWARD_OK) {
    fprintf(stderr, "to %d: status %d, %llu bytes, room for %llu\n", phase, (int)status,
            (unsigned long long)misfit.bytes, (unsigned long long)misfit.room);
  }
  sipward_rules_destroy(rules);
  return status;
}

static sipward_statistics statistics_of(const sipward_engine* engine) {
  sipward_statistics found = {.struct_size = sizeof found};
  CHECK(sipward_engine_statistics(engine, &found) == SIPWARD_OK);
  return found;
}

static int refuses_what_is_too_large(const sipward_engine* engine) {
  sipward_rules* rules = NULL;
  sipward_misfit misfit = {.struct_size = sizeof misfit};
  if (make_rules(kTooLarge, &rules) != SIPWARD_OK) return 0;
  const int32_t status = sipward_engine_reload(engine, rules, &misfit);
  sipward_rules_destroy(rules);
  return status == SIPWARD_ERR_STATE_FULL && misfit.bytes > misfit.room &&
         misfit.signature_size > 4;
}

static int work(const sipward_engine* engine, int number, progress* shared) {
  sipward_inspector* inspector = NULL;
  if (sipward_inspector_create(engine, &inspector) != SIPWARD_OK) return 1;
  int phase = 0;
  int wait = 0;
  int64_t warm = 0;
  while (atomic_load(&shared->phase) < kPhases) {
    if (count_invite(inspector, kHost) < 1) return 2;
    atomic_fetch_add(&shared->counted, 1);
    if (atomic_load(&shared->phase) == phase || ++wait < (number + phase) % kWorkers * 200)
      continue;
    if (!refuses_what_is_too_large(engine)) return 3;
    if (reload_to(engine, ++phase) != SIPWARD_OK) return 4;
    /* The inspector leaves the old rules here. */
    if (count_invite(inspector, kHost) < 1) return 5;
    atomic_fetch_add(&shared->counted, 1);
    if (phase == kWarm) warm = allocation_living();
    if (phase > kWarm && allocation_living() != warm) return 6;
    atomic_fetch_add(&shared->arrived[phase], 1);
    wait = 0;
  }
  return 0;
}

static void test_adoption(sipward_engine* engine, progress* shared) {
  sipward_inspector* inspector = NULL;
  pid_t workers[kWorkers];
  const uint64_t used = statistics_of(engine).state_used;
  for (int i = 0; i < kWorkers; ++i) {
    workers[i] = fork();
    if (workers[i] == 0) _exit(work(engine, i, shared));
  }
  /* One that stays with the first rules until it is killed: it must hold nothing then. */
  const pid_t killed = fork();
  if (killed == 0) {
    atomic_store(&shared->begun, 1);
    for (;;) pause();
  }
  /* Behind the forks: a worker that has it and never uses it would stay with the first rules. */
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int phase = 1; phase < kPhases; ++phase) {
    if (phase == 2) {
      while (atomic_load(&shared->begun) == 0) usleep(1000);
      kill(killed, SIGKILL);
      waitpid(killed, NULL, 0);
    }
    atomic_store(&shared->phase, phase);
    CHECK(reload_to(engine, phase) == SIPWARD_OK);
    CHECK(count_invite(inspector, kHost) >= 1);
    atomic_fetch_add(&shared->counted, 1);
    for (int tries = 0; atomic_load(&shared->arrived[phase]) < kWorkers && tries < 20000; ++tries) {
      usleep(1000);
    }
    CHECK(atomic_load(&shared->arrived[phase]) == kWorkers);
  }
  atomic_store(&shared->phase, kPhases);
  for (int i = 0; i < kWorkers; ++i) CHECK(outcome_of(workers[i]) == 0);
  CHECK(count_invite(inspector, kHost) == (double)atomic_load(&shared->counted) + 1);
  /* What the workers had is given back, by those that ended as by the one that was killed: the
   * room that is left for a table that does not fit is what it was, and so is what is used. */
  CHECK(refuses_what_is_too_large(engine));
  CHECK(statistics_of(engine).state_used == used);
  sipward_inspector_destroy(inspector);
}

int main(void) {
  char text[sizeof kRulesOfPhase + 16];
  snprintf(text, sizeof text, kRulesOfPhase, 0);
  sipward_engine* engine = make_shared_engine(text, kRegion);
  progress* shared = shared_memory(sizeof *shared);
  REQUIRE(engine != NULL && shared != NULL);
  test_adoption(engine, shared);
  sipward_engine_destroy(engine);
  return check_failures;
}
