/* Signing, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "pki_file.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void refuse_options(sipward_signer_options options) {
  sipward_signer* signer = NULL;
  REFUSED(sipward_signer_create(&options, &signer, NULL));
  CHECK(signer == NULL);
}

static void test_create(const sipward_signer_options* good) {
  sipward_signer* signer = NULL;
  sipward_text reason = {NULL, 0};
  const sipward_text huge = {"x", kTooMuch};
  REFUSED(sipward_signer_create(NULL, &signer, &reason));
  REFUSED(sipward_signer_create(MISALIGNED(sipward_signer_options), &signer, &reason));
  REFUSED(sipward_signer_create(good, NULL, &reason));
  REFUSED(sipward_signer_create(good, MISALIGNED(sipward_signer*), &reason));
  REFUSED(sipward_signer_create(good, &signer, MISALIGNED(sipward_text)));
  sipward_signer_options bad = *good;
  bad.flags = 4;
  refuse_options(bad);
  bad = *good, bad.now_s = -1;
  refuse_options(bad);
  bad = *good, bad.key = huge;
  refuse_options(bad);
  bad.key.size = 0; /* and no callback */
  refuse_options(bad);
  bad = *good, bad.certificates = huge;
  refuse_options(bad);
  bad = *good, bad.x5u = huge;
  refuse_options(bad);
  bad = *good, bad.anchors = huge;
  refuse_options(bad);
  bad = *good, bad.certificates.size = 0;
  CHECK(sipward_signer_create(&bad, &signer, NULL) == SIPWARD_ERR_CREDENTIAL);
  sipward_signer_destroy(NULL);
  sipward_signer_destroy(MISALIGNED(sipward_signer));
}

static void refuse(const sipward_signer* signer, sipward_passport passport) {
  char out[16];
  size_t size = 4711;
  REFUSED(sipward_signer_sign(signer, &passport, out, sizeof out, &size, NULL));
  CHECK(size == 4711);
}

static void test_sign(const sipward_signer* it) {
  char out[16];
  size_t size = 0;
  sipward_text reason = {NULL, 0};
  const sipward_text huge = {"x", kTooMuch};
  const sipward_passport good = {.struct_size = sizeof good, .now_s = kPkiNow};
  REFUSED(sipward_signer_sign(NULL, &good, out, 1, &size, &reason));
  REFUSED(sipward_signer_sign(MISALIGNED(sipward_signer), &good, out, 1, &size, &reason));
  REFUSED(sipward_signer_sign(it, NULL, out, 1, &size, &reason));
  REFUSED(sipward_signer_sign(it, MISALIGNED(sipward_passport), out, 1, &size, &reason));
  REFUSED(sipward_signer_sign(it, &good, NULL, 1, &size, &reason));
  REFUSED(sipward_signer_sign(it, &good, out, kTooMuch, &size, &reason));
  REFUSED(sipward_signer_sign(it, &good, out, 1, NULL, &reason));
  REFUSED(sipward_signer_sign(it, &good, out, 1, MISALIGNED(size_t), &reason));
  REFUSED(sipward_signer_sign(it, &good, out, 1, &size, MISALIGNED(sipward_text)));
  sipward_passport bad = good;
  bad.flags = 2;
  refuse(it, bad);
  bad = good, bad.now_s = -1;
  refuse(it, bad);
  bad = good, bad.dest_count = 1;
  refuse(it, bad);
  bad.dest = &huge;
  refuse(it, bad);
  bad.dest_count = 33;
  refuse(it, bad);
  bad = good, bad.ppt = huge;
  refuse(it, bad);
  bad = good, bad.orig = huge;
  refuse(it, bad);
  bad = good, bad.attest = huge;
  refuse(it, bad);
  bad = good, bad.origid = huge;
  refuse(it, bad);
  bad = good, bad.div = huge;
  refuse(it, bad);
  bad = good, bad.received = huge;
  refuse(it, bad);
  bad = good, bad.history = huge;
  refuse(it, bad);
  bad = good, bad.claims = huge;
  refuse(it, bad);
  CHECK(sipward_signer_sign(it, &good, out, 0, &size, &reason) == SIPWARD_ERR_SIGN);
  CHECK(is_text(reason, "ORIG_TYPE"));
}

int main(void) {
  static const char kUrl[] = "https://cert.example.com/a.pem";
  sipward_signer* signer = NULL;
  const sipward_signer_options options = {.struct_size = sizeof options,
                                          .key = pki_file("spc.key"),
                                          .certificates = pki_file("spc.chain.pem"),
                                          .x5u = {kUrl, sizeof kUrl - 1},
                                          .now_s = kPkiNow};
  REQUIRE(sipward_signer_create(&options, &signer, NULL) == SIPWARD_OK);
  test_create(&options);
  test_sign(signer);
  sipward_signer_destroy(signer);
  return check_failures;
}
