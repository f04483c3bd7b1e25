// For a library that is built without identity.
#include "caller_trust.h"
#include "guard.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

namespace sipward::c {

bool ToCallerTrust(const sipward_engine_options& options, engine::CallerTrust*) {
  return options.trust == nullptr && options.caller_policy == nullptr;
}

}  // namespace sipward::c

extern "C" {

int32_t sipward_trust_create(const sipward_trust_options*, sipward_trust** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}

void sipward_trust_destroy(sipward_trust*) {}

// Nobody has a store to call these with.
int32_t sipward_trust_set_anchors(const sipward_trust*, const char*, size_t, int64_t,
                                  sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_trust_set_crls(const sipward_trust*, const sipward_text*, size_t, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_trust_provide(const sipward_trust*, const char*, size_t, const char*, size_t,
                              int64_t, int64_t, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_trust_provide_failure(const sipward_trust*, const char*, size_t, const char*,
                                      size_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}

int32_t sipward_trust_find(const sipward_trust*, const char*, size_t, int64_t, uint32_t*,
                           sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}

int32_t sipward_certificate_url_check(const char*, size_t, uint32_t, sipward_text*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
int32_t sipward_certificate_endpoint_check(const sipward_endpoint*, sipward_text*) {
  return SIPWARD_ERR_UNSUPPORTED;
}

}  // extern "C"
