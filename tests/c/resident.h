/* How much memory of this process is in use, as the kernel sees it. */
#ifndef SIPWARD_TESTS_C_RESIDENT_H_
#define SIPWARD_TESTS_C_RESIDENT_H_

#include <stdio.h>
#include <unistd.h>

/* Negative if that cannot be told. */
static long resident_kib(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%*s %ld", &pages) != 1) pages = -1;
  if (file != NULL) fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

#endif /* SIPWARD_TESTS_C_RESIDENT_H_ */
