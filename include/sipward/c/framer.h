/* Streams: bytes in, messages out. The rules of sipward.h hold. */
#ifndef SIPWARD_C_FRAMER_H_
#define SIPWARD_C_FRAMER_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_framer sipward_framer;

/* Cuts the bytes of one TCP or TLS connection into messages (RFC 3261 section 18.3). `limit`: most
 * bytes of one message, 0 is 1 MiB; a buffer of that size is reserved. One for each connection.
 * SIPWARD_ERR_NO_MEMORY. */
SIPWARD_API int32_t sipward_framer_create(uint32_t limit, sipward_framer** out);
SIPWARD_API void sipward_framer_destroy(sipward_framer* framer);
/* Takes bytes in. `*taken` below `size`: call next until SIPWARD_INCOMPLETE, then push the rest.
 * After an error of next all are taken and thrown away. The bytes are copied; they need not live
 * on. */
SIPWARD_API int32_t sipward_framer_push(sipward_framer* framer, const char* data, size_t size,
                                        size_t* taken);
/* The next whole message, valid until the next push. SIPWARD_INCOMPLETE: more bytes are needed.
 * SIPWARD_ERR_MALFORMED or _LIMIT: the stream cannot be cut any more, for good; `*error` (may be
 * NULL) is written then. */
SIPWARD_API int32_t sipward_framer_next(sipward_framer* framer, const char** data, size_t* size,
                                        sipward_anomaly* error);
/* Bytes of an unfinished message; at the end of the connection, more than 0: it was cut off. */
SIPWARD_API size_t sipward_framer_pending(const sipward_framer* framer);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_FRAMER_H_ */
