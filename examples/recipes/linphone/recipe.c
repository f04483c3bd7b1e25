/* A softphone on liblinphone, which shows no bytes: each incoming call is told by its fields, and
 * declined where a rule says so. */
#include <stdio.h>

#include "../guard.h"
#ifdef SIPWARD_WITH_LINPHONE
#include <linphone/core.h>
#else
#include "declarations.h"
#endif

int sipward_linphone_start(LinphoneCore* core, const char* rule_file);
void sipward_linphone_stop(void);

enum { MOST_FACTS = 8 };

static uint32_t facts_of(LinphoneCall* call, sipward_fact* facts) {
  const LinphoneAddress* caller = linphone_call_get_remote_address(call);
  const LinphoneAddress* callee = linphone_call_get_to_address(call);
  const char* call_id = linphone_call_log_get_call_id(linphone_call_get_call_log(call));
  const char* agent = linphone_call_get_remote_user_agent(call);
  uint32_t count = 0;
  if (caller != NULL) {
    const char* name = linphone_address_get_display_name(caller);
    const char* number = linphone_address_get_username(caller);
    count += (uint32_t)guard_text_fact("caller.name", name, &facts[count]);
    count += (uint32_t)guard_text_fact("caller.number", number, &facts[count]);
  }
  if (callee != NULL) {
    const char* number = linphone_address_get_username(callee);
    count += (uint32_t)guard_text_fact("callee.number", number, &facts[count]);
  }
  count += (uint32_t)guard_text_fact("call_id", call_id, &facts[count]);
  count += (uint32_t)guard_text_fact("user_agent", agent, &facts[count]);
  return count;
}

static void on_call_state(LinphoneCore* core, LinphoneCall* call, LinphoneCallState state,
                          const char* message) {
  (void)core;
  (void)message;
  if (state != LinphoneCallStateIncomingReceived) return;
  sipward_fact facts[MOST_FACTS];
  sipward_host_event event = {.struct_size = sizeof event,
                              .kind = SIPWARD_EVENT_CALL_START,
                              .fact_count = facts_of(call, facts),
                              .facts = facts};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (guard_event(&event, &verdict) != SIPWARD_OK) return;
  if (verdict.action < SIPWARD_ACTION_CHALLENGE) return;
  char rule[128];
  guard_rule(&verdict, rule, sizeof rule);
  fprintf(stderr, "sipward: declined a call: %s\n", rule);
  linphone_call_decline(call, LinphoneReasonDeclined);
}

int sipward_linphone_start(LinphoneCore* core, const char* rule_file) {
  if (guard_open(rule_file) != 0) return -1;
  LinphoneCoreCbs* callbacks = linphone_factory_create_core_cbs(linphone_factory_get());
  linphone_core_cbs_set_call_state_changed(callbacks, on_call_state);
  linphone_core_add_callbacks(core, callbacks);
  linphone_core_cbs_unref(callbacks); /* the core holds them */
  return 0;
}

void sipward_linphone_stop(void) { guard_close(); }
