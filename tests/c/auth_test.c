/* Digest credentials and one-time codes through the C interface. */
#include "check.h"
#include "digest_client.h"
#include "sample.h"

static int is(sipward_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static sipward_auth_request request_at(const sipward_text* credentials, size_t count) {
  const sipward_auth_request request = {.struct_size = sizeof request,
                                        .wall_ns = INT64_C(1800000000) * 1000000000,
                                        .source = {.address = {[10] = 255, 255, 192, 0, 2, 7}},
                                        .credentials = credentials,
                                        .credential_count = count,
                                        .method = {"REGISTER", 8},
                                        .request_uri = {"sip:example.org", 15},
                                        .call_id = {"1@host", 6},
                                        .cseq = {"1", 1},
                                        .branch = {"z9hG4bK1", 8},
                                        .client = {"Phone/1", 7}};
  return request;
}

/* A challenge, its answer, and what rules are told. */
static void test_flow(sipward_authenticator* authenticator, sipward_inspector* inspector) {
  char challenges[1024], nonce[64], value[1024];
  size_t size = 0;
  sipward_auth_request request = request_at(NULL, 0);
  sipward_auth_result result = {.struct_size = sizeof result};
  sipward_host_event event = {.struct_size = sizeof event};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_authenticator_event(authenticator, &event) == SIPWARD_END);
  CHECK(sipward_authenticator_check(authenticator, &request, NULL, &result) == SIPWARD_OK);
  CHECK(result.outcome == SIPWARD_AUTH_CHALLENGED && result.sip_code == 401);
  CHECK(is(result.reason, "NO_CREDENTIALS") && is(result.fact, "no_credentials"));
  CHECK(sipward_authenticator_challenge(authenticator, &request, 0, challenges, 10, &size) ==
        SIPWARD_ERR_SPACE);
  CHECK(size > 100 && size < sizeof challenges);
  CHECK(sipward_authenticator_challenge(authenticator, &request, 0, challenges, size, &size) ==
        SIPWARD_OK);
  challenges[size] = '\0';
  CHECK(strncmp(challenges, "WWW-Authenticate: Digest realm=\"example.org\", nonce=\"", 50) == 0);
  CHECK(strstr(challenges, "algorithm=SHA-256") < strstr(challenges, "algorithm=MD5"));
  nonce_of(challenges, nonce);

  answer(nonce, "open sesame", "00000001", value);
  const sipward_text credentials = text(value);
  request = request_at(&credentials, 1);
  CHECK(sipward_authenticator_check(authenticator, &request, NULL, &result) == SIPWARD_OK);
  CHECK(result.outcome == SIPWARD_AUTH_PENDING && is(result.user, "alice"));
  CHECK(sipward_authenticator_event(authenticator, &event) == SIPWARD_END);
  sipward_auth_account account = {.struct_size = sizeof account, .password = text("guess")};
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(result.outcome == SIPWARD_AUTH_FAIL && is(result.fact, "wrong_password"));
  CHECK(sipward_authenticator_event(authenticator, &event) == SIPWARD_OK);
  CHECK(event.kind == SIPWARD_EVENT_AUTH && event.flags == 0 && event.fact_count > 8);
  CHECK(sipward_inspector_event(inspector, &event, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_REJECT && verdict.sip_code == 403);
  account.password = text("open sesame");
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(result.outcome == SIPWARD_AUTH_SUCCESS && result.flags == 0 && result.sip_code == 0);
  CHECK(sipward_authenticator_event(authenticator, &event) == SIPWARD_OK);
  CHECK(event.flags == SIPWARD_EVENT_PROVEN);
  CHECK(sipward_inspector_event(inspector, &event, &verdict) == SIPWARD_OK);
  CHECK(verdict.action == SIPWARD_ACTION_FLAG);

  /* The same request once more, and then another one with it. */
  char ha1[65];
  hash_of("alice", "example.org", "open sesame", ha1);
  account.password = (sipward_text){NULL, 0};
  account.ha1_sha_256 = text(ha1);
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(result.flags == 1u << SIPWARD_AUTH_FLAG_RETRANSMISSION);
  request.cseq = text("2");
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(is(result.reason, "REPLAYED") && result.stale == 1);
  /* With a key two changes later it is forged. */
  answer(nonce, "open sesame", "00000002", value);
  CHECK(sipward_authenticator_set_key(authenticator, kNonceKey, 20) == SIPWARD_OK);
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(is(result.reason, "OK"));
  CHECK(sipward_authenticator_set_key(authenticator, kNonceKey, 21) == SIPWARD_OK);
  CHECK(sipward_authenticator_check(authenticator, &request, &account, &result) == SIPWARD_OK);
  CHECK(is(result.reason, "NONCE_FORGED") && is(result.fact, "forged_nonce"));
}

/* What the message says, and nothing else. */
static void test_message(sipward_authenticator* authenticator) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  const sipward_auth_request request = request_at(NULL, 0);
  sipward_auth_result result = {.struct_size = sizeof result};
  CHECK(sipward_authenticator_check_message(authenticator, message, &request, NULL, &result) ==
        SIPWARD_END);
  CHECK(sipward_message_parse(message, kCredentials, sizeof kCredentials - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_authenticator_check_message(authenticator, message, &request, NULL, &result) ==
        SIPWARD_OK);
  CHECK(is(result.reason, "ALGORITHM_NOT_OFFERED") || is(result.reason, "NONCE_FORGED"));
  CHECK(is(result.user, "alice") && is(result.nc, "00000001"));
  CHECK(sipward_message_parse(message, kOptions, sizeof kOptions - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_authenticator_check_message(authenticator, message, &request, NULL, &result) ==
        SIPWARD_OK);
  CHECK(result.outcome == SIPWARD_AUTH_CHALLENGED);
  sipward_message_destroy(message);
}

static void test_names(void) {
  sipward_auth_reason_info info = {.struct_size = sizeof info};
  CHECK(sipward_auth_reason("NONCE_STALE", 11, &info) == SIPWARD_OK);
  CHECK(info.outcome == SIPWARD_AUTH_FAIL && info.sip_code == 401 && info.stale == 1);
  CHECK(is(info.fact, "stale_nonce") && info.text.size > 0);
  CHECK(sipward_auth_reason("FINE", 4, &info) == SIPWARD_END);
  sipward_text name = {NULL, 0};
  CHECK(sipward_auth_flag(SIPWARD_AUTH_FLAG_SEVERAL, &name, NULL) == SIPWARD_OK);
  CHECK(is(name, "SEVERAL"));
  CHECK(sipward_auth_flag(SIPWARD_AUTH_FLAG_SEVERAL + 1, &name, NULL) == SIPWARD_END);
  /* RFC 2617 section 3.5; erratum 4897 of RFC 7616. */
  const sipward_text user = text("Mufasa"), realm = text("testrealm@host.com");
  const sipward_text password = text("Circle Of Life"), none = {NULL, 0};
  char hash[64];
  size_t size = 0;
  CHECK(sipward_auth_hash(SIPWARD_DIGEST_MD5_SESS, &user, &realm, &password, hash, 64, &size) ==
        SIPWARD_OK);
  CHECK(size == 32 && memcmp(hash, "939e7578ed9e3c518a452acee763bce9", 32) == 0);
  CHECK(sipward_auth_hash(SIPWARD_DIGEST_MD5, &user, &realm, &password, hash, 31, &size) ==
        SIPWARD_ERR_SPACE);
  const sipward_text doe = text("J\xC3\xA4s\xC3\xB8n Doe"), api = text("api@example.org");
  CHECK(sipward_auth_hash(SIPWARD_DIGEST_SHA_512_256, &doe, &api, &none, hash, 64, &size) ==
        SIPWARD_OK);
  CHECK(size == 64 && memcmp(hash, "793263caabb707a56211940d90411ea4", 32) == 0);
}

/* RFC 6238 appendix B. */
static void test_codes(const sipward_state* state) {
  static const char kSecret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  char code[8];
  size_t size = 0;
  CHECK(sipward_code_make(SIPWARD_CODE_SHA_1, kSecret, 32, 59 / 30, 8, code, 8, &size) ==
        SIPWARD_OK);
  CHECK(size == 8 && memcmp(code, "94287082", 8) == 0);
  CHECK(sipward_code_make(SIPWARD_CODE_SHA_1, kSecret, 32, 1, 8, code, 7, &size) ==
        SIPWARD_ERR_SPACE);
  CHECK(sipward_code_make(SIPWARD_CODE_SHA_1, "1", 1, 1, 8, code, 8, &size) ==
        SIPWARD_ERR_CREDENTIAL);
  const sipward_second_factor_options options = {
      .struct_size = sizeof options, .digits = 8, .state = state};
  sipward_second_factor* factor = NULL;
  CHECK(sipward_second_factor_create(&options, &factor) == SIPWARD_OK);
  sipward_code_attempt attempt = {.struct_size = sizeof attempt,
                                  .wall_ns = INT64_C(59) * 1000000000,
                                  .account = {"alice", 5},
                                  .secret = {kSecret, 32},
                                  .code = {"94287082", 8},
                                  .use = {"1@host", 6}};
  uint32_t result = 99;
  CHECK(sipward_second_factor_check(factor, &attempt, &result) == SIPWARD_OK);
  CHECK(result == SIPWARD_CODE_RIGHT);
  CHECK(sipward_second_factor_check(factor, &attempt, &result) == SIPWARD_OK);
  CHECK(result == SIPWARD_CODE_RIGHT);
  attempt.use = text("2@host");
  CHECK(sipward_second_factor_check(factor, &attempt, &result) == SIPWARD_OK);
  CHECK(result == SIPWARD_CODE_USED);
  attempt.code = text("94287083");
  CHECK(sipward_second_factor_check(factor, &attempt, &result) == SIPWARD_OK);
  CHECK(result == SIPWARD_CODE_WRONG);
  for (int i = 0; i < 5; ++i) sipward_second_factor_check(factor, &attempt, &result);
  CHECK(result == SIPWARD_CODE_LOCKED);
  attempt.secret = text("0");
  CHECK(sipward_second_factor_check(factor, &attempt, &result) == SIPWARD_ERR_CREDENTIAL);
  sipward_second_factor_destroy(factor);
  sipward_text number = {NULL, 0}, suffix = {NULL, 0};
  CHECK(sipward_code_split("+4930123*492039", 15, 6, &number, &suffix) == SIPWARD_OK);
  CHECK(is(number, "+4930123") && is(suffix, "492039"));
  CHECK(sipward_code_split("+4930123", 8, 6, &number, &suffix) == SIPWARD_END);
}

int main(void) {
  static const char kGuard[] =
      "version 1\n"
      "rule guesses {\n  on auth where result == fail and reason == wrong_password\n"
      "  when has(auth.user) and has(user_agent)\n  then reject 403\n}\n"
      "rule known {\n  on auth where result == success\n  when account ?? \"\" == \"alice\"\n"
      "  then alert\n}\n";
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  sipward_authenticator* authenticator = NULL;
  REQUIRE(make_rules(kGuard, &rules) == SIPWARD_OK);
  REQUIRE(sipward_state_create(NULL, &state) == SIPWARD_OK);
  REQUIRE(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  const sipward_auth_options options = {.struct_size = sizeof options,
                                        .realm = {"example.org", 11},
                                        .key = {kNonceKey, sizeof kNonceKey - 1},
                                        .state = state};
  REQUIRE(sipward_authenticator_create(&options, &authenticator) == SIPWARD_OK);
  test_flow(authenticator, inspector);
  test_message(authenticator);
  test_names();
  test_codes(state);
  sipward_state_destroy(state); /* the authenticator holds what it needs */
  sipward_authenticator_destroy(authenticator);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_rules_destroy(rules);
  return check_failures;
}
