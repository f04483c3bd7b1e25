// For a library that is built without identity, and so without libcrypto.
#include "guard.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_authenticator_create(const sipward_auth_options*, sipward_authenticator** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_authenticator_destroy(sipward_authenticator*) {}

// Nobody has an object to call these with.
int32_t sipward_authenticator_set_key(sipward_authenticator*, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_authenticator_check(sipward_authenticator*, const sipward_auth_request*,
                                    const sipward_auth_account*, sipward_auth_result*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_authenticator_check_message(sipward_authenticator*, sipward_message*,
                                            const sipward_auth_request*,
                                            const sipward_auth_account*, sipward_auth_result*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_authenticator_event(const sipward_authenticator*, sipward_host_event*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_authenticator_challenge(sipward_authenticator*, const sipward_auth_request*,
                                        uint32_t, char*, size_t, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}

int32_t sipward_auth_reason(const char*, size_t, sipward_auth_reason_info*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
int32_t sipward_auth_flag(uint32_t, sipward_text*, sipward_text*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
int32_t sipward_auth_hash(uint32_t, const sipward_text*, const sipward_text*, const sipward_text*,
                          char*, size_t, size_t*) {
  return SIPWARD_ERR_UNSUPPORTED;
}

int32_t sipward_second_factor_create(const sipward_second_factor_options*,
                                     sipward_second_factor** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_second_factor_destroy(sipward_second_factor*) {}
int32_t sipward_second_factor_check(sipward_second_factor*, const sipward_code_attempt*,
                                    uint32_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_code_make(uint32_t, const char*, size_t, uint64_t, uint32_t, char*, size_t,
                          size_t*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
int32_t sipward_code_split(const char*, size_t, uint32_t, sipward_text*, sipward_text*) {
  return SIPWARD_ERR_UNSUPPORTED;
}

}  // extern "C"
