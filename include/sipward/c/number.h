/* Telephone numbers: to which country one belongs, what sort of number it is, and whether the
 * numbering plan of that country has it. The rules of sipward.h hold. */
#ifndef SIPWARD_C_NUMBER_H_
#define SIPWARD_C_NUMBER_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SIPWARD_NUMBER_NONE = 0,        /* not in E.164 form: nothing, a short number, no country code */
  SIPWARD_NUMBER_UNALLOCATED = 1, /* the plan of its country has no such number */
  SIPWARD_NUMBER_FIXED = 2,
  SIPWARD_NUMBER_MOBILE = 3,
  SIPWARD_NUMBER_FIXED_OR_MOBILE = 4, /* the plan does not say which */
  SIPWARD_NUMBER_PREMIUM = 5,
  SIPWARD_NUMBER_TOLL_FREE = 6,
  SIPWARD_NUMBER_SHARED_COST = 7,
  SIPWARD_NUMBER_VOIP = 8,
  SIPWARD_NUMBER_PERSONAL = 9,
  SIPWARD_NUMBER_PAGER = 10,
  SIPWARD_NUMBER_UAN = 11, /* a company's number for the whole of a country */
  SIPWARD_NUMBER_VOICEMAIL = 12,
  SIPWARD_NUMBER_SATELLITE = 13
};

/* The texts live as long as the library; all but type_name are empty of what is no number. */
typedef struct sipward_number_info {
  uint32_t struct_size;
  uint32_t type;             /* SIPWARD_NUMBER_... */
  sipward_text type_name;    /* as rules write it: "mobile" */
  sipward_text country;      /* ISO 3166-1 code: "DE"; "001" of numbers that are no country's */
  sipward_text region;       /* part of the world: "europe", "caribbean"; "world" of 001 */
  sipward_text calling_code; /* "49" */
  uint32_t valid;            /* not 0: the plan has such a number; in use or not */
  uint32_t reserved;
} sipward_number_info;

/* Looks up a number in E.164 form: digits with the country calling code in front; a leading + and
 * the separators -.() are skipped. Whatever is no number is SIPWARD_OK and SIPWARD_NUMBER_NONE.
 * Digits that are too many change neither country nor region. */
SIPWARD_API int32_t sipward_number_lookup(const char* number, size_t number_size,
                                          sipward_number_info* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_NUMBER_H_ */
