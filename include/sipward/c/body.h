/* Bodies: session descriptions (RFC 8866), the parts of a multipart body (RFC 2046, RFC 5621) and
 * text. The rules of sipward.h hold.
 *
 * Nothing of a body is read before the first of these functions is called (or
 * sipward_message_validate); then it is read once, in time linear in its size, and what is asked
 * afterwards costs no more than copying the answer. What is wrong with a body is an anomaly of the
 * message (sdp.*, body.*). Slices are places in the bytes of the message; SIPWARD_ABSENT is what
 * was not written. Every function returns SIPWARD_END before a message was parsed. */
#ifndef SIPWARD_C_BODY_H_
#define SIPWARD_C_BODY_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SIPWARD_BODY_NONE = 0,
  SIPWARD_BODY_OPAQUE = 1, /* of a type that is not read here, or encoded */
  SIPWARD_BODY_SDP = 2,
  SIPWARD_BODY_MULTIPART = 3,
  SIPWARD_BODY_TEXT = 4
};

typedef struct sipward_body_info {
  uint32_t struct_size;
  uint32_t kind;              /* SIPWARD_BODY_... */
  sipward_slice content_type; /* the value of Content-Type */
  sipward_slice type;         /* "application" */
  sipward_slice subtype;      /* "sdp" */
  sipward_slice params;       /* for sipward_param_next */
  uint32_t part_count;        /* of all levels together: 0 to 32 */
} sipward_body_info;
/* What the body is, by Content-Type and Content-Encoding. SIPWARD_END if there is no body. */
SIPWARD_API int32_t sipward_message_body_info(sipward_message* message, sipward_body_info* out);

/* RFC 2046 section 5.1, RFC 5621. Headers of the part by their values, the first of each. */
typedef struct sipward_part {
  uint32_t struct_size;
  uint32_t kind;         /* SIPWARD_BODY_...; of a multipart part, its own parts follow it */
  uint32_t depth;        /* 1: in the body of the message; at most 3 */
  uint32_t parent;       /* index of the part that it stands in; SIPWARD_ABSENT: the body */
  sipward_slice headers; /* all its header lines */
  sipward_slice content_type;
  sipward_slice content_disposition;
  sipward_slice content_id;
  sipward_slice content_transfer_encoding;
  sipward_slice content_length;
  sipward_slice body; /* without the line end that belongs to the boundary behind it */
} sipward_part;
/* Part `index` of a multipart body, in the order of their boundaries; SIPWARD_END behind the last.
 */
SIPWARD_API int32_t sipward_message_part(sipward_message* message, uint32_t index,
                                         sipward_part* out);

enum {
  SIPWARD_CHARSET_UTF8 = 0,   /* also where nothing is said (RFC 3261 section 7.4.1) */
  SIPWARD_CHARSET_ASCII = 1,  /* us-ascii */
  SIPWARD_CHARSET_LATIN = 2,  /* iso-8859-N, windows-125N */
  SIPWARD_CHARSET_UNKNOWN = 3 /* named, and not known here: its octets are not judged */
};
typedef struct sipward_body_text {
  uint32_t struct_size;
  uint32_t charset;           /* SIPWARD_CHARSET_... */
  sipward_slice text;         /* as written */
  sipward_slice charset_name; /* as written */
} sipward_body_text;
/* The text of this message: the body if it is text/..., else the first part that is. SIPWARD_END if
 * there is none. */
SIPWARD_API int32_t sipward_message_text(sipward_message* message, sipward_body_text* out);

enum {
  SIPWARD_SDP_DIRECTION_NONE = 0, /* none written: that of the session, or sendrecv, holds */
  SIPWARD_SDP_SENDRECV = 1,
  SIPWARD_SDP_SENDONLY = 2,
  SIPWARD_SDP_RECVONLY = 3,
  SIPWARD_SDP_INACTIVE = 4
};

/* RFC 8866 section 5. Of lines that may stand once, the first. The address is one that stands
 * behind "c=", without what follows its slash. */
typedef struct sipward_sdp_session {
  uint32_t struct_size;
  uint32_t direction; /* SIPWARD_SDP_... */
  sipward_slice text; /* the whole description */
  sipward_slice version;
  sipward_slice username; /* of o=, as the next five */
  sipward_slice session_id;
  sipward_slice session_version;
  sipward_slice origin_nettype;
  sipward_slice origin_addrtype;
  sipward_slice origin_address;
  sipward_slice name;
  sipward_slice nettype; /* of c=, as the next four */
  sipward_slice addrtype;
  sipward_slice address;
  sipward_slice ttl;
  sipward_slice address_count;
  uint32_t address_kind; /* SIPWARD_HOST_...; NONE also for networks other than IN */
  sipward_slice start_time;
  sipward_slice stop_time;
  uint32_t media_count;             /* 0 to 32 */
  uint32_t attribute_count;         /* of session and media together: 0 to 512 */
  uint32_t session_attribute_count; /* these come first */
  uint32_t bandwidth_count;         /* of session and media together: 0 to 64 */
} sipward_sdp_session;
/* The session description of this message: the body; else the first part that describes the session
 * (Content-Disposition absent or "session"), or the first description of all. SIPWARD_END, as in
 * all functions below, if there is none. */
SIPWARD_API int32_t sipward_sdp_read_session(sipward_message* message, sipward_sdp_session* out);

/* RFC 8866 section 5.14. */
typedef struct sipward_sdp_media {
  uint32_t struct_size;
  uint32_t direction; /* SIPWARD_SDP_...; its own attribute */
  sipward_slice text; /* what stands behind "m=" */
  sipward_slice type; /* "audio" */
  sipward_slice port;
  sipward_slice port_count; /* behind the port's slash */
  sipward_slice proto;
  sipward_slice formats; /* all of them, with single spaces between */
  int32_t port_number;   /* 0 to 65535; -1: not a port */
  sipward_slice nettype; /* of its own first c=, as the next four; absent: the session's holds */
  sipward_slice addrtype;
  sipward_slice address;
  sipward_slice ttl;
  sipward_slice address_count;
  uint32_t address_kind;    /* SIPWARD_HOST_... */
  uint32_t first_attribute; /* for sipward_sdp_read_attribute; they stand together */
  uint32_t attribute_count;
  uint32_t first_bandwidth;
  uint32_t bandwidth_count;
} sipward_sdp_media;
/* Medium `index`; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_sdp_read_media(sipward_message* message, uint32_t index,
                                           sipward_sdp_media* out);

/* RFC 8866 section 5.8. */
typedef struct sipward_sdp_bandwidth {
  uint32_t struct_size;
  uint32_t media; /* index of its medium; SIPWARD_ABSENT: the session */
  sipward_slice type;
  sipward_slice value;
} sipward_sdp_bandwidth;
/* Bandwidth `index` of session and media together; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_sdp_read_bandwidth(sipward_message* message, uint32_t index,
                                               sipward_sdp_bandwidth* out);

enum { /* attributes that have a reader below or a meaning here */
       SIPWARD_SDP_ATTRIBUTE_OTHER = 0,
       SIPWARD_SDP_ATTRIBUTE_RTPMAP = 1,
       SIPWARD_SDP_ATTRIBUTE_FMTP = 2,
       SIPWARD_SDP_ATTRIBUTE_CRYPTO = 3,
       SIPWARD_SDP_ATTRIBUTE_FINGERPRINT = 4,
       SIPWARD_SDP_ATTRIBUTE_SETUP = 5,
       SIPWARD_SDP_ATTRIBUTE_ICE_UFRAG = 6,
       SIPWARD_SDP_ATTRIBUTE_ICE_PWD = 7,
       SIPWARD_SDP_ATTRIBUTE_ICE_OPTIONS = 8,
       SIPWARD_SDP_ATTRIBUTE_CANDIDATE = 9,
       SIPWARD_SDP_ATTRIBUTE_SENDRECV = 10,
       SIPWARD_SDP_ATTRIBUTE_SENDONLY = 11,
       SIPWARD_SDP_ATTRIBUTE_RECVONLY = 12,
       SIPWARD_SDP_ATTRIBUTE_INACTIVE = 13
};
/* RFC 8866 section 5.13. */
typedef struct sipward_sdp_attribute {
  uint32_t struct_size;
  uint32_t id;          /* SIPWARD_SDP_ATTRIBUTE_...; names are compared with regard to case */
  uint32_t media;       /* index of its medium; SIPWARD_ABSENT: the session */
  uint32_t well_formed; /* 0: it does not follow the grammar of its name */
  sipward_slice name;
  /* Behind the colon. Of ice-ufrag, ice-pwd (a secret: keep it out of logs) and ice-options (RFC
   * 8839 sections 5.4 and 5.6), and of names that are not known, it is all there is to read. */
  sipward_slice value;
} sipward_sdp_attribute;
/* Attribute `index` of session and media together; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_sdp_read_attribute(sipward_message* message, uint32_t index,
                                               sipward_sdp_attribute* out);

/* What follows takes attribute `index` apart. SIPWARD_ERR_ARGUMENT if it is another attribute;
 * SIPWARD_END behind the last. Of a value that does not follow its grammar, well_formed is 0 and
 * the parts are those that spaces and slashes divide. */

/* RFC 8866 section 6.6. */
typedef struct sipward_sdp_rtpmap {
  uint32_t struct_size;
  uint32_t well_formed;
  sipward_slice payload_type;
  sipward_slice encoding;
  sipward_slice clock_rate;
  sipward_slice parameters; /* of audio: channels */
} sipward_sdp_rtpmap;
SIPWARD_API int32_t sipward_sdp_read_rtpmap(sipward_message* message, uint32_t index,
                                            sipward_sdp_rtpmap* out);

/* RFC 8866 section 6.15. */
typedef struct sipward_sdp_fmtp {
  uint32_t struct_size;
  uint32_t well_formed;
  sipward_slice format;
  sipward_slice parameters;
} sipward_sdp_fmtp;
SIPWARD_API int32_t sipward_sdp_read_fmtp(sipward_message* message, uint32_t index,
                                          sipward_sdp_fmtp* out);

/* RFC 4568 section 9.1. Of several keys, method and info of the first. */
typedef struct sipward_sdp_crypto {
  uint32_t struct_size;
  uint32_t well_formed;
  sipward_slice tag;
  sipward_slice suite;
  sipward_slice key_params; /* all keys */
  sipward_slice key_method; /* "inline" */
  sipward_slice key_info;   /* the key: keep it out of logs */
  sipward_slice session_params;
} sipward_sdp_crypto;
SIPWARD_API int32_t sipward_sdp_read_crypto(sipward_message* message, uint32_t index,
                                            sipward_sdp_crypto* out);

/* RFC 8122 section 5. */
typedef struct sipward_sdp_fingerprint {
  uint32_t struct_size;
  uint32_t well_formed;
  sipward_slice hash;
  sipward_slice value; /* hexadecimal, with colons between */
} sipward_sdp_fingerprint;
SIPWARD_API int32_t sipward_sdp_read_fingerprint(sipward_message* message, uint32_t index,
                                                 sipward_sdp_fingerprint* out);

enum {
  SIPWARD_SDP_SETUP_NONE = 0, /* none of these */
  SIPWARD_SDP_SETUP_ACTIVE = 1,
  SIPWARD_SDP_SETUP_PASSIVE = 2,
  SIPWARD_SDP_SETUP_ACTPASS = 3,
  SIPWARD_SDP_SETUP_HOLDCONN = 4
};
/* RFC 4145 section 4. */
typedef struct sipward_sdp_setup {
  uint32_t struct_size;
  uint32_t well_formed;
  uint32_t role; /* SIPWARD_SDP_SETUP_... */
} sipward_sdp_setup;
SIPWARD_API int32_t sipward_sdp_read_setup(sipward_message* message, uint32_t index,
                                           sipward_sdp_setup* out);

/* RFC 8839 section 5.1. */
typedef struct sipward_sdp_candidate {
  uint32_t struct_size;
  uint32_t well_formed;
  sipward_slice foundation;
  sipward_slice component;
  sipward_slice transport;
  sipward_slice priority;
  sipward_slice address;
  sipward_slice port;
  sipward_slice type; /* "host", "srflx", "prflx", "relay" */
  sipward_slice related_address;
  sipward_slice related_port;
  sipward_slice extensions; /* names and values */
} sipward_sdp_candidate;
SIPWARD_API int32_t sipward_sdp_read_candidate(sipward_message* message, uint32_t index,
                                               sipward_sdp_candidate* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_BODY_H_ */
