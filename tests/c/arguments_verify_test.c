/* Verification and tokens, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_create(const sipward_trust* trust) {
  sipward_verifier* verifier = NULL;
  const sipward_trust* no_trust = NULL;
  const sipward_trust* trusts[9] = {trust, trust, trust, trust, trust, trust, trust, trust, trust};
  const sipward_verifier_options good = {
      .struct_size = sizeof good, .trusts = trusts, .trust_count = 1};
  sipward_verifier_options bad = good;
  REFUSED(sipward_verifier_create(NULL, &verifier));
  REFUSED(sipward_verifier_create(MISALIGNED(sipward_verifier_options), &verifier));
  REFUSED(sipward_verifier_create(&good, NULL));
  REFUSED(sipward_verifier_create(&good, MISALIGNED(sipward_verifier*)));
  bad.trust_count = 0;
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad.trust_count = 9;
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad = good, bad.trusts = NULL;
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad = good, bad.trusts = &no_trust;
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad = good, bad.reserved = 1;
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad = good, bad.state = MISALIGNED(sipward_state);
  REFUSED(sipward_verifier_create(&bad, &verifier));
  bad = good, bad.policy = MISALIGNED(sipward_caller_policy);
  REFUSED(sipward_verifier_create(&bad, &verifier));
  CHECK(verifier == NULL);
  sipward_verifier_destroy(NULL);
  sipward_verifier_destroy(MISALIGNED(sipward_verifier));
}

static void test_codes(const sipward_trust* trust) {
  const sipward_reason_code good = {{"REPLAY", 6}, 608, 0};
  sipward_reason_code code = good;
  sipward_caller_policy policy = {.struct_size = sizeof policy, .codes = &code, .code_count = 1};
  const sipward_verifier_options options = {
      .struct_size = sizeof options, .trusts = &trust, .trust_count = 1, .policy = &policy};
  sipward_verifier* verifier = NULL;
  code.sip_code = 299;
  REFUSED(sipward_verifier_create(&options, &verifier));
  code.sip_code = 700;
  REFUSED(sipward_verifier_create(&options, &verifier));
  code = good, code.reserved = 1;
  REFUSED(sipward_verifier_create(&options, &verifier));
  code = good, code.reason.data = "REPLAX";
  REFUSED(sipward_verifier_create(&options, &verifier));
  code = good, code.reason.size = kTooMuch;
  REFUSED(sipward_verifier_create(&options, &verifier));
  code = good, policy.codes = NULL;
  REFUSED(sipward_verifier_create(&options, &verifier));
  policy.codes = &code, policy.code_count = 257;
  REFUSED(sipward_verifier_create(&options, &verifier));
  policy.code_count = 1;
  CHECK(sipward_verifier_create(&options, &verifier) == SIPWARD_OK);
  sipward_verifier_destroy(verifier);
}

static void refuse(sipward_verifier* verifier, sipward_identity_request request) {
  sipward_identity_result result = {.struct_size = sizeof result, .result = 4711};
  REFUSED(sipward_verifier_check(verifier, &request, &result));
  CHECK(result.result == 4711);
}

static void test_check(sipward_verifier* verifier) {
  const sipward_text huge = {"x", kTooMuch};
  const sipward_fingerprint print = {{"x", 1}, {NULL, 1}};
  const sipward_identity_request good = {.struct_size = sizeof good};
  sipward_identity_request bad = good;
  sipward_identity_result result = {.struct_size = sizeof result};
  REFUSED(sipward_verifier_check(NULL, &good, &result));
  REFUSED(sipward_verifier_check(MISALIGNED(sipward_verifier), &good, &result));
  REFUSED(sipward_verifier_check(verifier, NULL, &result));
  REFUSED(sipward_verifier_check(verifier, MISALIGNED(sipward_identity_request), &result));
  REFUSED(sipward_verifier_check(verifier, &good, NULL));
  REFUSED(sipward_verifier_check(verifier, &good, MISALIGNED(sipward_identity_result)));
  bad.unseen = 16;
  refuse(verifier, bad);
  bad = good, bad.now_s = -1;
  refuse(verifier, bad);
  bad.now_s = INT64_MAX;
  refuse(verifier, bad);
  bad = good, bad.monotonic_ns = UINT64_MAX;
  refuse(verifier, bad);
  bad = good, bad.identity_count = 1;
  refuse(verifier, bad);
  bad.identity = &huge;
  refuse(verifier, bad);
  bad = good, bad.asserted = MISALIGNED(sipward_text), bad.asserted_count = 1;
  refuse(verifier, bad);
  bad = good, bad.resource_priority = &huge, bad.resource_priority_count = 17;
  refuse(verifier, bad);
  bad = good, bad.fingerprints = &print, bad.fingerprint_count = 1;
  refuse(verifier, bad);
  bad.fingerprints = NULL;
  refuse(verifier, bad);
  bad = good, bad.from = huge;
  refuse(verifier, bad);
  bad = good, bad.to = huge;
  refuse(verifier, bad);
  bad = good, bad.request_uri = huge;
  refuse(verifier, bad);
  bad = good, bad.date = huge;
  refuse(verifier, bad);
  bad = good, bad.call_id = huge;
  refuse(verifier, bad);
  bad = good, bad.from_tag = huge;
  refuse(verifier, bad);
  bad = good, bad.body = huge;
  refuse(verifier, bad);
  bad = good, bad.attest = huge;
  refuse(verifier, bad);
  bad = good, bad.origid = huge;
  refuse(verifier, bad);
  bad = good, bad.diverted = huge;
  refuse(verifier, bad);
  CHECK(sipward_verifier_check(verifier, &good, &result) == SIPWARD_OK);
  CHECK(result.result == SIPWARD_IDENTITY_NONE);
}

static void test_check_message(sipward_verifier* it) {
  sipward_message* message = NULL;
  const sipward_identity_request good = {.struct_size = sizeof good};
  sipward_identity_result result = {.struct_size = sizeof result};
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  REFUSED(sipward_verifier_check_message(NULL, message, &good, &result));
  REFUSED(sipward_verifier_check_message(MISALIGNED(sipward_verifier), message, &good, &result));
  REFUSED(sipward_verifier_check_message(it, NULL, &good, &result));
  REFUSED(sipward_verifier_check_message(it, MISALIGNED(sipward_message), &good, &result));
  REFUSED(sipward_verifier_check_message(it, message, NULL, &result));
  REFUSED(
      sipward_verifier_check_message(it, message, MISALIGNED(sipward_identity_request), &result));
  REFUSED(sipward_verifier_check_message(it, message, &good, NULL));
  REFUSED(sipward_verifier_check_message(it, message, &good, MISALIGNED(sipward_identity_result)));
  CHECK(sipward_verifier_check_message(it, message, &good, &result) == SIPWARD_END);
  sipward_message_destroy(message);
}

static void test_headers(const sipward_verifier* verifier) {
  sipward_identity_header header = {.struct_size = sizeof header};
  char line[16];
  size_t size = 0;
  REFUSED(sipward_verifier_header(NULL, 0, &header));
  REFUSED(sipward_verifier_header(MISALIGNED(sipward_verifier), 0, &header));
  REFUSED(sipward_verifier_header(verifier, 0, NULL));
  REFUSED(sipward_verifier_header(verifier, 0, MISALIGNED(sipward_identity_header)));
  CHECK(sipward_verifier_header(verifier, UINT32_MAX, &header) == SIPWARD_END);
  REFUSED(sipward_verifier_reason_header(NULL, 0, line, sizeof line, &size));
  REFUSED(sipward_verifier_reason_header(MISALIGNED(sipward_verifier), 0, line, 1, &size));
  REFUSED(sipward_verifier_reason_header(verifier, 0, NULL, 1, &size));
  REFUSED(sipward_verifier_reason_header(verifier, 0, line, kTooMuch, &size));
  REFUSED(sipward_verifier_reason_header(verifier, 0, line, 1, NULL));
  REFUSED(sipward_verifier_reason_header(verifier, 0, line, 1, MISALIGNED(size_t)));
  CHECK(sipward_verifier_reason_header(verifier, UINT32_MAX, line, 0, &size) == SIPWARD_END);
}

static void test_names(void) {
  sipward_identity_reason_info info = {.struct_size = sizeof info};
  sipward_text text = {NULL, 0};
  REFUSED(sipward_identity_reason(NULL, 1, &info));
  REFUSED(sipward_identity_reason("OK", kTooMuch, &info));
  REFUSED(sipward_identity_reason("OK", 2, NULL));
  REFUSED(sipward_identity_reason("OK", 2, MISALIGNED(sipward_identity_reason_info)));
  CHECK(sipward_identity_reason("OK", 0, &info) == SIPWARD_END);
  REFUSED(sipward_identity_flag(0, MISALIGNED(sipward_text), &text));
  REFUSED(sipward_identity_flag(0, &text, MISALIGNED(sipward_text)));
  CHECK(sipward_identity_flag(0, NULL, NULL) == SIPWARD_OK);
  CHECK(sipward_identity_flag(UINT32_MAX, &text, &text) == SIPWARD_END);
}

static void test_token(void) {
  sipward_token* token = NULL;
  sipward_token_parts parts = {.struct_size = sizeof parts};
  sipward_text dest = {NULL, 0};
  REFUSED(sipward_token_create(NULL, 1, &token));
  REFUSED(sipward_token_create("x", kTooMuch, &token));
  REFUSED(sipward_token_create("x", 1, NULL));
  REFUSED(sipward_token_create("x", 1, MISALIGNED(sipward_token*)));
  CHECK(sipward_token_create("x", 0, &token) == SIPWARD_OK);
  REFUSED(sipward_token_read(NULL, &parts));
  REFUSED(sipward_token_read(MISALIGNED(sipward_token), &parts));
  REFUSED(sipward_token_read(token, NULL));
  REFUSED(sipward_token_read(token, MISALIGNED(sipward_token_parts)));
  REFUSED(sipward_token_dest(NULL, 0, &dest));
  REFUSED(sipward_token_dest(MISALIGNED(sipward_token), 0, &dest));
  REFUSED(sipward_token_dest(token, 0, NULL));
  REFUSED(sipward_token_dest(token, 0, MISALIGNED(sipward_text)));
  CHECK(sipward_token_dest(token, UINT32_MAX, &dest) == SIPWARD_END);
  sipward_token_destroy(token);
  sipward_token_destroy(NULL);
  sipward_token_destroy(MISALIGNED(sipward_token));
}

int main(void) {
  sipward_trust* trust = NULL;
  sipward_verifier* verifier = NULL;
  if (sipward_trust_create(NULL, &trust) == SIPWARD_ERR_UNSUPPORTED) return 0;
  const sipward_trust* trusts = trust;
  const sipward_verifier_options options = {
      .struct_size = sizeof options, .trusts = &trusts, .trust_count = 1};
  REQUIRE(sipward_verifier_create(&options, &verifier) == SIPWARD_OK);
  test_create(trust);
  test_codes(trust);
  test_headers(verifier);
  test_check(verifier);
  test_check_message(verifier);
  test_names();
  test_token();
  sipward_verifier_destroy(verifier);
  sipward_trust_destroy(trust);
  return check_failures;
}
