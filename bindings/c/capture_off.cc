// libsipward-capture that was built without libpcap.
#include "guard.h"
#include "sipward/c/capture.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_capture_create(sipward_capture** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}

void sipward_capture_destroy(sipward_capture*) {}

// Nobody has a reader to call these with.
int32_t sipward_capture_open(sipward_capture*, const char*, size_t) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_capture_open_bytes(sipward_capture*, const char*, size_t, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_capture_error(const sipward_capture*, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_capture_next(sipward_capture*, sipward_capture_item*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_capture_read_statistics(const sipward_capture*, sipward_capture_statistics*) {
  return SIPWARD_ERR_ARGUMENT;
}

}  // extern "C"
