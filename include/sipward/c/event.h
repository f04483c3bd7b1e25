/* Events: what happens and is no packet, told by fields. The rules of sipward.h hold.
 *
 * A host that knows calls, records, authentications or registrations tells of them here, and so may
 * one that never sees the bytes of its messages. Rules `on call_start` and so on see these events;
 * the guards (allow-list, emergency calls, bans) are those of messages. */
#ifndef SIPWARD_C_EVENT_H_
#define SIPWARD_C_EVENT_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What can still be refused gets the whole range of verdicts: request, response, auth, register,
 * call_start, media_change. What has happened already (call_answer, call_end, cdr) and the tick get
 * `flag` at most; bans and scores of their rules hold all the same. */
enum {
  SIPWARD_EVENT_REQUEST = 0,
  SIPWARD_EVENT_RESPONSE = 1,
  SIPWARD_EVENT_AUTH = 2,         /* an attempt to authenticate ended */
  SIPWARD_EVENT_REGISTER = 3,     /* a registration was accepted or refused */
  SIPWARD_EVENT_CALL_START = 4,   /* a call was asked for */
  SIPWARD_EVENT_CALL_ANSWER = 5,  /* and answered */
  SIPWARD_EVENT_CALL_END = 6,     /* and is over, answered or not */
  SIPWARD_EVENT_MEDIA_CHANGE = 7, /* media of a call goes elsewhere */
  SIPWARD_EVENT_CDR = 8,          /* a call record: a call that is over, at the time it began */
  SIPWARD_EVENT_TICK = 9          /* time goes by */
};
/* "request" ...; NULL if there is no such kind of event. */
SIPWARD_API const char* sipward_event_name(uint32_t kind);

/* What a field holds, and which fact gives it. */
enum {
  SIPWARD_TYPE_BOOL = 0,     /* integer 0 or 1 */
  SIPWARD_TYPE_INT = 1,      /* integer */
  SIPWARD_TYPE_FLOAT = 2,    /* real */
  SIPWARD_TYPE_STRING = 3,   /* text */
  SIPWARD_TYPE_DURATION = 4, /* integer, nanoseconds */
  SIPWARD_TYPE_TIME = 5,     /* integer, nanoseconds since 1970 UTC */
  SIPWARD_TYPE_IP = 6,       /* address, or text: "192.0.2.1" */
  SIPWARD_TYPE_CIDR = 7,     /* network, or text: "192.0.2.0/24" */
  SIPWARD_TYPE_MONEY = 8,    /* integer, millionths of the host's currency */
  SIPWARD_TYPE_NUMBER = 9,   /* text: a telephone number, +49 or 49 in front; its digits count */
  SIPWARD_TYPE_ENUM = 10     /* text, one of the names that rules write: INVITE, tls, fail; a method
                                or a reason of identity that the library does not know is no
                                mistake */
};

typedef struct sipward_field_info {
  uint32_t struct_size;
  uint32_t field;
  uint32_t type;     /* SIPWARD_TYPE_... */
  uint32_t optional; /* not 0: rules can ask whether it is there. Of others 0 or no text is what
                        rules see where no fact gives them */
  uint32_t events;   /* that have it: bit 1 << SIPWARD_EVENT_... of each */
  uint32_t reserved;
  sipward_text name;
  sipward_text type_name; /* as the rule language has it: "string" */
  sipward_text meaning;   /* a line in English */
} sipward_field_info;
/* Fields are numbered from 0, anew in each version of the library: a number is to be asked for by
 * name. SIPWARD_END behind the last. Texts live as long as the library. */
SIPWARD_API int32_t sipward_field_describe(uint32_t field, sipward_field_info* out);
/* The number of the field that events of this kind have under this name ("callee.number").
 * SIPWARD_ERR_FIELD if they have none. A search through some hundred names: for load time. */
SIPWARD_API int32_t sipward_field_find(uint32_t event, const char* name, size_t name_size,
                                       uint32_t* field);

enum {
  SIPWARD_FACT_NONE = 0, /* not known: as if the fact were not there */
  SIPWARD_FACT_INTEGER = 1,
  SIPWARD_FACT_REAL = 2,
  SIPWARD_FACT_TEXT = 3,
  SIPWARD_FACT_ADDRESS = 4,
  SIPWARD_FACT_NETWORK = 5
};

/* A field and its value. Of the members behind `kind` that kind alone is read. */
typedef struct sipward_fact {
  uint32_t field;
  uint32_t kind; /* SIPWARD_FACT_... */
  int64_t integer;
  double real;
  const char* text; /* not copied: read during the call alone */
  size_t text_size;
  uint8_t address[16];  /* of an address or network; IPv4 as ::ffff:a.b.c.d */
  uint32_t prefix_bits; /* of a network: 0 to 32 for IPv4, 0 to 128 for IPv6 */
  uint32_t reserved;
} sipward_fact;

enum {
  /* The source has shown that it receives what is sent to it (a connection, or credentials that
   * were checked), so that it is no forged address. Only proven sources are banned, and their
   * counts and scores are kept apart. */
  SIPWARD_EVENT_PROVEN = 1
};

typedef struct sipward_host_event {
  uint32_t struct_size;
  uint32_t kind;             /* SIPWARD_EVENT_... */
  uint32_t flags;            /* SIPWARD_EVENT_PROVEN */
  uint32_t fact_count;       /* at most 1024 */
  int64_t wall_ns;           /* since 1970 UTC */
  int64_t monotonic_ns;      /* the same clock as of packets */
  const sipward_fact* facts; /* in any order; of two for one field the later counts */
} sipward_host_event;

/* Guards, evaluates, decides, as for a packet, and by the same counts and bans. `flags` of the
 * verdict are those of messages, `parse_status` is SIPWARD_OK. The parts of a URI and the digits of
 * a user follow from `ruri`, `from.uri` and so on where no fact gives them, networks from their
 * address. Emergency calls are known by `ruri`, `dialled` or `callee.number`, by `emergency`, and
 * by the `call_id` of one that was. SIPWARD_ERR_FIELD, with nothing counted, if an event of this
 * kind has no such field, or a fact is of the wrong kind or out of range. Nothing is allocated. */
SIPWARD_API int32_t sipward_inspector_event(sipward_inspector* inspector,
                                            const sipward_host_event* event, sipward_verdict* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_EVENT_H_ */
