/* What every part of the C interface names: the library's version, statuses, texts, slices. The
 * rules of sipward.h hold. */
#ifndef SIPWARD_C_BASE_H_
#define SIPWARD_C_BASE_H_

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

enum {
  SIPWARD_OK = 0,
  SIPWARD_INCOMPLETE = 1,        /* a stream needs more bytes */
  SIPWARD_END = 2,               /* nothing (more) of the kind asked for */
  SIPWARD_ERR_ARGUMENT = -1,     /* NULL, a wrong struct_size, an index or value out of range */
  SIPWARD_ERR_NO_MEMORY = -2,    /* an allocation of a _create or _compile function failed */
  SIPWARD_ERR_MALFORMED = -3,    /* not SIP; see sipward_message_error */
  SIPWARD_ERR_LIMIT = -4,        /* more than a limit allows; see sipward_message_error */
  SIPWARD_ERR_RULES = -5,        /* the rules have errors; see sipward_compiler_diagnostic */
  SIPWARD_ERR_STATE_FULL = -6,   /* the state region is too small for these rules */
  SIPWARD_ERR_SPACE = -7,        /* the buffer is too small; the size needed is said */
  SIPWARD_ERR_EDIT = -8,         /* an edit cannot be done; the result says which and why */
  SIPWARD_ERR_FIELD = -9,        /* an event has no such field, or its value is of another type */
  SIPWARD_ERR_SNAPSHOT = -10,    /* not a snapshot for this state; the call says why */
  SIPWARD_ERR_LIST = -11,        /* the rules have no dynamic list of this name */
  SIPWARD_ERR_TICKET = -12,      /* the ticket is not that of the packet */
  SIPWARD_ERR_CREDENTIAL = -13,  /* a certificate, key or list cannot be used; it says why */
  SIPWARD_ERR_UNSUPPORTED = -14, /* the library was built without it */
  SIPWARD_ERR_SIGN = -15,        /* a token or key that verifiers would refuse; the call says why */
  SIPWARD_ERR_PROCESS = -16,     /* this is a child of the process that made the object */
  SIPWARD_ERR_CAPTURE = -17,     /* a capture cannot be read; see sipward_capture_error */
  SIPWARD_ERR_RATES = -18,       /* a rate list cannot be used; the call says why */
  SIPWARD_ERR_FEED = -19         /* an update of a feed is refused; its statistics say why */
};

/* One sentence in English for a status; never NULL. */
SIPWARD_API const char* sipward_status_text(int32_t status);
/* Version of the library that runs: major << 16 | minor << 8 | patch. Compare it with the macros
 * above. */
SIPWARD_API uint32_t sipward_version(void);

/* Text that is not copied: the library's own, or the caller's during a call. */
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

/* An address in network order; IPv4 as ::ffff:a.b.c.d. */
typedef struct sipward_endpoint {
  uint8_t address[16];
  uint16_t port;
  uint16_t reserved;
} sipward_endpoint;

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_BASE_H_ */
