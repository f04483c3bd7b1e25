/* A dialplan application for Asterisk, which shows no bytes there: Sipward() tells of the call by
 * its fields, and says what to do.
 *
 *   same => n,Sipward(${CHANNEL(pjsip,remote_addr)},${CHANNEL(pjsip,call-id)})
 *   same => n,GotoIf($["${SIPWARD_ACTION}" = "reject"]?refused)
 */
#ifdef SIPWARD_WITH_ASTERISK
#define AST_MODULE_SELF_SYM __internal_app_sipward_self
#include <asterisk.h>
#include <asterisk/channel.h>
#include <asterisk/module.h>
#include <asterisk/pbx.h>
#else
#include "declarations.h"
#endif

#include <stdio.h>
#include <string.h>

#include "../guard.h"

static const char kApplication[] = "Sipward";
static const char kRules[] = "/etc/asterisk/sipward.ward";

enum { MOST_FACTS = 8, MOST_TEXT = 256 };

typedef struct call {
  char source[MOST_TEXT]; /* its address */
  char call_id[MOST_TEXT];
  char number[MOST_TEXT];
  char name[MOST_TEXT];
  char dialled[MOST_TEXT];
} call;

static void copy(char* out, const char* text) {
  snprintf(out, MOST_TEXT, "%s", text != NULL ? text : "");
}

/* ADDRESS[:PORT],CALL-ID; an IPv6 address in brackets if it has a port. */
static void read_arguments(const char* data, call* out) {
  char arguments[2 * MOST_TEXT];
  snprintf(arguments, sizeof arguments, "%s", data != NULL ? data : "");
  char* comma = strchr(arguments, ',');
  if (comma != NULL) {
    *comma = '\0';
    copy(out->call_id, comma + 1);
  }
  char* begin = arguments;
  char* end = strrchr(arguments, ':');
  if (*begin == '[') {
    ++begin;
    end = strchr(begin, ']');
  } else if (end != NULL && strchr(begin, ':') != end) {
    end = NULL; /* several colons and no bracket: an address alone */
  }
  if (end != NULL) *end = '\0';
  copy(out->source, begin);
}

static void read_channel(struct ast_channel* channel, call* out) {
  ast_channel_lock(channel);
  const struct ast_party_caller* caller = ast_channel_caller(channel);
  if (caller->id.number.valid) copy(out->number, caller->id.number.str);
  if (caller->id.name.valid) copy(out->name, caller->id.name.str);
  copy(out->dialled, ast_channel_exten(channel));
  ast_channel_unlock(channel);
}

static uint32_t facts_of(const call* from, sipward_fact* facts) {
  uint32_t count = 0;
  count += (uint32_t)guard_text_fact("src.ip", from->source, &facts[count]);
  count += (uint32_t)guard_text_fact("call_id", from->call_id, &facts[count]);
  count += (uint32_t)guard_text_fact("caller.number", from->number, &facts[count]);
  count += (uint32_t)guard_text_fact("caller.name", from->name, &facts[count]);
  count += (uint32_t)guard_text_fact("callee.number", from->dialled, &facts[count]);
  count += (uint32_t)guard_text_fact("dialled", from->dialled, &facts[count]);
  return count;
}

static int execute(struct ast_channel* channel, const char* data) {
  call from = {"", "", "", "", ""};
  sipward_fact facts[MOST_FACTS];
  read_arguments(data, &from);
  read_channel(channel, &from);
  sipward_host_event event = {.struct_size = sizeof event,
                              .kind = SIPWARD_EVENT_CALL_START,
                              .fact_count = facts_of(&from, facts),
                              .facts = facts};
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  if (guard_event(&event, &verdict) != SIPWARD_OK) {
    pbx_builtin_setvar_helper(channel, "SIPWARD_ACTION", "unknown");
    return 0;
  }
  char text[MOST_TEXT];
  pbx_builtin_setvar_helper(channel, "SIPWARD_ACTION", sipward_action_name(verdict.action));
  snprintf(text, sizeof text, "%d", guard_code(&verdict));
  pbx_builtin_setvar_helper(channel, "SIPWARD_CODE", text);
  guard_rule(&verdict, text, sizeof text);
  pbx_builtin_setvar_helper(channel, "SIPWARD_RULE", text);
  return 0; /* the dialplan goes on, and decides */
}

static int load_module(void) {
  if (guard_open(kRules) != 0) return AST_MODULE_LOAD_DECLINE;
  if (ast_register_application(kApplication, execute, "Asks sipward about this call",
                               "Sets SIPWARD_ACTION, SIPWARD_CODE and SIPWARD_RULE.") == 0) {
    return AST_MODULE_LOAD_SUCCESS;
  }
  guard_close();
  return AST_MODULE_LOAD_DECLINE;
}

static int unload_module(void) {
  const int status = ast_unregister_application(kApplication);
  guard_close();
  return status;
}

AST_MODULE_INFO_STANDARD(ASTERISK_GPL_KEY, "Asks sipward about calls");
