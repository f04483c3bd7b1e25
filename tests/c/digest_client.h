/* A client that answers challenges, by the library's own hashes: H(a:b:c) is an HA1 of any texts.
 */
#ifndef SIPWARD_TESTS_C_DIGEST_CLIENT_H_
#define SIPWARD_TESTS_C_DIGEST_CLIENT_H_

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "sipward.h"

static const char kNonceKey[] = "a secret of at least sixteen octets";

static inline sipward_text text(const char* of) { return (sipward_text){of, strlen(of)}; }

/* H(a:b:c) with SHA-256, or H(a:b). */
static inline void hash_of(const char* a, const char* b, const char* c, char out[65]) {
  const sipward_text texts[3] = {text(a), text(b), text(c)};
  size_t size = 0;
  CHECK(sipward_auth_hash(SIPWARD_DIGEST_SHA_256, &texts[0], &texts[1], &texts[2], out, 64,
                          &size) == SIPWARD_OK);
  out[size] = '\0';
}

/* Copies the nonce of the first challenge. */
static inline void nonce_of(const char* challenges, char nonce[64]) {
  const char* at = strstr(challenges, "nonce=\"");
  nonce[0] = '\0';
  if (at != NULL) sscanf(at, "nonce=\"%63[^\"]", nonce);
}

/* Credentials of alice for `REGISTER sip:example.org`. */
static inline void answer(const char* nonce, const char* password, const char* count,
                          char out[1024]) {
  char ha1[65], ha2[65], response[65], rest[128];
  hash_of("alice", "example.org", password, ha1);
  hash_of("REGISTER", "sip:example.org", "", ha2);
  snprintf(rest, sizeof rest, "%s:c:auth:%s", count, ha2);
  hash_of(ha1, nonce, rest, response);
  snprintf(
      out, 1024,
      "Digest username=\"alice\", realm=\"example.org\", nonce=\"%s\", uri=\"sip:example.org\", "
      "response=\"%s\", algorithm=SHA-256, qop=auth, nc=%s, cnonce=\"c\"",
      nonce, response, count);
}

#endif /* SIPWARD_TESTS_C_DIGEST_CLIENT_H_ */
