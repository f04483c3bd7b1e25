/* The verification of Identity headers by itself (RFC 8224 section 6.2, SHAKEN: RFC 8588), for
 * hosts that want no engine, or have no message but its parts. The rules of sipward.h hold. */
#ifndef SIPWARD_C_VERIFY_H_
#define SIPWARD_C_VERIFY_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/message.h"
#include "sipward/c/state.h"
#include "sipward/c/trust.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_verifier sipward_verifier;

typedef struct sipward_verifier_options {
  uint32_t struct_size;
  uint32_t reserved;
  /* Whom to trust: the first for the first Identity header of a request and so on, the last for all
   * behind it. One is the usual. */
  const sipward_trust* const* trusts;
  size_t trust_count;                  /* 1 to 8 */
  const sipward_caller_policy* policy; /* NULL: the usual */
  /* Where tokens are remembered, so that one that comes again with another call is found (REPLAY).
   * Engines and verifiers with this state share what they saw. NULL: nothing is remembered. */
  const sipward_state* state;
} sipward_verifier_options;
/* One thread's, about 300 KiB; it keeps what it needs of the options. SIPWARD_ERR_STATE_FULL: the
 * state has no room. SIPWARD_ERR_UNSUPPORTED if the library was built without identity. */
SIPWARD_API int32_t sipward_verifier_create(const sipward_verifier_options* options,
                                            sipward_verifier** out);
SIPWARD_API void sipward_verifier_destroy(sipward_verifier* verifier);

/* a=fingerprint of a session description (RFC 8122 section 5). */
typedef struct sipward_fingerprint {
  sipward_text hash;  /* "sha-256" */
  sipward_text value; /* "4A:AD:..." */
} sipward_fingerprint;

enum {
  /* Nobody looked for these, so that they are not missed where they are not given: */
  SIPWARD_UNSEEN_DATE = 1,
  SIPWARD_UNSEEN_PRIORITY = 2, /* what a token permits (rph) is not compared */
  SIPWARD_UNSEEN_SESSION = 4,  /* fingerprints (mky) are not compared */
  SIPWARD_UNSEEN_BODY = 8      /* the body (msgi) is not compared */
};
/* The parts of a request that its Identity headers speak of. Texts are read during the call alone;
 * the texts of a result are views of them. */
typedef struct sipward_identity_request {
  uint32_t struct_size;
  uint32_t unseen;       /* SIPWARD_UNSEEN_... */
  int64_t now_s;         /* seconds since 1970 UTC */
  uint64_t monotonic_ns; /* for the memory of tokens */
  const sipward_text*
      identity; /* values of the Identity headers, in their order; folds as they are */
  size_t identity_count;
  const sipward_text* asserted; /* URIs of P-Asserted-Identity */
  size_t asserted_count;
  sipward_text from; /* a URI, as the next two */
  sipward_text to;
  sipward_text request_uri;
  sipward_text date; /* the value of Date (RFC 3261 section 20.17) */
  sipward_text call_id;
  sipward_text from_tag;
  const sipward_text* resource_priority; /* "ets.0" (RFC 4412) */
  size_t resource_priority_count;
  const sipward_fingerprint* fingerprints;
  size_t fingerprint_count;
  sipward_text body; /* of a MESSAGE */
  /* What a token in compact form leaves out and the request does not say elsewhere. */
  sipward_text attest;
  sipward_text origid;
  sipward_text diverted; /* URI, of a div */
} sipward_identity_request;

/* Texts live until the next check, and as long as the bytes that were checked. No data: there is
 * none. */
typedef struct sipward_identity_result {
  uint32_t struct_size;
  uint32_t result;     /* SIPWARD_IDENTITY_...; PENDING: the certificate of `missing` is */
  sipward_text reason; /* "OK", or of the earliest step that failed: "IAT_STALE" */
  uint32_t sip_code;   /* that answers it; 0: none */
  uint32_t flags;      /* of all headers: 1 << SIPWARD_FLAG_... */
  sipward_text attest; /* of what is verified: "A", "B" or "C" */
  sipward_text origid;
  sipward_text spc; /* the first service provider code of who signed */
  sipward_text issuer;
  sipward_text nam; /* of rich call data (RFC 9795) */
  sipward_text crn;
  sipward_text verstat; /* "TN-Validation-Passed" ... (3GPP TS 24.229) */
  int64_t iat;          /* seconds since 1970 UTC; 0: not known */
  uint32_t div_count;
  uint32_t header_count;
  sipward_text missing; /* the URL to fetch; then check again */
} sipward_identity_result;

/* SIPWARD_OK whatever was found. Costs one ES256 for each header whose form, claims, time and
 * parties are right; allocates nothing but inside libcrypto. SIPWARD_ERR_MALFORMED: `date` is no
 * date. */
SIPWARD_API int32_t sipward_verifier_check(sipward_verifier* verifier,
                                           const sipward_identity_request* request,
                                           sipward_identity_result* out);
/* The same of a request that was parsed. What `request` has besides now_s and monotonic_ns holds,
 * whatever the message says; with `from` its P-Asserted-Identity does not count. SIPWARD_END: the
 * message is no request. */
SIPWARD_API int32_t sipward_verifier_check_message(sipward_verifier* verifier,
                                                   sipward_message* message,
                                                   const sipward_identity_request* request,
                                                   sipward_identity_result* out);

/* What came of one Identity header of the last check. Texts as above. */
typedef struct sipward_identity_header {
  uint32_t struct_size;
  uint32_t flags;
  sipward_text reason; /* "OK", or why it failed; "NOT_CHECKED": its certificate is missing */
  sipward_text stage;  /* at which: "claims", "credential" and so on */
  uint32_t sip_code;
  uint32_t counts; /* 0: it is of an unsupported type, or stands there twice */
  sipward_text ppt;
  sipward_text token;
  sipward_text x5u;
} sipward_identity_header;
/* SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_verifier_header(const sipward_verifier* verifier, uint32_t index,
                                            sipward_identity_header* out);
/* Writes the line `Reason: STIR;cause=436;text="Bad Identity Info";ppi="..SIGNATURE"` for a header
 * that failed, with its line end (RFC 9410 section 3): one for each of them, in the response or,
 * where the call goes on, in the request. *size becomes its size. SIPWARD_ERR_SPACE: `capacity` is
 * less. SIPWARD_END: it did not fail, or has no signature that could name it. */
SIPWARD_API int32_t sipward_verifier_reason_header(const sipward_verifier* verifier, uint32_t index,
                                                   char* out, size_t capacity, size_t* size);

/* What a reason means. */
typedef struct sipward_identity_reason_info {
  uint32_t struct_size;
  uint32_t sip_code;   /* of the answer, unless a policy has another; 0: none */
  sipward_text stage;  /* of the check */
  sipward_text text;   /* a sentence without its full stop */
  sipward_text phrase; /* of that code: "Stale Date" */
} sipward_identity_reason_info;
/* SIPWARD_END if there is no reason of this name. */
SIPWARD_API int32_t sipward_identity_reason(const char* name, size_t name_size,
                                            sipward_identity_reason_info* out);

/* What a check noticed without refusing for it: bits of `flags`, counted from the lowest. */
enum {
  SIPWARD_FLAG_DUPLICATE_IDENTITY = 0,
  SIPWARD_FLAG_PPT_IGNORED = 1,
  SIPWARD_FLAG_COMMA_IGNORED = 2,
  SIPWARD_FLAG_COMPACT_FORM = 3,
  SIPWARD_FLAG_NONCANONICAL_JSON = 4,
  SIPWARD_FLAG_KEY_HINT_IGNORED = 5,
  SIPWARD_FLAG_TN_PLUS = 6,
  SIPWARD_FLAG_ORIGID_NOT_UUID = 7,
  SIPWARD_FLAG_RCDI_PENDING = 8,
  SIPWARD_FLAG_RCDI_UNQUOTED = 9,
  SIPWARD_FLAG_MSGI_UNCHECKED = 10,
  SIPWARD_FLAG_MKY_UNCHECKED = 11,
  SIPWARD_FLAG_DATE_MISSING = 12,
  SIPWARD_FLAG_DATE_STALE = 13,
  SIPWARD_FLAG_DATE_IAT_SKEW = 14,
  SIPWARD_FLAG_TNAUTH_MULTI_SPC = 15,
  SIPWARD_FLAG_CRL_STALE = 16,
  SIPWARD_FLAG_CRL_UNKNOWN = 17,
  SIPWARD_FLAG_CRL_IGNORED = 18,
  SIPWARD_FLAG_DIV_UNUSED = 19,
  SIPWARD_FLAG_MULTIPLE_BASE = 20,
  SIPWARD_FLAG_RETRANSMISSION = 21,
  SIPWARD_FLAG_REPLAY_UNKNOWN = 22
};
/* Name and sentence of one; each may be NULL. SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_identity_flag(uint32_t flag, sipward_text* name, sipward_text* text);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_VERIFY_H_ */
