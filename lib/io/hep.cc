#include "io/hep.h"

namespace sipward::io {

size_t HepSize(std::string_view bytes) {
  size_t size = 0;
  const int32_t status = sipward_hep_size(bytes.data(), bytes.size(), &size);
  return status == SIPWARD_ERR_MALFORMED ? kNoHep : size;
}

HepStatus ReadHep(std::string_view bytes, HepItem* item) {
  sipward_hep hep{};
  hep.struct_size = sizeof hep;
  if (sipward_hep_read(bytes.data(), bytes.size(), &hep) != SIPWARD_OK) {
    return HepStatus::kMalformed;
  }
  const bool known = hep.transport != SIPWARD_HEP_OTHER_TRANSPORT;
  HepItem read{};
  read.packet.struct_size = sizeof read.packet;
  read.packet.transport = known ? hep.transport : uint32_t{SIPWARD_TRANSPORT_UDP};
  read.packet.size = hep.payload.size;
  read.packet.wall_ns = hep.wall_ns;
  read.packet.monotonic_ns = hep.wall_ns;
  read.packet.source = hep.source;
  read.packet.destination = hep.destination;
  read.payload = {hep.payload.data, hep.payload.size};
  read.agent = hep.agent;
  read.key = {hep.key.data, hep.key.size};
  read.payload_kind = static_cast<uint8_t>(hep.payload_kind);
  read.compressed = hep.compressed != 0;
  *item = read;
  if (!known || read.payload_kind != SIPWARD_HEP_SIP) return HepStatus::kOther;
  return read.compressed ? HepStatus::kCompressed : HepStatus::kSip;
}

bool AppendHep(std::string* out, const HepItem& item) {
  sipward_hep hep{};
  hep.struct_size = sizeof hep;
  hep.transport = item.packet.transport;
  hep.payload_kind = SIPWARD_HEP_SIP;
  hep.agent = item.agent;
  hep.wall_ns = item.packet.wall_ns;
  hep.source = item.packet.source;
  hep.destination = item.packet.destination;
  hep.key = {item.key.data(), item.key.size()};
  hep.payload = {item.payload.data(), item.payload.size()};
  const size_t begin = out->size();
  size_t size = 0;
  if (sipward_hep_write(&hep, nullptr, 0, &size) != SIPWARD_ERR_SPACE) return false;
  out->resize(begin + size);
  return sipward_hep_write(&hep, out->data() + begin, size, &size) == SIPWARD_OK;
}

}  // namespace sipward::io
