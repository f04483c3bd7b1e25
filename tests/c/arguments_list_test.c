/* Dynamic lists, argument by argument: NULL, misaligned, a size that cannot be. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_add(const sipward_engine* engine) {
  REFUSED(sipward_engine_list_add(NULL, "x", 1, "k", 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(MISALIGNED(sipward_engine), "x", 1, "k", 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, NULL, 1, "k", 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", kTooMuch, "k", 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 0, "k", 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, NULL, 1, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", kTooMuch, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 0, "r", 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 1, NULL, 1, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 1, "r", kTooMuch, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 1, "r", 0, 1, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 1, "r", 1, 0, 0));
  REFUSED(sipward_engine_list_add(engine, "x", 1, "k", 1, "r", 1, INT64_MIN, 0));
}

static void test_find(const sipward_engine* engine) {
  sipward_list_entry entry = {.struct_size = sizeof entry};
  REFUSED(sipward_engine_list_find(NULL, "x", 1, "k", 1, 0, &entry));
  REFUSED(sipward_engine_list_find(MISALIGNED(sipward_engine), "x", 1, "k", 1, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, NULL, 1, "k", 1, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", kTooMuch, "k", 1, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", 0, "k", 1, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", 1, NULL, 1, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", 1, "k", kTooMuch, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", 1, "k", 0, 0, &entry));
  REFUSED(sipward_engine_list_find(engine, "x", 1, "k", 1, 0, NULL));
  REFUSED(sipward_engine_list_find(engine, "x", 1, "k", 1, 0, MISALIGNED(sipward_list_entry)));
  CHECK(sipward_engine_list_find(engine, "x", 1, "k", 1, 0, &entry) == SIPWARD_END);
  CHECK(entry.key_size == 0);
}

static void test_remove(const sipward_engine* engine) {
  REFUSED(sipward_engine_list_remove(NULL, "x", 1, "k", 1, 0));
  REFUSED(sipward_engine_list_remove(MISALIGNED(sipward_engine), "x", 1, "k", 1, 0));
  REFUSED(sipward_engine_list_remove(engine, NULL, 1, "k", 1, 0));
  REFUSED(sipward_engine_list_remove(engine, "x", kTooMuch, "k", 1, 0));
  REFUSED(sipward_engine_list_remove(engine, "x", 0, "k", 1, 0));
  REFUSED(sipward_engine_list_remove(engine, "x", 1, NULL, 1, 0));
  REFUSED(sipward_engine_list_remove(engine, "x", 1, "k", kTooMuch, 0));
  REFUSED(sipward_engine_list_remove(engine, "x", 1, "k", 0, 0));
  CHECK(sipward_engine_list_remove(engine, "x", 1, "k", 1, 0) == SIPWARD_END);
}

static void test_next(const sipward_engine* engine) {
  sipward_list_entry entry = {.struct_size = sizeof entry};
  uint64_t cursor = 0;
  REFUSED(sipward_engine_list_next(NULL, "x", 1, 0, &cursor, &entry));
  REFUSED(sipward_engine_list_next(MISALIGNED(sipward_engine), "x", 1, 0, &cursor, &entry));
  REFUSED(sipward_engine_list_next(engine, NULL, 1, 0, &cursor, &entry));
  REFUSED(sipward_engine_list_next(engine, "x", kTooMuch, 0, &cursor, &entry));
  REFUSED(sipward_engine_list_next(engine, "x", 0, 0, &cursor, &entry));
  REFUSED(sipward_engine_list_next(engine, "x", 1, 0, NULL, &entry));
  REFUSED(sipward_engine_list_next(engine, "x", 1, 0, MISALIGNED(uint64_t), &entry));
  REFUSED(sipward_engine_list_next(engine, "x", 1, 0, &cursor, NULL));
  REFUSED(sipward_engine_list_next(engine, "x", 1, 0, &cursor, MISALIGNED(sipward_list_entry)));
  cursor = UINT64_MAX;
  CHECK(sipward_engine_list_next(engine, "x", 1, 0, &cursor, &entry) == SIPWARD_END);
}

static void test_number(void) {
  sipward_number_info info = {.struct_size = sizeof info};
  REFUSED(sipward_number_lookup(NULL, 1, &info));
  REFUSED(sipward_number_lookup("1", kTooMuch, &info));
  REFUSED(sipward_number_lookup("1", 1, NULL));
  REFUSED(sipward_number_lookup("1", 1, MISALIGNED(sipward_number_info)));
  CHECK(info.type_name.data == NULL);
  CHECK(sipward_number_lookup("1", 0, &info) == SIPWARD_OK);
  CHECK(info.type == SIPWARD_NUMBER_NONE && info.country.size == 0);
}

static void test_canonical(void) {
  sipward_text country = {"x", 1};
  REFUSED(sipward_number_country(NULL, 1, &country));
  REFUSED(sipward_number_country("DE", kTooMuch, &country));
  REFUSED(sipward_number_country("DE", 2, NULL));
  REFUSED(sipward_number_country("DE", 2, MISALIGNED(sipward_text)));
  CHECK(country.size == 1);
  CHECK(sipward_number_country("DE", 0, &country) == SIPWARD_OK && country.size == 0);
  char out[SIPWARD_NUMBER_DIGITS] = "-";
  size_t size = 99;
  REFUSED(sipward_number_canonical(NULL, 1, "DE", 2, out, sizeof out, &size));
  REFUSED(sipward_number_canonical("1", kTooMuch, "DE", 2, out, sizeof out, &size));
  REFUSED(sipward_number_canonical("1", 1, NULL, 2, out, sizeof out, &size));
  REFUSED(sipward_number_canonical("1", 1, "DE", kTooMuch, out, sizeof out, &size));
  REFUSED(sipward_number_canonical("1", 1, "D", 1, out, sizeof out, &size));
  REFUSED(sipward_number_canonical("1", 1, "DE", 2, NULL, 1, &size));
  REFUSED(sipward_number_canonical("1", 1, "DE", 2, out, kTooMuch, &size));
  REFUSED(sipward_number_canonical("1", 1, "DE", 2, out, sizeof out, NULL));
  REFUSED(sipward_number_canonical("1", 1, "DE", 2, out, sizeof out, MISALIGNED(size_t)));
  CHECK(size == 99 && out[0] == '-');
  CHECK(sipward_number_canonical("1", 1, "DE", 2, NULL, 0, &size) == SIPWARD_ERR_SPACE);
  CHECK(size == 1);
  CHECK(sipward_number_canonical("1", 0, "DE", 0, out, sizeof out, &size) == SIPWARD_OK);
  CHECK(size == 0);
}

int main(void) {
  sipward_engine* engine = make_engine("version 1\nlist x : exact dynamic\n", 0);
  REQUIRE(engine != NULL);
  test_add(engine);
  test_find(engine);
  test_remove(engine);
  test_next(engine);
  test_number();
  test_canonical();
  sipward_engine_destroy(engine);
  return check_failures;
}
