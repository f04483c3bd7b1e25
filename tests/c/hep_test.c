/* HEP3 through the C interface: what is written reads the same, and what is none is refused. */
#include <string.h>

#include "check.h"
#include "sipward.h"

static const char kMessage[] = "OPTIONS sip:a@example.com SIP/2.0\r\n\r\n";

static sipward_text text_of(const char* text) {
  const sipward_text out = {text, strlen(text)};
  return out;
}

static sipward_endpoint host(uint8_t last, uint16_t port) {
  sipward_endpoint out = {.port = port};
  out.address[10] = out.address[11] = 0xFF;
  out.address[12] = 192;
  out.address[14] = 2;
  out.address[15] = last;
  return out;
}

static sipward_hep usual(void) {
  sipward_hep hep = {.struct_size = sizeof hep};
  hep.transport = SIPWARD_TRANSPORT_TCP;
  hep.payload_kind = SIPWARD_HEP_SIP;
  hep.agent = 42;
  hep.wall_ns = 1795400000123456000;
  hep.source = host(1, 5062);
  hep.destination = host(2, 5060);
  hep.key = text_of("secret");
  hep.correlation = text_of("call-1");
  hep.payload = text_of(kMessage);
  return hep;
}

static int same(sipward_text a, sipward_text b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static void check_same(const sipward_hep* a, const sipward_hep* b) {
  CHECK(a->transport == b->transport && a->payload_kind == b->payload_kind);
  CHECK(a->compressed == b->compressed && a->agent == b->agent && a->wall_ns == b->wall_ns);
  CHECK(memcmp(&a->source, &b->source, sizeof a->source) == 0);
  CHECK(memcmp(&a->destination, &b->destination, sizeof a->destination) == 0);
  CHECK(same(a->key, b->key) && same(a->correlation, b->correlation));
  CHECK(same(a->payload, b->payload));
}

static void test_round(sipward_hep hep) {
  char bytes[512];
  size_t size = 0, needed = 0, found = 0;
  CHECK(sipward_hep_write(&hep, NULL, 0, &needed) == SIPWARD_ERR_SPACE);
  CHECK(sipward_hep_write(&hep, bytes, needed - 1, &size) == SIPWARD_ERR_SPACE && size == needed);
  memset(bytes, 0x5A, sizeof bytes);
  CHECK(sipward_hep_write(&hep, bytes, needed, &size) == SIPWARD_OK && size == needed);
  CHECK(bytes[size] == 0x5A);
  CHECK(sipward_hep_size(bytes, 6, &found) == SIPWARD_OK && found == size);
  sipward_hep read = {.struct_size = sizeof read};
  CHECK(sipward_hep_read(bytes, size, &read) == SIPWARD_OK);
  check_same(&hep, &read);
  CHECK(read.payload.data >= bytes && read.payload.data + read.payload.size <= bytes + size);
  for (size_t cut = 0; cut < size; ++cut) {
    CHECK(sipward_hep_read(bytes, cut, &read) == SIPWARD_ERR_MALFORMED);
  }
  check_same(&hep, &read);
}

static void test_rounds(void) {
  sipward_hep hep = usual();
  test_round(hep);
  hep.key = hep.correlation = text_of("");
  hep.payload_kind = 255;
  test_round(hep);
  hep.source.address[0] = 0x20;
  hep.transport = SIPWARD_TRANSPORT_SCTP;
  test_round(hep);
  hep.compressed = 1;
  hep.wall_ns = 0;
  test_round(hep);
}

static void test_times(void) {
  const int64_t second = 1000000000;
  const struct {
    int64_t given, read;
  } times[] = {{-1, 0},
               {INT64_MIN, 0},
               {999, 0},
               {UINT32_MAX * second + 5, UINT32_MAX * second},
               {INT64_MAX, UINT32_MAX * second + 999999000}};
  for (size_t i = 0; i < sizeof times / sizeof times[0]; ++i) {
    sipward_hep hep = usual();
    hep.wall_ns = times[i].given;
    char bytes[512];
    size_t size = 0;
    CHECK(sipward_hep_write(&hep, bytes, sizeof bytes, &size) == SIPWARD_OK);
    CHECK(sipward_hep_read(bytes, size, &hep) == SIPWARD_OK);
    CHECK(hep.wall_ns == times[i].read);
  }
}

static void test_limit(void) {
  static char payload[SIPWARD_HEP_BYTES], bytes[SIPWARD_HEP_BYTES];
  sipward_hep hep = usual();
  size_t size = 0;
  hep.payload.size = 0;
  CHECK(sipward_hep_write(&hep, bytes, sizeof bytes, &size) == SIPWARD_OK);
  hep.payload.data = payload;
  hep.payload.size = SIPWARD_HEP_BYTES - size;
  CHECK(sipward_hep_write(&hep, bytes, sizeof bytes, &size) == SIPWARD_OK);
  CHECK(size == SIPWARD_HEP_BYTES);
  hep.payload.size += 1;
  CHECK(sipward_hep_write(&hep, bytes, sizeof bytes, &size) == SIPWARD_ERR_LIMIT);
}

static void test_what_begins(void) {
  size_t size = 7;
  CHECK(sipward_hep_size("HEP3\0", 5, &size) == SIPWARD_INCOMPLETE);
  CHECK(sipward_hep_size("", 0, &size) == SIPWARD_INCOMPLETE);
  CHECK(sipward_hep_size("HEP2", 4, &size) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_hep_size("HEP3\0\5", 6, &size) == SIPWARD_ERR_MALFORMED);
  CHECK(size == 7);
}

int main(void) {
  test_rounds();
  test_times();
  test_limit();
  test_what_begins();
  return check_failures;
}
