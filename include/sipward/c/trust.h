/* Whom to trust for a caller's identity: anchors, lists of revoked certificates, and certificates
 * that the host fetched (STIR, RFC 8224 and RFC 8226; SHAKEN). The rules of sipward.h hold. */
#ifndef SIPWARD_C_TRUST_H_
#define SIPWARD_C_TRUST_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_trust sipward_trust;

enum {
  SIPWARD_TRUST_ANY_POLICY = 1,     /* certificates need not name a certificate policy of SHAKEN */
  SIPWARD_TRUST_ONE_PROVIDER = 2,   /* they name one service provider code and nothing else */
  SIPWARD_TRUST_PARTIAL_CHAINS = 4, /* an anchor need not be self-signed */
  SIPWARD_TRUST_KEEP_CRLS = 8,      /* a list that cannot be used leaves those before it in force;
                                       else every certificate is refused until there is a good one */
  SIPWARD_TRUST_STALE_CRL_REFUSES = 16,  /* past its nextUpdate; else it counts no more */
  SIPWARD_TRUST_UNKNOWN_CRL_REFUSES = 32 /* a certificate names lists that are not here */
};

typedef struct sipward_trust_options {
  uint32_t struct_size;
  uint32_t flags;            /* SIPWARD_TRUST_... */
  uint64_t max_bytes;        /* of fetched certificates together [64 MiB] */
  uint32_t max_certificates; /* of them [4096]; the least recently used gives way */
  uint32_t key_tables; /* for so many keys, those that verify first, tables of 151,552 bytes each,
                          which more than halve the time of a signature; at most 4096 [0] */
  uint8_t seed[16];    /* secret of the table of URLs, which strangers choose: random bytes */
} sipward_trust_options;
/* SIPWARD_ERR_UNSUPPORTED if the library was built without identity. May be shared by any number of
 * engines and threads; engines keep what they need of it. */
SIPWARD_API int32_t sipward_trust_create(const sipward_trust_options* options, sipward_trust** out);
SIPWARD_API void sipward_trust_destroy(sipward_trust* trust);

/* In what follows, SIPWARD_ERR_CREDENTIAL says that something cannot be used: `*reason`, if not
 * NULL, is then the name of why, as in rules ("CERT_MALFORMED"). Times are seconds since 1970. All
 * of it may be called while others verify. */

/* Takes the place of all anchors: certificates in PEM, one after the other, or one in DER. Each
 * that is a self-signed authority may end a chain; each that may sign lists of revoked certificates
 * signs those of its name. Certificates that were given are judged anew. Nothing changes on an
 * error. */
SIPWARD_API int32_t sipward_trust_set_anchors(const sipward_trust* trust, const char* certificates,
                                              size_t size, int64_t now_s, sipward_text* reason);
/* Takes the place of all lists of revoked certificates, each in PEM or DER. On
 * SIPWARD_ERR_CREDENTIAL the first that cannot be used gives the reason, and
 * SIPWARD_TRUST_KEEP_CRLS says what follows. Of one that is older than what was given before, by
 * the same issuer, it is "CRL_STALE", and the newer one stays; whoever wants the older one gives an
 * empty row of lists first. */
SIPWARD_API int32_t sipward_trust_set_crls(const sipward_trust* trust, const sipward_text* lists,
                                           size_t count, sipward_text* reason);
/* What the host got from the URL of a pending verdict: a chain in PEM, the leaf first, or one
 * certificate in DER. `max_age_s` is what the server said (RFC 9111 section 5.2.2.1); negative:
 * nothing. On SIPWARD_ERR_CREDENTIAL that is remembered, and callers who use the URL fail for it.
 * Costs a chain's verification, about a millisecond. */
SIPWARD_API int32_t sipward_trust_provide(const sipward_trust* trust, const char* url,
                                          size_t url_size, const char* document,
                                          size_t document_size, int64_t fetched_s,
                                          int64_t max_age_s, sipward_text* reason);
/* That it got nothing, and why: "CERT_UNAVAILABLE" or "X5U_TIMEOUT" and the like;
 * SIPWARD_ERR_ARGUMENT if it is none of these. It is not asked for again for a minute. */
SIPWARD_API int32_t sipward_trust_provide_failure(const sipward_trust* trust, const char* url,
                                                  size_t url_size, const char* reason,
                                                  size_t reason_size, int64_t now_s);

typedef struct sipward_trust_statistics {
  uint32_t struct_size;
  uint32_t key_tables;          /* keys that have one */
  uint64_t certificates;        /* that are kept */
  uint64_t failures;            /* URLs that are known to fail */
  uint64_t bytes;               /* of both */
  uint64_t evictions;           /* of either, for want of room */
  uint64_t table_comparisons;   /* signatures that were verified with a table and without */
  uint64_t table_disagreements; /* not 0: the verification without was believed, and tables are
                                   off for good */
} sipward_trust_statistics;
SIPWARD_API int32_t sipward_trust_read_statistics(const sipward_trust* trust,
                                                  sipward_trust_statistics* out);

enum {
  SIPWARD_CERTIFICATE_MISSING = 0, /* it was never handed in, or too long ago: fetch it */
  SIPWARD_CERTIFICATE_FRESH = 1,
  SIPWARD_CERTIFICATE_STALE = 2, /* usable, and time to fetch it anew */
  SIPWARD_CERTIFICATE_FAILED = 3 /* it cannot be used, or could not be had a moment ago */
};
/* What is known of a URL. If it failed, `*reason` says why. */
SIPWARD_API int32_t sipward_trust_find(const sipward_trust* trust, const char* url, size_t size,
                                       int64_t now_s, uint32_t* state, sipward_text* reason);

/* For who fetches certificates. SIPWARD_ERR_CREDENTIAL, with the reason as above, where it must not
 * be done; SIPWARD_ERR_UNSUPPORTED if the library was built without identity. */

enum {
  SIPWARD_URL_ANY_PORT = 1 /* else 443 and 8443 alone */
};
/* A URL that may be asked: absolute, of https, with the name of a host that is none of the own
 * network, without user information, query and fragment. A pending verdict has no other. */
SIPWARD_API int32_t sipward_certificate_url_check(const char* url, size_t size, uint32_t flags,
                                                  sipward_text* reason);
/* An address that may be connected to: reachable over the Internet, and none where clouds keep the
 * metadata of a machine. Ask it of every address that the host has, and connect to one that was
 * asked about. The port does not count. */
SIPWARD_API int32_t sipward_certificate_endpoint_check(const sipward_endpoint* endpoint,
                                                       sipward_text* reason);

enum {
  SIPWARD_CALLER_RFC8224 = 1,  /* From alone says who calls, and Date counts; else the SHAKEN
                                  profile:  P-Asserted-Identity before From */
  SIPWARD_CALLER_COMPACT = 2,  /* tokens in compact form are taken */
  SIPWARD_CALLER_BEST_OF = 4,  /* of several tokens for the caller, one that holds is enough */
  SIPWARD_CALLER_PASSED_B = 8, /* TN-Validation-Passed for attestation B, too */
  SIPWARD_CALLER_PASSED_C = 16,
  SIPWARD_CALLER_ANY_MEDIA_KEY = 32, /* fingerprints (mky) are not compared with the session's */
  SIPWARD_CALLER_REQUIRED = 64, /* a request without an Identity that counts fails: NO_IDENTITY */
  SIPWARD_CALLER_UNCACHED = 128 /* every token is verified anew: cached_tokens is none */
};
/* The SIP code that answers a reason, where it is not that of RFC 8224 section 6.2.2. */
typedef struct sipward_reason_code {
  sipward_text reason; /* "IAT_STALE" */
  uint32_t sip_code;   /* 300 to 699 */
  uint32_t reserved;
} sipward_reason_code;
/* What an engine or a verifier demands of Identity headers. */
typedef struct sipward_caller_policy {
  uint32_t struct_size;
  uint32_t flags;         /* SIPWARD_CALLER_... */
  uint32_t window_s;      /* seconds that a token is good for [60] */
  uint32_t skew_s;        /* seconds that it may be ahead of the packet's wall time [60] */
  uint32_t div_span_s;    /* seconds from the first to the last token of a diversion [300] */
  uint32_t cached_tokens; /* that are verified once while they come again with their call, 2.3 KiB
                             each; at most 65,536 [1024] */
  const sipward_reason_code* codes; /* of reasons, in any order; the last of a reason counts */
  size_t code_count;                /* at most 256 */
} sipward_caller_policy;

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_TRUST_H_ */
