#include "sip/sdp_conflicts.h"

#include "sip/number.h"
#include "sip/scan.h"
#include "sip/sdp_attribute.h"

namespace sipward::sip {

void SdpConflicts::Clear() {
  direction_ = setup_ = ice_ufrag_ = ice_pwd_ = fingerprint_ = Slice{};
  mapped_.fill(0);
}

void SdpConflicts::Take(const char* base, const SdpAttribute& attribute, AnomalyLog& log) {
  switch (attribute.id) {
    case SdpAttributeId::kSendrecv:
    case SdpAttributeId::kSendonly:
    case SdpAttributeId::kRecvonly:
    case SdpAttributeId::kInactive:
      return TakeOnce(base, attribute.name, &direction_, log);
    case SdpAttributeId::kSetup:
      return TakeOnce(base, attribute.value, &setup_, log);
    case SdpAttributeId::kIceUfrag:
      return TakeOnce(base, attribute.value, &ice_ufrag_, log);
    case SdpAttributeId::kIcePwd:
      return TakeOnce(base, attribute.value, &ice_pwd_, log);
    case SdpAttributeId::kRtpmap:
      return TakeRtpmap(base, attribute.value, log);
    case SdpAttributeId::kFingerprint:
      return TakeFingerprint(base, attribute.value, log);
    default:
      return;
  }
}

void SdpConflicts::TakeOnce(const char* base, Slice said, Slice* before, AnomalyLog& log) {
  if (!said.present()) return;
  if (!before->present()) {
    *before = said;
  } else if (before->In(base) != said.In(base)) {
    log.Add(AnomalyId::kSdpAttributeConflict, said.offset);
  }
}

void SdpConflicts::TakeRtpmap(const char* base, Slice value, AnomalyLog& log) {
  if (!value.present()) return;
  uint32_t at = value.offset;
  const uint64_t type = ReadDigits(base, &at, value.end());
  if (at == value.offset || type >= kPayloadTypes) return;
  uint64_t& word = mapped_[type / 64];
  const uint64_t bit = uint64_t{1} << (type % 64);
  const Slice said = Between(at, value.end());
  Said& kept = rtpmaps_[type];
  if ((word & bit) == 0) {
    word |= bit;
    kept = {said.offset, said.length};
  } else if (Slice{kept.offset, kept.length}.In(base) != said.In(base)) {
    log.Add(AnomalyId::kSdpAttributeConflict, said.offset);
  }
}

// RFC 8122 section 5 allows it; a program that keeps one of them checks another certificate.
void SdpConflicts::TakeFingerprint(const char* base, Slice value, AnomalyLog& log) {
  if (!value.present()) return;
  if (!fingerprint_.present()) {
    fingerprint_ = value;
    return;
  }
  SdpFingerprint first, second;
  ReadFingerprint(base, fingerprint_, &first);
  ReadFingerprint(base, value, &second);
  if (!EqualsIgnoreCase(first.hash.In(base), second.hash.In(base))) return;
  if (EqualsIgnoreCase(first.value.In(base), second.value.In(base))) return;
  log.Add(AnomalyId::kSdpFingerprintConflict, value.offset);
}

}  // namespace sipward::sip
