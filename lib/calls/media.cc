#include "calls/media.h"

#include <string_view>

#include "sip/body.h"

namespace sipward::calls {
namespace {

// RTP/SAVP, RTP/SAVPF, UDP/TLS/RTP/SAVP and the like (RFC 4568, RFC 5124, RFC 5764).
bool IsSecure(std::string_view protocol) { return protocol.find("SAVP") != std::string_view::npos; }

}  // namespace

Media ReadMedia(sip::Message& message) {
  Media out;
  const sip::Sdp* sdp = message.sdp();
  if (sdp == nullptr) return out;
  const char* base = message.bytes().data();
  for (const sip::SdpMedia& medium : sdp->media()) {
    if (medium.port_number <= 0) continue;  // refused, or not a port (RFC 3264 section 6)
    const bool secure = IsSecure(medium.proto.In(base));
    if (out.described) {
      out.secure &= secure;
      continue;
    }
    out.described = true;
    out.secure = secure;
    const sip::SdpConnection& own =
        medium.connection.address.present() ? medium.connection : sdp->connection;
    const auto address = IpAddress::Parse(own.address.In(base));
    // On hold as of old (RFC 2543, RFC 3264 section 8.4).
    const bool hold = address == IpAddress::FromV4(0);
    if (address && !hold) out.address = *address;
  }
  return out;
}

}  // namespace sipward::calls
