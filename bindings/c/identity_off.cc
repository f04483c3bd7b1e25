// For a library that is built without identity.
#include "guard.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_trust_create(const sipward_trust_options*, sipward_trust** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}

void sipward_trust_destroy(sipward_trust*) {}

// Nobody has an object to call these with.
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

int32_t sipward_trust_read_statistics(const sipward_trust*, sipward_trust_statistics*) {
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

int32_t sipward_verifier_create(const sipward_verifier_options*, sipward_verifier** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_verifier_destroy(sipward_verifier*) {}
int32_t sipward_verifier_check(sipward_verifier*, const sipward_identity_request*,
                               sipward_identity_result*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_verifier_check_message(sipward_verifier*, sipward_message*,
                                       const sipward_identity_request*, sipward_identity_result*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_verifier_header(const sipward_verifier*, uint32_t, sipward_identity_header*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_verifier_reason_header(const sipward_verifier*, uint32_t, char*, size_t, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_identity_reason(const char*, size_t, sipward_identity_reason_info*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
int32_t sipward_identity_flag(uint32_t, sipward_text*, sipward_text*) {
  return SIPWARD_ERR_UNSUPPORTED;
}

int32_t sipward_signer_create(const sipward_signer_options*, sipward_signer** out, sipward_text*) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_signer_destroy(sipward_signer*) {}
int32_t sipward_signer_sign(const sipward_signer*, const sipward_passport*, char*, size_t, size_t*,
                            sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}

int32_t sipward_token_create(const char*, size_t, sipward_token** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_token_destroy(sipward_token*) {}
int32_t sipward_token_read(const sipward_token*, sipward_token_parts*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_token_dest(const sipward_token*, uint32_t, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}

}  // extern "C"
