/* Stands before the two functions of Hyperscan that compile; the library finds these first. They
 * are declared here as the linker sees them, so that the test needs no header of Hyperscan. */
#define _GNU_SOURCE
#include "hyperscan_calls.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "tests/support/allocation_counter.h"

#define SEEN __attribute__((visibility("default")))

static int inside = 0;
static uint64_t calls = 0;
static uint64_t refusals = 0;

int inside_hyperscan(void) { return inside; }

uint64_t hyperscan_calls(void) { return calls; }

uint64_t hyperscan_refusals(void) {
  const uint64_t count = refusals;
  refusals = 0;
  return count;
}

static uint64_t enter(void) {
  inside = 1;
  ++calls;
  return allocation_refused();
}

static int leave(int status, uint64_t refused_before) {
  inside = 0;
  refusals += allocation_refused() - refused_before;
  return status;
}

typedef int expression_info(const char* pattern, unsigned flags, void** info, void** error);
typedef int compile_multi(const char* const* patterns, const unsigned* flags,
                          const unsigned* numbers, unsigned count, unsigned mode,
                          const void* platform, void** database, void** error);

/* A function pointer is no object pointer: C wants it copied. */
static void find(const char* name, void* function) {
  void* const found = dlsym(RTLD_NEXT, name);
  memcpy(function, &found, sizeof found);
}

SEEN int hs_expression_info(const char* pattern, unsigned flags, void** info, void** error);
SEEN int hs_expression_info(const char* pattern, unsigned flags, void** info, void** error) {
  static expression_info* real = NULL;
  if (real == NULL) find("hs_expression_info", &real);
  const uint64_t before = enter();
  return leave(real(pattern, flags, info, error), before);
}

SEEN int hs_compile_multi(const char* const* patterns, const unsigned* flags,
                          const unsigned* numbers, unsigned count, unsigned mode,
                          const void* platform, void** database, void** error);
SEEN int hs_compile_multi(const char* const* patterns, const unsigned* flags,
                          const unsigned* numbers, unsigned count, unsigned mode,
                          const void* platform, void** database, void** error) {
  static compile_multi* real = NULL;
  if (real == NULL) find("hs_compile_multi", &real);
  const uint64_t before = enter();
  return leave(real(patterns, flags, numbers, count, mode, platform, database, error), before);
}
