/* Older and newer callers: every struct_size of the structs of call records. */
#include "check.h"
#include "sample.h"
#include "sweep.h"

static const char kRow[] = "{\"start\":1772359200,\"account\":\"acme\",\"callee\":\"+49301\"}";

static int32_t rate(void* out, void* rates) { return sipward_rates_find(rates, "49", 2, 1, out); }
static int32_t record(void* out, void* reader) {
  return sipward_cdr_reader_again(reader, kRow, sizeof kRow - 1, 0, out);
}
static int32_t problem(void* out, void* unused) {
  sipward_rates* rates = NULL;
  (void)unused;
  const int32_t status = sipward_rates_create("4", 1, out, &rates);
  return status == SIPWARD_ERR_RATES ? SIPWARD_OK : status;
}
static int32_t options(const void* in, void* unused) {
  sipward_cdr_reader* reader = NULL;
  (void)unused;
  const int32_t status = sipward_cdr_reader_create(in, &reader);
  sipward_cdr_reader_destroy(reader);
  return status;
}

int main(void) {
  sipward_rates* rates = NULL;
  CHECK(sipward_rates_create("49,1,1", 6, NULL, &rates) == SIPWARD_OK);
  sweep_output(sizeof(sipward_rate), rate, rates);
  sweep_output(sizeof(sipward_rates_problem), problem, NULL);
  sipward_rates_destroy(rates);

  sipward_cdr_options usual = {.struct_size = sizeof usual};
  sipward_cdr_reader* reader = NULL;
  size_t taken = 0;
  sipward_cdr first = {.struct_size = sizeof first};
  CHECK(sipward_cdr_reader_create(&usual, &reader) == SIPWARD_OK);
  CHECK(sipward_cdr_reader_push(reader, kRow, sizeof kRow - 1, &taken) == SIPWARD_OK);
  CHECK(sipward_cdr_reader_finish(reader) == SIPWARD_OK);
  CHECK(sipward_cdr_reader_next(reader, &first) == SIPWARD_OK && first.reason == 0);
  sweep_output(sizeof(sipward_cdr), record, reader);
  sipward_cdr_reader_destroy(reader);
  sweep_input(&usual, sizeof usual, options, NULL);
  return check_failures;
}
