/* Header values that are a head (a token, a number, a product) and parameters: one shape for all of
 * them, and typed ones for those that say more. The rules of sipward.h hold.
 *
 * Everywhere below, index counts the values of a header over all its lines, SIPWARD_END comes
 * behind the last and if the header is absent, and SIPWARD_ERR_ARGUMENT for a header that the
 * function does not know. Names are long or compact, in letters of any case. What a broken value
 * still says is there (the anomaly header.value_malformed names it); parts that it lacks are
 * absent, numbers -1. Slices are valid until the next parse.
 *
 * A header is read at the first question for it, once, in time linear in its lines; what is asked
 * afterwards costs no more than copying the answer. */
#ifndef SIPWARD_C_VALUES_H_
#define SIPWARD_C_VALUES_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As written. */
typedef struct sipward_item {
  uint32_t struct_size;
  sipward_slice text;   /* all of it */
  sipward_slice value;  /* before the parameters */
  sipward_slice params; /* for sipward_param_next */
} sipward_item;
/* Value `index` of one of these headers:
 *   a token: Priority, P-Attestation-Indicator, P-Origination-Id; each of a list of tokens:
 * Require, Proxy-Require, Unsupported, Supported, Allow, Content-Encoding, Request-Disposition,
 *     Privacy, Allow-Events;
 *   with parameters: Accept, Accept-Encoding, Accept-Language, Accept-Contact, Reject-Contact,
 *     Content-Type, Content-Disposition, Event, Subscription-State, Reason, Identity, Replaces,
 *     Join, Session-Expires, Min-SE, Retry-After (a comment between the two belongs to the text);
 *   without: Content-Language, MIME-Version, In-Reply-To (a Call-ID), Resource-Priority, RAck,
 *     Timestamp, Warning, User-Agent and Server (a product or a comment with its brackets);
 *   Authentication-Info: each value is one parameter, in `params`, and `value` is absent;
 *   Subject and Organization: the whole text. */
SIPWARD_API int32_t sipward_message_item(sipward_message* message, const char* header,
                                         size_t header_size, uint32_t index, sipward_item* out);

/* RFC 3261 section 20.15. */
typedef struct sipward_media_type {
  uint32_t struct_size;
  sipward_slice type;    /* "application" */
  sipward_slice subtype; /* "sdp" */
  sipward_slice params;
} sipward_media_type;
/* Of Content-Type or Accept. */
SIPWARD_API int32_t sipward_message_media_type(sipward_message* message, const char* header,
                                               size_t header_size, uint32_t index,
                                               sipward_media_type* out);

/* RFC 8224 section 4. */
typedef struct sipward_identity {
  uint32_t struct_size;
  sipward_slice digest;    /* all before the parameters */
  sipward_slice header;    /* of the token, base64url; empty in the compact form */
  sipward_slice payload;   /* likewise */
  sipward_slice signature; /* these three are absent if the digest is no token */
  sipward_slice info;      /* the URI, without its angle brackets */
  sipward_slice alg;       /* without quotes, as is ppt */
  sipward_slice ppt;
  sipward_slice params;
} sipward_identity;
SIPWARD_API int32_t sipward_message_identity(sipward_message* message, uint32_t index,
                                             sipward_identity* out);

/* RFC 3326 section 2. */
typedef struct sipward_reason {
  uint32_t struct_size;
  sipward_slice protocol; /* "SIP", "Q.850" */
  sipward_slice text;     /* without its quotes, nothing unescaped */
  sipward_slice params;
  int64_t cause; /* -1: none, or not a number below 2^32 */
} sipward_reason;
SIPWARD_API int32_t sipward_message_reason(sipward_message* message, uint32_t index,
                                           sipward_reason* out);

/* The dialog that a request is to replace or join: RFC 3891 section 6.1, RFC 3911 section 7.1. */
typedef struct sipward_dialog {
  uint32_t struct_size;
  uint32_t early_only; /* not 0: only a dialog that was not answered yet */
  sipward_slice call_id;
  sipward_slice to_tag;
  sipward_slice from_tag;
  sipward_slice params;
} sipward_dialog;
/* Of Replaces or Join. */
SIPWARD_API int32_t sipward_message_dialog(sipward_message* message, const char* header,
                                           size_t header_size, sipward_dialog* out);

/* RFC 3261 sections 20.35 and 20.41: a product or a comment. */
typedef struct sipward_product {
  uint32_t struct_size;
  sipward_slice name;
  sipward_slice version;
  sipward_slice comment; /* without its outermost brackets; then name and version are absent */
} sipward_product;
/* Of User-Agent or Server. */
SIPWARD_API int32_t sipward_message_product(sipward_message* message, const char* header,
                                            size_t header_size, uint32_t index,
                                            sipward_product* out);

/* RFC 3262 section 7.2. */
typedef struct sipward_rack {
  uint32_t struct_size;
  sipward_slice method;
  int64_t rseq; /* -1: not a number below 2^32, as is cseq */
  int64_t cseq;
} sipward_rack;
SIPWARD_API int32_t sipward_message_rack(sipward_message* message, sipward_rack* out);

enum { SIPWARD_REFRESHER_NONE = 0, SIPWARD_REFRESHER_UAC = 1, SIPWARD_REFRESHER_UAS = 2 };
/* RFC 4028 sections 4 and 5. */
typedef struct sipward_session_timer {
  uint32_t struct_size;
  uint32_t refresher; /* SIPWARD_REFRESHER_... */
  int64_t seconds;    /* -1: not a number below 2^32 */
} sipward_session_timer;
/* Of Session-Expires or Min-SE. */
SIPWARD_API int32_t sipward_message_session_timer(sipward_message* message, const char* header,
                                                  size_t header_size, sipward_session_timer* out);

/* Date (RFC 3261 section 20.17) as seconds since 1970, leap seconds not counted; before that,
 * negative. SIPWARD_END if it is absent or no date. */
SIPWARD_API int32_t sipward_message_date(sipward_message* message, int64_t* out);

/* RFC 6665 section 8.4. */
typedef struct sipward_event {
  uint32_t struct_size;
  sipward_slice package; /* "presence" */
  sipward_slice
      event_template; /* "winfo"; all templates, if there are more; absent if there is none */
  sipward_slice id;
  sipward_slice params;
} sipward_event;
/* Of Event or Allow-Events. */
SIPWARD_API int32_t sipward_message_event(sipward_message* message, const char* header,
                                          size_t header_size, uint32_t index, sipward_event* out);

/* RFC 6665 section 4.1.3. */
typedef struct sipward_subscription {
  uint32_t struct_size;
  sipward_slice state; /* "active", "pending", "terminated" */
  sipward_slice reason;
  sipward_slice params;
  int64_t expires;     /* seconds; -1: none, or not a number below 2^32 */
  int64_t retry_after; /* likewise */
} sipward_subscription;
SIPWARD_API int32_t sipward_message_subscription(sipward_message* message,
                                                 sipward_subscription* out);

/* RFC 4412 section 3.1. */
typedef struct sipward_resource_priority {
  uint32_t struct_size;
  sipward_slice name_space;
  sipward_slice priority;
} sipward_resource_priority;
SIPWARD_API int32_t sipward_message_resource_priority(sipward_message* message, uint32_t index,
                                                      sipward_resource_priority* out);

/* RFC 3261 section 20.43. */
typedef struct sipward_warning {
  uint32_t struct_size;
  sipward_slice agent;
  sipward_slice text; /* without its quotes, nothing unescaped */
  int64_t code;       /* -1: not a number */
} sipward_warning;
SIPWARD_API int32_t sipward_message_warning(sipward_message* message, uint32_t index,
                                            sipward_warning* out);

/* RFC 3261 section 20.33. */
typedef struct sipward_retry_after {
  uint32_t struct_size;
  sipward_slice comment; /* without its outermost brackets */
  sipward_slice params;
  int64_t seconds;  /* -1: not a number below 2^32 */
  int64_t duration; /* seconds; -1: none */
} sipward_retry_after;
SIPWARD_API int32_t sipward_message_retry_after(sipward_message* message, sipward_retry_after* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_VALUES_H_ */
