/* Older and newer callers: the structs of authentication. */
#include "check.h"
#include "digest_client.h"
#include "sweep.h"

static int32_t authenticator_with(const void* options, void* unused) {
  (void)unused;
  sipward_authenticator* made = NULL;
  const int32_t status = sipward_authenticator_create(options, &made);
  sipward_authenticator_destroy(made);
  return status;
}

static int32_t factor_with(const void* options, void* unused) {
  (void)unused;
  sipward_second_factor* made = NULL;
  const int32_t status = sipward_second_factor_create(options, &made);
  sipward_second_factor_destroy(made);
  return status;
}

static int32_t check_request(const void* request, void* authenticator) {
  sipward_auth_result result = {.struct_size = sizeof result};
  return sipward_authenticator_check(authenticator, request, NULL, &result);
}

static int32_t check_account(const void* account, void* authenticator) {
  const sipward_auth_request request = {.struct_size = sizeof request};
  sipward_auth_result result = {.struct_size = sizeof result};
  return sipward_authenticator_check(authenticator, &request, account, &result);
}

static int32_t check_nothing(void* out, void* authenticator) {
  const sipward_auth_request request = {.struct_size = sizeof request};
  return sipward_authenticator_check(authenticator, &request, NULL, out);
}

static int32_t event_of(void* out, void* authenticator) {
  return sipward_authenticator_event(authenticator, out);
}

static int32_t reason_of(void* out, void* unused) {
  (void)unused;
  return sipward_auth_reason("NONCE_STALE", 11, out);
}

static int32_t attempt_with(const void* attempt, void* factor) {
  uint32_t result = 0;
  return sipward_second_factor_check(factor, attempt, &result);
}

int main(void) {
  sipward_state* state = NULL;
  REQUIRE(sipward_state_create(NULL, &state) == SIPWARD_OK);
  const sipward_auth_options options = {.struct_size = sizeof options,
                                        .realm = {"example.org", 11},
                                        .key = {kNonceKey, 16},
                                        .state = state};
  sipward_authenticator* authenticator = NULL;
  REQUIRE(sipward_authenticator_create(&options, &authenticator) == SIPWARD_OK);
  sweep_larger(&options, sizeof options, authenticator_with, NULL);
  const sipward_auth_request request = {.struct_size = sizeof request};
  sweep_input(&request, sizeof request, check_request, authenticator);
  const sipward_auth_account account = {.struct_size = sizeof account};
  sweep_input(&account, sizeof account, check_account, authenticator);
  sweep_output(sizeof(sipward_auth_result), check_nothing, authenticator);
  sweep_output(sizeof(sipward_host_event), event_of, authenticator);
  sweep_output(sizeof(sipward_auth_reason_info), reason_of, NULL);
  sipward_authenticator_destroy(authenticator);

  const sipward_second_factor_options codes = {.struct_size = sizeof codes, .state = state};
  sipward_second_factor* factor = NULL;
  REQUIRE(sipward_second_factor_create(&codes, &factor) == SIPWARD_OK);
  sweep_larger(&codes, sizeof codes, factor_with, NULL);
  const sipward_code_attempt attempt = {.struct_size = sizeof attempt,
                                        .secret = text("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")};
  sweep_larger(&attempt, sizeof attempt, attempt_with, factor);
  sipward_second_factor_destroy(factor);
  sipward_state_destroy(state);
  return check_failures;
}
