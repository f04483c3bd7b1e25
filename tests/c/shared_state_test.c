/* A state that is shared across fork: what processes and threads count, they count together. */
#include <pthread.h>

#include "shared.h"

enum { kThreads = 2, kProcesses = 2, kRounds = 2000, kHost = 9 };

static const char kCount[] =
    "version 1\n"
    "rule test.count { on request where method == INVITE when count(by src.ip over 1h) > 0 then "
    "alert }\n";

static void* count_by_engine(void* engine) {
  sipward_inspector* inspector = NULL;
  if (sipward_inspector_create(engine, &inspector) != SIPWARD_OK) return engine;
  int failed = 0;
  for (int i = 0; i < kRounds; ++i) failed += count_invite(inspector, kHost) < 1;
  sipward_inspector_destroy(inspector);
  return failed == 0 ? NULL : engine;
}

static int count_by_threads(sipward_engine* engine) {
  pthread_t threads[kThreads];
  int failed = 0;
  for (int i = 0; i < kThreads; ++i) {
    if (pthread_create(&threads[i], NULL, count_by_engine, engine) != 0) return 1;
  }
  for (int i = 0; i < kThreads; ++i) {
    void* result = NULL;
    pthread_join(threads[i], &result);
    failed += result != NULL;
  }
  return failed;
}

static void test_processes_and_threads_count_together(void) {
  sipward_engine* engine = make_shared_engine(kCount, 0);
  sipward_inspector* inspector = NULL;
  pid_t children[kProcesses];
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int i = 0; i < kProcesses; ++i) {
    children[i] = fork();
    if (children[i] != 0) continue;
    const int failed = count_by_threads(engine);
    /* One that its parent made works as well. */
    _exit(failed == 0 && count_invite(inspector, kHost) > kRounds ? 0 : 1);
  }
  for (int i = 0; i < kProcesses; ++i) CHECK(outcome_of(children[i]) == 0);
  CHECK(count_invite(inspector, kHost) == kProcesses * (kThreads * kRounds + 1) + 1);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
}

static void test_bans_are_everybodys(void) {
  static const char kHostText[] = "198.51.100.9";
  sipward_engine* engine = make_shared_engine(kCount, 0);
  sipward_ban ban = {.struct_size = sizeof ban};
  const pid_t child = fork();
  if (child == 0) {
    const int32_t status = sipward_engine_ban_add(engine, SIPWARD_BAN_ADDRESS, kHostText,
                                                  sizeof kHostText - 1, "child", 5, 1000000000, 1);
    _exit(status == SIPWARD_OK ? 0 : 1);
  }
  CHECK(outcome_of(child) == 0);
  CHECK(sipward_engine_ban_find(engine, SIPWARD_BAN_ADDRESS, kHostText, sizeof kHostText - 1, 2,
                                &ban) == SIPWARD_OK);
  CHECK(ban.reason_size == 5 && memcmp(ban.reason, "child", 5) == 0);
  sipward_engine_destroy(engine);
}

int main(void) {
  test_processes_and_threads_count_together();
  test_bans_are_everybodys();
  return check_failures;
}
