#include "message_values.h"

namespace sipward::c {

static_assert(Slice::kAbsent == SIPWARD_ABSENT);
static_assert(static_cast<int>(sip::StartKind::kNone) == SIPWARD_KIND_NONE);
static_assert(static_cast<int>(sip::StartKind::kRequest) == SIPWARD_KIND_REQUEST);
static_assert(static_cast<int>(sip::StartKind::kResponse) == SIPWARD_KIND_RESPONSE);
static_assert(static_cast<int>(sip::UriScheme::kOther) == SIPWARD_SCHEME_OTHER);
static_assert(static_cast<int>(sip::UriScheme::kSip) == SIPWARD_SCHEME_SIP);
static_assert(static_cast<int>(sip::UriScheme::kSips) == SIPWARD_SCHEME_SIPS);
static_assert(static_cast<int>(sip::UriScheme::kTel) == SIPWARD_SCHEME_TEL);
static_assert(static_cast<int>(sip::UriScheme::kUrn) == SIPWARD_SCHEME_URN);

static_assert(static_cast<int>(sip::HostKind::kNone) == SIPWARD_HOST_NONE);
static_assert(static_cast<int>(sip::HostKind::kName) == SIPWARD_HOST_NAME);
static_assert(static_cast<int>(sip::HostKind::kIpv4) == SIPWARD_HOST_IPV4);
static_assert(static_cast<int>(sip::HostKind::kIpv6) == SIPWARD_HOST_IPV6);
static_assert(static_cast<int>(sip::HostKind::kBad) == SIPWARD_HOST_BAD);

sipward_uri ToC(const sip::Uri& uri) {
  sipward_uri out{};
  out.struct_size = sizeof out;
  out.scheme_id = static_cast<uint32_t>(uri.kind);
  out.text = ToC(uri.text);
  out.scheme = ToC(uri.scheme);
  out.user = ToC(uri.user);
  out.password = ToC(uri.password);
  out.host = ToC(uri.host);
  out.port = ToC(uri.port);
  out.params = ToC(uri.params);
  out.headers = ToC(uri.headers);
  out.port_number = uri.port_number;
  out.host_kind = static_cast<uint32_t>(uri.host_kind);
  return out;
}

sipward_address ToC(const sip::NameAddr& address) {
  sipward_address out{};
  out.is_star = address.is_star ? 1 : 0;
  out.text = ToC(address.text);
  out.display = ToC(address.display);
  out.params = ToC(address.params);
  out.tag = ToC(address.tag);
  out.uri = ToC(address.uri);
  out.in_brackets = address.in_brackets ? 1 : 0;
  return out;
}

sipward_via ToC(const sip::Via& via) {
  sipward_via out{};
  out.port_number = via.port_number;
  out.text = ToC(via.text);
  out.transport = ToC(via.transport);
  out.host = ToC(via.host);
  out.port = ToC(via.port);
  out.branch = ToC(via.branch);
  out.received = ToC(via.received);
  out.rport = ToC(via.rport);
  out.params = ToC(via.params);
  out.protocol = ToC(via.protocol);
  out.version = ToC(via.version);
  out.maddr = ToC(via.maddr);
  out.ttl = ToC(via.ttl);
  out.host_kind = static_cast<uint32_t>(via.host_kind);
  return out;
}

sipward_digest ToC(const sip::Digest& digest) {
  sipward_digest out{};
  out.text = ToC(digest.text);
  out.scheme = ToC(digest.scheme);
  out.username = ToC(digest.username);
  out.realm = ToC(digest.realm);
  out.nonce = ToC(digest.nonce);
  out.uri = ToC(digest.uri);
  out.response = ToC(digest.response);
  out.algorithm = ToC(digest.algorithm);
  out.cnonce = ToC(digest.cnonce);
  out.opaque = ToC(digest.opaque);
  out.qop = ToC(digest.qop);
  out.nc = ToC(digest.nc);
  out.stale = ToC(digest.stale);
  out.domain = ToC(digest.domain);
  return out;
}

sipward_cseq ToC(const sip::Cseq& cseq) {
  sipward_cseq out{};
  out.number_valid = cseq.number_valid ? 1 : 0;
  out.number = cseq.number;
  out.method = ToC(cseq.method_text);
  out.number_text = ToC(cseq.number_text);
  return out;
}

sipward_start_line ToC(const sip::StartLine& start) {
  sipward_start_line out{};
  out.kind = static_cast<uint32_t>(start.kind);
  out.method = ToC(start.method_text);
  out.request_uri = ToC(start.request_uri);
  out.version = ToC(start.version);
  out.reason = ToC(start.reason);
  out.status_code = start.code;
  out.status_text = ToC(start.code_text);
  return out;
}

sipward_header ToC(const sip::Header& header) {
  sipward_header out{};
  out.folded = header.folded ? 1 : 0;
  out.name = ToC(header.name);
  out.value = ToC(header.value);
  if (header.id != sip::HeaderId::kOther) {
    const std::string_view known = sip::HeaderName(header.id);
    out.known = {known.data(), known.size()};
  }
  return out;
}

int32_t ToC(sip::ParseStatus status) {
  switch (status) {
    case sip::ParseStatus::kOk:
      return SIPWARD_OK;
    case sip::ParseStatus::kLimit:
      return SIPWARD_ERR_LIMIT;
    case sip::ParseStatus::kMalformed:
      break;
  }
  return SIPWARD_ERR_MALFORMED;
}

int32_t StatusOf(sip::AnomalyId id) {
  return sip::Describe(id).cls == sip::AnomalyClass::kLimit ? SIPWARD_ERR_LIMIT
                                                            : SIPWARD_ERR_MALFORMED;
}

bool ToProfile(uint32_t profile, sip::Profile* out) {
  if (profile > SIPWARD_PROFILE_STRICT) return false;
  *out = profile == SIPWARD_PROFILE_STRICT ? sip::Profile::kStrict : sip::Profile::kTolerant;
  return true;
}

}  // namespace sipward::c
