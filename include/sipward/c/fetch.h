/* Fetches the certificates that pending verdicts wait for, and hands them to the trust.
 *
 * A library of its own, libsipward-fetch: it starts threads, reads the clocks and opens
 * connections, which libsipward never does. So <sipward.h> does not include this page; its other
 * rules hold.
 *
 * Whoever calls chooses the URL. A fetch checks it, resolves the name once, refuses it if any of
 * its addresses is not public, connects to no other address than those, over https with TLS 1.2 and
 * the server's certificate verified, follows no redirect, uses no proxy, unpacks nothing, and takes
 * little and waits briefly. What failed is told to the trust, which holds it for a minute. */
#ifndef SIPWARD_C_FETCH_H_
#define SIPWARD_C_FETCH_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/trust.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_fetcher sipward_fetcher;

/* A network with one port of it that may be asked beside the public addresses and the ports 443 and
 * 8443: a repository of the host's own. */
typedef struct sipward_fetch_permit {
  sipward_endpoint network; /* with its port */
  uint32_t bits;            /* of all 128, so 120 for the /24 of an IPv4 address [128] */
} sipward_fetch_permit;

typedef struct sipward_fetcher_options {
  uint32_t struct_size;
  uint32_t total_ms;        /* of one fetch, from the name to the last octet [2000] */
  uint32_t connect_ms;      /* of it, to connect, with the handshake of TLS [1000] */
  uint32_t in_flight;       /* fetches at a time, each with a thread, up to 64 [8] */
  uint32_t waiting;         /* fetches that wait for one of them, up to 65536 [256] */
  uint32_t document_bytes;  /* up to 1 MiB; the trust takes no more than [16384] */
  uint32_t host_burst;      /* fetches from one host, at once [32] */
  uint32_t host_per_minute; /* and in the long run [240] */
  const sipward_fetch_permit* permits;
  uint32_t permit_count; /* up to 256 [0] */
  uint32_t reserved;
  sipward_text authorities; /* path of a file in PEM: whom servers are to be verified by; empty: by
                               the authorities of the system */
} sipward_fetcher_options;

/* Keeps no hold of the trust, which must outlive it. SIPWARD_ERR_UNSUPPORTED if it was built
 * without libcurl. Threads do not survive a fork: a child makes a fetcher of its own; of its
 * parent's it gets SIPWARD_ERR_PROCESS. */
SIPWARD_API int32_t sipward_fetcher_create(const sipward_trust* trust,
                                           const sipward_fetcher_options* options,
                                           sipward_fetcher** out);
/* Breaks off what is in flight within a second, and forgets what waits; a resolver of the system
 * that hangs is waited for. In a child it does nothing. Nobody else may use the fetcher any more.
 */
SIPWARD_API void sipward_fetcher_destroy(sipward_fetcher* fetcher);

/* Returns at once. SIPWARD_OK: the certificate is being fetched, once for all who ask;
 * sipward_fetcher_next tells when it is there. SIPWARD_END: nothing is fetched, because
 * the trust knows the URL already, or has just been told that its host is asked too often: resume.
 * SIPWARD_ERR_CREDENTIAL, with the reason: it may not be asked. SIPWARD_ERR_LIMIT: too many wait.
 */
SIPWARD_API int32_t sipward_fetcher_request(const sipward_fetcher* fetcher, const char* url,
                                            size_t size, sipward_text* reason);

#define SIPWARD_FETCH_URL_BYTES 512 /* no URL that may be asked is longer */

/* A fetch that is over. */
typedef struct sipward_fetch_arrival {
  uint32_t struct_size;
  uint32_t url_size;
  char url[SIPWARD_FETCH_URL_BYTES]; /* no NUL behind it */
  sipward_text reason;   /* what the trust was told: "OK", "X5U_TIMEOUT", "CERT_MALFORMED" ... */
  sipward_text sentence; /* what became of the fetch, for the operator */
} sipward_fetch_arrival;
/* The one that was over first, each told once; the texts are constants. SIPWARD_END: there is none.
 * Of more than 1024 that nobody asked for, the oldest are lost. */
SIPWARD_API int32_t sipward_fetcher_next(const sipward_fetcher* fetcher,
                                         sipward_fetch_arrival* out);
/* Waits until there is one: SIPWARD_OK, or SIPWARD_END if there is none after `most_ms`, at most an
 * hour. */
SIPWARD_API int32_t sipward_fetcher_wait(const sipward_fetcher* fetcher, uint32_t most_ms);
/* A descriptor that is readable while there is one, for poll() and event loops. It belongs to the
 * fetcher: only wait for it. */
SIPWARD_API int32_t sipward_fetcher_descriptor(const sipward_fetcher* fetcher, int32_t* out);

typedef struct sipward_fetcher_statistics {
  uint32_t struct_size;
  uint32_t in_flight;
  uint64_t waiting;
  uint64_t requests;
  uint64_t known;   /* of these: the trust knew the URL */
  uint64_t joined;  /* it was being fetched */
  uint64_t refused; /* it may not be asked */
  uint64_t limited; /* its host was asked too often */
  uint64_t full;    /* too many waited */
  uint64_t fetches; /* that are over */
  uint64_t failures;
  uint64_t arrivals_lost;
} sipward_fetcher_statistics;
SIPWARD_API int32_t sipward_fetcher_read_statistics(const sipward_fetcher* fetcher,
                                                    sipward_fetcher_statistics* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_FETCH_H_ */
