/* Dynamic lists: what rules and the host put there, for how long and why. The rules of sipward.h
 * hold.
 *
 * A list that says `dynamic` in the rules ("list probed : exact dynamic") is filled while the
 * engine runs, by `add x to probed for 7d` in rules and by these functions. */
#ifndef SIPWARD_C_LIST_H_
#define SIPWARD_C_LIST_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A copy: nothing in it points anywhere. */
typedef struct sipward_list_entry {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t since_ns; /* on the monotonic clock of the packets */
  int64_t until_ns;
  uint32_t key_size;
  uint32_t reason_size;
  char key[64];    /* the first 63 bytes of a longer one; no NUL behind it */
  char reason[48]; /* name of the rule, or the host's text; the first 47 bytes of a longer one */
} sipward_list_entry;

/* `list` is the name of a dynamic list of the rules that run; SIPWARD_ERR_LIST if they have none.
 * Entries stand in the state: all engines over it whose rules have the list alike have the same,
 * and a reload that keeps the list keeps them. `now_ns` is a time on the monotonic clock of the
 * packets. These may be called while others inspect. Each costs one look-up for each length that
 * entries of the list have (bits of networks, digits of prefixes, labels of domains), seldom more
 * than five; nothing is allocated. */

/* Puts a key on the list for `ttl_ns` from now; what stands there is lengthened, never shortened
 * (remove it first). Of a list of kind cidr the key is an address, or a network from 8 bits (IPv6:
 * 16); of kind prefix up to 64 digits, a + in front left out; of kind domain a name; of kind exact
 * any text. SIPWARD_ERR_ARGUMENT if it is not, or if the key, the reason or the time is empty. On a
 * list that is full, what would leave soonest gives way. */
SIPWARD_API int32_t sipward_engine_list_add(const sipward_engine* engine, const char* list,
                                            size_t list_size, const char* key, size_t key_size,
                                            const char* reason, size_t reason_size, int64_t ttl_ns,
                                            int64_t now_ns);
/* Why is it there? The entry for which rules find the key on the list: of an address also that of a
 * network around it, of a number that of its prefix, of a name that of its domain; of several the
 * narrowest or longest. SIPWARD_END: it is not there. */
SIPWARD_API int32_t sipward_engine_list_find(const sipward_engine* engine, const char* list,
                                             size_t list_size, const char* key, size_t key_size,
                                             int64_t now_ns, sipward_list_entry* out);
/* Takes this very key off the list. SIPWARD_END: it is not there. */
SIPWARD_API int32_t sipward_engine_list_remove(const sipward_engine* engine, const char* list,
                                               size_t list_size, const char* key, size_t key_size,
                                               int64_t now_ns);
/* One living entry after the other, in no order: set `*cursor` to 0, and call until SIPWARD_END.
 * What comes or goes meanwhile may be missed. All calls together read the whole table: 160 bytes
 * for each entry that the list may hold. */
SIPWARD_API int32_t sipward_engine_list_next(const sipward_engine* engine, const char* list,
                                             size_t list_size, int64_t now_ns, uint64_t* cursor,
                                             sipward_list_entry* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_LIST_H_ */
