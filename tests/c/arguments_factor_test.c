/* One-time codes, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sipward.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;
static const sipward_text kHuge = {"x", (size_t)-1};
static const char kSecret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void refuse(sipward_second_factor_options options) {
  sipward_second_factor* made = NULL;
  REFUSED(sipward_second_factor_create(&options, &made));
  CHECK(made == NULL);
}

static void test_create(const sipward_second_factor_options* good) {
  sipward_second_factor* made = NULL;
  sipward_second_factor_options bad = *good;
  REFUSED(sipward_second_factor_create(NULL, &made));
  REFUSED(sipward_second_factor_create(MISALIGNED(sipward_second_factor_options), &made));
  REFUSED(sipward_second_factor_create(good, NULL));
  REFUSED(sipward_second_factor_create(good, MISALIGNED(sipward_second_factor*)));
  bad.hash = 3, refuse(bad);
  bad = *good, bad.digits = 5, refuse(bad);
  bad = *good, bad.digits = 9, refuse(bad);
  bad = *good, bad.present_only = 2, refuse(bad);
  bad = *good, bad.present_only = 1, bad.window = 1, refuse(bad);
  bad = *good, bad.window = 11, refuse(bad);
  bad = *good, bad.attempts = 1001, refuse(bad);
  bad = *good, bad.step_s = 3601, refuse(bad);
  bad = *good, bad.recovers_s = 86401, refuse(bad);
  bad = *good, bad.accounts = (1u << 24) + 1, refuse(bad);
  bad = *good, bad.reserved = 1, refuse(bad);
  bad = *good, bad.state = NULL, refuse(bad);
  bad = *good, bad.state = MISALIGNED(sipward_state), refuse(bad);
  bad = *good, bad.accounts = 1u << 24;
  CHECK(sipward_second_factor_create(&bad, &made) == SIPWARD_ERR_STATE_FULL);
  bad = *good, bad.present_only = 1;
  CHECK(sipward_second_factor_create(&bad, &made) == SIPWARD_OK);
  sipward_second_factor_destroy(made);
  sipward_second_factor_destroy(NULL);
  sipward_second_factor_destroy(MISALIGNED(sipward_second_factor));
}

static void test_check(sipward_second_factor* it) {
  const sipward_code_attempt good = {.struct_size = sizeof good, .secret = {kSecret, 32}};
  sipward_code_attempt bad = good;
  uint32_t result = 99;
  REFUSED(sipward_second_factor_check(NULL, &good, &result));
  REFUSED(sipward_second_factor_check(MISALIGNED(sipward_second_factor), &good, &result));
  REFUSED(sipward_second_factor_check(it, NULL, &result));
  REFUSED(sipward_second_factor_check(it, MISALIGNED(sipward_code_attempt), &result));
  REFUSED(sipward_second_factor_check(it, &good, NULL));
  REFUSED(sipward_second_factor_check(it, &good, MISALIGNED(uint32_t)));
  bad.reserved = 1;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  bad = good, bad.wall_ns = -1;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  bad = good, bad.account = kHuge;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  bad = good, bad.secret = kHuge;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  bad = good, bad.code = kHuge;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  bad = good, bad.use = kHuge;
  REFUSED(sipward_second_factor_check(it, &bad, &result));
  CHECK(result == 99);
}

static void test_make(void) {
  char out[8];
  size_t size = 0;
  REFUSED(sipward_code_make(3, kSecret, 32, 0, 6, out, 8, &size));
  REFUSED(sipward_code_make(UINT32_MAX, kSecret, 32, 0, 6, out, 8, &size));
  REFUSED(sipward_code_make(0, NULL, 32, 0, 6, out, 8, &size));
  REFUSED(sipward_code_make(0, kSecret, kTooMuch, 0, 6, out, 8, &size));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, 5, out, 8, &size));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, UINT32_MAX, out, 8, &size));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, 6, NULL, 8, &size));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, 6, out, kTooMuch, &size));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, 6, out, 8, NULL));
  REFUSED(sipward_code_make(0, kSecret, 32, 0, 6, out, 8, MISALIGNED(size_t)));
  CHECK(sipward_code_make(0, kSecret, 0, 0, 6, out, 8, &size) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_code_make(0, kSecret, 32, 0, 6, NULL, 0, &size) == SIPWARD_ERR_SPACE);
}

static void test_split(void) {
  sipward_text number = {NULL, 0}, code = {NULL, 0};
  REFUSED(sipward_code_split(NULL, 1, 6, &number, &code));
  REFUSED(sipward_code_split("1*123456", kTooMuch, 6, &number, &code));
  REFUSED(sipward_code_split("1*123456", 8, 5, &number, &code));
  REFUSED(sipward_code_split("1*123456", 8, UINT32_MAX, &number, &code));
  REFUSED(sipward_code_split("1*123456", 8, 6, NULL, &code));
  REFUSED(sipward_code_split("1*123456", 8, 6, MISALIGNED(sipward_text), &code));
  REFUSED(sipward_code_split("1*123456", 8, 6, &number, NULL));
  REFUSED(sipward_code_split("1*123456", 8, 6, &number, MISALIGNED(sipward_text)));
  CHECK(sipward_code_split("1*123456", 0, 6, &number, &code) == SIPWARD_END);
}

int main(void) {
  sipward_state* state = NULL;
  sipward_second_factor* it = NULL;
  REQUIRE(sipward_state_create(NULL, &state) == SIPWARD_OK);
  const sipward_second_factor_options options = {.struct_size = sizeof options, .state = state};
  REQUIRE(sipward_second_factor_create(&options, &it) == SIPWARD_OK);
  test_create(&options);
  test_check(it);
  test_make();
  test_split();
  sipward_second_factor_destroy(it);
  sipward_state_destroy(state);
  return check_failures;
}
