/* sipward: SIP security inside your own process. The C interface: the one binary contract.
 *
 * The rules of this page hold for every function below.
 *
 * Names      sipward_<type>_<verb>. Types are opaque; make one with _create, give it back with
 *            _destroy (NULL is allowed there).
 * Status     int32_t: SIPWARD_OK is 0, a negative value is an error, a positive one means "not
 *            finished".
 * Outputs    are written only on success, except where a function says otherwise.
 * Bytes      are always (pointer, size); nothing needs a terminating NUL and nothing is assumed to
 *            have one. A size of 0 allows a NULL pointer.
 * Structs    that you allocate begin with `struct_size`: set it to sizeof. Zero means the default
 *            in every other member. A smaller struct is an older caller's: only what it holds is
 *            read or written. Of a larger one, what this library does not know is left alone, and
 *            must be zero where the struct is read.
 * Lifetimes  are two. What points into a message is valid while its bytes live and until the next
 *            parse into the same object; what points into rules (names, texts) is valid while the
 *            rules live: see sipward_engine_reload.
 * Threads    A `const` first argument: concurrent calls are safe. Otherwise the object belongs to
 *            one thread at a time. Rules, state and engine may be shared by any number of threads;
 *            make one inspector for each thread.
 * Errors     NULL or a misaligned pointer where an object is needed, a member called `reserved`
 *            that is not zero, and sizes that cannot be return SIPWARD_ERR_ARGUMENT; nothing
 *            aborts, no C++ exception leaves the library.
 * Cost       Nothing is allocated by functions that take a packet or parse a message, but by an
 *            inspector's first after a reload; _create functions, sipward_engine_reload and those
 *            of the compiler allocate. A stack of 64 KiB is enough for every function.
 * The world  The library does no I/O, starts no thread, reads no clock, no environment and no
 *            locale. Time is what you pass.
 */
#ifndef SIPWARD_H_
#define SIPWARD_H_

#include "sipward/c/analytics.h"  /* calls in numbers, by all that they are told apart by */
#include "sipward/c/anomaly.h"    /* names, classes, what refuses */
#include "sipward/c/auth.h"       /* Digest credentials, challenges */
#include "sipward/c/ban.h"        /* who is banned, why and for how long */
#include "sipward/c/base.h"       /* version, statuses, texts, slices */
#include "sipward/c/body.h"       /* session descriptions, parts, text */
#include "sipward/c/cdr.h"        /* call records read, and what calls cost */
#include "sipward/c/edit.h"       /* a message written back, edited */
#include "sipward/c/engine.h"     /* engine, packets, verdicts */
#include "sipward/c/event.h"      /* what happens and is no packet */
#include "sipward/c/evidence.h"   /* decisions that can be judged again */
#include "sipward/c/factor.h"     /* one-time codes */
#include "sipward/c/feed.h"       /* blacklists of others that fill such lists */
#include "sipward/c/framer.h"     /* streams into messages */
#include "sipward/c/hep.h"        /* what probes hand on, read and written */
#include "sipward/c/identity.h"   /* what a check of the caller's identity found */
#include "sipward/c/list.h"       /* lists that are filled while the engine runs */
#include "sipward/c/message.h"    /* a message and its values */
#include "sipward/c/number.h"     /* telephone numbers: country, type, valid */
#include "sipward/c/rules.h"      /* rule texts, compiled */
#include "sipward/c/sign.h"       /* Identity headers made, and taken apart for people */
#include "sipward/c/state.h"      /* the memory that changes */
#include "sipward/c/statistics.h" /* what was counted, what is worth telling */
#include "sipward/c/trust.h"      /* whom to trust for a caller's identity */
#include "sipward/c/values.h"     /* header values: tokens, numbers, parameters */
#include "sipward/c/verify.h"     /* Identity headers checked without an engine */

#endif /* SIPWARD_H_ */
