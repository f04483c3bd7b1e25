/* Call records and rates, argument by argument: NULL, misaligned, a size that cannot be. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_rates(void) {
  sipward_rates* rates = NULL;
  sipward_rates_problem problem = {.struct_size = sizeof problem};
  REFUSED(sipward_rates_create(NULL, 1, &problem, &rates));
  REFUSED(sipward_rates_create("#", kTooMuch, &problem, &rates));
  REFUSED(sipward_rates_create("#", 1, MISALIGNED(sipward_rates_problem), &rates));
  REFUSED(sipward_rates_create("#", 1, &problem, NULL));
  REFUSED(sipward_rates_create("#", 1, &problem, MISALIGNED(sipward_rates*)));
  CHECK(rates == NULL && problem.line == 0);
  CHECK(sipward_rates_create("49", 2, NULL, &rates) == SIPWARD_ERR_RATES);
  CHECK(sipward_rates_create("", 0, NULL, &rates) == SIPWARD_OK);

  sipward_rate rate = {.struct_size = sizeof rate};
  REFUSED(sipward_rates_find(NULL, "49", 2, 1, &rate));
  REFUSED(sipward_rates_find(MISALIGNED(sipward_rates), "49", 2, 1, &rate));
  REFUSED(sipward_rates_find(rates, NULL, 2, 1, &rate));
  REFUSED(sipward_rates_find(rates, "49", kTooMuch, 1, &rate));
  REFUSED(sipward_rates_find(rates, "49", 2, 1, NULL));
  REFUSED(sipward_rates_find(rates, "49", 2, 1, MISALIGNED(sipward_rate)));
  CHECK(sipward_rates_find(rates, "49", 0, 1, &rate) == SIPWARD_END);
  sipward_rates_destroy(NULL);
  sipward_rates_destroy(MISALIGNED(sipward_rates));
  sipward_rates_destroy(rates);
}

static void test_create(void) {
  sipward_cdr_reader* reader = NULL;
  sipward_cdr_options options = {.struct_size = sizeof options};
  REFUSED(sipward_cdr_reader_create(NULL, NULL));
  REFUSED(sipward_cdr_reader_create(MISALIGNED(sipward_cdr_options), &reader));
  REFUSED(sipward_cdr_reader_create(&options, NULL));
  REFUSED(sipward_cdr_reader_create(&options, MISALIGNED(sipward_cdr_reader*)));
  options.format = SIPWARD_CDR_JSONL + 1;
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  options.format = 0;
  options.utc_offset_s = 86401;
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  options.utc_offset_s = -86401;
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  options.utc_offset_s = 0;
  options.delimiter = '"';
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  options.delimiter = 128;
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  options.delimiter = 0;
  options.rates = MISALIGNED(sipward_rates);
  REFUSED(sipward_cdr_reader_create(&options, &reader));
  CHECK(reader == NULL);
  CHECK(sipward_cdr_reader_create(NULL, &reader) == SIPWARD_OK);
  sipward_cdr_reader_destroy(reader);
  sipward_cdr_reader_destroy(NULL);
  sipward_cdr_reader_destroy(MISALIGNED(sipward_cdr_reader));
}

static void test_map(sipward_cdr_reader* reader) {
  REFUSED(sipward_cdr_reader_map(NULL, "a", 1, "start", 5));
  REFUSED(sipward_cdr_reader_map(MISALIGNED(sipward_cdr_reader), "a", 1, "start", 5));
  REFUSED(sipward_cdr_reader_map(reader, NULL, 1, "start", 5));
  REFUSED(sipward_cdr_reader_map(reader, "a", kTooMuch, "start", 5));
  REFUSED(sipward_cdr_reader_map(reader, "a", 1, NULL, 5));
  REFUSED(sipward_cdr_reader_map(reader, "a", 1, "start", kTooMuch));
  CHECK(sipward_cdr_reader_map(reader, "a", 0, "start", 5) == SIPWARD_ERR_LIMIT);
  CHECK(sipward_cdr_reader_map(reader, "a", 1, "start", 0) == SIPWARD_ERR_FIELD);

  REFUSED(sipward_cdr_reader_map_place(NULL, 1, "start", 5));
  REFUSED(sipward_cdr_reader_map_place(MISALIGNED(sipward_cdr_reader), 1, "start", 5));
  REFUSED(sipward_cdr_reader_map_place(reader, 1, NULL, 5));
  REFUSED(sipward_cdr_reader_map_place(reader, 1, "start", kTooMuch));
  CHECK(sipward_cdr_reader_map_place(reader, 1, "start", 0) == SIPWARD_ERR_FIELD);
  CHECK(sipward_cdr_reader_map_place(reader, 0, "start", 5) == SIPWARD_ERR_LIMIT);
  CHECK(sipward_cdr_reader_map_place(reader, UINT32_MAX, "start", 5) == SIPWARD_ERR_LIMIT);
}

static void test_rows(sipward_cdr_reader* reader) {
  size_t taken = 99;
  REFUSED(sipward_cdr_reader_push(NULL, "a", 1, &taken));
  REFUSED(sipward_cdr_reader_push(MISALIGNED(sipward_cdr_reader), "a", 1, &taken));
  REFUSED(sipward_cdr_reader_push(reader, NULL, 1, &taken));
  REFUSED(sipward_cdr_reader_push(reader, "a", kTooMuch, &taken));
  REFUSED(sipward_cdr_reader_push(reader, "a", 1, NULL));
  REFUSED(sipward_cdr_reader_push(reader, "a", 1, MISALIGNED(size_t)));
  CHECK(taken == 99);
  CHECK(sipward_cdr_reader_push(reader, "a", 0, &taken) == SIPWARD_OK && taken == 0);

  sipward_cdr record = {.struct_size = sizeof record};
  REFUSED(sipward_cdr_reader_next(NULL, &record));
  REFUSED(sipward_cdr_reader_next(MISALIGNED(sipward_cdr_reader), &record));
  REFUSED(sipward_cdr_reader_next(reader, NULL));
  REFUSED(sipward_cdr_reader_next(reader, MISALIGNED(sipward_cdr)));
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_INCOMPLETE);

  REFUSED(sipward_cdr_reader_again(NULL, "a", 1, 0, &record));
  REFUSED(sipward_cdr_reader_again(MISALIGNED(sipward_cdr_reader), "a", 1, 0, &record));
  REFUSED(sipward_cdr_reader_again(reader, NULL, 1, 0, &record));
  REFUSED(sipward_cdr_reader_again(reader, "a", kTooMuch, 0, &record));
  REFUSED(sipward_cdr_reader_again(reader, "a", 1, 0, NULL));
  REFUSED(sipward_cdr_reader_again(reader, "a", 1, 0, MISALIGNED(sipward_cdr)));
  CHECK(sipward_cdr_reader_again(reader, "a", 1, UINT32_MAX, &record) == SIPWARD_OK);
  CHECK(record.reason != 0);
  CHECK(sipward_cdr_reader_again(reader, "a", 0, 0, &record) == SIPWARD_OK);
  CHECK(record.reason != 0);

  REFUSED(sipward_cdr_reader_finish(NULL));
  REFUSED(sipward_cdr_reader_finish(MISALIGNED(sipward_cdr_reader)));
  CHECK(sipward_cdr_reader_finish(reader) == SIPWARD_OK);
  CHECK(sipward_cdr_reader_push(reader, "a", 1, &taken) == SIPWARD_END && taken == 0);
  CHECK(sipward_cdr_reader_next(reader, &record) == SIPWARD_END);
}

int main(void) {
  test_rates();
  test_create();
  CHECK(sipward_cdr_format_name(UINT32_MAX) == NULL);
  CHECK(sipward_cdr_reason_name(UINT32_MAX) == NULL);
  CHECK(sipward_cdr_reason_sentence(UINT32_MAX) == NULL);
  sipward_cdr_options options = {.struct_size = sizeof options};
  sipward_cdr_reader* reader = NULL;
  CHECK(sipward_cdr_reader_create(&options, &reader) == SIPWARD_OK);
  test_map(reader);
  test_rows(reader);
  sipward_cdr_reader_destroy(reader);
  return check_failures;
}
