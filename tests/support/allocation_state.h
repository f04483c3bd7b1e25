/* What both ways to see allocations share. Included by one file of a program. */
#ifndef SIPWARD_TESTS_SUPPORT_ALLOCATION_STATE_H_
#define SIPWARD_TESTS_SUPPORT_ALLOCATION_STATE_H_

#include "tests/support/allocation_counter.h"

/* GCC's builtins, because C11 and C++20 spell atomics differently. */
static uint64_t allocation_made = 0;
static int64_t allocation_alive = 0;
static int64_t allocation_alive_bytes = 0;
static uint64_t allocation_failing_at = 0; /* 0: none */
static int allocation_failing_lasts = 0;
static uint64_t allocation_refusals = 0;

/* Counts an allocation; 0 if it is to get no memory. */
static inline int allocation_allowed(void) {
  const uint64_t number = __atomic_add_fetch(&allocation_made, 1, __ATOMIC_RELAXED);
  const uint64_t failing = __atomic_load_n(&allocation_failing_at, __ATOMIC_RELAXED);
  if (failing == 0 || number < failing) return 1;
  if (number > failing && !__atomic_load_n(&allocation_failing_lasts, __ATOMIC_RELAXED)) return 1;
  __atomic_add_fetch(&allocation_refusals, 1, __ATOMIC_RELAXED);
  return 0;
}

static inline void allocation_add_living(int64_t count, int64_t bytes) {
  __atomic_add_fetch(&allocation_alive, count, __ATOMIC_RELAXED);
  __atomic_add_fetch(&allocation_alive_bytes, bytes, __ATOMIC_RELAXED);
}

uint64_t allocation_count(void) { return __atomic_load_n(&allocation_made, __ATOMIC_RELAXED); }

int64_t allocation_living(void) { return __atomic_load_n(&allocation_alive, __ATOMIC_RELAXED); }

int64_t allocation_living_bytes(void) {
  return __atomic_load_n(&allocation_alive_bytes, __ATOMIC_RELAXED);
}

void allocation_fail(uint64_t number, int lasting) {
  __atomic_store_n(&allocation_failing_at, 0, __ATOMIC_RELAXED);
  if (number == 0) return;
  __atomic_store_n(&allocation_refusals, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&allocation_failing_lasts, lasting, __ATOMIC_RELAXED);
  __atomic_store_n(&allocation_failing_at, allocation_count() + number, __ATOMIC_RELAXED);
}

uint64_t allocation_refused(void) {
  return __atomic_load_n(&allocation_refusals, __ATOMIC_RELAXED);
}

#endif /* SIPWARD_TESTS_SUPPORT_ALLOCATION_STATE_H_ */
