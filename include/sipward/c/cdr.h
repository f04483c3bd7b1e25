/* Call records: the bytes of files in, one record after the other out, with what calls cost. The
 * rules of sipward.h hold.
 *
 * A row is what is no empty line and no header line. Each is a record or bad, and a bad one says
 * why and stops nothing. A record comes with its facts, for sipward_inspector_event. */
#ifndef SIPWARD_C_CDR_H_
#define SIPWARD_C_CDR_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/event.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What calls cost by the number that is called. Immutable. */
typedef struct sipward_rates sipward_rates;

/* Where a rate list is wrong. */
typedef struct sipward_rates_problem {
  uint32_t struct_size;
  uint32_t line;   /* from 1 */
  uint32_t column; /* in bytes, from 1 */
  uint32_t message_size;
  char message[128]; /* no NUL behind it */
} sipward_rates_problem;
/* Reads lines `prefix,rate_per_minute,increment_seconds`: digits, an amount of the host's currency,
 * and the steps in which a call is charged. A header line that begins with `prefix` is left out,
 * and so are empty lines and those that begin with #. SIPWARD_ERR_RATES if a line cannot be used:
 * `problem`, if not NULL, says which and why; it is written on no other status. */
SIPWARD_API int32_t sipward_rates_create(const char* text, size_t text_size,
                                         sipward_rates_problem* problem, sipward_rates** out);
SIPWARD_API void sipward_rates_destroy(sipward_rates* rates);

typedef struct sipward_rate {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t per_minute;   /* millionths */
  int64_t increment_ns; /* what is begun of it is charged as a whole */
  int64_t cost;         /* of the call, millionths */
} sipward_rate;
/* The rate of the longest prefix that the number begins with, and what a call of `duration_ns`
 * costs. A leading + does not count. SIPWARD_END if there is none. */
SIPWARD_API int32_t sipward_rates_find(const sipward_rates* rates, const char* number,
                                       size_t number_size, int64_t duration_ns, sipward_rate* out);

enum {
  SIPWARD_CDR_AUTO = 0, /* whatever each row looks like */
  SIPWARD_CDR_ASTERISK = 1,
  SIPWARD_CDR_FREESWITCH = 2,
  SIPWARD_CDR_KAMAILIO = 3,
  SIPWARD_CDR_CSV = 4, /* columns by the names of the header line, or as mapped */
  SIPWARD_CDR_JSONL = 5
};
/* "auto" ...; NULL if there is no such format. */
SIPWARD_API const char* sipward_cdr_format_name(uint32_t format);

/* Why a row is bad: 0, none, from 1 on a reason. NULL if there is no such reason. */
SIPWARD_API const char* sipward_cdr_reason_name(uint32_t reason);
SIPWARD_API const char* sipward_cdr_reason_sentence(uint32_t reason);

typedef struct sipward_cdr_reader sipward_cdr_reader;

typedef struct sipward_cdr_options {
  uint32_t struct_size;
  uint32_t format;      /* SIPWARD_CDR_... */
  int32_t utc_offset_s; /* of times that name no zone: local time minus UTC; within a day */
  uint32_t delimiter;   /* a character; 0: a comma, or what the header line or the row shows */
  /* Where a record has no cost, its cost and price are these. NULL: it has none. Kept as long as
   * it is needed; the caller may destroy it. */
  const sipward_rates* rates;
} sipward_cdr_options;
/* A reader of one file. `options` NULL: the defaults. 2.3 MiB, all of it reserved here; nothing is
 * allocated later. */
SIPWARD_API int32_t sipward_cdr_reader_create(const sipward_cdr_options* options,
                                              sipward_cdr_reader** out);
SIPWARD_API void sipward_cdr_reader_destroy(sipward_cdr_reader* reader);
/* Before the first row: the column that the header line, or an object, calls `name` means
 * `column`, one of the names of the library's own CSV. SIPWARD_ERR_FIELD if there is no such
 * column, SIPWARD_ERR_LIMIT beyond 100 names. */
SIPWARD_API int32_t sipward_cdr_reader_map(sipward_cdr_reader* reader, const char* name,
                                           size_t name_size, const char* column,
                                           size_t column_size);
/* The same for files without a header line: the column at `place`, from 1 to 256. SIPWARD_ERR_LIMIT
 * if the place or the column has its meaning. */
SIPWARD_API int32_t sipward_cdr_reader_map_place(sipward_cdr_reader* reader, uint32_t place,
                                                 const char* column, size_t column_size);
/* Takes bytes in. `*taken` below `size`: call next until SIPWARD_INCOMPLETE, then push the rest.
 * The bytes are copied; they need not live on. SIPWARD_END, with none taken, after finish. */
SIPWARD_API int32_t sipward_cdr_reader_push(sipward_cdr_reader* reader, const char* data,
                                            size_t size, size_t* taken);
/* Nothing follows: what is left is a row, with the end of a line or without. */
SIPWARD_API int32_t sipward_cdr_reader_finish(sipward_cdr_reader* reader);

enum {
  SIPWARD_CDR_CALL = 0,  /* a call as a whole */
  SIPWARD_CDR_BEGIN = 1, /* Kamailio's row of an INVITE: when it was answered, or refused */
  SIPWARD_CDR_END = 2,   /* and that of the BYE of a call, known by its call_id */
  SIPWARD_CDR_OTHER = 3  /* a row of another request */
};

/* One row. Of a bad one only the first members, up to `size`, are written. Texts and facts live
 * until the reader is used again. */
typedef struct sipward_cdr {
  uint32_t struct_size;
  uint32_t reason; /* 0: a record */
  uint32_t format; /* as which it was read */
  uint32_t part;   /* SIPWARD_CDR_CALL ... */
  uint64_t line;   /* on which it begins, from 1 */
  uint64_t offset; /* of its first byte in all that was pushed */
  uint64_t size;   /* in bytes, without the end of its line */
  uint32_t layout; /* for sipward_cdr_reader_again */
  uint32_t answered;
  int64_t start_ns;    /* when the call began, since 1970 UTC */
  int64_t duration_ns; /* from answer to end */
  int64_t ring_ns;     /* from the start to the answer, or to the end */
  uint32_t direction;  /* SIPWARD_DIRECTION_... */
  uint32_t code;       /* SIP status that it came to; 0: not known */
  uint32_t has_cost;
  uint32_t has_price;
  int64_t cost;  /* millionths, of the record or by the rates */
  int64_t price; /* of a minute */
  /* Of a record that names none the peer of its channel, or else the caller. Empty: a call from
   * outside, which is on nobody's account. */
  sipward_text account;
  sipward_text trunk;
  sipward_text caller;
  sipward_text caller_name;
  sipward_text callee;
  sipward_text dialled;
  sipward_text user_agent;
  sipward_text call_id;
  sipward_text id;           /* of the record; empty: it has none */
  uint64_t fingerprint;      /* of a record with an id: equal rows have equal ones; else 0 */
  const sipward_fact* facts; /* for an event SIPWARD_EVENT_CDR at start_ns */
  uint32_t fact_count;
  uint32_t reserved;
} sipward_cdr;
/* The next row, good or bad. SIPWARD_INCOMPLETE: push more, or finish. SIPWARD_END: there is none
 * left. A row that is cut off or whose quotes do not close ends with its first line, so that it
 * takes no other with it. */
SIPWARD_API int32_t sipward_cdr_reader_next(sipward_cdr_reader* reader, sipward_cdr* out);
/* Reads a row once more, by its bytes and the layout that it had: for hosts that bring rows into
 * order, and keep their places instead of them. `line` and `offset` of the result are 0. What was
 * pushed stays as it is. */
SIPWARD_API int32_t sipward_cdr_reader_again(sipward_cdr_reader* reader, const char* row,
                                             size_t row_size, uint32_t layout, sipward_cdr* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_CDR_H_ */
