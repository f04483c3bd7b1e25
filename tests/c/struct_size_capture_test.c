/* Older and newer callers of the reader of captures: sizes of its structs. */
#include <sipward/c/capture.h>

#include "check.h"
#include "sipward.h"
#include "sweep.h"

static const char* path;

/* Where the bytes lie is no matter of the size: as much of a pointer as was written is zero again.
 */
static void forget(unsigned char* out, size_t at) {
  uint32_t size;
  memcpy(&size, out, sizeof size);
  for (size_t i = at; i < at + sizeof(void*) && i < size; ++i) out[i] = 0;
}

/* A message each time: the file begins anew. */
static int32_t next(void* out, void* context) {
  CHECK(sipward_capture_open(context, path, strlen(path)) == SIPWARD_OK);
  const int32_t status = sipward_capture_next(context, out);
  if (status == SIPWARD_OK) {
    forget(out, offsetof(sipward_capture_item, data));
    forget(out, offsetof(sipward_capture_item, packet));
  }
  return status;
}

static int32_t statistics(void* out, void* context) {
  return sipward_capture_read_statistics(context, out);
}

int main(int argc, char** argv) {
  sipward_capture* capture = NULL;
  REQUIRE(argc == 2);
  path = argv[1];
  REQUIRE(sipward_capture_create(&capture) == SIPWARD_OK);
  sweep_output(sizeof(sipward_capture_item), next, capture);
  sweep_output(sizeof(sipward_capture_statistics), statistics, capture);
  sipward_capture_destroy(capture);
  return check_failures;
}
