/* One connection's bytes, cut into messages. */
#include <stdlib.h>

#include "check.h"
#include "sample.h"

static void test_every_chunk_size_gives_the_same_messages(void) {
  static char stream[4096];
  const size_t invite = sizeof kInvite - 1;
  const size_t ok = sizeof kOk - 1;
  memcpy(stream, kInvite, invite);
  memcpy(stream + invite, "\r\n\r\n", 4);
  memcpy(stream + invite + 4, kOk, ok);
  const size_t total = invite + 4 + ok;
  for (size_t chunk = 1; chunk <= total; ++chunk) {
    sipward_framer* framer = NULL;
    CHECK(sipward_framer_create(0, &framer) == SIPWARD_OK);
    size_t found = 0;
    for (size_t at = 0; at < total;) {
      size_t taken = 0;
      const size_t size = total - at < chunk ? total - at : chunk;
      CHECK(sipward_framer_push(framer, stream + at, size, &taken) == SIPWARD_OK && taken == size);
      at += taken;
      const char* data = NULL;
      size_t length = 0;
      int32_t status;
      while ((status = sipward_framer_next(framer, &data, &length, NULL)) == SIPWARD_OK) {
        const char* expected = found == 0 ? kInvite : kOk;
        CHECK(length == strlen(expected) && memcmp(data, expected, length) == 0);
        ++found;
      }
      CHECK(status == SIPWARD_INCOMPLETE);
    }
    CHECK(found == 2 && sipward_framer_pending(framer) == 0);
    sipward_framer_destroy(framer);
  }
}

static void test_unfinished_bytes_wait(void) {
  sipward_framer* framer = NULL;
  size_t taken = 0;
  CHECK(sipward_framer_create(0, &framer) == SIPWARD_OK);
  CHECK(sipward_framer_push(framer, kOk, 20, &taken) == SIPWARD_OK && taken == 20);
  CHECK(sipward_framer_pending(framer) == 20);
  sipward_framer_destroy(framer);
}

static void expect_final_error(uint32_t limit, const char* bytes, int32_t expected,
                               const char* name) {
  sipward_framer* framer = NULL;
  size_t taken = 0;
  const char* data = NULL;
  size_t size = 0;
  CHECK(sipward_framer_create(limit, &framer) == SIPWARD_OK);
  CHECK(sipward_framer_push(framer, bytes, strlen(bytes), &taken) == SIPWARD_OK);
  for (int i = 0; i < 2; ++i) {
    sipward_anomaly error = {0};
    sipward_anomaly_info info = {.struct_size = sizeof info};
    CHECK(sipward_framer_next(framer, &data, &size, &error) == expected);
    CHECK(data == NULL && size == 0);
    CHECK(sipward_anomaly_describe(error.id, &info) == SIPWARD_OK && is_text(info.name, name));
  }
  sipward_framer_destroy(framer);
}

int main(void) {
  test_every_chunk_size_gives_the_same_messages();
  test_unfinished_bytes_wait();
  expect_final_error(0, "OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n", SIPWARD_ERR_MALFORMED,
                     "content_length.missing_on_stream");
  expect_final_error(64, "OPTIONS sip:a SIP/2.0\r\nContent-Length: 65\r\n\r\n", SIPWARD_ERR_LIMIT,
                     "message.too_long");
  return check_failures;
}
