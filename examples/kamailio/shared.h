/* What all processes of Kamailio see: the texts of the rules that run, and what each process
 * counted. */
#ifndef SIPWARD_EXAMPLES_KAMAILIO_SHARED_H_
#define SIPWARD_EXAMPLES_KAMAILIO_SHARED_H_

#include <stdint.h>

#include "rule_texts.h"

/* One process writes each; others may read what is a moment old. */
typedef struct ward_counters {
  int32_t pid;         /* 0: this process has asked nothing yet */
  uint32_t generation; /* of the rules that it runs */
  uint32_t reload_failures;
  uint32_t reserved;
  uint64_t messages; /* received */
  uint64_t replies;  /* sent */
  uint64_t dropped;  /* before the parser */
  uint64_t refused;  /* by the script's question */
  uint64_t banned;
  uint64_t alerts;
  uint64_t malformed;
  uint64_t by_action[7];
} ward_counters;

/* In mod_init, before any process is forked. 0, or -1 without shared memory. */
int shared_create(const rule_texts* first);
/* Once the number of processes is known, still before the first is forked. */
int shared_make_room(int processes);
void shared_destroy(void);

/* Counts up whenever other rules are published; 1 at first. Costs a read. */
uint32_t shared_generation(void);
/* Other processes take these up with their next message. Returns their generation; 0: no memory. */
uint32_t shared_publish(const rule_texts* texts);
/* A copy of the texts, to be freed, and their generation; 0: no memory. */
uint32_t shared_take(rule_texts* copy);

/* This process's; never NULL. */
ward_counters* shared_mine(void);
/* Those of process `index`; NULL behind the last. */
const ward_counters* shared_of(int index);

#endif /* SIPWARD_EXAMPLES_KAMAILIO_SHARED_H_ */
