/* Stands before glibc's malloc family: every library of the process finds these functions first. */
/* For syscall. */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/support/allocation_state.h"

#define SEEN __attribute__((visibility("default")))

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* memory);

static int64_t size_of(void* memory) { return (int64_t)malloc_usable_size(memory); }

static void* living(void* memory) {
  if (memory != NULL) allocation_add_living(1, size_of(memory));
  return memory;
}

static void* refused(void) {
  errno = ENOMEM;
  return NULL;
}

SEEN void* malloc(size_t size) {
  return allocation_allowed() ? living(__libc_malloc(size)) : refused();
}

SEEN void* calloc(size_t count, size_t size) {
  return allocation_allowed() ? living(__libc_calloc(count, size)) : refused();
}

SEEN void* memalign(size_t alignment, size_t size) {
  return allocation_allowed() ? living(__libc_memalign(alignment, size)) : refused();
}

SEEN void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

SEEN int posix_memalign(void** out, size_t alignment, size_t size) {
  void* memory = memalign(alignment, size);
  if (memory == NULL) return ENOMEM;
  *out = memory;
  return 0;
}

SEEN void free(void* memory) {
  if (memory != NULL) allocation_add_living(-1, -size_of(memory));
  __libc_free(memory);
}

/* To nothing is to free, from nothing to allocate. */
SEEN void* realloc(void* old, size_t size) {
  if (old == NULL) return malloc(size);
  if (size == 0) {
    free(old);
    return NULL;
  }
  if (!allocation_allowed()) return refused();
  const int64_t before = size_of(old);
  void* memory = __libc_realloc(old, size);
  if (memory != NULL) allocation_add_living(0, size_of(memory) - before);
  return memory;
}

SEEN void* mmap(void* where, size_t size, int protection, int flags, int file, off_t offset) {
  if (!allocation_allowed()) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  const long mapped = syscall(SYS_mmap, where, size, protection, flags, file, offset);
  if (mapped != -1) allocation_add_living(1, (int64_t)size);
  return (void*)mapped;
}

SEEN int munmap(void* memory, size_t size) {
  const int result = (int)syscall(SYS_munmap, memory, size);
  if (result == 0) allocation_add_living(-1, -(int64_t)size);
  return result;
}
