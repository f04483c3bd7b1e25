#include <cstring>

#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// The transports of RFC 3261 section 25.1 and RFC 7118 as everybody writes them: the length, or 0.
uint32_t TransportLength(const char* at, uint32_t length) {
  if (length < 4) return 0;
  for (const std::string_view known : {"UDP ", "TCP ", "TLS ", "WSS "}) {
    if (std::memcmp(at, known.data(), 4) == 0) return 3;
  }
  return std::memcmp(at, "WS ", 3) == 0 ? 2 : 0;
}

// The address that is the value of the parameter taken last. The colons of IPv6 stand here without
// brackets (RFC 5118 section 4.5).
[[gnu::always_inline]] inline bool TakeReceived(Walk& walk, Slice value, Via* out) {
  // The walk is at the mark behind an IPv4 address, or at the first colon of an IPv6 one.
  if (!value.present()) return false;
  if (!IsPlainIpv4(walk.base + value.offset, walk.base + walk.at)) {
    const uint32_t behind = SkipIpv6(walk.base, value.offset, walk.readable());
    if (behind == 0 || !GoOnAt(walk, behind)) return false;
  }
  out->received = Between(value.offset, walk.at);
  return true;
}

[[gnu::always_inline]] inline bool TakeParam(Walk& walk, const WalkedParam& param, Via* out) {
  const char* base = walk.base;
  const Slice value = param.value;
  const bool present = value.present();
  switch (param.name) {
    case NameKey("branch"):
      out->branch = value;
      return present;
    case NameKey("rport"):
      out->rport = present ? value : Slice{param.name_text.end(), 0};
      return !present || WalkPort(base + value.offset, base + value.end()) >= 0;
    case NameKey("received"):
      return TakeReceived(walk, value, out);
    case NameKey("maddr"):
      out->maddr = value;
      return present && WalkPlainHost(base, value.offset, value.end()) != HostKind::kNone;
    case NameKey("ttl"):  // rare
      return false;
    default:
      return true;
  }
}

}  // namespace

bool WalkVia(const Marks& marks, const char* base, Slice text, const Limits& limits, Via* out) {
  constexpr std::string_view kProtocol = "SIP/2.0/";
  const uint32_t begin = text.offset;
  if (text.length < 13 || !marks.Cover(text.end()) ||
      std::memcmp(base + begin, kProtocol.data(), kProtocol.size()) != 0) {
    return false;
  }
  const uint32_t transport = begin + static_cast<uint32_t>(kProtocol.size());
  const uint32_t length = TransportLength(base + transport, text.end() - transport);
  if (length == 0) return false;
  *out = Via{};
  out->text = text;
  out->protocol = {begin, 3};
  out->version = {begin + 4, 3};
  out->transport = {transport, length};

  const uint32_t host = transport + length + 1;
  Walk walk(marks, base, host, text.end());
  walk.Next();
  if (!WalkHostPort(walk, host, out)) return false;
  if (walk.at == walk.end) return true;
  out->params = Between(walk.at + 1, walk.end);
  WalkedNames names(limits);
  for (WalkedParam param; walk.at != walk.end;) {
    if (!walk.Is(';') || !WalkParam(walk, false, &param) || !names.Add(param.name) ||
        !TakeParam(walk, param, out)) {
      return false;
    }
  }
  return true;
}

}  // namespace sipward::sip
