/* HEP3, in which SIP servers and probes hand on what they see: Kamailio's siptrace and OpenSIPS
 * send it, Homer takes it. Bytes alone: sockets are the host's. The rules of sipward.h hold. */
#ifndef SIPWARD_C_HEP_H_
#define SIPWARD_C_HEP_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No packet is longer: its size is written in 16 bits. */
#define SIPWARD_HEP_BYTES 65535

enum {
  SIPWARD_HEP_SIP = 1,             /* a payload_kind; others: 5 is RTCP, 100 a log, ... */
  SIPWARD_HEP_OTHER_TRANSPORT = 99 /* a transport that is none of SIPWARD_TRANSPORT_... */
};

/* What one packet says. Of a packet that was read, texts point into its bytes. */
typedef struct sipward_hep {
  uint32_t struct_size;
  uint32_t transport;    /* SIPWARD_TRANSPORT_..., or SIPWARD_HEP_OTHER_TRANSPORT */
  uint32_t payload_kind; /* SIPWARD_HEP_SIP, or any to 255 */
  uint32_t compressed;   /* not 0: the payload, by zlib (RFC 1950); it is handed on as it is */
  uint32_t agent;        /* the number of who captured it */
  uint32_t reserved;
  int64_t wall_ns; /* since 1970 UTC; to the microsecond */
  sipward_endpoint source;
  sipward_endpoint destination;
  sipward_text key;         /* what the sender proves itself by: compare it; may be empty */
  sipward_text correlation; /* what belongs together, such as a Call-ID; may be empty */
  sipward_text payload;
} sipward_hep;

/* Of a connection: how long the packet is that begins here, which may be more than `size`.
 * SIPWARD_INCOMPLETE if more bytes are needed to tell, SIPWARD_ERR_MALFORMED if none begins here.
 */
SIPWARD_API int32_t sipward_hep_size(const char* data, size_t size, size_t* packet_size);
/* Reads one packet, whole: a datagram, or what sipward_hep_size said. Chunks that are not known are
 * passed over. SIPWARD_ERR_MALFORMED if it is none, lengths or values cannot be, or addresses or
 * the payload are missing. Of a payload of SIP that is not compressed and whose transport is known,
 * a sipward_packet is made by copying transport, wall_ns and endpoints. */
SIPWARD_API int32_t sipward_hep_read(const char* data, size_t size, sipward_hep* out);
/* Writes a packet to out[0, capacity), for Homer. `*size`, written on SIPWARD_OK and
 * SIPWARD_ERR_SPACE, is its size. Times before 1970 and after 2106 become the nearest ones that do;
 * WSS is written as WS, which is all that HEP3 has. SIPWARD_ERR_LIMIT: it would be longer than
 * SIPWARD_HEP_BYTES. SIPWARD_ERR_ARGUMENT: a transport or payload_kind is none. */
SIPWARD_API int32_t sipward_hep_write(const sipward_hep* packet, char* out, size_t capacity,
                                      size_t* size);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_HEP_H_ */
