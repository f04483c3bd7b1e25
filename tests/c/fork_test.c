/* A host that forks its workers after start-up: what was made before the fork works on both sides
 * of it. */
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "sample.h"

static int inspect_both(sipward_inspector* inspector) {
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet options = make_packet(0, sizeof kOptions - 1, 1);
  if (sipward_inspector_inspect(inspector, kOptions, &options, &verdict) != SIPWARD_OK) return 1;
  if (verdict.action != SIPWARD_ACTION_REJECT) return 2;
  const sipward_packet invite = make_packet(0, sizeof kInvite - 1, 2);
  for (int i = 1; i <= 4; ++i) {
    if (sipward_inspector_inspect(inspector, kInvite, &invite, &verdict) != SIPWARD_OK) return 3;
    if (verdict.action != (i > 3 ? SIPWARD_ACTION_DROP : SIPWARD_ACTION_ALLOW)) return 4;
  }
  return 0;
}

int main(void) {
  sipward_engine* engine = make_engine(kRules, 0);
  sipward_inspector* inspector = NULL;
  REQUIRE(engine != NULL);
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (int i = 0; i < 3; ++i) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      /* Private memory: a child starts with the counts of before the fork. */
      sipward_inspector* own = NULL;
      if (sipward_inspector_create(engine, &own) != SIPWARD_OK) _exit(9);
      const int result = inspect_both(i % 2 == 0 ? inspector : own);
      sipward_inspector_destroy(own);
      _exit(result);
    }
    int ended = 0;
    CHECK(waitpid(child, &ended, 0) == child);
    CHECK(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
  }
  CHECK(inspect_both(inspector) == 0);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
