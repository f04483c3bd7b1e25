/* What the recipes have in common: an engine with one inspector behind a lock, for hosts whose
 * threads come and go. */
#ifndef SIPWARD_EXAMPLES_RECIPES_GUARD_H_
#define SIPWARD_EXAMPLES_RECIPES_GUARD_H_

#include <sipward.h>

/* The rules that come with sipward, and those of a file (NULL: none). 0, or -1 with a sentence on
 * the standard error. */
int guard_open(const char* rule_file);
void guard_close(void);

/* These fill in the times, and may be called by any thread. The texts of a verdict live until
 * guard_close. */
int32_t guard_inspect(const char* base, sipward_packet* packet, sipward_verdict* verdict);
int32_t guard_event(sipward_host_event* event, sipward_verdict* verdict);

/* A fact of a call_start event; `field` as rules name it. 0 if there is no such field. */
int guard_text_fact(const char* field, const char* text, sipward_fact* out);

/* sip_code and sip_reason of a verdict, or the usual ones where a rule proposes none. */
int guard_code(const sipward_verdict* verdict);
void guard_reason(const sipward_verdict* verdict, char* out, size_t capacity);
/* The rule that decided; empty if none did. */
void guard_rule(const sipward_verdict* verdict, char* out, size_t capacity);

#endif /* SIPWARD_EXAMPLES_RECIPES_GUARD_H_ */
