#include "sip/sdp_fields.h"

#include "sip/host.h"
#include "sip/number.h"
#include "sip/sdp_machines.h"

namespace sipward::sip {
namespace {

constexpr uint64_t kMostPort = 65'535;
constexpr uint64_t kMostTtl = 255;
constexpr uint64_t kMostPayloadType = 127;  // RFC 8866 section 6.6: seven bits

void NoteMalformed(MachineResult match, AnomalyLog& log) {
  log.Add(AnomalyId::kSdpFieldMalformed, match.stop);
}

// Of `text` what stands behind its first slash; `*text` is cut there.
Slice CutAtSlash(const char* base, Slice* text) {
  if (!text->present()) return {};
  const uint32_t slash = FindChar(base, text->offset, text->end(), '/');
  if (slash == text->end()) return {};
  const Slice behind = Between(slash + 1, text->end());
  *text = Between(text->offset, slash);
  return behind;
}

// Of an address that one number follows: of IPv4 it is the ttl, of IPv6 the count.
void PlaceNumbers(const char* base, Slice first, Slice second, SdpConnection* out) {
  const bool is_ip6 = out->addrtype.In(base) == "IP6";
  (is_ip6 ? out->count : out->ttl) = first;
  if (second.present()) out->count = second;
}

void SplitConnection(const char* base, Slice text, SdpConnection* out) {
  uint32_t at = text.offset;
  out->nettype = NextSdpField(base, &at, text.end());
  out->addrtype = NextSdpField(base, &at, text.end());
  out->address = NextSdpField(base, &at, text.end());
  Slice first = CutAtSlash(base, &out->address);
  const Slice second = CutAtSlash(base, &first);
  PlaceNumbers(base, first, second, out);
}

void SplitMedia(const char* base, Slice text, SdpMedia* out) {
  uint32_t at = text.offset;
  out->type = NextSdpField(base, &at, text.end());
  out->port = NextSdpField(base, &at, text.end());
  out->count = CutAtSlash(base, &out->port);
  out->proto = NextSdpField(base, &at, text.end());
  if (at < text.end()) out->formats = Between(at, text.end());
}

// Payload types are the formats where RTP is spoken.
void CheckFormats(const char* base, const SdpMedia& media, AnomalyLog& log) {
  if (!media.formats.present()) return;
  if (media.proto.In(base).find("RTP/") == std::string_view::npos) return;
  for (uint32_t at = media.formats.offset; at < media.formats.end();) {
    const Slice format = NextSdpField(base, &at, media.formats.end());
    if (format.length > 2) CheckSdpDigits(base, format, kMostPayloadType, log);
  }
}

}  // namespace

Slice NextSdpField(const char* base, uint32_t* at, uint32_t end) {
  while (*at < end && base[*at] == ' ') ++*at;
  if (*at >= end) return {};
  const uint32_t begin = *at;
  uint32_t stop = begin;
  while (stop < end && base[stop] != ' ') ++stop;
  *at = stop < end ? stop + 1 : end;
  return Between(begin, stop);
}

void NoteSdpOverflow(const char* base, Slice text, uint64_t most, AnomalyLog& log) {
  if (!text.present()) return;
  uint32_t at = text.offset;
  const uint64_t number = ReadDigits(base, &at, text.end());
  // More digits than a number of 64 bits has do not fit either, whatever they say.
  constexpr std::string_view kLargest = "18446744073709551615";
  const uint32_t digits = at - text.offset;
  const bool wrapped = number == UINT64_MAX && Between(text.offset, at).In(base) != kLargest;
  if (number > most || digits > kLargest.size() || wrapped) {
    log.Add(AnomalyId::kSdpOverflow, text.offset);
  }
}

HostKind CheckSdpAddress(const char* base, Slice nettype, Slice addrtype, Slice address,
                         AnomalyLog& log) {
  if (!address.present() || nettype.In(base) != "IN") return HostKind::kNone;
  const std::string_view type = addrtype.In(base);
  if (type != "IP4" && type != "IP6") return HostKind::kNone;
  std::string_view text = address.In(base);
  // What some programs write into a description as it stands in a URI.
  if (type == "IP6" && text.size() > 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
    log.Add(AnomalyId::kSdpAddressBrackets, address.offset);
  }
  const bool colon = text.find(':') != std::string_view::npos;
  if (IsAddressText(text)) {
    const HostKind kind = colon ? HostKind::kIpv6 : HostKind::kIpv4;
    if (colon == (type == "IP6")) return kind;
  } else if (IsHostname(text)) {
    return HostKind::kName;
  }
  log.Add(AnomalyId::kSdpAddressBad, address.offset);
  return HostKind::kBad;
}

void ReadSdpOrigin(const char* base, Slice text, AnomalyLog& log, SdpOrigin* out) {
  *out = SdpOrigin{};
  out->text = text;
  SdpOriginMarks marks;
  const MachineResult match = MatchSdpOrigin(base, text, &marks);
  if (match.accepted) {
    out->username = Between(text.offset, marks.username_end);
    out->session_id = Between(marks.username_end + 1, marks.session_id_end);
    out->version = Between(marks.session_id_end + 1, marks.version_end);
    out->nettype = Between(marks.version_end + 1, marks.nettype_end);
    out->addrtype = Between(marks.nettype_end + 1, marks.addrtype_end);
    out->address = Between(marks.addrtype_end + 1, text.end());
  } else {
    NoteMalformed(match, log);
    uint32_t at = text.offset;
    for (Slice* field : {&out->username, &out->session_id, &out->version, &out->nettype,
                         &out->addrtype, &out->address}) {
      *field = NextSdpField(base, &at, text.end());
    }
  }
  CheckSdpDigits(base, out->session_id, UINT64_MAX, log);
  CheckSdpDigits(base, out->version, UINT64_MAX, log);
}

void ReadSdpConnection(const char* base, Slice text, AnomalyLog& log, SdpConnection* out) {
  *out = SdpConnection{};
  out->text = text;
  SdpConnectionMarks marks;
  const MachineResult match = MatchSdpConnection(base, text, &marks);
  if (match.accepted) {
    out->nettype = Between(text.offset, marks.nettype_end);
    out->addrtype = Between(marks.nettype_end + 1, marks.addrtype_end);
    out->address = Between(marks.addrtype_end + 1, marks.address_end);
    if (marks.ttl_end != kNoMark) {
      const Slice second =
          marks.ttl_end < text.end() ? Between(marks.ttl_end + 1, text.end()) : Slice{};
      PlaceNumbers(base, Between(marks.address_end + 1, marks.ttl_end), second, out);
    }
  } else {
    NoteMalformed(match, log);
    SplitConnection(base, text, out);
  }
  CheckSdpDigits(base, out->ttl, kMostTtl, log);
  CheckSdpDigits(base, out->count, UINT32_MAX, log);
}

void ReadSdpBandwidth(const char* base, Slice text, AnomalyLog& log, SdpBandwidth* out) {
  SdpBandwidthMarks marks;
  const MachineResult match = MatchSdpBandwidth(base, text, &marks);
  if (!match.accepted) NoteMalformed(match, log);
  const uint32_t colon =
      match.accepted ? marks.bwtype_end : FindChar(base, text.offset, text.end(), ':');
  out->type = Between(text.offset, colon);
  out->value = colon < text.end() ? Between(colon + 1, text.end()) : Slice{};
  CheckSdpDigits(base, out->value, UINT64_MAX, log);
}

void ReadSdpTime(const char* base, Slice text, AnomalyLog& log, Slice* start, Slice* stop) {
  SdpTimeMarks marks;
  const MachineResult match = MatchSdpTime(base, text, &marks);
  if (match.accepted) {
    *start = Between(text.offset, marks.start_end);
    *stop = Between(marks.start_end + 1, text.end());
  } else {
    NoteMalformed(match, log);
    uint32_t at = text.offset;
    *start = NextSdpField(base, &at, text.end());
    *stop = NextSdpField(base, &at, text.end());
  }
  CheckSdpDigits(base, *start, UINT64_MAX, log);
  CheckSdpDigits(base, *stop, UINT64_MAX, log);
}

void ReadSdpMedia(const char* base, Slice text, AnomalyLog& log, SdpMedia* out) {
  *out = SdpMedia{};
  out->text = text;
  SdpMediaMarks marks;
  const MachineResult match = MatchSdpMedia(base, text, &marks);
  if (match.accepted) {
    out->type = Between(text.offset, marks.media_end);
    out->port = Between(marks.media_end + 1, marks.port_end);
    const bool counted = marks.count_end != kNoMark;
    if (counted) out->count = Between(marks.port_end + 1, marks.count_end);
    out->proto = Between((counted ? marks.count_end : marks.port_end) + 1, marks.proto_end);
    out->formats = Between(marks.proto_end + 1, text.end());
  } else {
    NoteMalformed(match, log);
    SplitMedia(base, text, out);
  }
  if (out->port.present()) {
    uint32_t at = out->port.offset;
    const uint64_t number = ReadDigits(base, &at, out->port.end());
    const bool digits = at == out->port.end() && !out->port.empty();
    if (digits && number <= kMostPort) out->port_number = static_cast<int32_t>(number);
    CheckSdpDigits(base, out->port, kMostPort, log);
  }
  CheckSdpDigits(base, out->count, UINT32_MAX, log);
  CheckFormats(base, *out, log);
}

}  // namespace sipward::sip
