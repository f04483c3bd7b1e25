/* Telephone numbers: to which country one belongs, what sort of number it is, whether the numbering
 * plan of that country has it, and the one form of all that it is written in. The rules of
 * sipward.h hold. */
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
  SIPWARD_NUMBER_SATELLITE = 13,
  SIPWARD_NUMBER_EMERGENCY = 14 /* a short number for help: of rules that know their country */
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

/* Digits that a number has at most. */
#define SIPWARD_NUMBER_DIGITS 64

/* The country that a code means: its ISO 3166-1 code ("DE"), or a calling code with a + or without
 * ("49"), which stands for the main country of those that share it. `*country` is its ISO code,
 * which lives as long as the library, and empty if there is none. */
SIPWARD_API int32_t sipward_number_country(const char* code, size_t code_size,
                                           sipward_text* country);

/* Writes the one form of all that a number is written in to out[0, capacity): the digits of its
 * E.164 form without the +. The text is digits with the marks -.()/~ and blanks between them, a +
 * in front or not, or a tel:, sip: or sips: URI of such a number, with parameters (RFC 3966) and
 * escapes; `*size` is 0 if it is anything else. What is dialled without a + is read as in `home`:
 * behind international and national prefixes, short numbers as they are. `home` is what
 * sipward_number_country takes; if it is empty, digits without a + stay as they are.
 * SIPWARD_ERR_ARGUMENT: there is no such country. SIPWARD_ERR_SPACE: `*size` is what is needed, at
 * most SIPWARD_NUMBER_DIGITS. */
SIPWARD_API int32_t sipward_number_canonical(const char* text, size_t text_size, const char* home,
                                             size_t home_size, char* out, size_t capacity,
                                             size_t* size);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_NUMBER_H_ */
