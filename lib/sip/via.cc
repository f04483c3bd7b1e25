#include "sip/disputed.h"
#include "sip/host.h"
#include "sip/machines.h"
#include "sip/params.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

void FillVia(const ViaMarks& marks, Via* out) {
  const uint32_t end = out->text.end();
  out->protocol = Between(out->text.offset, marks.protocol_end);
  out->version = Between(marks.version_begin, marks.version_end);
  out->transport = Between(marks.transport_begin, marks.transport_end);
  out->host = Between(marks.host_begin, marks.host_end);
  if (marks.port_begin != kNoMark) out->port = Between(marks.port_begin, marks.port_end);
  if (marks.params_begin != kNoMark) out->params = Between(marks.params_begin, end);
}

constexpr CharSet kProtocolStops("/ \t\r\n;");
constexpr CharSet kPortStops(" \t\r\n;");

// One part of sent-protocol, up to a slash, white space or a semicolon. `*at` moves behind it and
// the slash that may follow.
Slice CutProtocolPart(const char* base, uint32_t* at, uint32_t end) {
  const uint32_t begin = *at;
  const uint32_t stop = FindAnyOf(base, begin, end, kProtocolStops);
  *at = SkipWhiteSpace(base, stop, end);
  if (*at < end && base[*at] == '/') *at = SkipWhiteSpace(base, *at + 1, end);
  return stop > begin ? Between(begin, stop) : Slice{};
}

void SalvageVia(const char* base, Via* out) {
  const uint32_t end = out->text.end();
  uint32_t at = out->text.offset;
  out->protocol = CutProtocolPart(base, &at, end);
  out->version = CutProtocolPart(base, &at, end);
  out->transport = CutProtocolPart(base, &at, end);
  HostPort cut = CutHostPort(base, at, end, ";");
  if (!cut.host.empty()) out->host = cut.host;
  out->port = cut.port;
  at = SkipWhiteSpace(base, cut.end, end);
  if (!cut.port.present() && at < end && base[at] == ':') {
    const uint32_t begin = SkipWhiteSpace(base, at + 1, end);
    at = FindAnyOf(base, begin, end, kPortStops);
    out->port = Between(begin, at);
  }
  at = FindChar(base, at, end, ';');
  if (at < end) out->params = Between(at + 1, end);
}

bool IsKnownTransport(std::string_view text) {
  for (const char* known : {"UDP", "TCP", "TLS", "SCTP", "TLS-SCTP", "WS", "WSS"}) {
    if (EqualsIgnoreCase(text, known)) return true;
  }
  return false;
}

// RFC 3261 section 25.1: via-received, via-maddr and via-ttl demand one.
bool HasValue(const Param& param, Diagnosis& diagnosis) {
  if (!param.value.present()) diagnosis.Note(AnomalyId::kParamMalformed, param.name.offset);
  return param.value.present();
}

// RFC 3261 section 20.42, RFC 5118 section 4.5: an address, IPv6 with or without brackets.
void CheckReceived(const char* base, const Param& param, Diagnosis& diagnosis) {
  if (!HasValue(param, diagnosis)) return;
  const Slice value = param.value;
  if (value.empty() || base[value.offset] == '[') {
    CheckHost(base, value, diagnosis);
  } else if (!IsAddressText(value.In(base))) {
    diagnosis.Note(AnomalyId::kParamValue, value.offset);
    diagnosis.Remark(AnomalyId::kViaDisputed, value.offset);
  }
}

// RFC 3261 section 25.1: ttl = 1*3DIGIT, 0 to 255.
void CheckTtl(const char* base, const Param& param, Diagnosis& diagnosis) {
  if (!HasValue(param, diagnosis)) return;
  uint64_t ttl;
  if (ParseNumber(base, param.value, 255, AnomalyId::kNumberOverflow, diagnosis.log(), &ttl) &&
      param.value.length > 3) {
    diagnosis.Note(AnomalyId::kParamMalformed, param.value.offset);
  }
}

bool TakeParam(const char* base, const Param& param, std::string_view name, Slice* first) {
  if (!EqualsIgnoreCase(param.name.In(base), name)) return false;
  if (!first->present()) *first = param.value;
  return true;
}

void ReadViaParam(const char* base, const Param& param, Diagnosis& diagnosis, Via* out) {
  if (TakeParam(base, param, "branch", &out->branch)) {
    bool token;
    const AnomalyId error = NameOfTokenError(param.value.In(base), UriUse::kParty, &token);
    if (!token) {
      diagnosis.Note(error, param.value.empty() ? param.name.offset : param.value.offset);
    }
  } else if (TakeParam(base, param, "received", &out->received)) {
    CheckReceived(base, param, diagnosis);
  } else if (TakeParam(base, param, "maddr", &out->maddr)) {
    if (HasValue(param, diagnosis)) CheckHost(base, param.value, diagnosis);
  } else if (TakeParam(base, param, "ttl", &out->ttl)) {
    CheckTtl(base, param, diagnosis);
  } else if (EqualsIgnoreCase(param.name.In(base), "rport")) {
    // RFC 3581 section 3: a request carries it without a value.
    if (!out->rport.present()) {
      out->rport = param.value.present() ? param.value : Slice{param.name.end(), 0};
    }
    if (param.value.present()) CheckPort(base, param.value, diagnosis);
  } else {
    CheckGenericValue(base, param, diagnosis);
  }
}

void CheckVia(const char* base, const Limits& limits, Diagnosis& diagnosis, Via* out) {
  if (out->protocol.present() && out->version.present() &&
      (!EqualsIgnoreCase(out->protocol.In(base), "SIP") || out->version.In(base) != "2.0")) {
    diagnosis.Note(AnomalyId::kViaProtocol, out->text.offset);
  }
  if (out->transport.present() && !IsKnownTransport(out->transport.In(base))) {
    diagnosis.Remark(AnomalyId::kViaUnknownTransport, out->transport.offset);
    const std::string_view name = out->transport.In(base);
    if (name.empty() || !IsAlpha(name.front())) {
      diagnosis.Remark(AnomalyId::kViaDisputed, out->transport.offset);
    }
  }
  WalkParams(base, out->params, ';', limits, AnomalyId::kParamDuplicate, diagnosis,
             [&](const Param& param, bool) {
               ReadViaParam(base, param, diagnosis, out);
               return false;
             });
}

}  // namespace

bool ParseVia(const char* base, Slice text, const Limits& limits, AnomalyLog& log, Via* out) {
  *out = Via{};
  text = Trim(base, text);
  out->text = text;
  Diagnosis structure(log);
  ViaMarks marks;
  const MachineResult match = MatchVia(base, text, &marks);
  if (match.accepted) {
    FillVia(marks, out);
  } else {
    SalvageVia(base, out);
  }
  if (out->host.present()) out->host_kind = CheckHost(base, out->host, structure);
  if (out->port.present()) out->port_number = CheckPort(base, out->port, structure);
  if (!match.accepted && !structure.any()) {
    const bool in_params = out->params.present() && match.stop >= out->params.offset;
    const AnomalyId name = in_params
                               ? NameOfParamError(base, out->params, match.stop, UriUse::kParty)
                               : AnomalyId::kViaMalformed;
    structure.Note(IsLineFeed(base, text, match.stop) ? AnomalyId::kLineBareLf : name, match.stop);
  }
  const uint32_t disputed = FindDisputedSentBy(base, *out);
  if (disputed != kNoMark) log.Add(AnomalyId::kUriDisputed, disputed);
  Diagnosis values(log);
  CheckVia(base, limits, values, out);
  return out->host.present();
}

}  // namespace sipward::sip
