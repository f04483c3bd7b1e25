#include <algorithm>
#include <cstring>
#include <memory>

#include "guard.h"
#include "handles.h"
#include "struct_size.h"
#include "verdict.h"

namespace sipward::c {
namespace {

using facts::Direction;
using facts::Transport;

static_assert(static_cast<int>(Transport::kUdp) == SIPWARD_TRANSPORT_UDP);
static_assert(static_cast<int>(Transport::kTcp) == SIPWARD_TRANSPORT_TCP);
static_assert(static_cast<int>(Transport::kTls) == SIPWARD_TRANSPORT_TLS);
static_assert(static_cast<int>(Transport::kWs) == SIPWARD_TRANSPORT_WS);
static_assert(static_cast<int>(Transport::kWss) == SIPWARD_TRANSPORT_WSS);
static_assert(static_cast<int>(Transport::kSctp) == SIPWARD_TRANSPORT_SCTP);
static_assert(static_cast<int>(Direction::kUnknown) == SIPWARD_DIRECTION_UNKNOWN);
static_assert(static_cast<int>(Direction::kInbound) == SIPWARD_DIRECTION_INBOUND);
static_assert(static_cast<int>(Direction::kOutbound) == SIPWARD_DIRECTION_OUTBOUND);

constexpr uint32_t kPacketFlags = SIPWARD_PACKET_REGISTERED | SIPWARD_PACKET_AUTHENTICATED;

bool InRange(const sipward_packet& packet, const char* base) {
  return packet.transport <= SIPWARD_TRANSPORT_SCTP &&
         packet.direction <= SIPWARD_DIRECTION_OUTBOUND && (packet.flags & ~kPacketFlags) == 0 &&
         packet.offset <= PTRDIFF_MAX - kMostBytes && packet.size <= kMostBytes &&
         (base != nullptr || packet.size == 0) && packet.source.reserved == 0 &&
         packet.destination.reserved == 0 && UsableBytes(packet.account, packet.account_size) &&
         UsableBytes(packet.trunk, packet.trunk_size);
}

IpAddress ToAddress(const sipward_endpoint& endpoint) {
  IpAddress address;
  std::copy(std::begin(endpoint.address), std::end(endpoint.address), address.bytes.begin());
  return address;
}

std::optional<std::string_view> ToName(const char* data, size_t size) {
  if (data == nullptr || size == 0) return std::nullopt;
  return View(data, size);
}

constexpr int64_t kMostSeconds = INT64_MAX / kSecond;

bool ToIdentity(const sipward_identity_check* given, Nanos wall, facts::Identity* out) {
  sipward_identity_check identity;
  if (!ReadStruct(given, &identity) || identity.result > SIPWARD_IDENTITY_VERIFIED ||
      identity.reserved != 0 || !UsableBytes(identity.reason, identity.reason_size) ||
      !UsableBytes(identity.attest, identity.attest_size) ||
      !UsableBytes(identity.origid, identity.origid_size) ||
      !UsableBytes(identity.spc, identity.spc_size) ||
      !UsableBytes(identity.verstat, identity.verstat_size)) {
    return false;
  }
  out->result = static_cast<facts::IdentityResult>(identity.result);
  out->reason = facts::ReasonNamed(View(identity.reason, identity.reason_size));
  out->attest = View(identity.attest, identity.attest_size);
  out->origid = View(identity.origid, identity.origid_size);
  out->spc = View(identity.spc, identity.spc_size);
  out->verstat = View(identity.verstat, identity.verstat_size);
  out->div_count = identity.div_count;
  out->age.reset();
  if (identity.iat <= 0 || identity.iat > kMostSeconds || wall < 0) return true;
  out->age = wall - identity.iat * kSecond;
  return true;
}

bool ToPacket(const char* base, const sipward_packet* given, facts::Identity* identity,
              facts::Packet* out) {
  sipward_packet packet;
  if (!ReadStruct(given, &packet) || !InRange(packet, base)) return false;
  out->identity = nullptr;
  if (packet.identity != nullptr) {
    if (!ToIdentity(packet.identity, packet.wall_ns, identity)) return false;
    out->identity = identity;
  }
  const size_t size = packet.size;
  out->bytes = size == 0 ? View(nullptr, 0) : View(base + packet.offset, size);
  out->wall = packet.wall_ns;
  out->monotonic = packet.monotonic_ns;
  out->source = ToAddress(packet.source);
  out->destination = ToAddress(packet.destination);
  out->source_port = packet.source.port;
  out->destination_port = packet.destination.port;
  out->transport = static_cast<Transport>(packet.transport);
  out->direction = static_cast<Direction>(packet.direction);
  out->registered = (packet.flags & SIPWARD_PACKET_REGISTERED) != 0;
  out->authenticated = (packet.flags & SIPWARD_PACKET_AUTHENTICATED) != 0;
  out->account = ToName(packet.account, packet.account_size);
  out->trunk = ToName(packet.trunk, packet.trunk_size);
  return true;
}

// By the rules that the inspector has: a batch sees one generation.
int32_t InspectOne(sipward_inspector* inspector, const char* base, const sipward_packet* packet,
                   sipward_verdict* out) {
  if (!HasStructSize(out) || !ToPacket(base, packet, &inspector->identity, &inspector->packet)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  inspector->inspector.InspectNext(inspector->packet, &inspector->verdict);
  inspector->message.parsed = true;
  WriteVerdict(inspector->verdict, out);
  return SIPWARD_OK;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_inspector_create(const sipward_engine* engine, sipward_inspector** out) {
  if (!Usable(engine) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    auto inspector = std::make_unique<sipward_inspector>(engine->engine);
    if (!inspector->inspector.ok()) return SIPWARD_ERR_NO_MEMORY;
    *out = inspector.release();
    return SIPWARD_OK;
  });
}

void sipward_inspector_destroy(sipward_inspector* inspector) {
  if (Usable(inspector)) delete inspector;
}

int32_t sipward_inspector_inspect(sipward_inspector* inspector, const char* base,
                                  const sipward_packet* packet, sipward_verdict* out) {
  if (!Usable(inspector)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    inspector->inspector.Adopt();
    return InspectOne(inspector, base, packet, out);
  });
}

int32_t sipward_inspector_inspect_batch(sipward_inspector* inspector, const char* base,
                                        const sipward_packet* packets, size_t count,
                                        sipward_verdict* out, size_t* done) {
  if (done != nullptr && !Usable(done)) return SIPWARD_ERR_ARGUMENT;
  size_t inspected = 0;
  const int32_t status = Guard([&]() -> int32_t {
    if (!Usable(inspector)) return SIPWARD_ERR_ARGUMENT;
    if (count == 0) return SIPWARD_OK;
    const size_t packet_stride = StrideOf(packets);
    const size_t verdict_stride = StrideOf(out);
    if (packet_stride == 0 || verdict_stride == 0 || count > PTRDIFF_MAX / kMostStruct) {
      return SIPWARD_ERR_ARGUMENT;
    }
    inspector->inspector.Adopt();
    for (; inspected < count; ++inspected) {
      const sipward_packet* packet = At(packets, packet_stride, inspected);
      sipward_verdict* verdict = At(out, verdict_stride, inspected);
      if (packet->struct_size != packet_stride || verdict->struct_size != verdict_stride) {
        return SIPWARD_ERR_ARGUMENT;
      }
      if (InspectOne(inspector, base, packet, verdict) != SIPWARD_OK) return SIPWARD_ERR_ARGUMENT;
    }
    return SIPWARD_OK;
  });
  if (done != nullptr) *done = inspected;
  return status;
}

int32_t sipward_inspector_resume(sipward_inspector* inspector, const char* base,
                                 const sipward_packet* packet, uint64_t ticket,
                                 sipward_verdict* out) {
  if (!Usable(inspector) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&]() -> int32_t {
    if (!ToPacket(base, packet, &inspector->identity, &inspector->packet)) {
      return SIPWARD_ERR_ARGUMENT;
    }
    inspector->message.parsed = true;
    if (!inspector->inspector.Resume(inspector->packet, ticket, &inspector->verdict)) {
      return SIPWARD_ERR_TICKET;
    }
    WriteVerdict(inspector->verdict, out);
    return SIPWARD_OK;
  });
}

sipward_message* sipward_inspector_message(sipward_inspector* inspector) {
  return Usable(inspector) ? &inspector->message : nullptr;
}

}  // extern "C"
