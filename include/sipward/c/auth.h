/* Strong authentication: Digest credentials (RFC 7616, RFC 8760, RFC 3261 section 22) and one-time
 * codes (RFC 6238), for hosts that check these themselves. The rules of sipward.h hold.
 *
 * A request without credentials gets a challenge; one with them is checked without an account
 * first. SIPWARD_AUTH_PENDING names the user: the host looks for it, and checks again with what it
 * found. Only SIPWARD_AUTH_SUCCESS proves anything. */
#ifndef SIPWARD_C_AUTH_H_
#define SIPWARD_C_AUTH_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/event.h"
#include "sipward/c/message.h"
#include "sipward/c/state.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_authenticator sipward_authenticator;

enum {
  SIPWARD_DIGEST_MD5 = 1,
  SIPWARD_DIGEST_MD5_SESS = 2,
  SIPWARD_DIGEST_SHA_256 = 4,
  SIPWARD_DIGEST_SHA_256_SESS = 8,
  SIPWARD_DIGEST_SHA_512_256 = 16,
  SIPWARD_DIGEST_SHA_512_256_SESS = 32
};
enum {
  SIPWARD_AUTH_PROXY = 1,            /* Proxy-Authorization and 407, for Authorization and 401 */
  SIPWARD_AUTH_INTEGRITY = 2,        /* qop auth-int, which covers the body, is offered too */
  SIPWARD_AUTH_USERHASH = 4,         /* clients may send a hash of the user's name */
  SIPWARD_AUTH_WITHOUT_QOP = 8,      /* credentials as of RFC 2069 are taken */
  SIPWARD_AUTH_ANY_URI = 16,         /* a digest-uri that is not the Request-URI is flagged only:
                                        for hosts behind proxies that change it */
  SIPWARD_AUTH_REFUSE_DOWNGRADE = 32 /* a client that could do better before is refused */
};
enum {
  SIPWARD_NONCE_OF_NETWORK = 0, /* a nonce is good for the /24, or /64, that it was given to */
  SIPWARD_NONCE_OF_HOST = 1,    /* for the address, or its /64 for IPv6 */
  SIPWARD_NONCE_OF_ANYBODY = 2
};
typedef struct sipward_auth_options {
  uint32_t struct_size;
  uint32_t flags;      /* SIPWARD_AUTH_... */
  sipward_text realm;  /* up to 255 octets without quotes, backslashes and control characters */
  sipward_text key;    /* the secret of nonces, 16 octets or more. Workers that have the same one
                          take each other's nonces */
  uint32_t algorithms; /* that are offered: SIPWARD_DIGEST_... [SHA-256 and MD5] */
  uint32_t binding;    /* SIPWARD_NONCE_OF_... */
  uint64_t lifetime_s; /* of a nonce, up to a day [300] */
  uint32_t late;       /* how far a nonce count may lie behind the highest, up to 63 [16] */
  uint32_t nonces;     /* that are remembered [16,384] */
  uint32_t clients;    /* that are remembered [65,536] */
  uint32_t reserved;
  /* Where nonces and clients are remembered, so that replays and downgrades are found; shared with
   * all that have the same state and options. NULL: nothing is, and REPLAY_UNKNOWN is flagged. */
  const sipward_state* state;
} sipward_auth_options;
/* One thread's; workers make theirs after they were forked. SIPWARD_ERR_STATE_FULL: the state has
 * no room. SIPWARD_ERR_UNSUPPORTED if the library was built without identity. */
SIPWARD_API int32_t sipward_authenticator_create(const sipward_auth_options* options,
                                                 sipward_authenticator** out);
SIPWARD_API void sipward_authenticator_destroy(sipward_authenticator* authenticator);
/* The key of nonces that are made from now on. Those of the key before stay good for their life. */
SIPWARD_API int32_t sipward_authenticator_set_key(sipward_authenticator* authenticator,
                                                  const char* key, size_t size);

enum { SIPWARD_AUTH_BODY_UNSEEN = 1 /* nobody has the body, which is not the same as none */ };
/* What a request says of its sender. Texts are read during the call alone; those of a result are
 * views of them. */
typedef struct sipward_auth_request {
  uint32_t struct_size;
  uint32_t flags;       /* SIPWARD_AUTH_BODY_UNSEEN */
  int64_t wall_ns;      /* since 1970 UTC */
  int64_t monotonic_ns; /* the same clock as of packets */
  sipward_endpoint source;
  uint32_t reserved;
  /* Values of Authorization, or of Proxy-Authorization; at most 16. */
  const sipward_text* credentials;
  size_t credential_count;
  sipward_text method;
  sipward_text request_uri;
  sipward_text body;
  sipward_text call_id; /* these three tell a retransmission from a replay */
  sipward_text cseq;    /* the number */
  sipward_text branch;  /* of the topmost Via */
  sipward_text client;  /* User-Agent: what a client can do is remembered for each of an account */
} sipward_auth_request;

/* What the host knows of the user: a password, or HA1 = H(user:realm:password) in hexadecimal
 * digits for the algorithms that it offers; an empty text is none. */
typedef struct sipward_auth_account {
  uint32_t struct_size;
  uint32_t unknown;  /* 1: there is no such user. That takes as long as a wrong password */
  sipward_text user; /* needed where the request has a hash of it; none: as the request says */
  sipward_text password;
  sipward_text ha1_md5;
  sipward_text ha1_sha_256;
  sipward_text ha1_sha_512_256;
} sipward_auth_account;

enum {
  SIPWARD_AUTH_PENDING = 0, /* nothing yet: check again with the account of `user` */
  SIPWARD_AUTH_SUCCESS = 1,
  SIPWARD_AUTH_FAIL = 2,
  SIPWARD_AUTH_CHALLENGED = 3, /* there are no credentials for the realm */
  SIPWARD_AUTH_EXEMPT = 4      /* ACK and CANCEL cannot be challenged: nothing was checked */
};
/* Texts live until the next check, and as long as the bytes that were checked. */
typedef struct sipward_auth_result {
  uint32_t struct_size;
  uint32_t outcome;    /* SIPWARD_AUTH_PENDING ... */
  sipward_text reason; /* "OK", or of the first step that failed: "NONCE_STALE" */
  uint32_t sip_code;   /* of the answer; 0: none */
  uint32_t stale;      /* 1: the challenge that goes with it says so */
  uint32_t flags;      /* 1 << SIPWARD_AUTH_FLAG_... */
  uint32_t user_hashed;
  sipward_text fact; /* what rules know as `reason` on auth: "wrong_password" */
  sipward_text user; /* of the credentials; with user_hashed a hash of it */
  sipward_text realm;
  sipward_text nonce;
  sipward_text uri;
  sipward_text response;
  sipward_text algorithm; /* as written; none is MD5 */
  sipward_text qop;
  sipward_text nc;
} sipward_auth_result;

/* SIPWARD_OK whatever was found. `account` may be NULL. Costs a BLAKE2b without one, and three
 * hashes with it; allocates nothing but inside libcrypto. */
SIPWARD_API int32_t sipward_authenticator_check(sipward_authenticator* authenticator,
                                                const sipward_auth_request* request,
                                                const sipward_auth_account* account,
                                                sipward_auth_result* out);
/* The same of a request that was parsed: of `request` source and times are read. SIPWARD_END: the
 * message is no request. */
SIPWARD_API int32_t sipward_authenticator_check_message(sipward_authenticator* authenticator,
                                                        sipward_message* message,
                                                        const sipward_auth_request* request,
                                                        const sipward_auth_account* account,
                                                        sipward_auth_result* out);
/* What the last check came to, as an event for sipward_inspector_event: result and reason,
 * src.ip, user_agent, the account that was proven, and what the credentials say. Facts live as the
 * texts of the result; a host that knows more copies them. SIPWARD_END: it came to nothing
 * (PENDING, EXEMPT, or there was none). */
SIPWARD_API int32_t sipward_authenticator_event(const sipward_authenticator* authenticator,
                                                sipward_host_event* out);
/* Writes header lines WWW-Authenticate or Proxy-Authenticate with a new nonce, with their line
 * ends: one for each algorithm, the strongest first (RFC 8760 section 2.4). Of `request` source
 * and wall_ns are read. *size becomes their size. SIPWARD_ERR_SPACE: `capacity` is less. */
SIPWARD_API int32_t sipward_authenticator_challenge(sipward_authenticator* authenticator,
                                                    const sipward_auth_request* request,
                                                    uint32_t stale, char* out, size_t capacity,
                                                    size_t* size);

/* What a reason means. */
typedef struct sipward_auth_reason_info {
  uint32_t struct_size;
  uint32_t outcome;
  uint32_t sip_code; /* of the answer, 407 for 401 at a proxy; 0: none */
  uint32_t stale;
  sipward_text fact;
  sipward_text text; /* a sentence without its full stop */
} sipward_auth_reason_info;
/* SIPWARD_END if there is no reason of this name. */
SIPWARD_API int32_t sipward_auth_reason(const char* name, size_t name_size,
                                        sipward_auth_reason_info* out);

/* What a check noticed without refusing for it: bits of `flags`, counted from the lowest. */
enum {
  SIPWARD_AUTH_FLAG_RETRANSMISSION = 0,
  SIPWARD_AUTH_FLAG_REPLAY_UNKNOWN = 1,
  SIPWARD_AUTH_FLAG_DOWNGRADED = 2,
  SIPWARD_AUTH_FLAG_WITHOUT_QOP = 3,
  SIPWARD_AUTH_FLAG_URI_DIFFERS = 4,
  SIPWARD_AUTH_FLAG_SEVERAL = 5
};
/* Name and sentence of one; each may be NULL. SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_auth_flag(uint32_t flag, sipward_text* name, sipward_text* text);

/* Writes what a host may keep in place of a password, in hexadecimal digits: HA1 of an algorithm
 * (one of SIPWARD_DIGEST_...; the same with -sess), or without a password (size 0) the hash of the
 * user's name that `userhash` has. *size becomes 32 or 64. SIPWARD_ERR_SPACE: `capacity` is less.
 * SIPWARD_ERR_UNSUPPORTED: this libcrypto has no such hash, or the library was built without
 * identity. */
SIPWARD_API int32_t sipward_auth_hash(uint32_t algorithm, const sipward_text* user,
                                      const sipward_text* realm, const sipward_text* password,
                                      char* out, size_t capacity, size_t* size);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_AUTH_H_ */
