/* Authentication, argument by argument. */
#include "check.h"
#include "digest_client.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;
static const sipward_text kHuge = {"x", (size_t)-1};

static void refuse_options(sipward_auth_options options) {
  sipward_authenticator* made = NULL;
  REFUSED(sipward_authenticator_create(&options, &made));
  CHECK(made == NULL);
}

static void test_create(const sipward_auth_options* good) {
  sipward_authenticator* made = NULL;
  sipward_auth_options bad = *good;
  REFUSED(sipward_authenticator_create(NULL, &made));
  REFUSED(sipward_authenticator_create(MISALIGNED(sipward_auth_options), &made));
  REFUSED(sipward_authenticator_create(good, NULL));
  REFUSED(sipward_authenticator_create(good, MISALIGNED(sipward_authenticator*)));
  bad.flags = 2 * SIPWARD_AUTH_REFUSE_DOWNGRADE, refuse_options(bad);
  bad = *good, bad.realm.size = 0, refuse_options(bad);
  bad = *good, bad.realm = kHuge, refuse_options(bad);
  bad = *good, bad.realm = text("a\"b"), refuse_options(bad);
  bad = *good, bad.key.size = 15, refuse_options(bad);
  bad = *good, bad.key = kHuge, refuse_options(bad);
  bad = *good, bad.algorithms = 64, refuse_options(bad);
  bad = *good, bad.binding = 3, refuse_options(bad);
  bad = *good, bad.lifetime_s = 86401, refuse_options(bad);
  bad = *good, bad.late = 64, refuse_options(bad);
  bad = *good, bad.nonces = (1u << 24) + 1, refuse_options(bad);
  bad = *good, bad.clients = (1u << 24) + 1, refuse_options(bad);
  bad = *good, bad.reserved = 1, refuse_options(bad);
  bad = *good, bad.state = MISALIGNED(sipward_state), refuse_options(bad);
  bad = *good, bad.nonces = 1u << 24;
  CHECK(sipward_authenticator_create(&bad, &made) == SIPWARD_ERR_STATE_FULL);
  sipward_authenticator_destroy(NULL);
  sipward_authenticator_destroy(MISALIGNED(sipward_authenticator));
}

static void refuse_request(sipward_authenticator* it, sipward_auth_request request) {
  sipward_auth_result result = {.struct_size = sizeof result};
  char out[8];
  size_t size = 0;
  REFUSED(sipward_authenticator_check(it, &request, NULL, &result));
  REFUSED(sipward_authenticator_challenge(it, &request, 0, out, sizeof out, &size));
}

static void refuse_account(sipward_authenticator* it, sipward_auth_account account) {
  const sipward_auth_request request = {.struct_size = sizeof request};
  sipward_auth_result result = {.struct_size = sizeof result};
  REFUSED(sipward_authenticator_check(it, &request, &account, &result));
}

static void test_contents(sipward_authenticator* it) {
  const sipward_auth_request good = {.struct_size = sizeof good};
  sipward_auth_request bad = good;
  bad.flags = 2, refuse_request(it, bad);
  bad = good, bad.reserved = 1, refuse_request(it, bad);
  bad = good, bad.source.reserved = 1, refuse_request(it, bad);
  bad = good, bad.wall_ns = -1, refuse_request(it, bad);
  bad = good, bad.credential_count = 1, refuse_request(it, bad);
  bad.credentials = &kHuge, refuse_request(it, bad);
  bad.credential_count = 17, refuse_request(it, bad);
  bad = good, bad.method = kHuge, refuse_request(it, bad);
  bad = good, bad.request_uri = kHuge, refuse_request(it, bad);
  bad = good, bad.body = kHuge, refuse_request(it, bad);
  bad = good, bad.call_id = kHuge, refuse_request(it, bad);
  bad = good, bad.cseq = kHuge, refuse_request(it, bad);
  bad = good, bad.branch = kHuge, refuse_request(it, bad);
  bad = good, bad.client = kHuge, refuse_request(it, bad);
  const sipward_auth_account known = {.struct_size = sizeof known};
  sipward_auth_account wrong = known;
  wrong.unknown = 2, refuse_account(it, wrong);
  wrong = known, wrong.user = kHuge, refuse_account(it, wrong);
  wrong = known, wrong.password = kHuge, refuse_account(it, wrong);
  wrong = known, wrong.ha1_md5 = kHuge, refuse_account(it, wrong);
  wrong = known, wrong.ha1_sha_256 = kHuge, refuse_account(it, wrong);
  wrong = known, wrong.ha1_sha_512_256 = kHuge, refuse_account(it, wrong);
}

static void test_check(sipward_authenticator* it) {
  const sipward_auth_request request = {.struct_size = sizeof request};
  sipward_auth_result out = {.struct_size = sizeof out};
  REFUSED(sipward_authenticator_check(NULL, &request, NULL, &out));
  REFUSED(sipward_authenticator_check(MISALIGNED(sipward_authenticator), &request, NULL, &out));
  REFUSED(sipward_authenticator_check(it, NULL, NULL, &out));
  REFUSED(sipward_authenticator_check(it, MISALIGNED(sipward_auth_request), NULL, &out));
  REFUSED(sipward_authenticator_check(it, &request, MISALIGNED(sipward_auth_account), &out));
  REFUSED(sipward_authenticator_check(it, &request, NULL, NULL));
  REFUSED(sipward_authenticator_check(it, &request, NULL, MISALIGNED(sipward_auth_result)));
}

static void test_check_message(sipward_authenticator* it) {
  sipward_message* m = NULL;
  CHECK(sipward_message_create(&m) == SIPWARD_OK);
  const sipward_auth_request r = {.struct_size = sizeof r};
  sipward_auth_result out = {.struct_size = sizeof out};
  REFUSED(sipward_authenticator_check_message(NULL, m, &r, NULL, &out));
  REFUSED(
      sipward_authenticator_check_message(MISALIGNED(sipward_authenticator), m, &r, NULL, &out));
  REFUSED(sipward_authenticator_check_message(it, NULL, &r, NULL, &out));
  REFUSED(sipward_authenticator_check_message(it, MISALIGNED(sipward_message), &r, NULL, &out));
  REFUSED(sipward_authenticator_check_message(it, m, NULL, NULL, &out));
  REFUSED(sipward_authenticator_check_message(it, m, MISALIGNED(sipward_auth_request), NULL, &out));
  REFUSED(sipward_authenticator_check_message(it, m, &r, MISALIGNED(sipward_auth_account), &out));
  REFUSED(sipward_authenticator_check_message(it, m, &r, NULL, NULL));
  REFUSED(sipward_authenticator_check_message(it, m, &r, NULL, MISALIGNED(sipward_auth_result)));
  sipward_message_destroy(m);
}

static void test_others(sipward_authenticator* it) {
  const sipward_auth_request r = {.struct_size = sizeof r};
  sipward_host_event event = {.struct_size = sizeof event};
  char out[8];
  size_t size = 0;
  REFUSED(sipward_authenticator_set_key(NULL, kNonceKey, 16));
  REFUSED(sipward_authenticator_set_key(MISALIGNED(sipward_authenticator), kNonceKey, 16));
  REFUSED(sipward_authenticator_set_key(it, NULL, 16));
  REFUSED(sipward_authenticator_set_key(it, kNonceKey, 15));
  REFUSED(sipward_authenticator_set_key(it, kNonceKey, 0));
  REFUSED(sipward_authenticator_set_key(it, kNonceKey, kTooMuch));
  REFUSED(sipward_authenticator_event(NULL, &event));
  REFUSED(sipward_authenticator_event(MISALIGNED(sipward_authenticator), &event));
  REFUSED(sipward_authenticator_event(it, NULL));
  REFUSED(sipward_authenticator_event(it, MISALIGNED(sipward_host_event)));
  REFUSED(sipward_authenticator_challenge(NULL, &r, 0, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(MISALIGNED(sipward_authenticator), &r, 0, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, NULL, 0, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, MISALIGNED(sipward_auth_request), 0, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, &r, 2, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, &r, UINT32_MAX, out, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, &r, 0, NULL, 8, &size));
  REFUSED(sipward_authenticator_challenge(it, &r, 0, out, kTooMuch, &size));
  REFUSED(sipward_authenticator_challenge(it, &r, 0, out, 8, NULL));
  REFUSED(sipward_authenticator_challenge(it, &r, 0, out, 8, MISALIGNED(size_t)));
  CHECK(sipward_authenticator_challenge(it, &r, 0, NULL, 0, &size) == SIPWARD_ERR_SPACE);
}

static void test_names(void) {
  sipward_auth_reason_info info = {.struct_size = sizeof info};
  sipward_text name = {NULL, 0};
  REFUSED(sipward_auth_reason(NULL, 1, &info));
  REFUSED(sipward_auth_reason("OK", kTooMuch, &info));
  REFUSED(sipward_auth_reason("OK", 2, NULL));
  REFUSED(sipward_auth_reason("OK", 2, MISALIGNED(sipward_auth_reason_info)));
  CHECK(sipward_auth_reason("", 0, &info) == SIPWARD_END);
  CHECK(sipward_auth_flag(UINT32_MAX, &name, &name) == SIPWARD_END);
  CHECK(sipward_auth_flag(0, NULL, NULL) == SIPWARD_OK);
  REFUSED(sipward_auth_flag(0, MISALIGNED(sipward_text), &name));
  REFUSED(sipward_auth_flag(0, &name, MISALIGNED(sipward_text)));
}

static void test_hash(void) {
  const uint32_t md5 = SIPWARD_DIGEST_MD5;
  const sipward_text a = text("a");
  char out[64];
  size_t size = 0;
  REFUSED(sipward_auth_hash(0, &a, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(3, &a, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(64, &a, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(UINT32_MAX, &a, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, NULL, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, MISALIGNED(sipward_text), &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &kHuge, &a, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, NULL, &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, MISALIGNED(sipward_text), &a, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, &a, NULL, out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, &a, MISALIGNED(sipward_text), out, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, &a, &a, NULL, 64, &size));
  REFUSED(sipward_auth_hash(md5, &a, &a, &a, out, kTooMuch, &size));
  REFUSED(sipward_auth_hash(md5, &a, &a, &a, out, 64, NULL));
  REFUSED(sipward_auth_hash(md5, &a, &a, &a, out, 64, MISALIGNED(size_t)));
  CHECK(sipward_auth_hash(md5, &a, &a, &a, NULL, 0, &size) == SIPWARD_ERR_SPACE);
}

int main(void) {
  sipward_state* state = NULL;
  sipward_authenticator* it = NULL;
  REQUIRE(sipward_state_create(NULL, &state) == SIPWARD_OK);
  const sipward_auth_options options = {.struct_size = sizeof options,
                                        .realm = {"example.org", 11},
                                        .key = {kNonceKey, 16},
                                        .state = state};
  REQUIRE(sipward_authenticator_create(&options, &it) == SIPWARD_OK);
  test_create(&options);
  test_contents(it);
  test_check(it);
  test_check_message(it);
  test_others(it);
  test_names();
  test_hash();
  sipward_authenticator_destroy(it);
  sipward_state_destroy(state);
  return check_failures;
}
