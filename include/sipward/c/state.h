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
  uint32_t reserved;
  uint64_t bytes;   /* size of the region [64 MiB]; it never grows */
  uint8_t seed[16]; /* secret of the keyed hashes: random bytes; zero only to repeat a replay */
} sipward_state_options;
SIPWARD_API int32_t sipward_state_create(const sipward_state_options* options, sipward_state** out);
SIPWARD_API void sipward_state_destroy(sipward_state* state);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_STATE_H_ */
