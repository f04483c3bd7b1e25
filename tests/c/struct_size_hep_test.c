/* Older and newer callers of HEP3: every struct_size of what goes in and comes out. */
#include "sweep.h"

static char packet[512];
static size_t packet_size;

static int32_t read_packet(void* out, void* context) {
  (void)context;
  return sipward_hep_read(packet, packet_size, out);
}
static int32_t write_packet(const void* given, void* context) {
  (void)context;
  char out[512];
  size_t size = 0;
  return sipward_hep_write(given, out, sizeof out, &size);
}

int main(void) {
  sipward_hep hep = {.struct_size = sizeof hep, .payload_kind = SIPWARD_HEP_SIP, .agent = 7};
  hep.payload.data = "x";
  hep.payload.size = 1;
  CHECK(sipward_hep_write(&hep, packet, sizeof packet, &packet_size) == SIPWARD_OK);
  sweep_output(sizeof(sipward_hep), read_packet, NULL);
  sweep_input(&hep, sizeof hep, write_packet, NULL);
  return check_failures;
}
