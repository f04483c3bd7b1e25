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
 * counted stays. 255 processes at a time; of more all count, but tables that they have used stay
 * for good. Statistics are each process's own. Fork while no other thread is inside a call of this
 * library. Where there is no fork (Windows), `shared` says nothing.
 *
 * SIPWARD_ERR_NO_MEMORY if `bytes` cannot be had or is below 64 KiB. */
SIPWARD_API int32_t sipward_state_create(const sipward_state_options* options, sipward_state** out);
SIPWARD_API void sipward_state_destroy(sipward_state* state);

/* Both clocks of the host at one moment: those of its packets. */
typedef struct sipward_moment {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t wall_ns;
  int64_t monotonic_ns;
} sipward_moment;

/* Writes a copy of all that is counted, banned and listed to out[0, capacity), so that it outlives
 * a restart. May be called while others inspect. Every key is copied as it is at some moment of the
 * call; a call that begins or ends meanwhile may be counted until its lease would have ended. It
 * reads the whole region and holds up inspectors by microseconds, reloads until it is done.
 *
 * `*size`, written on SIPWARD_OK and SIPWARD_ERR_SPACE, is what was written, or the capacity that
 * is enough (at most a little more than the state). A capacity of 0 asks for it. Allocates nothing.
 */
SIPWARD_API int32_t sipward_state_snapshot(const sipward_state* state, const sipward_moment* moment,
                                           char* out, size_t capacity, size_t* size);
/* Takes over a snapshot: for the time after sipward_state_create and before the first engine. The
 * state must have the same size and seed as the one that was copied. Any bytes may be given: what
 * is cut, changed or foreign is refused and leaves the state as it was. The monotonic clock may be
 * another than then: bans and windows end as if the host had slept from the wall time of the
 * snapshot to that of `moment`, and not have slept if the wall clock was set back.
 *
 * SIPWARD_ERR_SNAPSHOT: `*why`, if not NULL, is a sentence that says why not. Rules that are loaded
 * afterwards find what they and the rules of then have alike. */
SIPWARD_API int32_t sipward_state_restore(sipward_state* state, const char* data, size_t size,
                                          const sipward_moment* moment, sipward_text* why);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_STATE_H_ */
