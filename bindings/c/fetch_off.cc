// libsipward-fetch that was built without libcurl.
#include "guard.h"
#include "sipward/c/fetch.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_fetcher_create(const sipward_trust*, const sipward_fetcher_options*,
                               sipward_fetcher** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}

void sipward_fetcher_destroy(sipward_fetcher*) {}

// Nobody has a fetcher to call these with.
int32_t sipward_fetcher_request(const sipward_fetcher*, const char*, size_t, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_fetcher_next(const sipward_fetcher*, sipward_fetch_arrival*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_fetcher_wait(const sipward_fetcher*, uint32_t) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_fetcher_descriptor(const sipward_fetcher*, int32_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_fetcher_read_statistics(const sipward_fetcher*, sipward_fetcher_statistics*) {
  return SIPWARD_ERR_ARGUMENT;
}

}  // extern "C"
