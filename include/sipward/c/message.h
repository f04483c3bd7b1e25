/* Messages: parsed in place, values read when they are asked for. The rules of sipward.h hold. */
#ifndef SIPWARD_C_MESSAGE_H_
#define SIPWARD_C_MESSAGE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/anomaly.h"
#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { SIPWARD_KIND_NONE = 0, SIPWARD_KIND_REQUEST = 1, SIPWARD_KIND_RESPONSE = 2 };
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
  uint32_t vias;               /* [70], at most 128 */
  uint32_t uri_bytes;          /* [2048] */
  uint32_t sdp_media;          /* [32], not more */
  sipward_policy policy;       /* changes to the profile; zero: none */
  uint32_t sdp_attributes;     /* [512], not more; of session and media together */
  uint32_t body_parts;         /* [32], not more; of all levels together */
  uint32_t body_depth;         /* [3], not more: multipart within multipart */
  uint32_t comment_depth;      /* [8] brackets in User-Agent, Server, Retry-After */
} sipward_parse_options;

typedef struct sipward_message sipward_message;

/* About 115 KiB, whatever the bytes are; reuse it for every message. SIPWARD_ERR_NO_MEMORY. */
SIPWARD_API int32_t sipward_message_create(sipward_message** out);
SIPWARD_API void sipward_message_destroy(sipward_message* message);

/* Finds lines and headers and reads the start line (RFC 3261 section 7); values are read when asked
 * for, once. Any bytes may be given; they are not copied, and must stay as they are while anything
 * is asked of the message. `options` may be NULL. SIPWARD_OK, SIPWARD_ERR_MALFORMED or
 * SIPWARD_ERR_LIMIT; on the last two, what could be read is there as well. Linear in `size`. */
SIPWARD_API int32_t sipward_message_parse(sipward_message* message, const char* data, size_t size,
                                          const sipward_parse_options* options);
/* Reads every value and body that is known, so that all anomalies show. Same statuses as parse.
 * Linear in the bytes. */
SIPWARD_API int32_t sipward_message_validate(sipward_message* message);
/* The bytes that were parsed: slices are places in them. SIPWARD_END, as everywhere below, if none
 * were. */
SIPWARD_API int32_t sipward_message_bytes(const sipward_message* message, sipward_text* out);
/* The anomaly that refused the message; SIPWARD_END if none did. */
SIPWARD_API int32_t sipward_message_error(const sipward_message* message, sipward_anomaly* out);
/* Anomaly `index` in the order found, of what was read so far; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_message_anomaly(const sipward_message* message, uint32_t index,
                                            sipward_anomaly* out);

/* RFC 3261 sections 7.1 and 7.2. */
typedef struct sipward_start_line {
  uint32_t struct_size;
  uint32_t kind; /* SIPWARD_KIND_...; NONE: it is neither */
  sipward_slice method;
  sipward_slice request_uri;
  sipward_slice version;
  sipward_slice reason;
  uint32_t status_code; /* 0: not a response */
  sipward_slice status_text;
} sipward_start_line;
SIPWARD_API int32_t sipward_message_start_line(const sipward_message* message,
                                               sipward_start_line* out);

/* A header line (RFC 3261 section 7.3). */
typedef struct sipward_header {
  uint32_t struct_size;
  uint32_t folded;
  sipward_slice name;
  sipward_slice value; /* as written, folds included, without the white space around it */
  sipward_text
      known; /* the long name of a header that the library knows, or no data; `From` of f */
} sipward_header;
/* 0 before a message was parsed. */
SIPWARD_API uint32_t sipward_message_header_count(const sipward_message* message);
/* Header line `index`, in the order of the message; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_message_header(const sipward_message* message, uint32_t index,
                                           sipward_header* out);
/* Value of the first header of this name (long or compact, letters in any case); SIPWARD_END if
 * there is none. */
SIPWARD_API int32_t sipward_message_find(const sipward_message* message, const char* name,
                                         size_t name_size, sipward_slice* out);
/* What stands behind the empty line, cut to Content-Length where that is shorter; absent if the
 * head has no end. What it is made of: body.h. */
SIPWARD_API int32_t sipward_message_body(const sipward_message* message, sipward_slice* out);

enum {
  SIPWARD_SCHEME_OTHER = 0,
  SIPWARD_SCHEME_SIP = 1,
  SIPWARD_SCHEME_SIPS = 2,
  SIPWARD_SCHEME_TEL = 3,
  SIPWARD_SCHEME_URN = 4
};

enum {
  SIPWARD_HOST_NONE = 0,
  SIPWARD_HOST_NAME = 1,
  SIPWARD_HOST_IPV4 = 2,
  SIPWARD_HOST_IPV6 = 3,
  SIPWARD_HOST_BAD = 4 /* written, and neither a name nor an address */
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
  uint32_t host_kind;  /* SIPWARD_HOST_... */
} sipward_uri;

/* RFC 3261 section 20.10. */
typedef struct sipward_address {
  uint32_t struct_size;
  uint32_t is_star; /* Contact: * */
  sipward_slice text;
  sipward_slice display; /* with its quotes, if it has them */
  sipward_slice params;
  sipward_slice tag;
  uint32_t in_brackets; /* not 0: the URI stands in angle brackets */
  sipward_uri uri;      /* its struct_size is written, not read */
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
  sipward_slice protocol; /* "SIP" */
  sipward_slice version;  /* "2.0" */
  sipward_slice maddr;
  sipward_slice ttl;
  uint32_t host_kind; /* SIPWARD_HOST_... */
} sipward_via;

/* RFC 3261 section 20.16. */
typedef struct sipward_cseq {
  uint32_t struct_size;
  uint32_t number_valid; /* 0: not a number below 2^32 */
  uint64_t number;
  sipward_slice method;
  sipward_slice number_text;
} sipward_cseq;

/* Digest credentials or a challenge (RFC 3261 sections 20.7 and 20.44, RFC 8760). Quoted values
 * without their quotes, nothing unescaped. Of a scheme other than Digest only the scheme is read.
 */
typedef struct sipward_digest {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  sipward_slice text;
  sipward_slice scheme;
  sipward_slice username;
  sipward_slice realm;
  sipward_slice nonce;
  sipward_slice uri;
  sipward_slice response;
  sipward_slice algorithm;
  sipward_slice cnonce;
  sipward_slice opaque;
  sipward_slice qop;
  sipward_slice nc;
  sipward_slice stale;
  sipward_slice domain;
} sipward_digest;

/* The Request-URI, taken apart; SIPWARD_END for a response. */
SIPWARD_API int32_t sipward_message_request_uri(sipward_message* message, sipward_uri* out);
/* Value `index` (over all header lines of this name) of a header that holds addresses: From, To,
 * Contact, Route, Record-Route, Path, Service-Route, P-Asserted-Identity, P-Preferred-Identity,
 * Remote-Party-ID, Diversion, History-Info, Refer-To, Referred-By, Reply-To; or URIs in brackets:
 * Call-Info, Alert-Info, Error-Info, Geolocation. SIPWARD_END behind the last; SIPWARD_ERR_ARGUMENT
 * for another header. */
SIPWARD_API int32_t sipward_message_address(sipward_message* message, const char* header,
                                            size_t header_size, uint32_t index,
                                            sipward_address* out);
/* Via `index` over all lines, 0 is the topmost; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_message_via(sipward_message* message, uint32_t index, sipward_via* out);
/* SIPWARD_END if it is absent. */
SIPWARD_API int32_t sipward_message_cseq(sipward_message* message, sipward_cseq* out);
/* Line `index` of Authorization, Proxy-Authorization, WWW-Authenticate or Proxy-Authenticate.
 * SIPWARD_END behind the last; SIPWARD_ERR_ARGUMENT for another header. */
SIPWARD_API int32_t sipward_message_digest(sipward_message* message, const char* header,
                                           size_t header_size, uint32_t index, sipward_digest* out);
/* Content-Length, Max-Forwards, Expires, Min-Expires, Session-Expires, Min-SE, Retry-After, RSeq as
 * a number; SIPWARD_END if absent or not a number in range. */
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

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_MESSAGE_H_ */
