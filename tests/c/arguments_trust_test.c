/* Trust, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;
static const char kUrl[] = "https://cr.example.com/a.pem";

static void test_create(void) {
  sipward_trust* trust = NULL;
  sipward_trust_options options = {.struct_size = sizeof options};
  REFUSED(sipward_trust_create(NULL, NULL));
  REFUSED(sipward_trust_create(MISALIGNED(sipward_trust_options), &trust));
  REFUSED(sipward_trust_create(NULL, MISALIGNED(sipward_trust*)));
  options.flags = 64;
  REFUSED(sipward_trust_create(&options, &trust));
  options.flags = 0;
  options.key_tables = 4097;
  REFUSED(sipward_trust_create(&options, &trust));
  CHECK(trust == NULL);
  sipward_trust_destroy(NULL);
  sipward_trust_destroy(MISALIGNED(sipward_trust));
}

static void test_anchors(const sipward_trust* trust) {
  sipward_text reason = {NULL, 0};
  REFUSED(sipward_trust_set_anchors(NULL, "x", 1, 0, &reason));
  REFUSED(sipward_trust_set_anchors(MISALIGNED(sipward_trust), "x", 1, 0, &reason));
  REFUSED(sipward_trust_set_anchors(trust, NULL, 1, 0, &reason));
  REFUSED(sipward_trust_set_anchors(trust, "x", kTooMuch, 0, &reason));
  REFUSED(sipward_trust_set_anchors(trust, "x", 1, 0, MISALIGNED(sipward_text)));
  CHECK(sipward_trust_set_anchors(trust, "x", 1, 0, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_trust_set_anchors(trust, "x", 0, 0, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "CERT_MALFORMED"));
}

static void test_crls(const sipward_trust* trust) {
  sipward_text reason = {NULL, 0};
  sipward_text list = {"x", 1};
  REFUSED(sipward_trust_set_crls(NULL, &list, 1, &reason));
  REFUSED(sipward_trust_set_crls(MISALIGNED(sipward_trust), &list, 1, &reason));
  REFUSED(sipward_trust_set_crls(trust, NULL, 1, &reason));
  REFUSED(sipward_trust_set_crls(trust, MISALIGNED(sipward_text), 1, &reason));
  REFUSED(sipward_trust_set_crls(trust, &list, kTooMuch, &reason));
  REFUSED(sipward_trust_set_crls(trust, &list, 1, MISALIGNED(sipward_text)));
  list.size = kTooMuch;
  REFUSED(sipward_trust_set_crls(trust, &list, 1, &reason));
  list.size = 1;
  CHECK(sipward_trust_set_crls(trust, &list, 1, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_trust_set_crls(trust, &list, 1, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "CRL_MALFORMED"));
  CHECK(sipward_trust_set_crls(trust, NULL, 0, &reason) == SIPWARD_OK);
}

static void test_provide(const sipward_trust* trust) {
  sipward_text reason = {NULL, 0};
  const size_t size = sizeof kUrl - 1;
  REFUSED(sipward_trust_provide(NULL, kUrl, size, "x", 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(MISALIGNED(sipward_trust), kUrl, size, "x", 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, NULL, size, "x", 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, kUrl, 0, "x", 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, kUrl, kTooMuch, "x", 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, kUrl, size, NULL, 1, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, kUrl, size, "x", kTooMuch, 0, -1, &reason));
  REFUSED(sipward_trust_provide(trust, kUrl, size, "x", 1, 0, -1, MISALIGNED(sipward_text)));
  CHECK(sipward_trust_provide(trust, kUrl, size, "x", 0, 0, -1, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_trust_provide(trust, kUrl, size, "x", 1, 0, -1, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "CERT_MALFORMED"));
}

static void test_provide_failure(const sipward_trust* trust) {
  static const char why[] = "X5U_TIMEOUT";
  const size_t size = sizeof kUrl - 1, length = sizeof why - 1;
  REFUSED(sipward_trust_provide_failure(NULL, kUrl, size, why, length, 0));
  REFUSED(sipward_trust_provide_failure(MISALIGNED(sipward_trust), kUrl, size, why, length, 0));
  REFUSED(sipward_trust_provide_failure(trust, NULL, size, why, length, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, 0, why, length, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, kTooMuch, why, length, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, size, NULL, length, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, size, why, 0, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, size, why, kTooMuch, 0));
  REFUSED(sipward_trust_provide_failure(trust, kUrl, size, "SIG_INVALID", 11, 0));
  CHECK(sipward_trust_provide_failure(trust, kUrl, size, why, length, 0) == SIPWARD_OK);
}

static void test_find(const sipward_trust* trust) {
  sipward_text reason = {NULL, 0};
  uint32_t state = 7;
  const size_t size = sizeof kUrl - 1;
  REFUSED(sipward_trust_find(NULL, kUrl, size, 0, &state, &reason));
  REFUSED(sipward_trust_find(MISALIGNED(sipward_trust), kUrl, size, 0, &state, &reason));
  REFUSED(sipward_trust_find(trust, NULL, size, 0, &state, &reason));
  REFUSED(sipward_trust_find(trust, kUrl, 0, 0, &state, &reason));
  REFUSED(sipward_trust_find(trust, kUrl, kTooMuch, 0, &state, &reason));
  REFUSED(sipward_trust_find(trust, kUrl, size, 0, NULL, &reason));
  REFUSED(sipward_trust_find(trust, kUrl, size, 0, MISALIGNED(uint32_t), &reason));
  REFUSED(sipward_trust_find(trust, kUrl, size, 0, &state, MISALIGNED(sipward_text)));
  CHECK(state == 7);
  CHECK(sipward_trust_find(trust, "x", 1, 0, &state, NULL) == SIPWARD_OK);
  CHECK(state == SIPWARD_CERTIFICATE_MISSING && reason.data == NULL);
  /* What the tests above provided. */
  CHECK(sipward_trust_find(trust, kUrl, size, 0, &state, NULL) == SIPWARD_OK);
  CHECK(sipward_trust_find(trust, kUrl, size, 0, &state, &reason) == SIPWARD_OK);
  CHECK(state == SIPWARD_CERTIFICATE_FAILED && is_text(reason, "X5U_TIMEOUT"));
}

static void test_where(void) {
  sipward_text reason = {NULL, 0};
  const size_t size = sizeof kUrl - 1;
  sipward_endpoint endpoint = {.address = {0x20, 0x01, 0x48, 0x60, [15] = 1}, .port = 443};
  REFUSED(sipward_certificate_url_check(NULL, size, 0, &reason));
  REFUSED(sipward_certificate_url_check(kUrl, kTooMuch, 0, &reason));
  REFUSED(sipward_certificate_url_check(kUrl, size, UINT32_MAX, &reason));
  REFUSED(sipward_certificate_url_check(kUrl, size, 0, MISALIGNED(sipward_text)));
  CHECK(sipward_certificate_url_check(kUrl, 0, 0, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_certificate_url_check(kUrl, size, 0, &reason) == SIPWARD_OK);
  CHECK(reason.data == NULL);
  CHECK(sipward_certificate_url_check("https://a.example:1/", 20, SIPWARD_URL_ANY_PORT, NULL) ==
        SIPWARD_OK);
  CHECK(sipward_certificate_url_check("https://a.example:1/", 20, 0, &reason) ==
        SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "X5U_PORT"));
  REFUSED(sipward_certificate_endpoint_check(NULL, &reason));
  REFUSED(sipward_certificate_endpoint_check(MISALIGNED(sipward_endpoint), &reason));
  REFUSED(sipward_certificate_endpoint_check(&endpoint, MISALIGNED(sipward_text)));
  CHECK(sipward_certificate_endpoint_check(&endpoint, NULL) == SIPWARD_OK);
  endpoint.reserved = 1;
  REFUSED(sipward_certificate_endpoint_check(&endpoint, &reason));
  endpoint = (sipward_endpoint){.address = {[10] = 255, 255, 127, 0, 0, 1}};
  CHECK(sipward_certificate_endpoint_check(&endpoint, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_certificate_endpoint_check(&endpoint, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "X5U_ADDRESS_DENIED"));
}

static void test_statistics(const sipward_trust* trust) {
  sipward_trust_statistics counted = {.struct_size = sizeof counted};
  REFUSED(sipward_trust_read_statistics(NULL, &counted));
  REFUSED(sipward_trust_read_statistics(MISALIGNED(sipward_trust), &counted));
  REFUSED(sipward_trust_read_statistics(trust, NULL));
  REFUSED(sipward_trust_read_statistics(trust, MISALIGNED(sipward_trust_statistics)));
  counted.struct_size = 4;
  REFUSED(sipward_trust_read_statistics(trust, &counted));
  counted.struct_size = sizeof counted;
  CHECK(sipward_trust_read_statistics(trust, &counted) == SIPWARD_OK);
  CHECK(counted.failures != 0 && counted.bytes != 0);
  CHECK(counted.certificates == 0 && counted.key_tables == 0);
}

static void test_engine(const sipward_trust* trust) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_engine_options options = {.struct_size = sizeof options};
  sipward_caller_policy policy = {.struct_size = sizeof policy};
  CHECK(make_rules("version 1\n", &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  options.caller_policy = &policy; /* of what it cannot trust, it can demand nothing */
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  options.trust = MISALIGNED(sipward_trust);
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  options.trust = trust;
  options.caller_policy = MISALIGNED(sipward_caller_policy);
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  options.caller_policy = &policy;
  policy.flags = 256;
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  policy.flags = 0;
  policy.cached_tokens = 65537;
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  policy.cached_tokens = 4;
  policy.window_s = UINT32_MAX;
  REFUSED(sipward_engine_create(rules, state, &options, &engine));
  policy.window_s = 10;
  CHECK(sipward_engine_create(rules, state, &options, &engine) == SIPWARD_OK);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
}

int main(void) {
  sipward_trust* trust = NULL;
  const int32_t made = sipward_trust_create(NULL, &trust);
  if (made == SIPWARD_ERR_UNSUPPORTED) return 0;
  CHECK(made == SIPWARD_OK);
  test_create();
  test_anchors(trust);
  test_crls(trust);
  test_provide(trust);
  test_provide_failure(trust);
  test_find(trust);
  test_where();
  test_statistics(trust);
  test_engine(trust);
  sipward_trust_destroy(trust);
  return check_failures;
}
