/* A second factor: one-time codes (RFC 6238 over RFC 4226), each of which counts once. The rules of
 * sipward.h hold.
 *
 * The host asks for the digits in its own way, behind a verdict of `challenge`: after an answer
 * (DTMF), behind the dialled number (sipward_code_split), or in a header of its own. */
#ifndef SIPWARD_C_FACTOR_H_
#define SIPWARD_C_FACTOR_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/state.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_second_factor sipward_second_factor;

enum {
  SIPWARD_CODE_SHA_1 = 0, /* what most apps have */
  SIPWARD_CODE_SHA_256 = 1,
  SIPWARD_CODE_SHA_512 = 2
};
typedef struct sipward_second_factor_options {
  uint32_t struct_size;
  uint32_t hash;         /* SIPWARD_CODE_... */
  uint32_t digits;       /* 6 to 8 [6] */
  uint32_t present_only; /* 1: no code of the steps around the present one is good */
  uint32_t window;       /* steps before and behind it whose codes are, up to 10 [1] */
  uint32_t attempts;     /* of an account at once, up to 1,000 [5] */
  uint64_t step_s;       /* up to an hour [30] */
  uint64_t recovers_s;   /* one more attempt every so often, up to a day [60] */
  uint32_t accounts;     /* that are remembered [16,384] */
  uint32_t reserved;
  const sipward_state* state; /* where used codes and attempts are remembered */
} sipward_second_factor_options;
/* One thread's. SIPWARD_ERR_STATE_FULL: the state has no room. SIPWARD_ERR_UNSUPPORTED if the
 * library was built without identity. */
SIPWARD_API int32_t sipward_second_factor_create(const sipward_second_factor_options* options,
                                                 sipward_second_factor** out);
SIPWARD_API void sipward_second_factor_destroy(sipward_second_factor* factor);

typedef struct sipward_code_attempt {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t wall_ns;      /* since 1970 UTC, not before */
  int64_t monotonic_ns; /* the same clock as of packets */
  sipward_text account;
  sipward_text secret; /* base32 (RFC 4648), as the account's app has it; 10 to 128 octets */
  sipward_text code;   /* digits */
  /* What the code is given for, a Call-ID: for that it may come again, since requests do. None: it
   * counts once, whatever it is for. */
  sipward_text use;
} sipward_code_attempt;
enum {
  SIPWARD_CODE_WRONG = 0,
  SIPWARD_CODE_RIGHT = 1,
  SIPWARD_CODE_USED = 2,  /* it is right, but it or a later one was taken before */
  SIPWARD_CODE_LOCKED = 3 /* too many attempts: nothing was compared */
};
/* *result: SIPWARD_CODE_WRONG ... SIPWARD_ERR_CREDENTIAL: the secret is none. Compares in constant
 * time; allocates nothing but inside libcrypto. */
SIPWARD_API int32_t sipward_second_factor_check(sipward_second_factor* factor,
                                                const sipward_code_attempt* attempt,
                                                uint32_t* result);

/* Writes the code of a counter (RFC 4226); of RFC 6238 it is the seconds since 1970 divided by the
 * step. `hash`: SIPWARD_CODE_...; `secret` in base32; *size becomes `digits`, 6 to 8.
 * SIPWARD_ERR_CREDENTIAL: the secret is none. SIPWARD_ERR_SPACE: `capacity` is less. */
SIPWARD_API int32_t sipward_code_make(uint32_t hash, const char* secret, size_t secret_size,
                                      uint64_t counter, uint32_t digits, char* out, size_t capacity,
                                      size_t* size);
/* Takes a number that was dialled with a code behind it apart: "0049301234*492039". SIPWARD_END:
 * there are not exactly `digits` digits (6 to 8) behind the last '*', or nothing before it. */
SIPWARD_API int32_t sipward_code_split(const char* dialled, size_t dialled_size, uint32_t digits,
                                       sipward_text* number, sipward_text* code);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_FACTOR_H_ */
