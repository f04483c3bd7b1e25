/* Telephone numbers as a host looks them up. */
#include "check.h"
#include "sample.h"

static sipward_number_info lookup(const char* number) {
  sipward_number_info info = {.struct_size = sizeof info};
  CHECK(sipward_number_lookup(number, strlen(number), &info) == SIPWARD_OK);
  return info;
}

static void check_is(const char* number, const char* country, uint32_t type, int valid) {
  const sipward_number_info info = lookup(number);
  CHECK(is_text(info.country, country));
  CHECK(info.type == type);
  CHECK((info.valid != 0) == (valid != 0));
}

static int is_canonical(const char* text, const char* home, const char* expected) {
  char out[SIPWARD_NUMBER_DIGITS];
  size_t size = 99;
  const int32_t status =
      sipward_number_canonical(text, strlen(text), home, strlen(home), out, sizeof out, &size);
  const sipward_text written = {out, size};
  return status == SIPWARD_OK && is_text(written, expected);
}

static void test_canonical(void) {
  CHECK(is_canonical("+1 (202) 555-0100;ext=1", "", "12025550100"));
  CHECK(is_canonical("(202) 555-0100", "US", "12025550100"));
  CHECK(is_canonical("00 44 20 7183 8750", "DE", "442071838750"));
  CHECK(is_canonical("030 123456", "49", "4930123456"));
  CHECK(is_canonical("110", "DE", "110"));
  CHECK(is_canonical("alice", "DE", "") && is_canonical("", "", ""));
  char out[4];
  size_t size = 0;
  CHECK(sipward_number_canonical("+4930123456", 11, "", 0, out, sizeof out, &size) ==
        SIPWARD_ERR_SPACE);
  CHECK(size == 10);
  CHECK(sipward_number_canonical("110", 3, "DE", 2, out, sizeof out, &size) == SIPWARD_OK);
  CHECK(size == 3 && memcmp(out, "110", 3) == 0);
}

static void test_country(void) {
  sipward_text country = {NULL, 7};
  CHECK(sipward_number_country("+49", 3, &country) == SIPWARD_OK && is_text(country, "DE"));
  CHECK(sipward_number_country("FR", 2, &country) == SIPWARD_OK && is_text(country, "FR"));
  CHECK(sipward_number_country("fr", 2, &country) == SIPWARD_OK && country.size == 0);
  CHECK(sipward_number_country("", 0, &country) == SIPWARD_OK && country.size == 0);
}

int main(void) {
  test_canonical();
  test_country();
  check_is("+18765230123", "JM", SIPWARD_NUMBER_FIXED_OR_MOBILE, 1);
  check_is("+44(20)7183-8750", "GB", SIPWARD_NUMBER_FIXED, 1);
  check_is("447400123456", "GB", SIPWARD_NUMBER_MOBILE, 1);
  check_is("+1-900-234-5678", "US", SIPWARD_NUMBER_PREMIUM, 1);
  check_is("+881612345678", "001", SIPWARD_NUMBER_SATELLITE, 1);
  check_is("+19992345678", "US", SIPWARD_NUMBER_UNALLOCATED, 0);
  check_is("112", "", SIPWARD_NUMBER_NONE, 0);
  check_is("alice", "", SIPWARD_NUMBER_NONE, 0);
  check_is("", "", SIPWARD_NUMBER_NONE, 0);
  const sipward_number_info info = lookup("+18765230123");
  CHECK(is_text(info.region, "caribbean") && is_text(info.calling_code, "1"));
  CHECK(is_text(info.type_name, "fixed_or_mobile") && info.reserved == 0);
  CHECK(is_text(lookup("112").type_name, "no_number"));
  return check_failures;
}
