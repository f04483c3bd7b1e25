/* Reads SIP messages out of capture files: pcap and pcapng in, one message at a time out.
 *
 * A library of its own, libsipward-capture: it reads files, which libsipward never does. So
 * <sipward.h> does not include this page; its other rules hold.
 *
 * Link layers: Ethernet (802.1Q, QinQ, PPPoE), Linux cooked v1 and v2, raw IP, BSD loopback, PPP.
 * Network: IPv4 and IPv6 with options, extension headers and fragments, inside IP-in-IP, 6in4 and
 * GRE. Checksums are not looked at. SIP is what looks like it: on ports 5060 and 5061 generously,
 * elsewhere only with a correct start line. A UDP datagram is one message; a TCP stream is cut by
 * its Content-Length (RFC 3261 section 18.3). Memory is bounded whatever is in the file. */
#ifndef SIPWARD_C_CAPTURE_H_
#define SIPWARD_C_CAPTURE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_capture sipward_capture;

/* A reader with nothing opened yet. One thread at a time. SIPWARD_ERR_UNSUPPORTED if it was built
 * without libpcap. */
SIPWARD_API int32_t sipward_capture_create(sipward_capture** out);
SIPWARD_API void sipward_capture_destroy(sipward_capture* capture);

/* Opens a file in the place of what was open; "-" is the standard input. SIPWARD_ERR_CAPTURE: see
 * sipward_capture_error. */
SIPWARD_API int32_t sipward_capture_open(sipward_capture* capture, const char* path, size_t size);
/* The same of a capture that is in memory; its bytes must live until another is opened or the
 * reader is destroyed. `name` is what sipward_capture_error calls it. */
SIPWARD_API int32_t sipward_capture_open_bytes(sipward_capture* capture, const char* bytes,
                                               size_t size, const char* name, size_t name_size);
/* What is wrong, in one line that names the file; empty while nothing is. Valid until the next call
 * with this reader. */
SIPWARD_API int32_t sipward_capture_error(const sipward_capture* capture, sipward_text* out);

enum {
  /* The capture holds only the beginning of these bytes (snapshot length). */
  SIPWARD_CAPTURE_TRUNCATED = 1,
  /* A TCP stream that could not be cut here: all bytes since the last whole message. */
  SIPWARD_CAPTURE_UNFRAMED = 2
};

/* A message of a capture. What it points to is valid until the next call with this reader. */
typedef struct sipward_capture_item {
  uint32_t struct_size;
  uint32_t flags;   /* SIPWARD_CAPTURE_... */
  uint64_t frame;   /* number of the frame that completed it, from 1 */
  const char* data; /* its bytes, the `base` of the packet */
  size_t size;
  /* Transport (UDP or TCP), both endpoints, and the time of that frame, of which monotonic_ns is a
   * copy: a capture has no other clock. `offset` is 0 and `size` that of the message. */
  const sipward_packet* packet;
} sipward_capture_item;
/* The next message. SIPWARD_END: there is none. SIPWARD_ERR_CAPTURE: the file is damaged or cut
 * off, see sipward_capture_error; the messages before were whole. Both stay until another is
 * opened, and so does SIPWARD_ERR_NO_MEMORY. */
SIPWARD_API int32_t sipward_capture_next(sipward_capture* capture, sipward_capture_item* out);

/* What went by. Frames that hold no message are counted, never silently skipped. After SIPWARD_END
 * it covers the whole capture. */
typedef struct sipward_capture_statistics {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t position; /* bytes of the file read so far, now and then */
  uint64_t bytes;    /* of the whole file; 0 where that is not known, as of a pipe */
  uint64_t frames;
  uint64_t truncated_frames; /* cut off by the snapshot length */
  uint64_t not_ip;
  uint64_t ip_packets; /* tunnelled ones count again */
  uint64_t fragments;
  uint64_t reassembled_datagrams;
  uint64_t udp_datagrams;
  uint64_t tcp_segments;
  uint64_t other_transports;
  uint64_t messages;
  uint64_t not_sip;  /* payloads on a SIP port that are not SIP: keep-alives, STUN, TLS */
  uint64_t tcp_gaps; /* places where segments are missing and the stream was taken up again */
  uint64_t unfinished_bytes;  /* of TCP messages whose end never came */
  uint64_t dropped_malformed; /* lengths or headers that cannot be */
  uint64_t dropped_nesting;   /* more tunnels or extension headers than are followed */
  uint64_t dropped_fragments; /* given up: too old, too many, or beyond their datagram */
  uint64_t
      dropped_tcp_segments; /* far outside the window, or of a stream given up for a newer one */
} sipward_capture_statistics;
SIPWARD_API int32_t sipward_capture_read_statistics(const sipward_capture* capture,
                                                    sipward_capture_statistics* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_CAPTURE_H_ */
