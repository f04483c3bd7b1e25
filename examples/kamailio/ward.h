/* The engine, made once and shared across the fork, and this process's inspector. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_WARD_H_
#define SIPWARD_EXAMPLES_KAMAILIO_WARD_H_

#include <sipward.h>
#include <stdint.h>

#include "rule_texts.h"

typedef struct ward_settings {
  rule_source rules;
  int report_only; /* not 0: nothing is refused */
  int state_mib;   /* of the region that all processes share */
} ward_settings;

/* In mod_init: compiles the rules, makes the state and the engine. 0, or -1 with a line in the log.
 */
int ward_create(const ward_settings* settings);
void ward_destroy(void);

/* Takes up rules that another process published, if there are any. */
void ward_follow(void);
/* Reads the rule files again, for all processes. Returns the generation; 0 with a sentence in
 * why[0, RULE_TEXTS_WHY_BYTES): then the old rules go on everywhere. */
uint32_t ward_reload(char* why);

/* The verdict on a packet that begins at `base`; the times of the packet are filled in here. 0, or
 * -1 if this process has no memory for an inspector: then nothing is known. */
int ward_inspect(const char* base, sipward_packet* packet, sipward_verdict* verdict);

/* For the calls of sipward/c/ban.h and sipward/c/statistics.h. */
const sipward_engine* ward_engine(void);
int64_t ward_monotonic_ns(void);

#endif /* SIPWARD_EXAMPLES_KAMAILIO_WARD_H_ */
