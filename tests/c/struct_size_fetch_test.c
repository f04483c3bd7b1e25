/* Older and newer callers of the fetcher: sizes of its structs. */
#include <sipward/c/fetch.h>

#include "check.h"
#include "loopback_names.h"
#include "sipward.h"
#include "sweep.h"

static int untouched_behind(size_t at) {
  for (; at < sizeof buffer; ++at) {
    if (buffer[at] != 0xA5) return 0;
  }
  return 1;
}

/* Sizes that cannot be, and beside the size that is known. */
static int usable(uint32_t size) { return size >= 8 && size <= kMost; }

static void test_options(const sipward_trust* trust) {
  const uint32_t known = sizeof(sipward_fetcher_options);
  const uint32_t sizes[] = {0,     4,         7,     8,         12,        known - 4,
                            known, known + 1, kMost, kMost + 1, UINT32_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    sipward_fetcher* fetcher = NULL;
    const sipward_fetcher_options* options = (const void*)buffer;
    fill(0, sizes[i]);
    CHECK(sipward_fetcher_create(trust, options, &fetcher) ==
          (usable(sizes[i]) ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT));
    sipward_fetcher_destroy(fetcher);
  }
  sipward_fetcher* fetcher = NULL;
  fill(0, known + 8);
  buffer[known + 3] = 1; /* something that this library does not know */
  CHECK(sipward_fetcher_create(trust, (const void*)buffer, &fetcher) == SIPWARD_ERR_ARGUMENT);
}

static void test_statistics(const sipward_fetcher* fetcher) {
  const uint32_t known = sizeof(sipward_fetcher_statistics);
  const uint32_t sizes[] = {0,     7,          8,     12,        known - 1,
                            known, known + 64, kMost, kMost + 1, UINT32_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    const uint32_t size = sizes[i];
    const size_t written = !usable(size) ? 4 : size < known ? size : known;
    fill(0xA5, size);
    CHECK(sipward_fetcher_read_statistics(fetcher, (void*)buffer) ==
          (usable(size) ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT));
    CHECK(memcmp(buffer, &size, sizeof size) == 0 && untouched_behind(written));
    CHECK(written == 4 || buffer[4] == 0);
  }
}

static void test_arrival(const sipward_fetcher* fetcher) {
  const uint32_t known = sizeof(sipward_fetch_arrival);
  const uint32_t sizes[] = {0,     7,          8,     12,        known - 1,
                            known, known + 64, kMost, kMost + 1, UINT32_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    const uint32_t size = sizes[i];
    const size_t written = !usable(size) ? 4 : size < known ? size : known;
    char url[64];
    snprintf(url, sizeof url, "https://cr.example.com/%u", (unsigned)i);
    CHECK(sipward_fetcher_request(fetcher, url, strlen(url), NULL) == SIPWARD_OK);
    CHECK(sipward_fetcher_wait(fetcher, 60000) == SIPWARD_OK);
    fill(0xA5, size);
    CHECK(sipward_fetcher_next(fetcher, (void*)buffer) ==
          (usable(size) ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT));
    CHECK(memcmp(buffer, &size, sizeof size) == 0 && untouched_behind(written));
    if (usable(size)) continue;
    /* It is still there. */
    fill(0xA5, known);
    CHECK(sipward_fetcher_next(fetcher, (void*)buffer) == SIPWARD_OK);
  }
}

int main(void) {
  sipward_trust* trust = NULL;
  sipward_fetcher* fetcher = NULL;
  set_loopback_names();
  if (sipward_trust_create(NULL, &trust) == SIPWARD_ERR_UNSUPPORTED) return 0;
  if (sipward_fetcher_create(trust, NULL, &fetcher) != SIPWARD_ERR_UNSUPPORTED) {
    test_options(trust);
    test_statistics(fetcher);
    test_arrival(fetcher);
    sipward_fetcher_destroy(fetcher);
  }
  sipward_trust_destroy(trust);
  return check_failures;
}
