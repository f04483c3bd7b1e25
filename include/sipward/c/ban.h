/* Bans: who is banned, why and for how long, and the host's own word on it. The rules of sipward.h
 * hold.
 *
 * Every ban has a reason, an end and a way back. An address in a list named `allowed` is never held
 * up by a ban, nor is an emergency call. */
#ifndef SIPWARD_C_BAN_H_
#define SIPWARD_C_BAN_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  /* "192.0.2.1", "2001:db8::1", or a network that messages are looked up by: the /24 of an IPv4
   * address, the /64 of an IPv6 one. */
  SIPWARD_BAN_ADDRESS = 0,
  SIPWARD_BAN_ACCOUNT = 1,
  SIPWARD_BAN_TRUNK = 2
};

enum {
  /* The address, or a part of the network, is in the list `allowed`: there the ban has no effect.
   */
  SIPWARD_BAN_ALLOW_LISTED = 1
};

/* A copy: nothing in it points anywhere. */
typedef struct sipward_ban {
  uint32_t struct_size;
  uint32_t kind;  /* SIPWARD_BAN_ADDRESS ... */
  uint32_t flags; /* SIPWARD_BAN_ALLOW_LISTED */
  uint32_t reserved;
  int64_t since_ns; /* on the monotonic clock of the packets */
  int64_t until_ns;
  uint32_t key_size;
  uint32_t reason_size;
  char key[64];    /* the first 62 bytes of a longer one; no NUL behind it */
  char reason[48]; /* name of the rule, or the host's text; the first 47 bytes of a longer one */
} sipward_ban;

/* Bans of the state that the engine holds: all engines over one state have the same. `now_ns` is a
 * time on the monotonic clock of the packets. These may be called while others inspect. Each costs
 * one or two look-ups (well below a microsecond); nothing is allocated. */

/* Bans for `ttl_ns` from now. The reason is what a verdict's host may later ask for; a ban that
 * stands is lengthened, never shortened (remove it first). SIPWARD_ERR_ARGUMENT if the key is no
 * address or network as above, or if the key, the reason or the time is empty. In a table that is
 * full (16,384), the ban that would end first gives way. */
SIPWARD_API int32_t sipward_engine_ban_add(const sipward_engine* engine, uint32_t kind,
                                           const char* key, size_t key_size, const char* reason,
                                           size_t reason_size, int64_t ttl_ns, int64_t now_ns);
/* Why is it banned? The ban that messages of this address, account or trunk meet: of an address
 * also that of its network. SIPWARD_END: it is not. */
SIPWARD_API int32_t sipward_engine_ban_find(const sipward_engine* engine, uint32_t kind,
                                            const char* key, size_t key_size, int64_t now_ns,
                                            sipward_ban* out);
/* Takes back the ban of this very key. SIPWARD_END: there is none. */
SIPWARD_API int32_t sipward_engine_ban_remove(const sipward_engine* engine, uint32_t kind,
                                              const char* key, size_t key_size, int64_t now_ns);
/* One living ban after the other, in no order: set `*cursor` to 0, and call until SIPWARD_END. What
 * comes or goes meanwhile may be missed. All calls together read the whole table (2.5 MiB). */
SIPWARD_API int32_t sipward_engine_ban_next(const sipward_engine* engine, int64_t now_ns,
                                            uint64_t* cursor, sipward_ban* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_BAN_H_ */
