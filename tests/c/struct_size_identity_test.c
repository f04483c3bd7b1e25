/* Older and newer callers: the structs of trust and identity. */
#include "check.h"
#include "pki_file.h"
#include "sample.h"
#include "sweep.h"

static int32_t trust_with(const void* options, void* unused) {
  sipward_trust* trust = NULL;
  (void)unused;
  const int32_t status = sipward_trust_create(options, &trust);
  sipward_trust_destroy(trust);
  return status;
}

typedef struct caller_parts {
  sipward_rules* rules;
  sipward_state* state;
  sipward_trust* trust;
} caller_parts;

static int32_t engine_with_policy(const void* policy, void* context) {
  caller_parts* parts = context;
  const sipward_engine_options options = {
      .struct_size = sizeof options, .trust = parts->trust, .caller_policy = policy};
  sipward_engine* engine = NULL;
  const int32_t status = sipward_engine_create(parts->rules, parts->state, &options, &engine);
  sipward_engine_destroy(engine);
  return status;
}

static int32_t verifier_with(const void* options, void* unused) {
  (void)unused;
  sipward_verifier* verifier = NULL;
  const int32_t status = sipward_verifier_create(options, &verifier);
  sipward_verifier_destroy(verifier);
  return status;
}

static int32_t check_request(const void* request, void* verifier) {
  sipward_identity_result result = {.struct_size = sizeof result};
  return sipward_verifier_check(verifier, request, &result);
}

static int32_t check_nothing(void* out, void* verifier) {
  const sipward_text value = {"x", 1};
  const sipward_identity_request request = {
      .struct_size = sizeof request, .identity = &value, .identity_count = 1};
  return sipward_verifier_check(verifier, &request, out);
}

static int32_t header_of(void* out, void* verifier) {
  return sipward_verifier_header(verifier, 0, out);
}

static int32_t reason_of(void* out, void* unused) {
  (void)unused;
  return sipward_identity_reason("IAT_STALE", 9, out);
}

static int32_t parts_of(void* out, void* token) { return sipward_token_read(token, out); }

static int32_t sign_call(const void* passport, void* signer) {
  char value[SIPWARD_IDENTITY_BYTES];
  size_t size = 0;
  return sipward_signer_sign(signer, passport, value, sizeof value, &size, NULL);
}

static int32_t sign_nothing(const void* options, void* unused) {
  (void)unused;
  sipward_signer* signer = NULL;
  const int32_t status = sipward_signer_create(options, &signer, NULL);
  return status == SIPWARD_ERR_CREDENTIAL ? SIPWARD_OK : status;
}

static void test_signer(void) {
  const sipward_signer_options options = {.struct_size = sizeof options,
                                          .key = pki_file("spc.key"),
                                          .certificates = pki_file("spc.chain.pem"),
                                          .x5u = {"https://a.example/c", 19},
                                          .now_s = kPkiNow};
  sipward_signer* signer = NULL;
  CHECK(sipward_signer_create(&options, &signer, NULL) == SIPWARD_OK);
  const sipward_signer_options none = {.struct_size = sizeof none, .key = {"x", 1}};
  sweep_larger(&none, sizeof none, sign_nothing, NULL);
  const sipward_text dest = {"12155551299", 11};
  const sipward_passport call = {.struct_size = sizeof call,
                                 .now_s = kPkiNow,
                                 .orig = {"12155551212", 11},
                                 .dest = &dest,
                                 .dest_count = 1};
  sweep_larger(&call, sizeof call, sign_call, signer);
  sipward_signer_destroy(signer);
}

static int32_t statistics_of(void* out, void* trust) {
  return sipward_trust_read_statistics(trust, out);
}

static void test_verifier(const sipward_trust* trust) {
  sipward_verifier_options options = {
      .struct_size = sizeof options, .trusts = &trust, .trust_count = 1};
  sipward_verifier* verifier = NULL;
  CHECK(sipward_verifier_create(&options, &verifier) == SIPWARD_OK);
  sweep_larger(&options, sizeof options, verifier_with, NULL);
  const sipward_identity_request request = {.struct_size = sizeof request};
  sweep_input(&request, sizeof request, check_request, verifier);
  sweep_output(sizeof(sipward_identity_result), check_nothing, verifier);
  sweep_output(sizeof(sipward_identity_header), header_of, verifier);
  sipward_verifier_destroy(verifier);
  sweep_output(sizeof(sipward_identity_reason_info), reason_of, NULL);
  sipward_token* token = NULL;
  CHECK(sipward_token_create("a.b.c", 5, &token) == SIPWARD_OK);
  sweep_output(sizeof(sipward_token_parts), parts_of, token);
  sipward_token_destroy(token);
}

int main(void) {
  caller_parts parts = {NULL, NULL, NULL};
  REQUIRE(sipward_trust_create(NULL, &parts.trust) == SIPWARD_OK);
  REQUIRE(make_rules(kRules, &parts.rules) == SIPWARD_OK);
  REQUIRE(sipward_state_create(NULL, &parts.state) == SIPWARD_OK);
  const sipward_trust_options options = {.struct_size = sizeof options};
  sweep_input(&options, sizeof options, trust_with, NULL);
  const sipward_caller_policy policy = {.struct_size = sizeof policy};
  sweep_input(&policy, sizeof policy, engine_with_policy, &parts);
  sweep_output(sizeof(sipward_trust_statistics), statistics_of, parts.trust);
  test_verifier(parts.trust);
  test_signer();
  sipward_trust_destroy(parts.trust);
  sipward_state_destroy(parts.state);
  sipward_rules_destroy(parts.rules);
  return check_failures;
}
