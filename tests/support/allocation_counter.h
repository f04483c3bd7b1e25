/* Counts what this program allocates, in all threads and all libraries, and fails one allocation on
 * demand. The ordinary build sees the malloc family, mmap, and through them operator new. A
 * sanitizer has a malloc of its own: there only operator new is seen. */
#ifndef SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_
#define SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Allocations asked for since the program began. */
uint64_t allocation_count(void);
/* Blocks and mappings that were not given back. */
int64_t allocation_living(void);
/* Their bytes, as the allocator rounds them: the same block may be sixteen larger another time. */
int64_t allocation_living_bytes(void);

/* The allocation with this number from now, from 1, gets no memory; if `lasting`, neither do those
 * behind it. 0: all get it again. */
void allocation_fail(uint64_t number, int lasting);
/* How many were refused since allocation_fail was called. */
uint64_t allocation_refused(void);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_ */
