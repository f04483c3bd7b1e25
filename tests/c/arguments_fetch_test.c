/* The fetcher, argument by argument. */
#include <sipward/c/fetch.h>

#include "check.h"
#include "misaligned.h"
#include "sipward.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static void refuse_options(const sipward_trust* trust, const sipward_fetcher_options* options) {
  sipward_fetcher* fetcher = NULL;
  REFUSED(sipward_fetcher_create(trust, options, &fetcher));
  CHECK(fetcher == NULL);
}

static void test_create(const sipward_trust* trust) {
  sipward_fetcher* fetcher = NULL;
  sipward_fetcher_options options = {.struct_size = sizeof options};
  sipward_fetch_permit permit = {.network = {.port = 8443}};
  REFUSED(sipward_fetcher_create(NULL, NULL, &fetcher));
  REFUSED(sipward_fetcher_create(MISALIGNED(sipward_trust), NULL, &fetcher));
  REFUSED(sipward_fetcher_create(trust, MISALIGNED(sipward_fetcher_options), &fetcher));
  REFUSED(sipward_fetcher_create(trust, NULL, NULL));
  REFUSED(sipward_fetcher_create(trust, NULL, MISALIGNED(sipward_fetcher*)));
#define REFUSE_MEMBER(member, value)   \
  options.member = value;              \
  refuse_options(trust, &options);     \
  memset(&options, 0, sizeof options); \
  options.struct_size = sizeof options
  REFUSE_MEMBER(total_ms, 3600001);
  REFUSE_MEMBER(connect_ms, UINT32_MAX);
  REFUSE_MEMBER(in_flight, 65);
  REFUSE_MEMBER(waiting, 65537);
  REFUSE_MEMBER(document_bytes, 1048577);
  REFUSE_MEMBER(host_burst, UINT32_MAX);
  REFUSE_MEMBER(host_per_minute, UINT32_MAX);
  REFUSE_MEMBER(permit_count, 1);
  REFUSE_MEMBER(permit_count, UINT32_MAX);
  REFUSE_MEMBER(reserved, 1);
  REFUSE_MEMBER(authorities.size, 1);
  options.authorities = (sipward_text){"a\0b", 3};
  refuse_options(trust, &options);
  options.authorities = (sipward_text){NULL, 0};
  options.permit_count = 1;
  options.permits = MISALIGNED(sipward_fetch_permit);
  refuse_options(trust, &options);
  options.permits = &permit;
  permit.bits = 129;
  refuse_options(trust, &options);
  permit.bits = 0;
  permit.network.reserved = 1;
  refuse_options(trust, &options);
  permit.network.reserved = 0;
  permit.network.port = 0;
  refuse_options(trust, &options);
  permit.network.port = 1;
  CHECK(sipward_fetcher_create(trust, &options, &fetcher) == SIPWARD_OK);
  sipward_fetcher_destroy(fetcher);
  sipward_fetcher_destroy(NULL);
  sipward_fetcher_destroy(MISALIGNED(sipward_fetcher));
}

static void test_calls(const sipward_fetcher* fetcher) {
  sipward_text reason = {NULL, 0};
  sipward_fetch_arrival arrival = {.struct_size = sizeof arrival};
  sipward_fetcher_statistics statistics = {.struct_size = sizeof statistics};
  int32_t descriptor = 0;
  REFUSED(sipward_fetcher_request(NULL, "x", 1, &reason));
  REFUSED(sipward_fetcher_request(MISALIGNED(sipward_fetcher), "x", 1, &reason));
  REFUSED(sipward_fetcher_request(fetcher, NULL, 1, &reason));
  REFUSED(sipward_fetcher_request(fetcher, "x", kTooMuch, &reason));
  REFUSED(sipward_fetcher_request(fetcher, "x", 1, MISALIGNED(sipward_text)));
  CHECK(sipward_fetcher_request(fetcher, "x", 1, NULL) == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_fetcher_request(fetcher, "x", 0, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(reason.size == 10 && memcmp(reason.data, "X5U_SCHEME", 10) == 0);
  REFUSED(sipward_fetcher_next(NULL, &arrival));
  REFUSED(sipward_fetcher_next(MISALIGNED(sipward_fetcher), &arrival));
  REFUSED(sipward_fetcher_next(fetcher, NULL));
  REFUSED(sipward_fetcher_next(fetcher, MISALIGNED(sipward_fetch_arrival)));
  REFUSED(sipward_fetcher_wait(NULL, 0));
  REFUSED(sipward_fetcher_wait(MISALIGNED(sipward_fetcher), 0));
  REFUSED(sipward_fetcher_wait(fetcher, UINT32_MAX));
  CHECK(sipward_fetcher_wait(fetcher, 0) == SIPWARD_END);
  REFUSED(sipward_fetcher_descriptor(NULL, &descriptor));
  REFUSED(sipward_fetcher_descriptor(MISALIGNED(sipward_fetcher), &descriptor));
  REFUSED(sipward_fetcher_descriptor(fetcher, NULL));
  REFUSED(sipward_fetcher_descriptor(fetcher, MISALIGNED(int32_t)));
  REFUSED(sipward_fetcher_read_statistics(NULL, &statistics));
  REFUSED(sipward_fetcher_read_statistics(MISALIGNED(sipward_fetcher), &statistics));
  REFUSED(sipward_fetcher_read_statistics(fetcher, NULL));
  REFUSED(sipward_fetcher_read_statistics(fetcher, MISALIGNED(sipward_fetcher_statistics)));
}

int main(void) {
  sipward_trust* trust = NULL;
  sipward_fetcher* fetcher = NULL;
  if (sipward_trust_create(NULL, &trust) == SIPWARD_ERR_UNSUPPORTED) return 0;
  const int32_t made = sipward_fetcher_create(trust, NULL, &fetcher);
  if (made != SIPWARD_ERR_UNSUPPORTED) {
    CHECK(made == SIPWARD_OK);
    test_create(trust);
    test_calls(fetcher);
    sipward_fetcher_destroy(fetcher);
  }
  sipward_trust_destroy(trust);
  return check_failures;
}
