/* What goes on, in numbers: calls by trunk, account, number, country, User-Agent and source. The
 * rules of sipward.h hold. */
#ifndef SIPWARD_C_ANALYTICS_H_
#define SIPWARD_C_ANALYTICS_H_

#include <stddef.h>
#include <stdint.h>

#include "sipward/c/base.h"
#include "sipward/c/engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What calls are told apart by. */
enum {
  SIPWARD_DIMENSION_TRUNK = 0,
  SIPWARD_DIMENSION_ACCOUNT = 1,
  SIPWARD_DIMENSION_CALLER = 2,      /* number in one form */
  SIPWARD_DIMENSION_DESTINATION = 3, /* number that is called, in the same form */
  SIPWARD_DIMENSION_RANGE = 4,       /* such a number without its last four digits */
  SIPWARD_DIMENSION_COUNTRY = 5,     /* of it: an ISO 3166-1 code, 001 of no country's */
  SIPWARD_DIMENSION_USER_AGENT = 6,
  SIPWARD_DIMENSION_SOURCE = 7 /* address; of IPv6 the /64 around it */
};
/* "trunk" ...; NULL if there is no such dimension. */
SIPWARD_API const char* sipward_dimension_name(uint32_t dimension);

/* Why a call was not answered, by its final response. */
enum {
  SIPWARD_FAILURE_REDIRECTED = 0, /* 3xx */
  SIPWARD_FAILURE_CHALLENGED = 1, /* 401, 402, 407, and no more came */
  SIPWARD_FAILURE_BUSY = 2,       /* 486, 600 */
  SIPWARD_FAILURE_NO_ANSWER = 3,  /* 480 */
  SIPWARD_FAILURE_DECLINED = 4,   /* 603 */
  SIPWARD_FAILURE_CANCELLED = 5,  /* 487 */
  SIPWARD_FAILURE_TIMEOUT = 6,    /* 408, 504, or no response at all */
  SIPWARD_FAILURE_REJECTED = 7,   /* other 4xx */
  SIPWARD_FAILURE_SERVER = 8,     /* other 5xx */
  SIPWARD_FAILURE_REFUSED = 9,    /* other 6xx */
  SIPWARD_FAILURE_UNKNOWN = 10    /* not said */
};
/* "redirected" ...; NULL if there is no such reason. */
SIPWARD_API const char* sipward_failure_name(uint32_t failure);

/* What was known of the caller's identity when the call began. */
enum {
  SIPWARD_ATTESTATION_A = 0,
  SIPWARD_ATTESTATION_B = 1,
  SIPWARD_ATTESTATION_C = 2,
  SIPWARD_ATTESTATION_OTHER = 3,    /* verified, without a level */
  SIPWARD_ATTESTATION_NONE = 4,     /* there is no Identity */
  SIPWARD_ATTESTATION_FAILED = 5,   /* that does not hold */
  SIPWARD_ATTESTATION_UNCHECKED = 6 /* there is no result */
};
/* "A" ...; NULL if there is no such attestation. */
SIPWARD_API const char* sipward_attestation_name(uint32_t attestation);

/* What an engine whose options have `analytics_rows` has counted, as it was at one moment. */
typedef struct sipward_analytics sipward_analytics;
/* Copies it: a millisecond at 256 rows of each dimension, 6 at 1,024, for each inspector. What they
 * count meanwhile is there or not yet, and none waits longer than its own part takes. SIPWARD_END
 * if the engine keeps none. May be called while others inspect. */
SIPWARD_API int32_t sipward_engine_analytics(const sipward_engine* engine, sipward_analytics** out);
SIPWARD_API void sipward_analytics_destroy(sipward_analytics* analytics);

enum { SIPWARD_COUNTS_CUT = 1 }; /* the key is longer than there is room for */
/* Calls: all of them, or those of one key. ASR (ITU-T E.411) is answered / attempts; ACD is talk_ns
 * / (ended - all that failed); the ratios of RFC 6076 are sums of these as well. */
typedef struct sipward_call_counts {
  uint32_t struct_size;
  uint32_t key_size;
  uint32_t flags; /* SIPWARD_COUNTS_... */
  uint32_t reserved;
  /* How often the key came, and by how much this may be too high at most: its attempts; of a source
   * its messages, and the calls and records that the host told of. What stands below counts since
   * the key has its row: where `error` is 0, all of it. */
  uint64_t count;
  uint64_t error;
  uint64_t attempts; /* that began */
  uint64_t answered;
  uint64_t ended;       /* answered or not */
  uint64_t short_calls; /* answered, and over sooner than short_call_ms of the options */
  uint64_t failed[16];  /* SIPWARD_FAILURE_... */
  uint64_t attested[8]; /* SIPWARD_ATTESTATION_... */
  uint64_t auth_failures;
  int64_t talk_ns; /* of calls that were answered and are over */
  int64_t cost;    /* of calls that are over; millionths */
  /* Post-dial delay, SRD of RFC 6076: from the INVITE to the first 18x, or else the final response.
   * Quantiles to 1/16 of a row, to 1/32 of all. */
  uint64_t setups;
  int64_t setup_sum_ns;
  int64_t setup_p50_ns;
  int64_t setup_p95_ns;
  int64_t setup_p99_ns;
  char key[64]; /* the beginning of a longer one; no NUL behind it. Others chose it: escape what
                   you print */
} sipward_call_counts;
/* Of all calls. */
SIPWARD_API int32_t sipward_analytics_totals(const sipward_analytics* analytics,
                                             sipward_call_counts* out);
/* Of the key that surely came most often, by count - error, from 0; SIPWARD_END behind the last. */
SIPWARD_API int32_t sipward_analytics_row(const sipward_analytics* analytics, uint32_t dimension,
                                          uint32_t index, sipward_call_counts* out);

/* How much of a dimension its rows tell. */
typedef struct sipward_dimension {
  uint32_t struct_size;
  uint32_t rows;
  uint32_t capacity; /* rows that it has room for */
  uint32_t reserved;
  uint64_t total;     /* of all keys, those without a row as well: what `count` counts */
  uint64_t evictions; /* rows that were given to another key; 0: every row is exact, and there are
                         no others */
} sipward_dimension;
SIPWARD_API int32_t sipward_analytics_dimension(const sipward_analytics* analytics,
                                                uint32_t dimension, sipward_dimension* out);

/* Requests and registrations, which are no calls. */
typedef struct sipward_traffic {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t requests[4];  /* SIPWARD_TIMES_INVITE - 1 ...: without those that are sent again */
  uint64_t attempts[3];  /* to authenticate: success, fail, challenged */
  uint64_t registers[3]; /* the same of registrations */
} sipward_traffic;
SIPWARD_API int32_t sipward_analytics_traffic(const sipward_analytics* analytics,
                                              sipward_traffic* out);

/* Times of which the distribution is kept. */
enum {
  SIPWARD_TIMES_SETUP = 0,    /* of calls, as in sipward_call_counts */
  SIPWARD_TIMES_INVITE = 1,   /* from a request to its first response */
  SIPWARD_TIMES_REGISTER = 2, /* RRD of RFC 6076, of those that are refused or challenged as well */
  SIPWARD_TIMES_OPTIONS = 3,
  SIPWARD_TIMES_OTHER = 4 /* of all other methods */
};
typedef struct sipward_times {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t count;
  int64_t sum_ns;
  int64_t least_ns;
  int64_t most_ns;
  int64_t p50_ns; /* to 1/32 of itself, from 250 us on; below to 8 us */
  int64_t p90_ns;
  int64_t p95_ns;
  int64_t p99_ns;
} sipward_times;
SIPWARD_API int32_t sipward_analytics_times(const sipward_analytics* analytics, uint32_t which,
                                            sipward_times* out);
/* How many of them were not longer than `bound_ns`: exact at 1/64 ms and all its doubles, as 1 ms,
 * 2 ms, 4 ms; in between at most 1/16 of the bound too early. */
SIPWARD_API int32_t sipward_analytics_times_until(const sipward_analytics* analytics,
                                                  uint32_t which, int64_t bound_ns, uint64_t* out);

#ifdef __cplusplus
}
#endif

#endif /* SIPWARD_C_ANALYTICS_H_ */
