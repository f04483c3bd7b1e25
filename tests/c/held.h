/* What this process holds: nothing of it depends on what an allocator keeps for next time, or on
 * which pages the kernel has at hand. */
#ifndef SIPWARD_TESTS_C_HELD_H_
#define SIPWARD_TESTS_C_HELD_H_

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

typedef struct held {
  long bytes;      /* that were allocated and not freed */
  long mapped_kib; /* everything else that is mapped: libraries, regions of state */
} held;

/* Negative if it cannot be told. The first call allocates as well. */
static held what_is_held(void) {
  held out = {-1, -1};
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  const int read = file != NULL && fscanf(file, "%ld", &pages) == 1;
  if (file != NULL) fclose(file);
  if (!read) return out;
  const struct mallinfo2 info = mallinfo2();
  out.bytes = (long)(info.uordblks + info.hblkhd);
  out.mapped_kib =
      pages * (sysconf(_SC_PAGESIZE) / 1024) - (long)((info.arena + info.hblkhd) / 1024);
  return out;
}

#endif /* SIPWARD_TESTS_C_HELD_H_ */
