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

int main(void) {
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
