/* Loaded with LD_PRELOAD: passes every allocation of the process on to the C library and counts it.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

#define EXPORT __attribute__((visibility("default")))

static uint64_t allocations;

EXPORT uint64_t sipward_bench_allocations(void);
uint64_t sipward_bench_allocations(void) { return allocations; }

EXPORT void* malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}

EXPORT void* calloc(size_t count, size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}

EXPORT void* realloc(void* block, size_t size) {
  ++allocations;
  return __libc_realloc(block, size);
}

EXPORT void* aligned_alloc(size_t alignment, size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}

EXPORT void* memalign(size_t alignment, size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}

EXPORT int posix_memalign(void** block, size_t alignment, size_t size) {
  ++allocations;
  *block = __libc_memalign(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}
