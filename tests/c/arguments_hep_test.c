/* HEP3, argument by argument. */
#include "check.h"
#include "misaligned.h"
#include "sipward.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)1 << 31;
static char packet[512];
static size_t packet_size;

static sipward_hep usual(void) {
  sipward_hep hep = {.struct_size = sizeof hep, .payload_kind = SIPWARD_HEP_SIP};
  hep.payload.data = "x";
  hep.payload.size = 1;
  return hep;
}

static void test_read(void) {
  sipward_hep out = {.struct_size = sizeof out, .agent = 7};
  size_t size = 7;
  REFUSED(sipward_hep_size(NULL, 1, &size));
  REFUSED(sipward_hep_size(packet, kTooMuch, &size));
  REFUSED(sipward_hep_size(packet, packet_size, NULL));
  REFUSED(sipward_hep_size(packet, packet_size, MISALIGNED(size_t)));
  CHECK(sipward_hep_size(NULL, 0, &size) == SIPWARD_INCOMPLETE);
  REFUSED(sipward_hep_read(NULL, 1, &out));
  REFUSED(sipward_hep_read(packet, kTooMuch, &out));
  REFUSED(sipward_hep_read(packet, packet_size, NULL));
  REFUSED(sipward_hep_read(packet, packet_size, MISALIGNED(sipward_hep)));
  CHECK(sipward_hep_read(NULL, 0, &out) == SIPWARD_ERR_MALFORMED);
  CHECK(out.agent == 7 && size == 7);
}

static void test_write(void) {
  sipward_hep hep = usual();
  char out[512];
  size_t size = 7;
  REFUSED(sipward_hep_write(NULL, out, sizeof out, &size));
  REFUSED(sipward_hep_write(MISALIGNED(sipward_hep), out, sizeof out, &size));
  REFUSED(sipward_hep_write(&hep, NULL, 1, &size));
  REFUSED(sipward_hep_write(&hep, out, kTooMuch, &size));
  REFUSED(sipward_hep_write(&hep, out, sizeof out, NULL));
  REFUSED(sipward_hep_write(&hep, out, sizeof out, MISALIGNED(size_t)));
#define WRONG(member, value) \
  hep = usual();             \
  hep.member = (value);      \
  REFUSED(sipward_hep_write(&hep, out, sizeof out, &size))
  WRONG(transport, SIPWARD_TRANSPORT_SCTP + 1);
  WRONG(transport, SIPWARD_HEP_OTHER_TRANSPORT);
  WRONG(transport, UINT32_MAX);
  WRONG(payload_kind, 256);
  WRONG(reserved, 1);
  WRONG(source.reserved, 1);
  WRONG(destination.reserved, 1);
  WRONG(payload.data, NULL);
  WRONG(payload.size, kTooMuch);
  WRONG(key.size, 1);
  WRONG(correlation.size, 1);
#undef WRONG
  CHECK(size == 7);
  hep = usual();
  CHECK(sipward_hep_write(&hep, out, 0, &size) == SIPWARD_ERR_SPACE && size == packet_size);
}

int main(void) {
  const sipward_hep hep = usual();
  CHECK(sipward_hep_write(&hep, packet, sizeof packet, &packet_size) == SIPWARD_OK);
  test_read();
  test_write();
  return check_failures;
}
