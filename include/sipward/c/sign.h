/* Signing who calls (RFC 8224 section 6.1, RFC 8588, RFC 8946), and tokens taken apart for people.
 * The rules of sipward.h hold. */
#ifndef SIPWARD_C_SIGN_H_
#define SIPWARD_C_SIGN_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The longest value of an Identity header, and the size of a buffer that every one fits into. */
#define SIPWARD_IDENTITY_BYTES 8192

typedef struct sipward_signer sipward_signer;

/* Signs a SHA-256 digest of 32 octets with ECDSA on P-256: writes r and s, 32 octets each, and
 * returns 0; anything else if it cannot. Called from the threads that sign. */
typedef int32_t (*sipward_sign_callback)(void* context, const uint8_t* digest, uint8_t* signature);

enum {
  SIPWARD_SIGNER_ANY_POLICY = 1, /* the certificate need not name a policy of SHAKEN */
  SIPWARD_SIGNER_UNCHECKED = 2   /* what was signed is not verified once more, which costs more than
                                    the signature */
};
typedef struct sipward_signer_options {
  uint32_t struct_size;
  uint32_t flags; /* SIPWARD_SIGNER_... */
  sipward_text
      key; /* PEM without a passphrase, of P-256: PKCS #8 or SEC 1. It is copied into a page
              that is locked, guarded and wiped; the text stays the caller's to wipe */
  sipward_sign_callback
      callback; /* in place of a key: it stays in the host's hardware or process */
  void* callback_context;
  sipward_text certificates; /* what stands behind x5u: PEM, the leaf first */
  sipward_text x5u;          /* its URL */
  sipward_text anchors;      /* PEM, may be none: with them the chain is verified too */
  int64_t now_s;             /* seconds since 1970 UTC */
} sipward_signer_options;
/* Any number of threads may sign with one. SIPWARD_ERR_CREDENTIAL: certificate, URL or key would be
 * refused; `*reason`, if not NULL, says why, as a verifier would, or KEY_MALFORMED, KEY_NOT_P256,
 * KEY_MISMATCH (it is not that of the certificate). SIPWARD_ERR_NO_MEMORY: or none that can be
 * locked. SIPWARD_ERR_UNSUPPORTED if the library was built without identity. */
SIPWARD_API int32_t sipward_signer_create(const sipward_signer_options* options,
                                          sipward_signer** out, sipward_text* reason);
SIPWARD_API void sipward_signer_destroy(sipward_signer* signer);

enum {
  SIPWARD_PASSPORT_COMPACT =
      1 /* header and claims are left out of the token (RFC 8225 section 7) */
};
/* Who calls whom. Parties are numbers ("12155550101": digits, '#', '*'; no plus sign) or URIs,
 * which are written in their canonical form. */
typedef struct sipward_passport {
  uint32_t struct_size;
  uint32_t flags;   /* SIPWARD_PASSPORT_... */
  int64_t now_s;    /* becomes iat */
  sipward_text ppt; /* "shaken", "div", "div-o", "rph", "rcd", "msg"; none: the plain token */
  sipward_text orig;
  const sipward_text* dest;
  size_t dest_count;   /* 1 to 32 */
  sipward_text attest; /* of shaken: "A", "B", "C" */
  sipward_text origid; /* of shaken; none: a random UUID */
  sipward_text div; /* of a diversion: who diverts, one of the dest of what was received; none: its
                       only one */
  sipward_text received; /* of a diversion: the Identity value that came last; its orig holds */
  sipward_text history;  /* of a diversion: hi (RFC 8946 section 3) */
  sipward_text claims;   /* further ones, as a JSON object */
} sipward_passport;
/* Writes the value of an Identity header into `out`; *size becomes its size. SIPWARD_ERR_SPACE:
 * `capacity` is less. SIPWARD_ERR_SIGN: nothing is signed, and `*reason`, if not NULL, says why: as
 * a verifier would refuse it, or KEY_FAILED, KEY_MISMATCH, TOO_LARGE, CLAIMS (they are no JSON
 * object, or name a claim that has a member here). Costs a signature, and a verification unless
 * UNCHECKED. */
SIPWARD_API int32_t sipward_signer_sign(const sipward_signer* signer,
                                        const sipward_passport* passport, char* out,
                                        size_t capacity, size_t* size, sipward_text* reason);

typedef struct sipward_token sipward_token;

/* Takes the value of an Identity header, or a token alone, apart for people: nothing is verified,
 * and what is wrong in one part hides no other. It is copied. Not for the path of a call. */
SIPWARD_API int32_t sipward_token_create(const char* value, size_t size, sipward_token** out);
SIPWARD_API void sipward_token_destroy(sipward_token* token);

typedef struct sipward_token_part {
  sipward_text reason; /* "OK": base64url and JSON are right */
  sipward_text json;   /* as it was encoded, as far as that can be told */
  uint32_t canonical;  /* 1: in the form of RFC 8225 section 9 */
  uint32_t reserved;
} sipward_token_part;
/* Texts live as long as the token. */
typedef struct sipward_token_parts {
  uint32_t struct_size;
  uint32_t flags;      /* 1 << SIPWARD_FLAG_... */
  sipward_text reason; /* the first that a verification would give, up to the claims */
  sipward_text info;
  sipward_text ppt;
  sipward_token_part header;
  sipward_token_part payload;
  sipward_text signature; /* octets */
  uint32_t compact;
  uint32_t dest_count;
  int64_t iat;       /* 0: none, or the claims cannot be read */
  sipward_text orig; /* "tn 12155550101", "uri sip:..." */
  sipward_text div;
  sipward_text attest;
  sipward_text origid;
  sipward_text nam;
  sipward_text crn;
  sipward_text opt; /* a token within */
} sipward_token_parts;
SIPWARD_API int32_t sipward_token_read(const sipward_token* token, sipward_token_parts* out);
/* One of dest, as orig is; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_token_dest(const sipward_token* token, uint32_t index,
                                       sipward_text* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_SIGN_H_ */
