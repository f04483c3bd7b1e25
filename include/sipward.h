/* sipward: SIP security inside your own process. The C interface: the one binary contract.
 *
 * The rules of this page hold for every function below.
 *
 * Names      sipward_<type>_<verb>. Types are opaque; make one with _create, give it back with
 *            _destroy (NULL is allowed there).
 * Status     int32_t: SIPWARD_OK is 0, a negative value is an error, a positive one means "not
 *            finished".
 * Outputs    are written only on success, except where a function says otherwise.
 * Bytes      are always (pointer, size); nothing needs a terminating NUL and nothing is assumed to
 *            have one. A size of 0 allows a NULL pointer.
 * Structs    that you allocate begin with `struct_size`: set it to sizeof. Zero means the default
 *            in every other member. A smaller struct is an older caller's: only what it holds is
 *            read or written. Of a larger one, what this library does not know is left alone, and
 *            must be zero where the struct is read.
 * Lifetimes  are two. What points into a message is valid while its bytes live and until the next
 *            parse into the same object; what points into rules (names, texts) is valid while the
 *            rules live.
 * Threads    A `const` first argument: concurrent calls are safe. Otherwise the object belongs to
 *            one thread at a time. Rules, state and engine may be shared by any number of threads;
 *            make one inspector for each thread.
 * Errors     NULL or a misaligned pointer where an object is needed, a member called `reserved`
 *            that is not zero, and sizes that cannot be return SIPWARD_ERR_ARGUMENT; nothing
 *            aborts, no C++ exception leaves the library.
 * Cost       Nothing is allocated by functions that take a packet or parse a message; _create
 *            functions and those of the compiler allocate.
 * The world  The library does no I/O, starts no thread, reads no clock, no environment and no
 *            locale. Time is what you pass.
 */
#ifndef SIPWARD_H_
#define SIPWARD_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SIPWARD_API __attribute__((visibility("default")))
#else
#define SIPWARD_API
#endif

#define SIPWARD_VERSION_MAJOR 0
#define SIPWARD_VERSION_MINOR 1
#define SIPWARD_VERSION_PATCH 0

/* ---- Status ---- */

enum {
  SIPWARD_OK = 0,
  SIPWARD_INCOMPLETE = 1,     /* a stream needs more bytes */
  SIPWARD_END = 2,            /* nothing (more) of the kind asked for */
  SIPWARD_ERR_ARGUMENT = -1,  /* NULL, a wrong struct_size, an index or value out of range */
  SIPWARD_ERR_NO_MEMORY = -2, /* an allocation of a _create or _compile function failed */
  SIPWARD_ERR_MALFORMED = -3, /* not SIP; see sipward_message_error */
  SIPWARD_ERR_LIMIT = -4,     /* more than a limit allows; see sipward_message_error */
  SIPWARD_ERR_RULES = -5,     /* the rules have errors; see sipward_compiler_diagnostic */
  SIPWARD_ERR_STATE_FULL = -6 /* the state region is too small for these rules */
};

/* One sentence in English for a status; never NULL. */
SIPWARD_API const char* sipward_status_text(int32_t status);
/* Version of the library that runs: major << 16 | minor << 8 | patch. Compare it with the macros
 * above. */
SIPWARD_API uint32_t sipward_version(void);

/* Text that the library owns. */
typedef struct sipward_text {
  const char* data;
  size_t size;
} sipward_text;

/* A place in the bytes of a message. offset == SIPWARD_ABSENT: the field was not written. */
#define SIPWARD_ABSENT 0xFFFFFFFFu
typedef struct sipward_slice {
  uint32_t offset;
  uint32_t length;
} sipward_slice;

/* ---- Messages ---- */

enum { SIPWARD_PROFILE_TOLERANT = 0, SIPWARD_PROFILE_STRICT = 1 };
enum { SIPWARD_KIND_NONE = 0, SIPWARD_KIND_REQUEST = 1, SIPWARD_KIND_RESPONSE = 2 };
enum {
  SIPWARD_CLASS_VIOLATION = 0,  /* the RFC forbids it */
  SIPWARD_CLASS_AMBIGUOUS = 1,  /* deployed programs read a security-relevant field differently */
  SIPWARD_CLASS_SUSPICIOUS = 2, /* legal, but seen in attacks */
  SIPWARD_CLASS_LIMIT = 3       /* more than an option allows */
};

/* How a message is read, and limits beyond which it is refused; 0 is the default in brackets. */
typedef struct sipward_parse_options {
  uint32_t struct_size;
  uint32_t profile; /* SIPWARD_PROFILE_... */
  uint32_t stream;  /* not 0: the message was cut from a stream, Content-Length is mandatory */
  uint32_t message_bytes;      /* [65535]; of a stream, the limit of the framer holds instead */
  uint32_t headers;            /* [256], not more */
  uint32_t header_value_bytes; /* [16384] */
  uint32_t values_per_header;  /* [128], not more */
  uint32_t params_per_value;   /* [64] */
  uint32_t vias;               /* [70], not more */
  uint32_t uri_bytes;          /* [2048] */
  uint32_t sdp_media;          /* [32] */
} sipward_parse_options;

typedef struct sipward_anomaly {
  uint32_t id;
  uint32_t offset; /* of the first byte concerned */
} sipward_anomaly;

typedef struct sipward_anomaly_info {
  uint32_t struct_size;
  uint32_t anomaly_class; /* SIPWARD_CLASS_... */
  sipward_text name;      /* "line.bare_lf": stable */
  sipward_text class_name;
  sipward_text sentence;
} sipward_anomaly_info;

/* Anomalies have ids 0 .. count-1 within one version of the library; names are what is stable. */
SIPWARD_API uint32_t sipward_anomaly_count(void);
SIPWARD_API int32_t sipward_anomaly_describe(uint32_t id, sipward_anomaly_info* out);

typedef struct sipward_message sipward_message;

/* About 60 KiB; reuse it for every message. */
SIPWARD_API int32_t sipward_message_create(sipward_message** out);
SIPWARD_API void sipward_message_destroy(sipward_message* message);

/* Finds lines and headers and reads the start line; values are read when asked for. `options` may
 * be NULL. SIPWARD_OK, SIPWARD_ERR_MALFORMED or SIPWARD_ERR_LIMIT; on the last two, what could be
 * read is there as well. Linear in `size`. */
SIPWARD_API int32_t sipward_message_parse(sipward_message* message, const char* data, size_t size,
                                          const sipward_parse_options* options);
/* Reads every value and body that is known, so that all anomalies show. Same statuses as parse. */
SIPWARD_API int32_t sipward_message_validate(sipward_message* message);
/* The bytes that were parsed: slices are places in them. SIPWARD_END, as everywhere below, if none
 * were. */
SIPWARD_API int32_t sipward_message_bytes(const sipward_message* message, sipward_text* out);
/* The anomaly that refused the message; SIPWARD_END if none did. */
SIPWARD_API int32_t sipward_message_error(const sipward_message* message, sipward_anomaly* out);
/* Anomaly `index` in the order found; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_message_anomaly(const sipward_message* message, uint32_t index,
                                            sipward_anomaly* out);

typedef struct sipward_start_line {
  uint32_t struct_size;
  uint32_t kind; /* SIPWARD_KIND_... */
  sipward_slice method;
  sipward_slice request_uri;
  sipward_slice version;
  sipward_slice reason;
  uint32_t status_code; /* 0: not a response */
} sipward_start_line;
SIPWARD_API int32_t sipward_message_start_line(const sipward_message* message,
                                               sipward_start_line* out);

typedef struct sipward_header {
  uint32_t struct_size;
  uint32_t folded;
  sipward_slice name;
  sipward_slice value; /* as written, folds included, without the white space around it */
} sipward_header;
SIPWARD_API uint32_t sipward_message_header_count(const sipward_message* message);
SIPWARD_API int32_t sipward_message_header(const sipward_message* message, uint32_t index,
                                           sipward_header* out);
/* Value of the first header of this name (long or compact, letters in any case); SIPWARD_END if
 * there is none. */
SIPWARD_API int32_t sipward_message_find(const sipward_message* message, const char* name,
                                         size_t name_size, sipward_slice* out);
SIPWARD_API int32_t sipward_message_body(const sipward_message* message, sipward_slice* out);

enum {
  SIPWARD_SCHEME_OTHER = 0,
  SIPWARD_SCHEME_SIP = 1,
  SIPWARD_SCHEME_SIPS = 2,
  SIPWARD_SCHEME_TEL = 3,
  SIPWARD_SCHEME_URN = 4
};

/* RFC 3261 section 19.1, RFC 3966. As written, nothing unescaped. */
typedef struct sipward_uri {
  uint32_t struct_size;
  uint32_t scheme_id; /* SIPWARD_SCHEME_... */
  sipward_slice text;
  sipward_slice scheme;
  sipward_slice user; /* of a tel URI: the number */
  sipward_slice password;
  sipward_slice host; /* IPv6 with its brackets */
  sipward_slice port;
  sipward_slice params;
  sipward_slice headers;
  int32_t port_number; /* -1: none */
} sipward_uri;

/* RFC 3261 section 20.10. */
typedef struct sipward_address {
  uint32_t struct_size;
  uint32_t is_star; /* Contact: * */
  sipward_slice text;
  sipward_slice display; /* with its quotes, if it has them */
  sipward_slice params;
  sipward_slice tag;
  sipward_uri uri; /* its struct_size is written, not read */
} sipward_address;

/* RFC 3261 section 20.42. */
typedef struct sipward_via {
  uint32_t struct_size;
  int32_t port_number; /* -1: none */
  sipward_slice text;
  sipward_slice transport;
  sipward_slice host;
  sipward_slice port;
  sipward_slice branch;
  sipward_slice received;
  sipward_slice rport;
  sipward_slice params;
} sipward_via;

typedef struct sipward_cseq {
  uint32_t struct_size;
  uint32_t number_valid; /* 0: not a number below 2^32 */
  uint64_t number;
  sipward_slice method;
} sipward_cseq;

/* The Request-URI, taken apart; SIPWARD_END for a response. */
SIPWARD_API int32_t sipward_message_request_uri(sipward_message* message, sipward_uri* out);
/* Value `index` (over all header lines of this name) of a header that holds addresses: From, To,
 * Contact, Route, Record-Route, Path, Service-Route, P-Asserted-Identity, P-Preferred-Identity,
 * Remote-Party-ID, Diversion, History-Info, Refer-To, Referred-By, Reply-To. SIPWARD_END behind the
 * last; SIPWARD_ERR_ARGUMENT for another header. */
SIPWARD_API int32_t sipward_message_address(sipward_message* message, const char* header,
                                            size_t header_size, uint32_t index,
                                            sipward_address* out);
SIPWARD_API int32_t sipward_message_via(sipward_message* message, uint32_t index, sipward_via* out);
SIPWARD_API int32_t sipward_message_cseq(sipward_message* message, sipward_cseq* out);
/* Content-Length, Max-Forwards, Expires, Min-Expires, Retry-After, RSeq as a number; SIPWARD_END if
 * absent or not a number in range. */
SIPWARD_API int32_t sipward_message_number(sipward_message* message, const char* header,
                                           size_t header_size, uint64_t* out);

typedef struct sipward_param {
  sipward_slice name;
  sipward_slice value; /* absent: no equals sign; quoted strings with their quotes */
} sipward_param;
/* Takes the next parameter off `*params` (a slice named `params` above); SIPWARD_END when none is
 * left. */
SIPWARD_API int32_t sipward_param_next(const sipward_message* message, sipward_slice* params,
                                       sipward_param* out);

/* ---- Streams ---- */

typedef struct sipward_framer sipward_framer;

/* Cuts the bytes of one TCP or TLS connection into messages (RFC 3261 section 18.3). `limit`: most
 * bytes of one message, 0 is 1 MiB. */
SIPWARD_API int32_t sipward_framer_create(uint32_t limit, sipward_framer** out);
SIPWARD_API void sipward_framer_destroy(sipward_framer* framer);
/* Takes bytes in. `*taken` below `size`: call next until SIPWARD_INCOMPLETE, then push the rest. */
SIPWARD_API int32_t sipward_framer_push(sipward_framer* framer, const char* data, size_t size,
                                        size_t* taken);
/* The next whole message, valid until the next push. SIPWARD_INCOMPLETE: more bytes are needed.
 * SIPWARD_ERR_MALFORMED or _LIMIT: the stream cannot be cut any more, for good; `*error` (may be
 * NULL) is written then. */
SIPWARD_API int32_t sipward_framer_next(sipward_framer* framer, const char** data, size_t* size,
                                        sipward_anomaly* error);
/* Bytes of an unfinished message. */
SIPWARD_API size_t sipward_framer_pending(const sipward_framer* framer);

/* ---- Rules ---- */

typedef struct sipward_compiler sipward_compiler;
typedef struct sipward_rules sipward_rules;

enum { SIPWARD_SEVERITY_ERROR = 0, SIPWARD_SEVERITY_WARNING = 1 };

/* What is wrong with a rule text. Texts are valid until the next call that changes the compiler. */
typedef struct sipward_diagnostic {
  uint32_t struct_size;
  uint32_t severity;
  uint32_t line;   /* from 1; 0: the file as a whole */
  uint32_t column; /* in bytes, from 1 */
  uint32_t length; /* in bytes, to be underlined */
  uint32_t reserved;
  sipward_text file;
  sipward_text code; /* "R203" */
  sipward_text message;
  sipward_text hint; /* may be empty */
  sipward_text source_line;
} sipward_diagnostic;

/* Texts in, rules out: add rule files and the files that their lists name, then build once. */
SIPWARD_API int32_t sipward_compiler_create(sipward_compiler** out);
SIPWARD_API void sipward_compiler_destroy(sipward_compiler* compiler);
/* Adds the rules and lists that come with the library. */
SIPWARD_API int32_t sipward_compiler_add_default_pack(sipward_compiler* compiler);
/* Adds a rule text; `name` is what diagnostics call it. Copies both. SIPWARD_ERR_RULES if it cannot
 * be read. */
SIPWARD_API int32_t sipward_compiler_add_rules(sipward_compiler* compiler, const char* name,
                                               size_t name_size, const char* text,
                                               size_t text_size);
/* File `index` that a list statement of the added rules names: `path` as written, and the rule text
 * that names it, both valid until the next call that changes the compiler. SIPWARD_END behind the
 * last. */
SIPWARD_API int32_t sipward_compiler_file(const sipward_compiler* compiler, uint32_t index,
                                          sipward_text* path, sipward_text* named_by);
/* Gives the contents of file `index`. Copies. */
SIPWARD_API int32_t sipward_compiler_set_file(sipward_compiler* compiler, uint32_t index,
                                              const char* text, size_t text_size);
/* Compiles everything that was added, once; after SIPWARD_ERR_NO_MEMORY it may be tried again. On
 * SIPWARD_ERR_RULES the diagnostics say why. A list file that was not given is an error. */
SIPWARD_API int32_t sipward_compiler_build(sipward_compiler* compiler, sipward_rules** out);
/* Errors and warnings so far, at most 20; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_compiler_diagnostic(const sipward_compiler* compiler, uint32_t index,
                                                sipward_diagnostic* out);

/* Rules are immutable and counted: whoever holds them (an engine, a host) keeps them alive. */
SIPWARD_API void sipward_rules_destroy(sipward_rules* rules);

typedef struct sipward_rule_info {
  uint32_t struct_size;
  uint32_t line;
  sipward_text name;
  sipward_text file;
  sipward_text severity; /* of its meta: info low medium high critical; may be empty */
  sipward_text why;      /* of its meta; may be empty */
  sipward_text mode;     /* "enforce" or "report" */
  sipward_text actions;  /* as written */
  uint64_t state_bytes; /* of its aggregates; shared ones count in the first rule that names them */
  uint32_t worst_ns;    /* estimate of the dearest evaluation, at 3 GHz: to compare rules by */
  uint32_t aggregates;
} sipward_rule_info;
SIPWARD_API uint32_t sipward_rules_count(const sipward_rules* rules);
SIPWARD_API int32_t sipward_rules_describe(const sipward_rules* rules, uint32_t index,
                                           sipward_rule_info* out);

/* ---- State ---- */

typedef struct sipward_state sipward_state;

typedef struct sipward_state_options {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t bytes;   /* size of the region [64 MiB]; it never grows */
  uint8_t seed[16]; /* secret of the keyed hashes: random bytes; zero only to repeat a replay */
} sipward_state_options;
SIPWARD_API int32_t sipward_state_create(const sipward_state_options* options, sipward_state** out);
SIPWARD_API void sipward_state_destroy(sipward_state* state);

/* ---- Engine and verdicts ---- */

typedef struct sipward_engine sipward_engine;
typedef struct sipward_inspector sipward_inspector;

/* Ascending: a verdict is the worst action that the guards permit. */
enum {
  SIPWARD_ACTION_ALLOW = 0,
  SIPWARD_ACTION_FLAG = 1,
  SIPWARD_ACTION_CHALLENGE = 2,
  SIPWARD_ACTION_THROTTLE = 3,
  SIPWARD_ACTION_HOLD = 4,
  SIPWARD_ACTION_REJECT = 5,
  SIPWARD_ACTION_DROP = 6
};
/* "allow" ...; NULL if there is no such action. */
SIPWARD_API const char* sipward_action_name(uint32_t action);

typedef struct sipward_engine_options {
  uint32_t struct_size;
  uint32_t report_only; /* not 0: no verdict above flag, whatever the rules say */
  uint32_t profile;     /* SIPWARD_PROFILE_... for the messages */
  uint32_t reserved;
} sipward_engine_options;
/* Holds rules and state; both may be destroyed by the caller afterwards. SIPWARD_ERR_STATE_FULL if
 * the region is too small for the rules. */
SIPWARD_API int32_t sipward_engine_create(const sipward_rules* rules, sipward_state* state,
                                          const sipward_engine_options* options,
                                          sipward_engine** out);
SIPWARD_API void sipward_engine_destroy(sipward_engine* engine);

typedef struct sipward_statistics {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t packets;
  uint64_t not_sip;   /* neither a request nor a response */
  uint64_t malformed; /* refused by the parser */
  uint64_t by_action[7];
  uint64_t evictions; /* living entries that state tables gave up for new ones */
} sipward_statistics;
SIPWARD_API int32_t sipward_engine_statistics(const sipward_engine* engine,
                                              sipward_statistics* out);

enum {
  SIPWARD_TRANSPORT_UDP = 0,
  SIPWARD_TRANSPORT_TCP = 1,
  SIPWARD_TRANSPORT_TLS = 2,
  SIPWARD_TRANSPORT_WS = 3,
  SIPWARD_TRANSPORT_WSS = 4,
  SIPWARD_TRANSPORT_SCTP = 5
};
enum {
  SIPWARD_DIRECTION_UNKNOWN = 0,
  SIPWARD_DIRECTION_INBOUND = 1,
  SIPWARD_DIRECTION_OUTBOUND = 2
};
enum {
  /* The source is a registered contact. On UDP that proves nothing: its address can be forged. */
  SIPWARD_PACKET_REGISTERED = 1,
  /* The host checked the credentials. This, or a connection (any transport but UDP), proves the
   * source. Only proven parties are banned, and their counts and scores are kept apart. */
  SIPWARD_PACKET_AUTHENTICATED = 2
};

/* An address in network order; IPv4 as ::ffff:a.b.c.d. */
typedef struct sipward_endpoint {
  uint8_t address[16];
  uint16_t port;
  uint16_t reserved;
} sipward_endpoint;

/* A message and what the host knows of it. Values out of range are refused. */
typedef struct sipward_packet {
  uint32_t struct_size;
  uint32_t transport; /* SIPWARD_TRANSPORT_... */
  uint32_t direction; /* SIPWARD_DIRECTION_... */
  uint32_t flags;     /* SIPWARD_PACKET_... */
  uint64_t offset;    /* of the message, behind the `base` of the call */
  uint64_t size;
  int64_t wall_ns;      /* since 1970 UTC */
  int64_t monotonic_ns; /* since anything; windows are measured by it, and may see it go back */
  sipward_endpoint source;
  sipward_endpoint destination;
  const char* account; /* authenticated account; NULL or no bytes if not known */
  size_t account_size;
  const char* trunk;
  size_t trunk_size;
} sipward_packet;

#define SIPWARD_MAX_HITS 16
#define SIPWARD_MAX_HIT_VALUES 4

typedef struct sipward_hit {
  sipward_text rule;
  sipward_text why;  /* of the rule's meta; may be empty */
  uint32_t action;   /* what the rule asked for */
  uint32_t enforced; /* 0: report mode, or a guard held it back */
  int32_t score;
  uint32_t value_count;
  double values[SIPWARD_MAX_HIT_VALUES]; /* its aggregates at that time, in the order of the text */
} sipward_hit;

enum {
  SIPWARD_VERDICT_BANNED = 1,      /* the source was banned before */
  SIPWARD_VERDICT_EMERGENCY = 2,   /* the emergency guard applies */
  SIPWARD_VERDICT_ALLOW_LISTED = 4 /* the source is in a list named `allowed` */
};

typedef struct sipward_verdict {
  uint32_t struct_size;
  uint32_t action;      /* SIPWARD_ACTION_... */
  uint32_t sip_code;    /* proposed answer; 0: none */
  uint32_t flags;       /* SIPWARD_VERDICT_... */
  int32_t score;        /* points given by this message */
  int32_t parse_status; /* what sipward_message_parse would return */
  uint32_t hit_count;
  uint32_t hits_omitted;              /* hits beyond SIPWARD_MAX_HITS */
  sipward_text sip_reason;            /* proposed reason phrase; may be empty */
  sipward_hit hits[SIPWARD_MAX_HITS]; /* the first hit_count; the others are not written */
} sipward_verdict;

/* One thread's working memory. Holds the engine. */
SIPWARD_API int32_t sipward_inspector_create(const sipward_engine* engine, sipward_inspector** out);
SIPWARD_API void sipward_inspector_destroy(sipward_inspector* inspector);
/* Parses, evaluates, decides. SIPWARD_OK whatever the bytes are: a malformed message is a verdict,
 * not an error. */
SIPWARD_API int32_t sipward_inspector_inspect(sipward_inspector* inspector, const char* base,
                                              const sipward_packet* packet, sipward_verdict* out);
/* `count` packets behind one base, in order; the same verdicts as one by one. All packets, and all
 * verdicts, have the struct_size of the first, a multiple of 8. Stops with SIPWARD_ERR_ARGUMENT at
 * the first packet that is not usable; `*done`, written on every status if not NULL, says how many
 * verdicts were written. */
SIPWARD_API int32_t sipward_inspector_inspect_batch(sipward_inspector* inspector, const char* base,
                                                    const sipward_packet* packets, size_t count,
                                                    sipward_verdict* out, size_t* done);
/* The message that was inspected last, with everything read. Valid until the next inspection. The
 * inspector keeps it: to destroy it does nothing, to parse into it is SIPWARD_ERR_ARGUMENT. NULL
 * only if `inspector` is NULL. */
SIPWARD_API sipward_message* sipward_inspector_message(sipward_inspector* inspector);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_H_ */
