/* A library that was built without rules (SIPWARD_WITH_RULES=OFF): messages are read, and what
 * would need more says that it is not there, whatever it is called with. */
#include "check.h"
#include "sample.h"

static void check_the_parser(void) {
  sipward_message* message = NULL;
  sipward_address from = {.struct_size = sizeof from};
  sipward_number_info number = {.struct_size = sizeof number};
  sipward_field_info field = {.struct_size = sizeof field};
  sipward_anomaly_info anomaly = {.struct_size = sizeof anomaly};
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_message_validate(message) == SIPWARD_OK);
  CHECK(sipward_message_address(message, "From", 4, 0, &from) == SIPWARD_OK);
  CHECK(from.uri.user.length == 5 && memcmp(kInvite + from.uri.user.offset, "alice", 5) == 0);
  CHECK(sipward_number_lookup("+12025550100", 12, &number) == SIPWARD_OK);
  CHECK(number.calling_code.size == 1 && number.calling_code.data[0] == '1');
  CHECK(sipward_anomaly_describe(0, &anomaly) == SIPWARD_OK);
  CHECK(sipward_field_describe(0, &field) == SIPWARD_OK);
  CHECK(strcmp(sipward_action_name(SIPWARD_ACTION_DROP), "drop") == 0);
  sipward_message_destroy(message);
}

static void check_what_is_not_there(void) {
  sipward_compiler* compiler = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_trust* trust = NULL;
  sipward_verifier* verifier = NULL;
  sipward_signer* signer = NULL;
  sipward_token* token = NULL;
  size_t size = 7;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_engine_create(NULL, NULL, NULL, &engine) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_inspector_create(NULL, &inspector) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_rules_format("version 1", 9, NULL, 0, &size) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_trust_create(NULL, &trust) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_verifier_create(NULL, &verifier) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_signer_create(NULL, &signer, NULL) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(sipward_token_create("a.b.c", 5, &token) == SIPWARD_ERR_UNSUPPORTED);
  CHECK(compiler == NULL && state == NULL && engine == NULL && inspector == NULL && size == 7);
  CHECK(trust == NULL && verifier == NULL && signer == NULL && token == NULL);
  CHECK(sipward_compiler_create(NULL) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_engine_create(NULL, NULL, NULL, NULL) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_status_text(SIPWARD_ERR_UNSUPPORTED)[0] != 0);
  /* Nobody has an object: these do nothing and say so. */
  sipward_compiler_destroy(NULL);
  sipward_rules_destroy(NULL);
  sipward_state_destroy(NULL);
  sipward_inspector_destroy(NULL);
  sipward_engine_destroy(NULL);
  CHECK(sipward_rules_count(NULL) == 0);
  CHECK(sipward_inspector_message(NULL) == NULL);
  CHECK(sipward_inspector_inspect(NULL, NULL, NULL, NULL) == SIPWARD_ERR_ARGUMENT);
}

int main(void) {
  check_the_parser();
  check_what_is_not_there();
  return check_failures;
}
