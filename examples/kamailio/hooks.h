/* Every message, before Kamailio's parser sees it and as its answers leave. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_HOOKS_H_
#define SIPWARD_EXAMPLES_KAMAILIO_HOOKS_H_

#include <stdint.h>

/* What was decided on the message that this process received last. Texts are copies that end in
 * NUL. */
typedef struct ward_decision {
  const char* buffer; /* of the message; NULL: there was none yet */
  int size;
  uint32_t action; /* SIPWARD_ACTION_... */
  uint32_t sip_code;
  int32_t score;
  uint32_t flags; /* SIPWARD_VERDICT_... */
  char reason[128];
  char rule[128]; /* the first whose word it is; may be empty */
  char why[256];  /* of its meta; may be empty */
  char tags[256]; /* with a blank in between */
} ward_decision;

/* In mod_init. `replies`: not 0 to look at the answers that leave as well. 0, or -1. */
int hooks_register(int replies);
/* Valid until the next message. */
const ward_decision* hooks_last(void);

#endif /* SIPWARD_EXAMPLES_KAMAILIO_HOOKS_H_ */
