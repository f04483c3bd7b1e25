/* What a check of a message's Identity headers found (RFC 8224, SHAKEN: RFC 8588). The rules of
 * sipward.h hold. */
#ifndef SIPWARD_C_IDENTITY_H_
#define SIPWARD_C_IDENTITY_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SIPWARD_IDENTITY_PENDING = 0, /* there is no result: the check is not done, or nobody does it */
  SIPWARD_IDENTITY_NONE = 1,    /* there is no Identity */
  SIPWARD_IDENTITY_FAILED = 2,
  SIPWARD_IDENTITY_VERIFIED = 3
};

/* Texts are not copied: read during the call alone. NULL or no bytes: there is none. What a token
 * says (attest to div_count) is shown to rules of a verified identity alone. */
typedef struct sipward_identity_check {
  uint32_t struct_size;
  uint32_t result;    /* SIPWARD_IDENTITY_... */
  const char* reason; /* why it failed: "IAT_STALE" and so on, as rules name it; another name, or
                         none, is OTHER to them */
  size_t reason_size;
  const char* attest; /* "A", "B" or "C" */
  size_t attest_size;
  const char* origid;
  size_t origid_size;
  const char* spc; /* of the certificate that signed */
  size_t spc_size;
  const char* verstat; /* "TN-Validation-Passed" ...; none: it follows from result and attest */
  size_t verstat_size;
  int64_t iat; /* seconds since 1970 UTC; 0: not known */
  uint32_t div_count;
  uint32_t reserved;
} sipward_identity_check;

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_IDENTITY_H_ */
