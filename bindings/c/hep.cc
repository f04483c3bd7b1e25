#include "hep/hep.h"

#include <algorithm>
#include <string_view>

#include "guard.h"
#include "struct_size.h"

namespace hep = sipward::hep;
using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

static_assert(static_cast<uint32_t>(hep::Transport::kUdp) == SIPWARD_TRANSPORT_UDP);
static_assert(static_cast<uint32_t>(hep::Transport::kTls) == SIPWARD_TRANSPORT_TLS);
static_assert(static_cast<uint32_t>(hep::Transport::kSctp) == SIPWARD_TRANSPORT_SCTP);
static_assert(static_cast<uint32_t>(hep::Transport::kOther) == SIPWARD_TRANSPORT_SCTP + 1);
static_assert(hep::kMostBytes == SIPWARD_HEP_BYTES);

namespace {

sipward_endpoint EndpointOf(const hep::Host& host) {
  sipward_endpoint endpoint{};
  std::copy(host.address.bytes.begin(), host.address.bytes.end(), endpoint.address);
  endpoint.port = host.port;
  return endpoint;
}

hep::Host HostOf(const sipward_endpoint& endpoint) {
  hep::Host host;
  std::copy(std::begin(endpoint.address), std::end(endpoint.address), host.address.bytes.begin());
  host.port = endpoint.port;
  return host;
}

bool IsUsable(const sipward_hep& given) {
  return given.reserved == 0 && given.transport <= SIPWARD_TRANSPORT_SCTP &&
         given.payload_kind <= UINT8_MAX && UsableText(given.key) &&
         UsableText(given.correlation) && UsableText(given.payload) && given.source.reserved == 0 &&
         given.destination.reserved == 0;
}

}  // namespace

extern "C" int32_t sipward_hep_size(const char* data, size_t size, size_t* packet_size) {
  if (!UsableBytes(data, size) || !Usable(packet_size)) return SIPWARD_ERR_ARGUMENT;
  const size_t found = hep::SizeOf(View(data, size));
  if (found == hep::kNoPacket) return SIPWARD_ERR_MALFORMED;
  if (found == 0) return SIPWARD_INCOMPLETE;
  *packet_size = found;
  return SIPWARD_OK;
}

extern "C" int32_t sipward_hep_read(const char* data, size_t size, sipward_hep* out) {
  if (!UsableBytes(data, size) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  hep::Packet packet;
  if (!hep::Read(View(data, size), &packet)) return SIPWARD_ERR_MALFORMED;
  sipward_hep read{};
  const bool other = packet.transport == hep::Transport::kOther;
  read.transport =
      other ? uint32_t{SIPWARD_HEP_OTHER_TRANSPORT} : static_cast<uint32_t>(packet.transport);
  read.payload_kind = packet.payload_kind;
  read.compressed = packet.compressed ? 1 : 0;
  read.agent = packet.agent;
  read.wall_ns = packet.wall_ns;
  read.source = EndpointOf(packet.source);
  read.destination = EndpointOf(packet.destination);
  read.key = Text(packet.key);
  read.correlation = Text(packet.correlation);
  read.payload = Text(packet.payload);
  WriteStruct(read, out);
  return SIPWARD_OK;
}

extern "C" int32_t sipward_hep_write(const sipward_hep* packet, char* out, size_t capacity,
                                     size_t* size) {
  sipward_hep given{};
  if (!ReadStruct(packet, &given) || !IsUsable(given) || !UsableBytes(out, capacity) ||
      !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  hep::Packet written;
  written.transport = static_cast<hep::Transport>(given.transport);
  written.payload_kind = static_cast<uint8_t>(given.payload_kind);
  written.compressed = given.compressed != 0;
  written.agent = given.agent;
  written.wall_ns = given.wall_ns;
  written.source = HostOf(given.source);
  written.destination = HostOf(given.destination);
  written.key = View(given.key);
  written.correlation = View(given.correlation);
  written.payload = View(given.payload);
  const size_t bytes = hep::SizeOf(written);
  if (bytes > hep::kMostBytes) return SIPWARD_ERR_LIMIT;
  *size = bytes;
  if (bytes > capacity) return SIPWARD_ERR_SPACE;
  hep::Write(written, out);
  return SIPWARD_OK;
}
