/* The reader of captures, argument by argument. */
#include <sipward/c/capture.h>

#include "check.h"
#include "misaligned.h"
#include "sipward.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void test_open(sipward_capture* capture) {
  REFUSED(sipward_capture_open(NULL, "x", 1));
  REFUSED(sipward_capture_open(MISALIGNED(sipward_capture), "x", 1));
  REFUSED(sipward_capture_open(capture, NULL, 1));
  REFUSED(sipward_capture_open(capture, "x", kTooMuch));
  REFUSED(sipward_capture_open(capture, "x", 65537));
  REFUSED(sipward_capture_open(capture, "a\0b", 3));
  REFUSED(sipward_capture_open_bytes(NULL, "x", 1, "n", 1));
  REFUSED(sipward_capture_open_bytes(MISALIGNED(sipward_capture), "x", 1, "n", 1));
  REFUSED(sipward_capture_open_bytes(capture, NULL, 1, "n", 1));
  REFUSED(sipward_capture_open_bytes(capture, "x", kTooMuch, "n", 1));
  REFUSED(sipward_capture_open_bytes(capture, "x", 1, NULL, 1));
  REFUSED(sipward_capture_open_bytes(capture, "x", 1, "n", kTooMuch));
  REFUSED(sipward_capture_open_bytes(capture, "x", 1, "a\0b", 3));
}

static void test_nothing_is_open(sipward_capture* capture) {
  sipward_capture_item item = {.struct_size = sizeof item};
  sipward_text text = {NULL, 1};
  REFUSED(sipward_capture_next(capture, &item));
  CHECK(sipward_capture_error(capture, &text) == SIPWARD_OK && text.size == 0);
}

static void test_calls(sipward_capture* capture) {
  sipward_capture_item item = {.struct_size = sizeof item};
  sipward_capture_statistics statistics = {.struct_size = sizeof statistics};
  sipward_text text;
  CHECK(sipward_capture_open(capture, "x", 0) == SIPWARD_ERR_CAPTURE);
  CHECK(sipward_capture_open_bytes(capture, "x", 0, "n", 0) == SIPWARD_ERR_CAPTURE);
  REFUSED(sipward_capture_error(NULL, &text));
  REFUSED(sipward_capture_error(MISALIGNED(sipward_capture), &text));
  REFUSED(sipward_capture_error(capture, NULL));
  REFUSED(sipward_capture_error(capture, MISALIGNED(sipward_text)));
  REFUSED(sipward_capture_next(NULL, &item));
  REFUSED(sipward_capture_next(MISALIGNED(sipward_capture), &item));
  REFUSED(sipward_capture_next(capture, NULL));
  REFUSED(sipward_capture_next(capture, MISALIGNED(sipward_capture_item)));
  REFUSED(sipward_capture_read_statistics(NULL, &statistics));
  REFUSED(sipward_capture_read_statistics(MISALIGNED(sipward_capture), &statistics));
  REFUSED(sipward_capture_read_statistics(capture, NULL));
  REFUSED(sipward_capture_read_statistics(capture, MISALIGNED(sipward_capture_statistics)));
}

int main(void) {
  sipward_capture* capture = NULL;
  REFUSED(sipward_capture_create(NULL));
  REFUSED(sipward_capture_create(MISALIGNED(sipward_capture*)));
  REQUIRE(sipward_capture_create(&capture) == SIPWARD_OK);
  test_open(capture);
  test_nothing_is_open(capture);
  test_calls(capture);
  sipward_capture_destroy(capture);
  sipward_capture_destroy(NULL);
  sipward_capture_destroy(MISALIGNED(sipward_capture));
  return check_failures;
}
