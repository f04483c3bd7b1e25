/* What Python calls for every message, in C: packets are filled in, and verdicts become records of
 * bytes that point nowhere. All else the package calls as sipward.h declares it. */
#ifndef SIPWARD_BINDINGS_PYTHON_GLUE_H_
#define SIPWARD_BINDINGS_PYTHON_GLUE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward.h"

/* A verdict copied: this, then its hits, then its tags, then the texts of all, one behind the
 * other: the reason phrase, the URL, rule and why of each hit, text and rule of each tag. */
typedef struct sipward_py_record {
  uint32_t action;
  uint32_t sip_code;
  uint32_t flags;
  int32_t score;
  int32_t parse_status;
  uint32_t hit_count;
  uint32_t hits_omitted;
  uint32_t tag_count;
  uint32_t tags_omitted;
  uint32_t reason_size;
  uint32_t url_size;
  uint32_t reserved;
  uint64_t ticket;
} sipward_py_record;

typedef struct sipward_py_hit {
  uint32_t action;
  uint32_t enforced;
  int32_t score;
  uint32_t value_count;
  double values[SIPWARD_MAX_HIT_VALUES];
  uint32_t rule_size;
  uint32_t why_size;
} sipward_py_hit;

typedef struct sipward_py_tag {
  uint32_t text_size;
  uint32_t rule_size;
} sipward_py_tag;

/* An address as text ("192.0.2.1", "2001:db8::1", also with brackets or a zone) into network order.
 * 0, or -1 if it is none or the port is none. */
int32_t sipward_py_endpoint(const char* text, size_t size, int64_t port, sipward_endpoint* out);

/* Fills in a packet; both endpoints are a sipward_endpoint each. 0, or -1 if one of the numbers is
 * out of range. */
int32_t sipward_py_fill(sipward_packet* packet, uint64_t size, uint32_t transport,
                        uint32_t direction, uint32_t flags, int64_t wall_ns, int64_t monotonic_ns,
                        const char* source, const char* destination);

/* An inspector and the rooms that its calls reuse. */
typedef struct sipward_py_inspector sipward_py_inspector;
int32_t sipward_py_inspector_create(const sipward_engine* engine, sipward_py_inspector** out);
void sipward_py_inspector_destroy(sipward_py_inspector* inspector);
sipward_message* sipward_py_inspector_message(sipward_py_inspector* inspector);

/* The size of the verdict's record, of which as much as fits is written to out[0, capacity); or the
 * negative status. */
int64_t sipward_py_inspect(sipward_py_inspector* inspector, const char* base,
                           const sipward_packet* packet, char* out, size_t capacity);
int64_t sipward_py_resume(sipward_py_inspector* inspector, const char* base,
                          const sipward_packet* packet, uint64_t ticket, char* out,
                          size_t capacity);
int64_t sipward_py_event(sipward_py_inspector* inspector, const sipward_host_event* event,
                         char* out, size_t capacity);
/* The record of the last verdict once more: where it was larger than the capacity. */
int64_t sipward_py_last(const sipward_py_inspector* inspector, char* out, size_t capacity);

/* As sipward_inspector_record and sipward_inspector_take_record. */
int32_t sipward_py_record_on(sipward_py_inspector* inspector, uint32_t flags);
int32_t sipward_py_take_record(const sipward_py_inspector* inspector, char* out, size_t capacity,
                               size_t* size);

/* Records of many verdicts: number i is records[ends[i - 1], ends[i]). */
typedef struct sipward_py_verdicts {
  size_t count;
  char* records;
  size_t used;
  size_t capacity;
  uint64_t* ends;
  uint8_t* actions;
} sipward_py_verdicts;
void sipward_py_verdicts_destroy(sipward_py_verdicts* verdicts);
/* Inspects `count` packets of a buffer: `common`, but for what has a column. NULL: it has none.
 * Columns of numbers are their bytes, aligned or not: uint64_t of offsets and sizes, int64_t of
 * times, sipward_endpoint, uint32_t of the rest.
 *
 * SIPWARD_ERR_ARGUMENT: (*out)->count says how many verdicts there are, and so which packet cannot
 * be. SIPWARD_ERR_SPACE: one lies outside the buffer; nothing is inspected. */
int32_t sipward_py_inspect_batch(sipward_py_inspector* inspector, const char* base,
                                 uint64_t base_size, const sipward_packet* common,
                                 const char* offsets, const char* sizes, const char* wall_ns,
                                 const char* monotonic_ns, const char* sources,
                                 const char* destinations, const char* transports,
                                 const char* directions, const char* flags,
                                 const sipward_text* accounts, const sipward_text* trunks,
                                 size_t count, sipward_py_verdicts** out);

#endif /* SIPWARD_BINDINGS_PYTHON_GLUE_H_ */
