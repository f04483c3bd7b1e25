/* The fetcher as a host has it; what it does before hostile servers is in tests/io/fetch. */
#include <poll.h>
#include <sipward/c/fetch.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "loopback_names.h"
#include "sipward.h"

enum { kWait = 60000 };

static int is(sipward_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static int32_t request(const sipward_fetcher* fetcher, const char* url) {
  return sipward_fetcher_request(fetcher, url, strlen(url), NULL);
}

/* The layout of 64-bit machines. */
_Static_assert(sizeof(sipward_fetch_permit) == 24, "its size changed");
_Static_assert(sizeof(sipward_fetcher_options) == 64, "its size changed");
_Static_assert(sizeof(sipward_fetch_arrival) == 552, "its size changed");
_Static_assert(sizeof(sipward_fetcher_statistics) == 88, "its size changed");

static void expect(const sipward_fetcher* fetcher, const char* url, const char* reason) {
  sipward_fetch_arrival arrival = {.struct_size = sizeof arrival};
  CHECK(request(fetcher, url) == SIPWARD_OK);
  CHECK(sipward_fetcher_wait(fetcher, kWait) == SIPWARD_OK);
  CHECK(sipward_fetcher_next(fetcher, &arrival) == SIPWARD_OK);
  CHECK(arrival.url_size == strlen(url) && memcmp(arrival.url, url, arrival.url_size) == 0);
  CHECK(is(arrival.reason, reason) && arrival.sentence.size > 10);
  CHECK(sipward_fetcher_next(fetcher, &arrival) == SIPWARD_END);
  CHECK(sipward_fetcher_wait(fetcher, 0) == SIPWARD_END);
}

static void test_public_alone(const sipward_trust* trust) {
  static const char kUrl[] = "https://cr.example.com/a.pem";
  sipward_fetcher* fetcher = NULL;
  sipward_fetcher_statistics statistics = {.struct_size = sizeof statistics};
  uint32_t state = 0;
  sipward_text reason = {NULL, 0};
  CHECK(sipward_fetcher_create(trust, NULL, &fetcher) == SIPWARD_OK);
  expect(fetcher, kUrl, "X5U_ADDRESS_DENIED");
  CHECK(request(fetcher, kUrl) == SIPWARD_END);
  CHECK(request(fetcher, "https://cr.example.com:1/") == SIPWARD_ERR_CREDENTIAL);
  CHECK(sipward_trust_find(trust, kUrl, strlen(kUrl), 0, &state, &reason) == SIPWARD_OK);
  CHECK(state == SIPWARD_CERTIFICATE_FAILED && is(reason, "X5U_ADDRESS_DENIED"));
  CHECK(sipward_fetcher_read_statistics(fetcher, &statistics) == SIPWARD_OK);
  CHECK(statistics.requests == 3 && statistics.known == 1 && statistics.refused == 1);
  CHECK(statistics.fetches == 1 && statistics.failures == 1 && statistics.waiting == 0);
  sipward_fetcher_destroy(fetcher);
}

static void test_permit(const sipward_trust* trust) {
  sipward_fetch_permit permit = {
      .network = {.address = {[10] = 255, 255, 127, 0, 0, 1}, .port = 1}};
  sipward_fetcher_options options = {.struct_size = sizeof options,
                                     .total_ms = kWait,
                                     .connect_ms = kWait,
                                     .permits = &permit,
                                     .permit_count = 1};
  sipward_fetcher* fetcher = NULL;
  CHECK(sipward_fetcher_create(trust, &options, &fetcher) == SIPWARD_OK);
  expect(fetcher, "https://cr.example.com:1/a.pem", "CERT_UNAVAILABLE"); /* nobody listens there */
  sipward_fetcher_destroy(fetcher);
}

static void test_descriptor(const sipward_trust* trust) {
  sipward_fetcher* fetcher = NULL;
  struct pollfd wait_for = {.events = POLLIN};
  sipward_fetch_arrival arrival = {.struct_size = sizeof arrival};
  CHECK(sipward_fetcher_create(trust, NULL, &fetcher) == SIPWARD_OK);
  CHECK(sipward_fetcher_descriptor(fetcher, &wait_for.fd) == SIPWARD_OK);
  CHECK(poll(&wait_for, 1, 0) == 0);
  CHECK(request(fetcher, "https://cr.example.com/b.pem") == SIPWARD_OK);
  CHECK(poll(&wait_for, 1, kWait) == 1);
  CHECK(sipward_fetcher_next(fetcher, &arrival) == SIPWARD_OK);
  CHECK(poll(&wait_for, 1, 0) == 0);
  sipward_fetcher_destroy(fetcher);
}

static void test_fork(const sipward_trust* trust) {
  sipward_fetcher* fetcher = NULL;
  sipward_fetch_arrival arrival = {.struct_size = sizeof arrival};
  sipward_fetcher_statistics statistics = {.struct_size = sizeof statistics};
  int32_t descriptor = 0;
  int status = 1;
  CHECK(sipward_fetcher_create(trust, NULL, &fetcher) == SIPWARD_OK);
  const pid_t child = fork();
  if (child == 0) {
    const int refused =
        request(fetcher, "https://cr.example.com/c.pem") == SIPWARD_ERR_PROCESS &&
        sipward_fetcher_next(fetcher, &arrival) == SIPWARD_ERR_PROCESS &&
        sipward_fetcher_wait(fetcher, kWait) == SIPWARD_ERR_PROCESS &&
        sipward_fetcher_descriptor(fetcher, &descriptor) == SIPWARD_ERR_PROCESS &&
        sipward_fetcher_read_statistics(fetcher, &statistics) == SIPWARD_ERR_PROCESS;
    sipward_fetcher_destroy(fetcher);
    _exit(refused ? 0 : 1);
  }
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  expect(fetcher, "https://cr.example.com/c.pem", "X5U_ADDRESS_DENIED");
  sipward_fetcher_destroy(fetcher);
}

int main(void) {
  sipward_trust* trust = NULL;
  sipward_fetcher* fetcher = NULL;
  set_loopback_names();
  if (sipward_trust_create(NULL, &trust) == SIPWARD_ERR_UNSUPPORTED) return 0;
  if (sipward_fetcher_create(trust, NULL, &fetcher) != SIPWARD_ERR_UNSUPPORTED) {
    sipward_fetcher_destroy(fetcher);
    test_public_alone(trust);
    test_permit(trust);
    test_descriptor(trust);
    test_fork(trust);
  }
  sipward_trust_destroy(trust);
  return check_failures;
}
