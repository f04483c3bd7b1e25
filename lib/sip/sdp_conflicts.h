// Attributes that contradict each other. Internal to this folder.
#ifndef SIPWARD_SIP_SDP_CONFLICTS_H_
#define SIPWARD_SIP_SDP_CONFLICTS_H_

#include <array>
#include <cstdint>

#include "sip/body.h"

namespace sipward::sip {

// Remembers what was said of one medium or of the session; cleared where the next begins.
class SdpConflicts {
 public:
  void Clear();
  // Notes sdp.attribute_conflict where an attribute that holds once (a direction, setup, ice-ufrag,
  // ice-pwd, one payload type) says something else than before, and sdp.fingerprint_conflict for a
  // second fingerprint of one hash function.
  void Take(const char* base, const SdpAttribute& attribute, AnomalyLog& log);

 private:
  static constexpr uint32_t kPayloadTypes = 128;

  void TakeOnce(const char* base, Slice said, Slice* before, AnomalyLog& log);
  void TakeRtpmap(const char* base, Slice value, AnomalyLog& log);
  void TakeFingerprint(const char* base, Slice value, AnomalyLog& log);

  Slice direction_, setup_, ice_ufrag_, ice_pwd_, fingerprint_;
  std::array<uint64_t, kPayloadTypes / 64> mapped_{};  // a bit for each payload type
  // Where the bit is set, what was said of it. Slices would be filled with absence beforehand.
  struct Said {
    uint32_t offset, length;
  };
  std::array<Said, kPayloadTypes> rtpmaps_;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SDP_CONFLICTS_H_
