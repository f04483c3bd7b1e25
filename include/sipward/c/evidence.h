/* Evidence: what was decided, and all that it depended on, so that it can be judged again. The
 * rules of sipward.h hold.
 *
 *   sipward_compiler_keep_source(compiler);          before texts are added
 *   sipward_inspector_record(inspector, SIPWARD_RECORD_ON);
 *   sipward_inspector_inspect(inspector, base, &packet, &verdict);
 *   if (verdict.action >= SIPWARD_ACTION_FLAG) sipward_inspector_take_record(inspector, ...);
 *
 * A record holds the verdict, the message up to its body (whole, if it is asked for), what the host
 * said of the packet, and every value that the rules read of the state and of what was found of the
 * identity; and, where the library checked the identity, the certificates that it was checked with.
 * Whoever has it and the source of the rules comes to the same verdict: a replayer does. A record
 * is bytes; the host keeps it where it likes. libsipward's command keeps them in a log
 * that nobody changes unseen (`sipward evidence`). */
#ifndef SIPWARD_C_EVIDENCE_H_
#define SIPWARD_C_EVIDENCE_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"
#include "sipward/c/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is added from now on, the default pack too, is kept with the rules, for
 * sipward_rules_source. */
SIPWARD_API int32_t sipward_compiler_keep_source(sipward_compiler* compiler);
/* All texts and files of other rules at once, as sipward_rules_source gave them, instead of adding
 * them one by one: what comes of it has the same hash. SIPWARD_ERR_RULES if the text is no source,
 * or if it has errors. */
SIPWARD_API int32_t sipward_compiler_add_source(sipward_compiler* compiler, const char* source,
                                                size_t size);
/* The source, a text of lines and octets, and the hash of the rules (64 hexadecimal digits). Both
 * live as long as the rules. The source is empty if the compiler was not told to keep it. */
SIPWARD_API int32_t sipward_rules_source(const sipward_rules* rules, sipward_text* source,
                                         sipward_text* hash);

enum {
  SIPWARD_RECORD_ON = 1,
  SIPWARD_RECORD_BODIES = 2 /* with the bodies of messages, which are personal */
};
/* What the inspector judges from now on is recorded: each call of sipward_inspector_inspect,
 * _event or _resume anew, of a batch the last packet. 96 KiB are allocated once, nothing for a
 * message. 0: no longer. */
SIPWARD_API int32_t sipward_inspector_record(sipward_inspector* inspector, uint32_t flags);
/* The record of the last call, whose bytes must still live. Writes it to out[0, capacity), all of
 * it or nothing, and its size to *size: on SIPWARD_OK what was written, on SIPWARD_ERR_SPACE what
 * is needed. SIPWARD_END if nothing was recorded, or more than there is room for. Some
 * microseconds. */
SIPWARD_API int32_t sipward_inspector_take_record(const sipward_inspector* inspector, char* out,
                                                  size_t capacity, size_t* size);

/* Judges records again. One thread's. */
typedef struct sipward_replayer sipward_replayer;

enum {
  SIPWARD_REPLAYED_SAME = 0,       /* the same verdict, rule by rule and value by value */
  SIPWARD_REPLAYED_OTHER = 1,      /* another */
  SIPWARD_REPLAYED_BROKEN = 2,     /* the record does not fit itself: it was changed */
  SIPWARD_REPLAYED_OTHER_RULES = 3 /* it was made by other rules than these */
};
/* Holds the rules. It makes a state for them, which it neither reads nor changes. */
SIPWARD_API int32_t sipward_replayer_create(const sipward_rules* rules, sipward_replayer** out);
SIPWARD_API void sipward_replayer_destroy(sipward_replayer* replayer);
/* SIPWARD_OK with what came of it in *outcome, SIPWARD_ERR_MALFORMED if the bytes are no record.
 * `out`, which may be NULL, is the verdict that the rules come to now; its texts live as long as
 * the record and until the next call. Safe for any bytes. */
SIPWARD_API int32_t sipward_replayer_run(sipward_replayer* replayer, const char* record,
                                         size_t size, uint32_t* outcome, sipward_verdict* out);
/* A record for people: JSON of the verdict, the packet, the fields with their offsets, the
 * identity with its certificates (identity.chains: x5u, the Identity headers that name it, and of
 * each certificate names, serial number, validity, service provider codes, SHA-256 and the DER),
 * the aggregates and entries of lists by name, and the events that followed. Written as by
 * sipward_inspector_take_record. SIPWARD_ERR_MALFORMED if the bytes are no record,
 * SIPWARD_ERR_ARGUMENT if it is one of other rules. */
SIPWARD_API int32_t sipward_replayer_describe(sipward_replayer* replayer, const char* record,
                                              size_t size, char* out, size_t capacity,
                                              size_t* out_size);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_EVIDENCE_H_ */
