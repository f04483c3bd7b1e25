/* Messages written back: as they were, edited, or in a normal form. The rules of sipward.h hold. */
#ifndef SIPWARD_C_EDIT_H_
#define SIPWARD_C_EDIT_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an edit does, and the members that it reads. */
enum {
  SIPWARD_EDIT_NOTHING = 0,
  SIPWARD_EDIT_ADD = 1,     /* a header line: name, value, place */
  SIPWARD_EDIT_SET = 2,     /* value for the first header of this name; the others go; added at the
                               end if there is none: name, value */
  SIPWARD_EDIT_REPLACE = 3, /* the value of the lines chosen; none: nothing: name, value, which */
  SIPWARD_EDIT_REMOVE = 4,  /* the lines chosen; none: nothing: name, which */
  SIPWARD_EDIT_REQUEST_URI = 5, /* value */
  SIPWARD_EDIT_STATUS = 6, /* number is the status code, 0: as it is; value the reason phrase */
  SIPWARD_EDIT_BODY = 7,   /* body, value is its Content-Type; both empty: no body any more */
  SIPWARD_EDIT_STRIP = 8   /* the headers of the set number: SIPWARD_STRIP_... */
};

/* Where an added line goes, by the places in the message as it was parsed. Several lines at one
 * place stand there in the order of the edits. */
enum {
  SIPWARD_PLACE_END = 0,
  SIPWARD_PLACE_TOP = 1,          /* behind the start line: a proxy's Via, Route, Record-Route */
  SIPWARD_PLACE_BEFORE_FIRST = 2, /* of the same name; if there is none, at the top */
  SIPWARD_PLACE_AFTER_LAST = 3    /* of the same name; if there is none, at the end */
};

enum {
  SIPWARD_WHICH_ALL = 0,
  SIPWARD_WHICH_FIRST = 1,
  SIPWARD_WHICH_LAST = 2,
  SIPWARD_WHICH_LINE = 3 /* header `number` (see sipward_message_header); name may be empty, or must
                            be its name */
};

/* What an edge towards parties that it does not trust takes away, because what stands behind it
 * believes it. */
enum {
  SIPWARD_STRIP_ASSERTED = 1,  /* P-Asserted-Identity: RFC 3325 section 5 */
  SIPWARD_STRIP_PREFERRED = 2, /* P-Preferred-Identity: RFC 3325 section 9.2, a hint for the first
                                  trusted proxy and nobody behind it */
  SIPWARD_STRIP_REMOTE_PARTY = 4, /* Remote-Party-ID: what came before, still shown by exchanges */
  SIPWARD_STRIP_DIVERSION = 8,    /* Diversion, CC-Diversion: RFC 5806 */
  SIPWARD_STRIP_HISTORY = 16,     /* History-Info: RFC 7044 */
  SIPWARD_STRIP_ATTESTATION = 32, /* P-Attestation-Indicator, P-Origination-Id, Attestation-Info,
                                     Origination-Id: what a provider tells itself before it signs */
  SIPWARD_STRIP_PROVIDER = 64,    /* P-Asserted-Service, P-Served-User, P-Called-Party-ID,
                                     P-Charging-Vector, P-Charging-Function-Addresses: RFC 6050, RFC
                                     5502, RFC 7315; inside one provider's network alone */
  SIPWARD_STRIP_IDENTITY = 128,  /* Identity, Identity-Info: RFC 8224. Signed, so it needs no trust;
                                    for an edge that verified it and passes the outcome on */
  SIPWARD_STRIP_PRIVACY = 256,   /* Privacy: RFC 3323, the caller's own wish; for an edge that has
                                    fulfilled it */
  SIPWARD_STRIP_UNTRUSTED = 127, /* all but the last two */
  SIPWARD_STRIP_EVERYTHING = 511
};

/* One edit. The text is not copied: it must live through the call.
 *
 * A header is named in any form: compact and long are the same, letters in any case. An added line
 * takes the compact form if the message has it so, otherwise the long name as its RFC spells it; a
 * replaced one keeps its name. Names are tokens; values hold no control character but TAB, and no
 * fold. Content-Length cannot be named: it is made right by every call with edits.
 *
 * Edits that take away all of a header (SET, STRIP, REMOVE of all) take every spelling that some
 * program reads as this header: white space or a fold before the colon, a first line that begins
 * with white space, a line whose name is no token but holds the header's. Where a fold inside
 * another value begins like the header, that value is unfolded. With such an edit all lines end in
 * CRLF.
 *
 * Where several edits name one line, the last decides. */
typedef struct sipward_edit {
  uint32_t struct_size;
  uint32_t kind;  /* SIPWARD_EDIT_... */
  uint32_t place; /* SIPWARD_PLACE_... */
  uint32_t which; /* SIPWARD_WHICH_... */
  uint32_t number;
  uint32_t reserved;
  const char* name;
  size_t name_size;
  const char* value;
  size_t value_size;
  const char* body;
  size_t body_size;
} sipward_edit;

/* Why a message was not written. */
enum {
  SIPWARD_EDIT_PROBLEM_NONE = 0,
  SIPWARD_EDIT_PROBLEM_SPACE = 1,
  SIPWARD_EDIT_PROBLEM_MESSAGE = 2,  /* the parser refused it, or its head has no end */
  SIPWARD_EDIT_PROBLEM_OVERLAP = 3,  /* the buffer lies over the message or over text of an edit */
  SIPWARD_EDIT_PROBLEM_TOO_MANY = 4, /* edits: SIPWARD_MAX_EDITS */
  SIPWARD_EDIT_PROBLEM_KIND = 5,     /* a kind, place, choice or set that is not known */
  SIPWARD_EDIT_PROBLEM_NAME = 6,     /* not a token */
  SIPWARD_EDIT_PROBLEM_VALUE = 7,    /* holds a control character */
  SIPWARD_EDIT_PROBLEM_LINE = 8, /* no such line, or of another name, or of none that is a token */
  SIPWARD_EDIT_PROBLEM_CONTENT_LENGTH = 9, /* is the library's own */
  SIPWARD_EDIT_PROBLEM_START_LINE = 10, /* a Request-URI, status code or reason phrase that is none,
                                           or a message of the other kind */
  SIPWARD_EDIT_PROBLEM_CONTENT_TYPE = 11, /* a body without one */
  SIPWARD_EDIT_PROBLEM_SINGLETON = 12,    /* would stand twice */
  SIPWARD_EDIT_PROBLEM_MANDATORY = 13,    /* would be gone */
  SIPWARD_EDIT_PROBLEM_HIDDEN = 14,       /* a header that must go stands behind a control character
                                             inside another line: no way of writing it is safe */
  SIPWARD_EDIT_PROBLEM_NOT_NORMAL = 15,   /* NUL, a bare CR or the like has no normal form */
  SIPWARD_EDIT_PROBLEM_LIMIT = 16         /* beyond the limits with which the message was parsed */
};
/* One sentence in English; NULL for a number that is none of these. */
SIPWARD_API const char* sipward_edit_problem_text(uint32_t problem);

typedef struct sipward_edit_result {
  uint32_t struct_size;
  uint32_t problem; /* SIPWARD_EDIT_PROBLEM_... */
  uint32_t edit;    /* index of the edit concerned; SIPWARD_ABSENT: none */
  uint32_t reserved;
  uint64_t size; /* SIPWARD_OK: bytes written; SIPWARD_ERR_SPACE: bytes needed; otherwise 0 */
} sipward_edit_result;

#define SIPWARD_MAX_EDITS 64

enum {
  /* Write what is meant in one form: single spaces in the start line, long names, one space behind
   * the colon, no folds, CRLF, a right Content-Length, nothing around the message; lines that are
   * no headers are left out. Header lines stay lines, in order; values are not looked into. */
  SIPWARD_WRITE_NORMAL = 1
};

/* Writes a parsed message to out[0, capacity), all of it or nothing. What is not edited is copied
 * byte for byte, in order; without edits and flags the copy is exact. With one or more edits what
 * followed the end of the body is left out (RFC 3261 section 18.3). What was written parses.
 *
 * Only what the parser let pass is written, ambiguous or not; validate the message first to have
 * its values judged as well. `out` must lie neither over the message nor over the text of an edit;
 * a capacity of 0 tells the size. The edits are an array; all have the same struct_size.
 *
 * SIPWARD_OK; SIPWARD_ERR_SPACE; SIPWARD_ERR_EDIT: `*result` says which edit and why. It is written
 * in these three cases, `out` with SIPWARD_OK alone. SIPWARD_END if nothing was parsed. Allocates
 * nothing. Linear in the bytes and in the number of edits (benchmarks: parser invite.edit).
 */
SIPWARD_API int32_t sipward_message_write(const sipward_message* message, const sipward_edit* edits,
                                          size_t edit_count, uint32_t flags, char* out,
                                          size_t capacity, sipward_edit_result* result);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_EDIT_H_ */
