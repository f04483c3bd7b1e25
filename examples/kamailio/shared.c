#include "shared.h"

#include <stdlib.h>
#include <string.h>

#include "core/dprint.h"
#include "core/locking.h"
#include "core/mem/shm.h"
#include "core/pt.h"

typedef struct ward_shared {
  gen_lock_t lock; /* over the texts */
  uint32_t generation;
  char* texts;
  size_t size;
  int processes;
  ward_counters* counters;
} ward_shared;

static ward_shared* shared = NULL;
static ward_counters none; /* of a process that has no place */

/* In shared memory; NULL if there is none. */
static char* copy_to_shared(const rule_texts* texts) {
  char* copy = shm_malloc(texts->size > 0 ? texts->size : 1);
  if (copy == NULL) {
    SHM_MEM_ERROR;
    return NULL;
  }
  if (texts->size > 0) memcpy(copy, texts->data, texts->size);
  return copy;
}

int shared_create(const rule_texts* first) {
  shared = shm_malloc(sizeof *shared);
  if (shared == NULL) {
    SHM_MEM_ERROR;
    return -1;
  }
  memset(shared, 0, sizeof *shared);
  lock_init(&shared->lock);
  shared->texts = copy_to_shared(first);
  shared->size = first->size;
  shared->generation = 1;
  return shared->texts != NULL ? 0 : -1;
}

int shared_make_room(int processes) {
  const size_t bytes = sizeof *shared->counters * (size_t)processes;
  shared->counters = shm_malloc(bytes);
  if (shared->counters == NULL) {
    SHM_MEM_ERROR;
    return -1;
  }
  memset(shared->counters, 0, bytes);
  shared->processes = processes;
  return 0;
}

void shared_destroy(void) {
  if (shared == NULL) return;
  if (shared->texts != NULL) shm_free(shared->texts);
  if (shared->counters != NULL) shm_free(shared->counters);
  lock_destroy(&shared->lock);
  shm_free(shared);
  shared = NULL;
}

uint32_t shared_generation(void) { return __atomic_load_n(&shared->generation, __ATOMIC_ACQUIRE); }

uint32_t shared_publish(const rule_texts* texts) {
  char* fresh = copy_to_shared(texts);
  if (fresh == NULL) return 0;
  lock_get(&shared->lock);
  char* old = shared->texts;
  shared->texts = fresh;
  shared->size = texts->size;
  const uint32_t generation = shared->generation + 1;
  __atomic_store_n(&shared->generation, generation, __ATOMIC_RELEASE);
  lock_release(&shared->lock);
  shm_free(old);
  return generation;
}

uint32_t shared_take(rule_texts* copy) {
  lock_get(&shared->lock);
  const uint32_t generation = shared->generation;
  copy->size = shared->size;
  copy->data = malloc(copy->size > 0 ? copy->size : 1);
  if (copy->data != NULL && copy->size > 0) memcpy(copy->data, shared->texts, copy->size);
  lock_release(&shared->lock);
  return copy->data != NULL ? generation : 0;
}

ward_counters* shared_mine(void) {
  const int here = process_no;
  return here >= 0 && here < shared->processes ? &shared->counters[here] : &none;
}

const ward_counters* shared_of(int index) {
  return index >= 0 && index < shared->processes ? &shared->counters[index] : NULL;
}
