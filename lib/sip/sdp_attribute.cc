#include "sip/sdp_attribute.h"

#include "sip/scan.h"
#include "sip/sdp_fields.h"
#include "sip/sdp_machines.h"

namespace sipward::sip {
namespace {

// All values of an accepted text are there; of another, those that `split` finds.
bool IsIceText(const char* base, Slice value, uint32_t least) {
  constexpr uint32_t kMost = 256;
  if (!value.present() || value.length < least || value.length > kMost) return false;
  for (const char c : value.In(base)) {
    if (!IsAlpha(c) && !IsDigit(c) && c != '+' && c != '/') return false;
  }
  return true;
}

// Behind the first `c`; `*head` is what stands before it. Absent if there is none.
Slice CutAt(const char* base, char c, Slice* head) {
  if (!head->present()) return {};
  const uint32_t at = FindChar(base, head->offset, head->end(), c);
  if (at == head->end()) return {};
  const Slice behind = Between(at + 1, head->end());
  *head = Between(head->offset, at);
  return behind;
}

void SplitCrypto(const char* base, Slice value, SdpCrypto* out) {
  uint32_t at = value.offset;
  out->tag = NextSdpField(base, &at, value.end());
  out->suite = NextSdpField(base, &at, value.end());
  out->key_params = NextSdpField(base, &at, value.end());
  if (at < value.end()) out->session_params = Between(at, value.end());
  out->key_method = out->key_params;
  out->key_info = CutAt(base, ':', &out->key_method);
  CutAt(base, ';', &out->key_info);
}

void SplitCandidate(const char* base, Slice value, SdpCandidate* out) {
  uint32_t at = value.offset;
  for (Slice* field : {&out->foundation, &out->component, &out->transport, &out->priority,
                       &out->address, &out->port}) {
    *field = NextSdpField(base, &at, value.end());
  }
  const Slice typ = NextSdpField(base, &at, value.end());
  if (EqualsIgnoreCase(typ.In(base), "typ")) out->type = NextSdpField(base, &at, value.end());
}

}  // namespace

SdpAttributeId FindSdpAttribute(std::string_view name) {
  switch (name.size()) {
    case 4:
      if (name == "fmtp") return SdpAttributeId::kFmtp;
      break;
    case 5:
      if (name == "setup") return SdpAttributeId::kSetup;
      break;
    case 6:
      if (name == "rtpmap") return SdpAttributeId::kRtpmap;
      if (name == "crypto") return SdpAttributeId::kCrypto;
      break;
    case 7:
      if (name == "ice-pwd") return SdpAttributeId::kIcePwd;
      break;
    case 8:
      if (name == "sendrecv") return SdpAttributeId::kSendrecv;
      if (name == "sendonly") return SdpAttributeId::kSendonly;
      if (name == "recvonly") return SdpAttributeId::kRecvonly;
      if (name == "inactive") return SdpAttributeId::kInactive;
      break;
    case 9:
      if (name == "candidate") return SdpAttributeId::kCandidate;
      if (name == "ice-ufrag") return SdpAttributeId::kIceUfrag;
      break;
    case 11:
      if (name == "fingerprint") return SdpAttributeId::kFingerprint;
      if (name == "ice-options") return SdpAttributeId::kIceOptions;
      break;
    default:
      break;
  }
  return SdpAttributeId::kOther;
}

bool ReadRtpmap(const char* base, Slice value, SdpRtpmap* out) {
  *out = SdpRtpmap{};
  if (!value.present()) return false;
  SdpRtpmapMarks marks;
  if (MatchSdpRtpmap(base, value, &marks).accepted) {
    out->payload_type = Between(value.offset, marks.payload_end);
    out->encoding = Between(marks.payload_end + 1, marks.encoding_end);
    if (marks.clock_end == kNoMark) return true;
    out->clock_rate = Between(marks.encoding_end + 1, marks.clock_end);
    if (marks.clock_end < value.end()) out->parameters = Between(marks.clock_end + 1, value.end());
    return true;
  }
  uint32_t at = value.offset;
  out->payload_type = NextSdpField(base, &at, value.end());
  out->encoding = NextSdpField(base, &at, value.end());
  out->clock_rate = CutAt(base, '/', &out->encoding);
  out->parameters = CutAt(base, '/', &out->clock_rate);
  return false;
}

bool ReadFmtp(const char* base, Slice value, SdpFmtp* out) {
  *out = SdpFmtp{};
  if (!value.present()) return false;
  SdpFmtpMarks marks;
  const bool accepted = MatchSdpFmtp(base, value, &marks).accepted;
  out->format = value;
  out->parameters = CutAt(base, ' ', &out->format);
  return accepted;
}

bool ReadCrypto(const char* base, Slice value, SdpCrypto* out) {
  *out = SdpCrypto{};
  if (!value.present()) return false;
  SdpCryptoMarks marks;
  if (!MatchSdpCrypto(base, value, &marks).accepted) {
    SplitCrypto(base, value, out);
    return false;
  }
  out->tag = Between(value.offset, marks.tag_end);
  out->suite = Between(marks.suite_begin, marks.suite_end);
  out->key_params = Between(marks.keys_begin, marks.keys_end);
  out->key_method = Between(marks.keys_begin, marks.method_end);
  out->key_info = Between(marks.method_end + 1, marks.key_end);
  if (marks.params_begin != kNoMark) {
    out->session_params = Between(marks.params_begin, value.end());
  }
  return true;
}

bool ReadFingerprint(const char* base, Slice value, SdpFingerprint* out) {
  *out = SdpFingerprint{};
  if (!value.present()) return false;
  SdpFingerprintMarks marks;
  const bool accepted = MatchSdpFingerprint(base, value, &marks).accepted;
  out->hash = value;
  out->value = CutAt(base, ' ', &out->hash);
  return accepted;
}

SdpSetup ReadSetup(const char* base, Slice value) {
  const std::string_view role = value.In(base);
  if (role == "active") return SdpSetup::kActive;
  if (role == "passive") return SdpSetup::kPassive;
  if (role == "actpass") return SdpSetup::kActpass;
  return role == "holdconn" ? SdpSetup::kHoldconn : SdpSetup::kNone;
}

bool ReadCandidate(const char* base, Slice value, SdpCandidate* out) {
  *out = SdpCandidate{};
  if (!value.present()) return false;
  SdpCandidateMarks marks;
  if (!MatchSdpCandidate(base, value, &marks).accepted) {
    SplitCandidate(base, value, out);
    return false;
  }
  constexpr uint32_t kTyp = 5;  // " typ "
  out->foundation = Between(value.offset, marks.foundation_end);
  out->component = Between(marks.foundation_end + 1, marks.component_end);
  out->transport = Between(marks.component_end + 1, marks.transport_end);
  out->priority = Between(marks.transport_end + 1, marks.priority_end);
  out->address = Between(marks.priority_end + 1, marks.address_end);
  out->port = Between(marks.address_end + 1, marks.port_end);
  out->type = Between(marks.port_end + kTyp, marks.type_end);
  uint32_t at = marks.type_end;
  constexpr uint32_t kRaddr = 7;  // " raddr "
  if (marks.raddr_end != kNoMark) {
    out->related_address = Between(marks.type_end + kRaddr, marks.raddr_end);
    at = marks.raddr_end;
  }
  if (marks.rport_end != kNoMark) {
    out->related_port = Between(marks.rport_begin, marks.rport_end);
    at = marks.rport_end;
  }
  if (at < value.end()) out->extensions = Between(at + 1, value.end());
  return true;
}

bool IsIceUfrag(const char* base, Slice value) { return IsIceText(base, value, 4); }
bool IsIcePwd(const char* base, Slice value) { return IsIceText(base, value, 22); }

bool IsIceOptions(const char* base, Slice value) {
  return value.present() && MatchSdpIceOptions(base, value).accepted;
}

bool FollowsItsGrammar(const char* base, const SdpAttribute& attribute) {
  const Slice value = attribute.value;
  switch (attribute.id) {
    case SdpAttributeId::kOther:
      return true;
    case SdpAttributeId::kRtpmap: {
      SdpRtpmapMarks marks;
      return value.present() && MatchSdpRtpmap(base, value, &marks).accepted;
    }
    case SdpAttributeId::kFmtp: {
      SdpFmtpMarks marks;
      return value.present() && MatchSdpFmtp(base, value, &marks).accepted;
    }
    case SdpAttributeId::kCrypto: {
      SdpCryptoMarks marks;
      return value.present() && MatchSdpCrypto(base, value, &marks).accepted;
    }
    case SdpAttributeId::kFingerprint: {
      SdpFingerprintMarks marks;
      return value.present() && MatchSdpFingerprint(base, value, &marks).accepted;
    }
    case SdpAttributeId::kSetup:
      return ReadSetup(base, value) != SdpSetup::kNone;
    case SdpAttributeId::kIceUfrag:
      return IsIceUfrag(base, value);
    case SdpAttributeId::kIcePwd:
      return IsIcePwd(base, value);
    case SdpAttributeId::kIceOptions:
      return IsIceOptions(base, value);
    case SdpAttributeId::kCandidate: {
      SdpCandidateMarks marks;
      return value.present() && MatchSdpCandidate(base, value, &marks).accepted;
    }
    case SdpAttributeId::kSendrecv:
    case SdpAttributeId::kSendonly:
    case SdpAttributeId::kRecvonly:
    case SdpAttributeId::kInactive:
      return !value.present();
  }
  return true;
}

bool IsWellFormed(const char* base, const SdpAttribute& attribute) {
  if (attribute.name.empty()) return false;
  for (const char c : attribute.name.In(base)) {
    if (!kSdpTokenOctets.Has(c)) return false;
  }
  if (attribute.value.present() && attribute.value.empty()) return false;
  return FollowsItsGrammar(base, attribute);
}

}  // namespace sipward::sip
