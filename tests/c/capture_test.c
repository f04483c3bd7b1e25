/* Captures through the C interface: a file, the same in memory, and what is none. */
#include <sipward/c/capture.h>

#include "check.h"
#include "sipward.h"

/* Little endian, microseconds, raw IP (RFC 791 packets without a link layer). */
static const unsigned char kFileHeader[] = {0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0,   0, 0, 0,
                                            0,    0,    0,    0,    0, 0, 4, 0, 101, 0, 0, 0};
static const char kOptions[] =
    "OPTIONS sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nFrom: "
    "<sip:b@example.com>;tag=1\r\n"
    "To: <sip:a@example.com>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n";

static unsigned char capture_bytes[4096];

/* A capture of one datagram from 192.0.2.1:5062 to 192.0.2.2:5060, of which `missing` bytes were
 * not kept. */
static size_t one_datagram(size_t missing) {
  const size_t payload = sizeof kOptions - 1;
  const size_t whole = 28 + payload;
  const size_t kept = whole - missing;
  unsigned char* out = capture_bytes;
  memcpy(out, kFileHeader, sizeof kFileHeader);
  out += sizeof kFileHeader;
  const unsigned char frame[] = {7,
                                 0,
                                 0,
                                 0,
                                 5,
                                 0,
                                 0,
                                 0,
                                 (unsigned char)kept,
                                 (unsigned char)(kept >> 8),
                                 0,
                                 0,
                                 (unsigned char)whole,
                                 (unsigned char)(whole >> 8),
                                 0,
                                 0};
  memcpy(out, frame, sizeof frame);
  out += sizeof frame;
  const unsigned char heads[] = {0x45,
                                 0,
                                 (unsigned char)(whole >> 8),
                                 (unsigned char)whole,
                                 0,
                                 0,
                                 0,
                                 0,
                                 64,
                                 17,
                                 0,
                                 0,
                                 192,
                                 0,
                                 2,
                                 1,
                                 192,
                                 0,
                                 2,
                                 2,
                                 0x13,
                                 0xC6,
                                 0x13,
                                 0xC4,
                                 (unsigned char)((payload + 8) >> 8),
                                 (unsigned char)(payload + 8),
                                 0,
                                 0};
  memcpy(out, heads, sizeof heads);
  memcpy(out + sizeof heads, kOptions, payload);
  return (size_t)(out + kept - capture_bytes);
}

static void check_message(sipward_capture* capture, uint32_t flags, size_t size) {
  sipward_capture_item item = {.struct_size = sizeof item};
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_OK);
  CHECK(item.flags == flags && item.frame == 1 && item.size == size);
  CHECK(memcmp(item.data, kOptions, size) == 0);
  CHECK(item.packet->struct_size == sizeof *item.packet && item.packet->size == size);
  CHECK(item.packet->transport == SIPWARD_TRANSPORT_UDP && item.packet->offset == 0);
  CHECK(item.packet->source.port == 5062 && item.packet->destination.port == 5060);
  CHECK(item.packet->source.address[15] == 1 && item.packet->destination.address[15] == 2);
  CHECK(item.packet->wall_ns == 7000005000 && item.packet->monotonic_ns == 7000005000);
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_END);
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_END);
}

static int error_is(const sipward_capture* capture, const char* expected) {
  sipward_text text = {NULL, 1};
  CHECK(sipward_capture_error(capture, &text) == SIPWARD_OK);
  const int same = text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
  if (!same) fprintf(stderr, "error: %.*s\n", (int)text.size, text.data);
  return same;
}

static void test_bytes(sipward_capture* capture) {
  const size_t size = one_datagram(0);
  const char* bytes = (const char*)capture_bytes;
  CHECK(sipward_capture_open_bytes(capture, bytes, size, "here", 4) == SIPWARD_OK);
  check_message(capture, 0, sizeof kOptions - 1);
  CHECK(error_is(capture, ""));
  sipward_capture_statistics statistics = {.struct_size = sizeof statistics};
  CHECK(sipward_capture_read_statistics(capture, &statistics) == SIPWARD_OK);
  CHECK(statistics.frames == 1 && statistics.udp_datagrams == 1 && statistics.messages == 1);
  CHECK(statistics.ip_packets == 1 && statistics.reserved == 0);

  const size_t cut = one_datagram(30);
  CHECK(sipward_capture_open_bytes(capture, bytes, cut, "here", 4) == SIPWARD_OK);
  check_message(capture, SIPWARD_CAPTURE_TRUNCATED, sizeof kOptions - 1 - 30);
}

/* What cannot be opened stays so until another is opened. */
static void test_errors(sipward_capture* capture) {
  sipward_capture_item item = {.struct_size = sizeof item};
  CHECK(sipward_capture_open_bytes(capture, NULL, 0, "nothing", 7) == SIPWARD_ERR_CAPTURE);
  CHECK(error_is(capture, "nothing: is empty"));
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_ERR_CAPTURE);
  CHECK(sipward_capture_open_bytes(capture, kOptions, sizeof kOptions, "a\nb", 3) ==
        SIPWARD_ERR_CAPTURE);
  CHECK(sipward_capture_open(capture, "/does/not/exist", 15) == SIPWARD_ERR_CAPTURE);
  CHECK(error_is(capture, "/does/not/exist: there is no such file"));
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_ERR_CAPTURE);

  /* Cut off within its second frame: the first comes, then the error, again and again. */
  const size_t size = one_datagram(0);
  memcpy(capture_bytes + size, capture_bytes + sizeof kFileHeader, 16 + 20);
  CHECK(sipward_capture_open_bytes(capture, (const char*)capture_bytes, size + 36, "cut", 3) ==
        SIPWARD_OK);
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_OK);
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_ERR_CAPTURE);
  CHECK(sipward_capture_next(capture, &item) == SIPWARD_ERR_CAPTURE);
  CHECK(error_is(capture, "cut: the capture is cut off after 1 frames"));
}

static void test_file(sipward_capture* capture, const char* path) {
  sipward_capture_item item = {.struct_size = sizeof item};
  uint64_t messages = 0;
  CHECK(sipward_capture_open(capture, path, strlen(path)) == SIPWARD_OK);
  while (sipward_capture_next(capture, &item) == SIPWARD_OK) {
    CHECK(item.packet->size == item.size && item.frame > messages);
    ++messages;
  }
  CHECK(error_is(capture, ""));
  sipward_capture_statistics statistics = {.struct_size = sizeof statistics};
  CHECK(sipward_capture_read_statistics(capture, &statistics) == SIPWARD_OK);
  CHECK(statistics.messages == messages && messages == 272);
  CHECK(statistics.position == statistics.bytes && statistics.bytes > 100000);
}

int main(int argc, char** argv) {
  sipward_capture* capture = NULL;
  REQUIRE(argc == 2);
  REQUIRE(sipward_capture_create(&capture) == SIPWARD_OK);
  test_bytes(capture);
  test_errors(capture);
  test_file(capture, argv[1]);
  test_bytes(capture);
  sipward_capture_destroy(capture);
  return check_failures;
}
