/* Engine, packets and verdicts. The rules of sipward.h hold. */
#ifndef SIPWARD_C_ENGINE_H_
#define SIPWARD_C_ENGINE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/identity.h"
#include "sipward/c/message.h"
#include "sipward/c/rules.h"
#include "sipward/c/state.h"
#include "sipward/c/trust.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sipward_engine sipward_engine;
typedef struct sipward_inspector sipward_inspector;

/* Ascending: a verdict is the worst action that the guards permit. */
enum {
  SIPWARD_ACTION_ALLOW = 0,
  SIPWARD_ACTION_FLAG = 1,
  SIPWARD_ACTION_CHALLENGE = 2,
  SIPWARD_ACTION_THROTTLE = 3,
  SIPWARD_ACTION_HOLD = 4,
  SIPWARD_ACTION_REJECT = 5,
  SIPWARD_ACTION_DROP = 6
};
/* "allow" ...; NULL if there is no such action. */
SIPWARD_API const char* sipward_action_name(uint32_t action);

typedef struct sipward_engine_options {
  uint32_t struct_size;
  uint32_t report_only; /* not 0: no verdict above flag, whatever the rules say */
  uint32_t profile;     /* SIPWARD_PROFILE_... for the messages */
  /* Not 0: the host checks Identity headers. Where a rule needs the result and the packet has none,
   * the verdict is pending: see sipward_inspector_resume. 0: such rules see
   * SIPWARD_IDENTITY_PENDING at once. */
  uint32_t identity_by_host;
  sipward_policy policy; /* changes to the profile; zero: none */
  /* The library itself checks Identity headers by these certificates, where a rule needs the
   * result, nothing has refused the message and the packet does not bring it. Where a certificate
   * is missing the verdict is pending and has its URL: give it to sipward_trust_provide, then
   * resume. Tokens are remembered in the state for twice their window. NULL: the library checks
   * nothing. */
  const sipward_trust* trust;
  const sipward_caller_policy* caller_policy; /* with `trust`; NULL: the defaults */
  /* Not 0: the host tells of calls, registrations and attempts to authenticate by
   * sipward_inspector_event. 0: they follow from the messages, so a host that sees messages tells
   * of none. */
  uint32_t calls_by_host;
  /* Calls that are to have room in the state at once, at 640 bytes each. 0: as many as a sixteenth
   * of the state holds, 4,096 of 64 MiB. At most 2^28. Of more, established ones stay. */
  uint32_t call_capacity;
  /* Not 0: the engine counts calls by trunk, account, number, country, User-Agent and source, and
   * how long answers take: see sipward_engine_analytics. So many rows each, at about 1 KiB, of
   * seven dimensions and for each inspector that there is at one time; at most 65,536. 0: nothing
   * is counted, and nothing is spent. */
  uint32_t analytics_rows;
  uint32_t short_call_ms; /* answered calls that are shorter are counted as short; 0: 6,000 */
} sipward_engine_options;
/* Holds rules, state and what it needs of trust; the caller may destroy them afterwards.
 * SIPWARD_ERR_STATE_FULL if the region is too small for the rules. */
SIPWARD_API int32_t sipward_engine_create(const sipward_rules* rules, sipward_state* state,
                                          const sipward_engine_options* options,
                                          sipward_engine** out);
SIPWARD_API void sipward_engine_destroy(sipward_engine* engine);

/* What did not fit when rules were loaded. */
typedef struct sipward_misfit {
  uint32_t struct_size;
  uint32_t signature_size;
  uint64_t bytes;      /* that the table needs */
  uint64_t room;       /* the largest that the region has room for */
  char signature[128]; /* of the table: its key, what it counts, its window; the beginning of a
                          longer one; no NUL behind it */
} sipward_misfit;
/* Puts other rules in the place of those that run. Every inspector takes them up with its next
 * packet, event or batch, never within one, and allocates what they need then (where memory runs
 * out, the old ones go on and it tries again). Aggregates and dynamic lists that both rule sets
 * have alike keep what they counted; bans, scores and emergency calls stay.
 *
 * SIPWARD_ERR_STATE_FULL if the region has no room for the new tables beside the old: the old rules
 * go on, and `misfit`, if not NULL, says what was too large. It is written on no other status.
 *
 * May be called while others inspect; reloads wait for each other. Texts of the old rules in
 * verdicts are valid until the inspector that gave them is used again, or while the caller holds
 * those rules. They are freed when the last inspector has left them. */
SIPWARD_API int32_t sipward_engine_reload(const sipward_engine* engine, const sipward_rules* rules,
                                          sipward_misfit* misfit);

enum {
  SIPWARD_TRANSPORT_UDP = 0,
  SIPWARD_TRANSPORT_TCP = 1,
  SIPWARD_TRANSPORT_TLS = 2,
  SIPWARD_TRANSPORT_WS = 3,
  SIPWARD_TRANSPORT_WSS = 4,
  SIPWARD_TRANSPORT_SCTP = 5
};
enum {
  SIPWARD_DIRECTION_UNKNOWN = 0,
  SIPWARD_DIRECTION_INBOUND = 1,
  SIPWARD_DIRECTION_OUTBOUND = 2
};
enum {
  /* The source is a registered contact. On UDP that proves nothing: its address can be forged. */
  SIPWARD_PACKET_REGISTERED = 1,
  /* The host checked the credentials. This, or a connection (any transport but UDP), proves the
   * source. Only proven parties are banned, and their counts and scores are kept apart. */
  SIPWARD_PACKET_AUTHENTICATED = 2
};

/* A message and what the host knows of it. Values out of range are refused. */
typedef struct sipward_packet {
  uint32_t struct_size;
  uint32_t transport; /* SIPWARD_TRANSPORT_... */
  uint32_t direction; /* SIPWARD_DIRECTION_... */
  uint32_t flags;     /* SIPWARD_PACKET_... */
  uint64_t offset;    /* of the message, behind the `base` of the call */
  uint64_t size;
  int64_t wall_ns;      /* since 1970 UTC */
  int64_t monotonic_ns; /* since anything; windows are measured by it, and may see it go back */
  sipward_endpoint source;
  sipward_endpoint destination;
  const char* account; /* authenticated account; NULL or no bytes if not known */
  size_t account_size;
  const char* trunk;
  size_t trunk_size;
  const sipward_identity_check* identity; /* what the host found; NULL: nothing yet */
} sipward_packet;

#define SIPWARD_MAX_HITS 16
#define SIPWARD_MAX_HIT_VALUES 4

typedef struct sipward_hit {
  sipward_text rule;
  sipward_text why;  /* of the rule's meta; may be empty */
  uint32_t action;   /* what the rule asked for */
  uint32_t enforced; /* 0: report mode, or a guard held it back */
  int32_t score;
  uint32_t value_count;
  double values[SIPWARD_MAX_HIT_VALUES]; /* its aggregates at that time, in the order of the text */
} sipward_hit;

enum {
  SIPWARD_VERDICT_BANNED = 1,       /* the source was banned before */
  SIPWARD_VERDICT_EMERGENCY = 2,    /* the emergency guard applies */
  SIPWARD_VERDICT_ALLOW_LISTED = 4, /* the source is in a list named `allowed` */
  SIPWARD_VERDICT_ALERT = 8,        /* a rule says `alert`: somebody should be told, in any mode */
  SIPWARD_VERDICT_CAPTURE = 16,     /* a rule says `capture`: the message should be kept */
  /* There are more emergency calls than there should be, from this host or from all together. None
   * of them is refused for it; what to do is the host's choice. */
  SIPWARD_VERDICT_OVERLOAD = 32,
  /* Rules wait for what the host finds of the identity: `ticket` is for sipward_inspector_resume.
   * The action is that of all other rules. An emergency call never waits. */
  SIPWARD_VERDICT_PENDING = 64
};

#define SIPWARD_MAX_TAGS 16

/* What a rule that matched calls the message by `tag`, in any mode. */
typedef struct sipward_tag {
  sipward_text text;
  sipward_text rule;
} sipward_tag;

typedef struct sipward_verdict {
  uint32_t struct_size;
  uint32_t action;      /* SIPWARD_ACTION_... */
  uint32_t sip_code;    /* proposed answer; 0: none */
  uint32_t flags;       /* SIPWARD_VERDICT_... */
  int32_t score;        /* points given by this message */
  int32_t parse_status; /* what sipward_message_parse would return */
  uint32_t hit_count;
  uint32_t hits_omitted;              /* hits beyond SIPWARD_MAX_HITS */
  uint64_t ticket;                    /* of a pending verdict; else 0 */
  sipward_text sip_reason;            /* proposed reason phrase; may be empty */
  sipward_hit hits[SIPWARD_MAX_HITS]; /* the first hit_count; the others are not written */
  uint32_t tag_count;
  uint32_t tags_omitted;              /* tags beyond SIPWARD_MAX_TAGS */
  sipward_tag tags[SIPWARD_MAX_TAGS]; /* the first tag_count; the others are not written */
  /* Of a pending verdict: where the certificate is that the check waits for; empty: the host
   * checks. Of one that is not pending: where a certificate is that was used and is old, or that
   * was still missing when it was resumed (several tokens may name several); nobody waits for it,
   * but the next call needs it. sipward_fetcher_request takes them all. The caller chose the URL:
   * who fetches it otherwise does so over https alone, with a limit of size and time, without
   * following redirects, and from no address inside the own network. Valid as long as
   * sipward_inspector_message and the packet's bytes. */
  sipward_text certificate_url;
} sipward_verdict;

/* One thread's working memory. Holds the engine, and the rules that it took up last. */
SIPWARD_API int32_t sipward_inspector_create(const sipward_engine* engine, sipward_inspector** out);
SIPWARD_API void sipward_inspector_destroy(sipward_inspector* inspector);
/* Parses, evaluates, decides. SIPWARD_OK whatever the bytes are: a malformed message is a verdict,
 * not an error. The same message again over UDP, from the same address and port within 32 seconds,
 * is a retransmission (RFC 3261 section 17): up to ten of them count once, except in rates, and get
 * no milder answer than the first. Over a connection each message counts. */
SIPWARD_API int32_t sipward_inspector_inspect(sipward_inspector* inspector, const char* base,
                                              const sipward_packet* packet, sipward_verdict* out);
/* `count` packets behind one base, in order; the same verdicts as one by one, all by the same rules
 * even if others are loaded meanwhile. All packets, and all
 * verdicts, have the struct_size of the first, a multiple of 8. Stops with SIPWARD_ERR_ARGUMENT at
 * the first packet that is not usable; `*done`, written on every status if not NULL, says how many
 * verdicts were written. */
SIPWARD_API int32_t sipward_inspector_inspect_batch(sipward_inspector* inspector, const char* base,
                                                    const sipward_packet* packets, size_t count,
                                                    sipward_verdict* out, size_t* done);
/* Once it is known what `packet->identity` is, or the certificate of certificate_url was provided:
 * evaluates the rules that name identity, for a packet whose verdict was pending. `packet` and its
 * bytes are the same as then, its times too: it counts when it came. NULL as identity gives up,
 * unless the library checks and has the certificate now: the rules see SIPWARD_IDENTITY_PENDING.
 *
 * The verdict has the hits, tags and points of these rules alone, and the worse action of both
 * verdicts. Any inspector of the engine may do it, and of another process that shares the state.
 * Nothing is counted twice: retransmissions have the same ticket, and to resume again gives the
 * same action. Once resumed, retransmissions get that action and wait no more, for 32 seconds after
 * the first. What the first verdict refused (challenge, throttle, reject, drop) is never pending.
 *
 * SIPWARD_ERR_TICKET, with nothing counted, if the ticket is not that of the packet. */
SIPWARD_API int32_t sipward_inspector_resume(sipward_inspector* inspector, const char* base,
                                             const sipward_packet* packet, uint64_t ticket,
                                             sipward_verdict* out);
/* The message that was inspected last, with everything read. Valid until the next inspection. The
 * inspector keeps it: to destroy it does nothing, to parse into it is SIPWARD_ERR_ARGUMENT. NULL
 * only if `inspector` is NULL. */
SIPWARD_API sipward_message* sipward_inspector_message(sipward_inspector* inspector);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_ENGINE_H_ */
