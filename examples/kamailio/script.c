#include "script.h"

#include <sipward.h>
#include <string.h>

#include "core/dprint.h"
#include "hooks.h"
#include "shared.h"

/* The decision on this very message; NULL if another module put other bytes in its place, or the
 * script goes on with a transaction that was suspended. */
static const ward_decision* decision_on(const struct sip_msg* message) {
  const ward_decision* last = hooks_last();
  if (last->buffer != message->buf || last->size != (int)message->len) return NULL;
  return last;
}

/* 1: the message may go on. -1: it should not; $sipward(action), (code) and (reason) say what to do
 * about it. */
static int check(struct sip_msg* message) {
  const ward_decision* decision = decision_on(message);
  if (decision == NULL) {
    LM_WARN("sipward_check: this is not the message that was received last; it may go on\n");
    return 1;
  }
  if (decision->action < SIPWARD_ACTION_CHALLENGE) return 1;
  ++shared_mine()->refused;
  return -1;
}

static int check_from_script(struct sip_msg* message, char* first, char* second) {
  (void)first;
  (void)second;
  return check(message);
}

cmd_export_t script_functions[] = {
    {"sipward_check", (cmd_function)check_from_script, 0, 0, 0, REQUEST_ROUTE | ONREPLY_ROUTE},
    {0, 0, 0, 0, 0, 0}};

sr_kemi_t script_kemi[] = {
    {str_init("sipward"), str_init("check"), SR_KEMIP_INT, check, {0, 0, 0, 0, 0, 0}},
    {{0, 0}, {0, 0}, 0, NULL, {0, 0, 0, 0, 0, 0}}};

/* $sipward(NAME) */
enum {
  ASKED_ACTION,
  ASKED_CODE,
  ASKED_REASON,
  ASKED_RULE,
  ASKED_WHY,
  ASKED_SCORE,
  ASKED_TAGS,
  ASKED_ALERT
};
static const char* const kNames[] = {"action", "code",  "reason", "rule",
                                     "why",    "score", "tags",   "alert"};

static int parse_name(pv_spec_p variable, str* name) {
  for (int i = 0; i < (int)(sizeof kNames / sizeof *kNames); ++i) {
    if ((int)strlen(kNames[i]) != name->len || memcmp(kNames[i], name->s, name->len)) continue;
    variable->pvp.pvn.type = PV_NAME_INTSTR;
    variable->pvp.pvn.u.isname.type = 0;
    variable->pvp.pvn.u.isname.name.n = i;
    return 0;
  }
  LM_ERR("there is no $sipward(%.*s)\n", name->len, name->s);
  return -1;
}

/* Where a rule proposes no answer. */
static int usual_code(uint32_t action) {
  switch (action) {
    case SIPWARD_ACTION_CHALLENGE:
      return 401;
    case SIPWARD_ACTION_THROTTLE:
    case SIPWARD_ACTION_HOLD:
      return 503;
    default:
      return 403;
  }
}

static const char* usual_reason(uint32_t action) {
  switch (action) {
    case SIPWARD_ACTION_CHALLENGE:
      return "Unauthorized";
    case SIPWARD_ACTION_THROTTLE:
    case SIPWARD_ACTION_HOLD:
      return "Service Unavailable";
    default:
      return "Forbidden";
  }
}

static int give_text(struct sip_msg* message, pv_param_t* param, pv_value_t* out,
                     const char* text) {
  str value = {(char*)text, (int)strlen(text)};
  return pv_get_strval(message, param, out, &value);
}

static int get_variable(struct sip_msg* message, pv_param_t* param, pv_value_t* out) {
  const ward_decision* decision = message != NULL ? decision_on(message) : NULL;
  if (decision == NULL) return pv_get_null(message, param, out);
  switch (param->pvn.u.isname.name.n) {
    case ASKED_ACTION:
      return give_text(message, param, out, sipward_action_name(decision->action));
    case ASKED_CODE:
      return pv_get_sintval(
          message, param, out,
          decision->sip_code != 0 ? (int)decision->sip_code : usual_code(decision->action));
    case ASKED_REASON:
      return give_text(message, param, out,
                       decision->reason[0] ? decision->reason : usual_reason(decision->action));
    case ASKED_RULE:
      return give_text(message, param, out, decision->rule);
    case ASKED_WHY:
      return give_text(message, param, out, decision->why);
    case ASKED_SCORE:
      return pv_get_sintval(message, param, out, decision->score);
    case ASKED_TAGS:
      return give_text(message, param, out, decision->tags);
    case ASKED_ALERT:
      return pv_get_sintval(message, param, out, (decision->flags & SIPWARD_VERDICT_ALERT) != 0);
    default:
      return pv_get_null(message, param, out);
  }
}

pv_export_t script_variables[] = {
    {{"sipward", sizeof "sipward" - 1}, PVT_OTHER, get_variable, 0, parse_name, 0, 0, 0},
    {{0, 0}, 0, 0, 0, 0, 0, 0, 0}};
