/* A dialplan application for FreeSWITCH that verifies the caller's identity (STIR) by parts of the
 * request, as mod_sofia puts them into variables: no message is seen, and no rules are needed.
 *
 *   <action application="sipward_identity"/>
 *   <action application="log" data="INFO ${sipward_verstat} ${sipward_reason}"/>
 *
 * Where ${sipward_missing} has a URL, the certificate behind it is needed: whoever fetches it gives
 * it to sipward_trust_provide. */
#ifdef SIPWARD_WITH_FREESWITCH
#include <switch.h>
#else
#include "declarations.h"
#endif

#include <pthread.h>
#include <sipward.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

SWITCH_MODULE_LOAD_FUNCTION(mod_sipward_load);
SWITCH_MODULE_SHUTDOWN_FUNCTION(mod_sipward_shutdown);
SWITCH_MODULE_DEFINITION(mod_sipward, mod_sipward_load, mod_sipward_shutdown, NULL);

static const char kAnchors[] = "/etc/freeswitch/tls/sti-ca.pem";
enum { MOST_ANCHOR_BYTES = 1 << 20 };

/* Threads come and go with the calls, and a verifier is one thread's: so there is one, behind a
 * lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sipward_trust* trust = NULL;
static sipward_verifier* verifier = NULL;

static sipward_text text_of(const char* text) {
  const sipward_text out = {text, text != NULL ? strlen(text) : 0};
  return out;
}

static void set(switch_channel_t* channel, const char* name, sipward_text value) {
  char copy[512];
  snprintf(copy, sizeof copy, "%.*s", (int)value.size, value.data != NULL ? value.data : "");
  switch_channel_set_variable(channel, name, copy);
}

static void tell(switch_channel_t* channel, const sipward_identity_result* result) {
  char code[16];
  snprintf(code, sizeof code, "%u", result->sip_code);
  switch_channel_set_variable(channel, "sipward_code", code);
  set(channel, "sipward_verstat", result->verstat);
  set(channel, "sipward_reason", result->reason);
  set(channel, "sipward_attest", result->attest);
  set(channel, "sipward_missing", result->missing);
}

/* URIs of mod_sofia's variables have no scheme in front. */
static void uri_of(switch_channel_t* channel, const char* variable, char* out, size_t capacity) {
  const char* value = switch_channel_get_variable(channel, variable);
  out[0] = '\0';
  if (value != NULL) snprintf(out, capacity, "sip:%s", value);
}

SWITCH_STANDARD_APP(check_caller) {
  switch_channel_t* channel = switch_core_session_get_channel(session);
  (void)data;
  char from[512], to[512], target[512];
  uri_of(channel, "sip_from_uri", from, sizeof from);
  uri_of(channel, "sip_to_uri", to, sizeof to);
  uri_of(channel, "sip_req_uri", target, sizeof target);
  struct timespec monotonic;
  clock_gettime(CLOCK_MONOTONIC, &monotonic);
  const sipward_text identity = text_of(switch_channel_get_variable(channel, "sip_h_Identity"));
  const sipward_identity_request request = {
      .struct_size = sizeof request,
      /* The variables do not have these. */
      .unseen = SIPWARD_UNSEEN_DATE | SIPWARD_UNSEEN_PRIORITY | SIPWARD_UNSEEN_SESSION |
                SIPWARD_UNSEEN_BODY,
      .now_s = (int64_t)time(NULL),
      .monotonic_ns = (uint64_t)monotonic.tv_sec * 1000000000u + (uint64_t)monotonic.tv_nsec,
      .identity = &identity,
      .identity_count = identity.size > 0 ? 1 : 0,
      .from = text_of(from),
      .to = text_of(to),
      .request_uri = text_of(target),
      .call_id = text_of(switch_channel_get_variable(channel, "sip_call_id")),
      .from_tag = text_of(switch_channel_get_variable(channel, "sip_from_tag"))};
  sipward_identity_result result = {.struct_size = sizeof result};
  pthread_mutex_lock(&lock);
  /* The texts of a result live until the next check, so they are told inside. */
  const int32_t status = sipward_verifier_check(verifier, &request, &result);
  if (status == SIPWARD_OK) tell(channel, &result);
  pthread_mutex_unlock(&lock);
  if (status != SIPWARD_OK) switch_channel_set_variable(channel, "sipward_reason", "INTERNAL");
}

static int32_t add_anchors(void) {
  FILE* file = fopen(kAnchors, "rb");
  char* text = malloc(MOST_ANCHOR_BYTES);
  int32_t status = SIPWARD_ERR_CREDENTIAL;
  if (file != NULL && text != NULL) {
    const size_t size = fread(text, 1, MOST_ANCHOR_BYTES, file);
    status = sipward_trust_set_anchors(trust, text, size, (int64_t)time(NULL), NULL);
  }
  free(text);
  if (file != NULL) fclose(file);
  return status;
}

static int32_t make_verifier(void) {
  sipward_trust_options trust_options = {.struct_size = sizeof trust_options};
  sipward_state_options state_options = {.struct_size = sizeof state_options, .bytes = 16 << 20};
  sipward_state* state = NULL;
  if (getrandom(trust_options.seed, sizeof trust_options.seed, 0) < 0 ||
      getrandom(state_options.seed, sizeof state_options.seed, 0) < 0) {
    return SIPWARD_ERR_NO_MEMORY;
  }
  int32_t status = sipward_trust_create(&trust_options, &trust);
  if (status == SIPWARD_OK) status = add_anchors();
  /* Tokens are remembered in it, so that one that comes again with another call is found. */
  if (status == SIPWARD_OK) status = sipward_state_create(&state_options, &state);
  if (status == SIPWARD_OK) {
    const sipward_trust* const trusts[] = {trust};
    const sipward_verifier_options options = {
        .struct_size = sizeof options, .trusts = trusts, .trust_count = 1, .state = state};
    status = sipward_verifier_create(&options, &verifier);
  }
  sipward_state_destroy(state); /* the verifier holds it */
  return status;
}

static void forget(void) {
  sipward_verifier_destroy(verifier);
  sipward_trust_destroy(trust);
  verifier = NULL;
  trust = NULL;
}

SWITCH_MODULE_LOAD_FUNCTION(mod_sipward_load) {
  switch_application_interface_t* application = NULL;
  if (make_verifier() != SIPWARD_OK) {
    forget();
    return SWITCH_STATUS_FALSE;
  }
  *module_interface = switch_loadable_module_create_module_interface(pool, modname);
  SWITCH_ADD_APP(application, "sipward_identity", "Verifies who calls",
                 "Sets sipward_verstat and the like", check_caller, "", SAF_NONE);
  return SWITCH_STATUS_SUCCESS;
}

SWITCH_MODULE_SHUTDOWN_FUNCTION(mod_sipward_shutdown) {
  forget();
  return SWITCH_STATUS_SUCCESS;
}
