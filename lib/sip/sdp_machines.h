// The machines of the grammars of session descriptions; see machines.h. Internal to this folder.
#ifndef SIPWARD_SIP_SDP_MACHINES_H_
#define SIPWARD_SIP_SDP_MACHINES_H_

#include "sip/machines.h"

namespace sipward::sip {

struct SdpOriginMarks {
  uint32_t username_end = kNoMark;
  uint32_t session_id_end = kNoMark;
  uint32_t version_end = kNoMark;
  uint32_t nettype_end = kNoMark;
  uint32_t addrtype_end = kNoMark;
};

struct SdpConnectionMarks {
  uint32_t nettype_end = kNoMark;
  uint32_t addrtype_end = kNoMark;
  uint32_t address_end = kNoMark;
  uint32_t ttl_end = kNoMark;
};

struct SdpBandwidthMarks {
  uint32_t bwtype_end = kNoMark;
};

struct SdpTimeMarks {
  uint32_t start_end = kNoMark;
};

struct SdpMediaMarks {
  uint32_t media_end = kNoMark;
  uint32_t port_end = kNoMark;
  uint32_t count_end = kNoMark;
  uint32_t proto_end = kNoMark;
};

struct SdpRtpmapMarks {
  uint32_t payload_end = kNoMark;
  uint32_t encoding_end = kNoMark;
  uint32_t clock_end = kNoMark;
};

struct SdpFmtpMarks {
  uint32_t format_end = kNoMark;
};

struct SdpCryptoMarks {
  uint32_t tag_end = kNoMark;
  uint32_t suite_begin = kNoMark;
  uint32_t suite_end = kNoMark;
  uint32_t keys_begin = kNoMark;
  uint32_t method_end = kNoMark;
  uint32_t key_end = kNoMark;
  uint32_t keys_end = kNoMark;
  uint32_t params_begin = kNoMark;
};

struct SdpFingerprintMarks {
  uint32_t hash_end = kNoMark;
};

struct SdpCandidateMarks {
  uint32_t foundation_end = kNoMark;
  uint32_t component_end = kNoMark;
  uint32_t transport_end = kNoMark;
  uint32_t priority_end = kNoMark;
  uint32_t address_end = kNoMark;
  uint32_t port_end = kNoMark;
  uint32_t type_end = kNoMark;
  uint32_t raddr_end = kNoMark;
  uint32_t rport_begin = kNoMark;
  uint32_t rport_end = kNoMark;
};

MachineResult MatchSdpOrigin(const char* base, Slice text, SdpOriginMarks* marks);
MachineResult MatchSdpConnection(const char* base, Slice text, SdpConnectionMarks* marks);
MachineResult MatchSdpBandwidth(const char* base, Slice text, SdpBandwidthMarks* marks);
MachineResult MatchSdpTime(const char* base, Slice text, SdpTimeMarks* marks);
MachineResult MatchSdpMedia(const char* base, Slice text, SdpMediaMarks* marks);
MachineResult MatchSdpRtpmap(const char* base, Slice text, SdpRtpmapMarks* marks);
MachineResult MatchSdpFmtp(const char* base, Slice text, SdpFmtpMarks* marks);
MachineResult MatchSdpCrypto(const char* base, Slice text, SdpCryptoMarks* marks);
MachineResult MatchSdpFingerprint(const char* base, Slice text, SdpFingerprintMarks* marks);
MachineResult MatchSdpCandidate(const char* base, Slice text, SdpCandidateMarks* marks);
MachineResult MatchSdpIceOptions(const char* base, Slice text);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SDP_MACHINES_H_
