/* Feeds: blacklists of others that fill a dynamic list of the rules. The host fetches them and
 * hands their bytes in; nothing here does I/O.
 *
 * An update is made in steps of the host's size, so that a host with one thread can go on with its
 * calls between them. It never leaves a gap: what the feed says no more is taken off the list, what
 * is new is put there, and what stays is renewed. */
#ifndef SIPWARD_C_FEED_H_
#define SIPWARD_C_FEED_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_feed sipward_feed;

/* What a feed holds, and the kind of list that it fills. */
enum {
  SIPWARD_FEED_ADDRESS = 1, /* IP addresses; cidr */
  SIPWARD_FEED_NETWORK = 2, /* addresses and networks; cidr */
  SIPWARD_FEED_DOMAIN = 3,  /* names; domain */
  SIPWARD_FEED_NUMBER = 4,  /* numbers, or what they begin with; prefix or exact */
  SIPWARD_FEED_AGENT = 5    /* names of programs, in lower case; exact */
};

enum {
  SIPWARD_FEED_AUTO = 0, /* JSON if it begins with a brace or a bracket, CSV if there are columns */
  SIPWARD_FEED_LINES = 1, /* an entry a line; '#' and ';' begin comments */
  SIPWARD_FEED_CSV = 2,   /* RFC 4180; also with ';' or tabs */
  SIPWARD_FEED_JSON = 3   /* APIBAN's answer; arrays of texts; arrays or rows of objects */
};

/* Options. */
enum {
  /* What the feed says is added, and goes when its time is over; nothing is taken off: for feeds
   * that tell only what is new, as APIBAN does. */
  SIPWARD_FEED_ADDITIVE = 1,
  /* Private, loopback, multicast and reserved addresses may stand in it. */
  SIPWARD_FEED_SPECIAL = 2
};

typedef struct sipward_feed_options {
  uint32_t struct_size;
  uint32_t kind;        /* SIPWARD_FEED_ADDRESS ...; must be set */
  uint32_t format;      /* SIPWARD_FEED_AUTO ... */
  uint32_t flags;       /* SIPWARD_FEED_ADDITIVE ... */
  int64_t ttl_ns;       /* of entries that say none themselves; 1s to 366d [1d] */
  uint32_t most_shrink; /* percent of its entries that may be gone at once, 1 to 100 [50] */
  uint32_t ipv4_bits;   /* wider networks are refused, 8 to 32 [16] */
  uint32_t ipv6_bits;   /* 16 to 128 [32] */
  uint32_t digits;      /* shorter prefixes are refused, 1 to 64 [5] */
  uint32_t home_digits; /* the same of those that begin with `home` [8] */
  uint32_t reserved;
  sipward_text list;       /* name of the dynamic list; must be set */
  sipward_text name;       /* of the feed, up to 32 bytes; its entries' reason [that of the list] */
  sipward_text column;     /* CSV: number from 1, or name in the first line [1]; JSON: key */
  sipward_text ttl_column; /* seconds, or "10m", "7d" [JSON: ttl] */
  sipward_text reason_column; /* [JSON: reason] */
  sipward_text home;          /* calling code of the operator's own country: digits */
  sipward_text key;     /* minisign's public key; then nothing is taken that it did not sign */
  sipward_text allowed; /* entries, one a line, that the feed never blocks */
} sipward_feed_options;

/* SIPWARD_ERR_ARGUMENT if an option cannot be: `*wrong`, if not NULL, is then its name, empty if it
 * is another argument. One thread at a time. */
SIPWARD_API int32_t sipward_feed_create(const sipward_feed_options* options, sipward_feed** out,
                                        sipward_text* wrong);
SIPWARD_API void sipward_feed_destroy(sipward_feed* feed);

/* Take also what is empty, has shrunk, breaks off or is older than before; never what is not
 * signed. */
enum { SIPWARD_FEED_FORCE = 1 };
/* Begins an update with bytes that were fetched, up to 64 MiB, which are copied, and, if there is a
 * key, what stands in their file `.minisig`, which is checked here: about 2 ms a megabyte.
 * SIPWARD_ERR_FEED: it is refused, and the statistics say why; the list stays as it is. */
SIPWARD_API int32_t sipward_feed_begin(sipward_feed* feed, const char* bytes, size_t size,
                                       const char* signature, size_t signature_size,
                                       uint32_t flags);
/* Goes on with it: at most `work` entries are read, compared or written, each less than a
 * microsecond or two. SIPWARD_INCOMPLETE: there is more to do. SIPWARD_OK: it is made.
 * SIPWARD_ERR_FEED: it is refused, and the list stays as it was. SIPWARD_ERR_ARGUMENT also if none
 * was begun. All steps of an update take the same engine, and others may inspect meanwhile. With
 * NULL for the engine the feed is read and judged, and nothing is changed but the statistics. One
 * feed fills a list: two would take each other's entries over. */
SIPWARD_API int32_t sipward_feed_step(sipward_feed* feed, const sipward_engine* engine,
                                      uint64_t work, int64_t now_ns);

/* Why an update was refused. */
enum {
  SIPWARD_FEED_FAULT_NONE = 0,
  SIPWARD_FEED_FAULT_TOO_LARGE = 1,     /* more than 64 MiB */
  SIPWARD_FEED_FAULT_UNSIGNED = 2,      /* there is a key, and no signature */
  SIPWARD_FEED_FAULT_BAD_SIGNATURE = 3, /* malformed, of another key, or of other bytes */
  SIPWARD_FEED_FAULT_OLDER = 4,         /* signed before what was taken last */
  SIPWARD_FEED_FAULT_BROKEN = 5,        /* it breaks off, or a column is missing */
  SIPWARD_FEED_FAULT_EMPTY = 6,         /* not one entry */
  SIPWARD_FEED_FAULT_SHRUNK = 7,        /* more of its entries are gone than may be at once */
  SIPWARD_FEED_FAULT_NO_LIST = 8        /* no such dynamic list, or of another kind */
};
/* Why an entry was refused. */
enum {
  SIPWARD_FEED_MALFORMED = 0,
  SIPWARD_FEED_TOO_WIDE = 1, /* holds more than the limits allow */
  SIPWARD_FEED_PRIVATE = 2,  /* private, loopback, multicast, reserved */
  SIPWARD_FEED_ALLOWED = 3,  /* an allow list has it, or part of it: the option's, or the list
                                `allowed` of the rules */
  SIPWARD_FEED_REPEATED = 4, /* stands in the feed already */
  SIPWARD_FEED_TOO_MANY = 5  /* there is no room for it on the list */
};
/* "shrunk", "too_wide"; empty if there is none. Static. */
SIPWARD_API const char* sipward_feed_fault_name(uint32_t fault);
SIPWARD_API const char* sipward_feed_refusal_name(uint32_t refusal);

typedef struct sipward_feed_statistics {
  uint32_t struct_size;
  uint32_t fault;           /* SIPWARD_FEED_FAULT_... of the latest update */
  uint64_t updates;         /* that were made */
  uint64_t refused_updates; /* that were not */
  /* Of all updates together. */
  uint64_t added;
  uint64_t removed;
  uint64_t expired;    /* ran out before the update that would have renewed them */
  uint64_t pushed_out; /* others on the list that gave way, since it was full */
  /* Of the latest update. */
  uint64_t entries;
  uint64_t renewed;
  uint64_t refused[6];     /* entries, by SIPWARD_FEED_MALFORMED ... */
  int64_t last_update_ns;  /* when the latest was made; 0: never */
  uint64_t timestamp;      /* of its signature, seconds since 1970; 0: none */
  uint32_t refusals_shown; /* how many entries sipward_feed_refusal tells of */
  uint32_t cursor_size;
  char cursor[64]; /* what the feed wants to hear next time: APIBAN's ID; no NUL behind it */
} sipward_feed_statistics;
SIPWARD_API int32_t sipward_feed_read_statistics(const sipward_feed* feed,
                                                 sipward_feed_statistics* out);

typedef struct sipward_feed_refusal_info {
  uint32_t struct_size;
  uint32_t refusal; /* SIPWARD_FEED_MALFORMED ... */
  uint32_t line;    /* from 1 */
  uint32_t column;  /* in bytes, from 1 */
  uint32_t text_size;
  uint32_t reserved;
  char text[64]; /* its first 63 bytes; no NUL behind it */
} sipward_feed_refusal_info;
/* Of the first 64 entries that the latest update refused, one. SIPWARD_END: there are no more. */
SIPWARD_API int32_t sipward_feed_refusal(const sipward_feed* feed, uint32_t index,
                                         sipward_feed_refusal_info* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_FEED_H_ */
