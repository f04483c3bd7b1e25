/* Several threads, each with its inspector, over one engine and its state. */
#include <pthread.h>

#include "check.h"
#include "sample.h"

enum { kThreads = 4, kRounds = 2000 };

typedef struct worker {
  pthread_t thread;
  const sipward_engine* engine;
  unsigned rejected;
  unsigned dropped;
} worker;

static void* work(void* argument) {
  worker* self = argument;
  sipward_inspector* inspector = NULL;
  if (sipward_inspector_create(self->engine, &inspector) != SIPWARD_OK) return NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  sipward_statistics counted = {.struct_size = sizeof counted};
  for (int i = 0; i < kRounds; ++i) {
    sipward_packet options = make_packet(0, sizeof kOptions - 1, (uint8_t)i);
    options.transport = SIPWARD_TRANSPORT_UDP; /* a source that is not proven is not banned */
    if (sipward_inspector_inspect(inspector, kOptions, &options, &verdict) == SIPWARD_OK) {
      self->rejected += verdict.action == SIPWARD_ACTION_REJECT;
    }
    const sipward_packet invite = make_packet(0, sizeof kInvite - 1, 250);
    if (sipward_inspector_inspect(inspector, kInvite, &invite, &verdict) == SIPWARD_OK) {
      self->dropped += verdict.action == SIPWARD_ACTION_DROP;
    }
    sipward_engine_statistics(self->engine, &counted);
  }
  sipward_inspector_destroy(inspector);
  return NULL;
}

int main(void) {
  static worker workers[kThreads];
  sipward_engine* engine = make_engine(kRules, 0);
  REQUIRE(engine != NULL);
  for (int i = 0; i < kThreads; ++i) {
    workers[i].engine = engine;
    REQUIRE(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0);
  }
  unsigned dropped = 0;
  for (int i = 0; i < kThreads; ++i) {
    pthread_join(workers[i].thread, NULL);
    CHECK(workers[i].rejected == kRounds);
    dropped += workers[i].dropped;
  }
  /* One source, counted by all threads together: all of its INVITEs but the first three. */
  CHECK(dropped == kThreads * kRounds - 3);
  sipward_statistics counted = {.struct_size = sizeof counted};
  CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
  CHECK(counted.packets == 2u * kThreads * kRounds);
  /* No update was lost: the next one is told the count of them all. */
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  const sipward_packet invite = make_packet(0, sizeof kInvite - 1, 250);
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  CHECK(sipward_inspector_inspect(inspector, kInvite, &invite, &verdict) == SIPWARD_OK);
  CHECK(verdict.hit_count == 1 && verdict.hits[0].values[0] == kThreads * kRounds + 1);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  return check_failures;
}
