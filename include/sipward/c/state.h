/* State: the one region of memory that changes. The rules of sipward.h hold. */
#ifndef SIPWARD_C_STATE_H_
#define SIPWARD_C_STATE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_state sipward_state;

typedef struct sipward_state_options {
  uint32_t struct_size;
  uint32_t shared;  /* 1: with the processes that are forked after this call; else 0 */
  uint64_t bytes;   /* size of the region [64 MiB]; it never grows */
  uint8_t seed[16]; /* secret of the keyed hashes: random bytes; zero only to repeat a replay */
} sipward_state_options;
/* A shared state is for hosts that fork their workers: a process that is forked later counts in the
 * same memory, by engines and inspectors that were made before the fork or after it. Each process
 * reloads for itself. It holds the tables of its rules until all its inspectors, inherited ones
 * too, have left these rules, or until it dies; however it dies, the others go on, and what it
 * counted stays. Statistics are each process's own. Fork while no other thread is inside a call of
 * this library. Where there is no fork (Windows), `shared` says nothing.
 *
 * SIPWARD_ERR_NO_MEMORY if `bytes` cannot be had or is below 64 KiB. */
SIPWARD_API int32_t sipward_state_create(const sipward_state_options* options, sipward_state** out);
SIPWARD_API void sipward_state_destroy(sipward_state* state);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_STATE_H_ */
