/* What an engine counts, and what is worth telling. The rules of sipward.h hold. */
#ifndef SIPWARD_C_STATISTICS_H_
#define SIPWARD_C_STATISTICS_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"
#include "sipward/c/event.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Since the engine was made; a reload begins nothing anew. They are the engine's own: workers that
 * were forked have one each, even over a shared state, and the host adds up what it wants to. What
 * begins with `state_` is the state's, for all that share it. */
typedef struct sipward_statistics {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t packets;
  uint64_t not_sip;      /* neither a request nor a response */
  uint64_t malformed;    /* refused by the parser */
  uint64_t by_action[7]; /* packets and events */
  uint64_t evictions;    /* living entries that state tables gave up for new ones */
  uint64_t events;       /* of sipward_inspector_event */
  uint64_t pending;      /* packets whose verdict was pending */
  uint64_t resumed;      /* of sipward_inspector_resume; their verdicts count a second time */
  uint64_t keep_alives;  /* packets that keep a NAT open: not judged */
  uint64_t over_limit;   /* of `malformed`: beyond a limit of the parser */
  /* Packets that repeat one of before. They count in all that counts packets, but not in `matches`
   * and what begins like it. */
  uint64_t retransmissions;
  uint64_t by_kind[16]; /* SIPWARD_EVENT_...: packets that are requests or responses, and events */
  uint64_t by_anomaly[4];    /* SIPWARD_CLASS_...: packets with at least one anomaly of the class */
  uint64_t banned;           /* packets and events of who was banned before */
  uint64_t allow_listed;     /* of who is on the list `allowed` */
  uint64_t emergency;        /* that the emergency guard protects */
  uint64_t overload;         /* of them: more than there should be */
  uint64_t alerts;           /* verdicts with SIPWARD_VERDICT_ALERT */
  uint64_t captures;         /* with SIPWARD_VERDICT_CAPTURE */
  uint64_t matches;          /* rules that matched, each once for each packet or event */
  uint64_t matches_reported; /* of them: of rules in report mode */
  uint64_t matches_withheld; /* of them: held back by a guard */
  uint64_t bans;             /* made by rules and scores */
  uint64_t bans_withheld;    /* that a rule asked for, of a source that is not proven */
  uint64_t list_entries;     /* added by rules */
  uint64_t displaced; /* bans and list entries of rules that found no room: a living one gave way */
  uint64_t feedback_fraud;
  uint64_t feedback_legitimate;
  uint64_t feedback_repeated; /* said before: counted here alone */
  uint64_t reloads;           /* the rules of sipward_engine_create are the first */
  uint64_t reloads_refused;   /* the state had no room */
  uint64_t notices;           /* of sipward_engine_notice_next */
  uint64_t notices_omitted;   /* too many of their kind */
  uint64_t state_bytes;
  uint64_t state_used;
  uint64_t state_insertions;       /* entries made in tables */
  uint64_t state_sketches_refused; /* distinct: times that a key had to go on without a sketch */
  uint64_t identity_checks;        /* Identity headers of a packet verified, by sipward_trust */
  uint64_t calls_untracked;        /* that began and had no room: no end is told of them */
  uint64_t calls_given_up;         /* that ended because others needed their room */
  uint64_t calls_lost;             /* that no message ended, but time */
} sipward_statistics;
/* May be called while others inspect: what they are counting is there or not yet. Costs some
 * hundred nanoseconds for each inspector, and the locks of the state once each. */
SIPWARD_API int32_t sipward_engine_statistics(const sipward_engine* engine,
                                              sipward_statistics* out);

/* What became of a rule's matches. A match counts in one of them: `again`, `reported`,
 * `allow_listed`, `emergency`, `enforced`, `weak_evidence`, `too_late`, the first that holds. */
typedef struct sipward_rule_statistics {
  uint32_t struct_size;
  uint32_t name_size;
  uint64_t generation; /* of the rules that run: 1, and one more with each reload */
  uint64_t since;      /* the generation that the counts begin with */
  uint64_t enforced;
  uint64_t reported;      /* mode report, of the rule, a profile or the engine */
  uint64_t allow_listed;  /* withheld: the source is on the list `allowed` */
  uint64_t emergency;     /* withheld by the emergency guard */
  uint64_t weak_evidence; /* withheld: a ban of a source that is not proven */
  uint64_t too_late;      /* withheld: what it judged had happened already */
  uint64_t again;         /* on retransmissions, whatever became of them */
  char name[128];         /* the beginning of a longer one; no NUL behind it */
} sipward_rule_statistics;
/* Of the rules that run, the one of this index, from 0 in the order of sipward_rules_describe.
 * SIPWARD_END behind the last. A rule keeps its counts over reloads as long as each has a rule of
 * that name. If `generation` changes from one index to the next, rules were loaded meanwhile: begin
 * again. May be called while others inspect. */
SIPWARD_API int32_t sipward_engine_rule_statistics(const sipward_engine* engine, uint32_t index,
                                                   sipward_rule_statistics* out);

enum { SIPWARD_NOTICE_ERROR = 0, SIPWARD_NOTICE_WARNING = 1, SIPWARD_NOTICE_INFO = 2 };
/* What notices are about. */
enum {
  SIPWARD_NOTICE_RULES_LOADED = 0, /* amount: generation; key: their content hash */
  SIPWARD_NOTICE_STATE_FULL = 1,   /* a reload was refused; subject: the table, as in
                                      sipward_misfit; amount: its bytes; limit: the room */
  SIPWARD_NOTICE_PRESSURE = 2,     /* amount: engine.pressure in hundredths; limit: from where on */
  SIPWARD_NOTICE_PRESSURE_OVER = 3,   /* it fell below half of that */
  SIPWARD_NOTICE_BAN_WITHHELD = 4,    /* the source is not proven; subject: the rule; key: whom */
  SIPWARD_NOTICE_ENTRY_DISPLACED = 5, /* subject: "bans" or the full list; key: what was added */
  SIPWARD_NOTICE_OVERLOAD = 6,        /* of emergency calls: SIPWARD_VERDICT_OVERLOAD */
  SIPWARD_NOTICE_CLOCK_BACK = 7,      /* monotonic_ns by over a second; amount: nanoseconds */
  SIPWARD_NOTICE_MATCHES_OMITTED = 8, /* amount: rules that matched; limit: SIPWARD_MAX_HITS */
  SIPWARD_NOTICE_OUT_OF_MEMORY =
      9 /* an inspector could not take up new rules; amount: generation */
};
/* "state_full" ...; NULL if there is no such code. */
SIPWARD_API const char* sipward_notice_name(uint32_t code);
/* The same as a sentence in English. */
SIPWARD_API const char* sipward_notice_sentence(uint32_t code);

/* Something that an operator should hear of. A copy: nothing in it points anywhere. */
typedef struct sipward_notice {
  uint32_t struct_size;
  uint32_t code;     /* SIPWARD_NOTICE_RULES_LOADED ... */
  uint32_t severity; /* SIPWARD_NOTICE_ERROR ... */
  uint32_t subject_size;
  uint32_t key_size;
  uint32_t reserved;
  uint64_t lost;    /* notices before this one that were overwritten unread */
  uint64_t omitted; /* of this code since the last of it: more than eight at once, and one more
                       every ten seconds, are counted alone */
  int64_t wall_ns;  /* of the packet or event; of a reload, the latest that was seen */
  int64_t monotonic_ns;
  uint64_t amount;
  uint64_t limit;
  char subject[128]; /* the beginning of a longer one; no NUL behind it */
  char key[64];      /* the same. An attacker may have chosen it: escape what you print */
} sipward_notice;
/* The next notice: set `*cursor` to 0, and call until SIPWARD_END; later on go on with the same
 * cursor. Each reader has its own. The engine keeps the last 64 and tells nobody by itself, so poll
 * every few seconds. May be called while others inspect; costs nothing to speak of when there is
 * nothing new. */
SIPWARD_API int32_t sipward_engine_notice_next(const sipward_engine* engine, uint64_t* cursor,
                                               sipward_notice* out);

enum { SIPWARD_FEEDBACK_FRAUD = 0, SIPWARD_FEEDBACK_LEGITIMATE = 1 };
/* The host's word on a call that is over, by its Call-ID: it was fraud, or it was not. It is
 * counted; no verdict depends on it yet. The same word on the same call counts once a day (as long
 * as no more than some 4,000 calls were spoken of since; in workers that share a state, once in all
 * of them). Another word counts as well. `now_ns` is a time on the monotonic clock of the packets.
 * SIPWARD_ERR_ARGUMENT if there is no Call-ID or no such verdict. May be called while others
 * inspect; nothing is allocated. */
SIPWARD_API int32_t sipward_engine_feedback(const sipward_engine* engine, const char* call_id,
                                            size_t call_id_size, uint32_t verdict, int64_t now_ns);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_STATISTICS_H_ */
