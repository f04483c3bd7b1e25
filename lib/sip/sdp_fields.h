// The fields of a session description: what stands behind the equals sign. Internal to this folder.
#ifndef SIPWARD_SIP_SDP_FIELDS_H_
#define SIPWARD_SIP_SDP_FIELDS_H_

#include <cstdint>

#include "sip/body.h"
#include "sip/scan.h"

namespace sipward::sip {

// RFC 8866 section 9: token-char.
inline constexpr CharSet kSdpTokenOctets(
    "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

// Each notes sdp.field_malformed where the field does not follow RFC 8866 section 9, and
// sdp.overflow where a number does not fit; then it fills in what single spaces divide.
void ReadSdpOrigin(const char* base, Slice text, AnomalyLog& log, SdpOrigin* out);
void ReadSdpConnection(const char* base, Slice text, AnomalyLog& log, SdpConnection* out);
void ReadSdpBandwidth(const char* base, Slice text, AnomalyLog& log, SdpBandwidth* out);
void ReadSdpTime(const char* base, Slice text, AnomalyLog& log, Slice* start, Slice* stop);
void ReadSdpMedia(const char* base, Slice text, AnomalyLog& log, SdpMedia* out);

// What an address is by its network and type. Notes sdp.address_bad if it is none of its type.
HostKind CheckSdpAddress(const char* base, Slice nettype, Slice addrtype, Slice address,
                         AnomalyLog& log);

void NoteSdpOverflow(const char* base, Slice text, uint64_t most, AnomalyLog& log);
// Notes sdp.overflow if the digits at the begin of `text` say more than `most`, or are more than a
// number of 64 bits has.
inline void CheckSdpDigits(const char* base, Slice text, uint64_t most, AnomalyLog& log) {
  // Whatever is shorter than `most` is less.
  uint32_t shorter = 0;
  for (uint64_t rest = most; rest >= 10; rest /= 10) ++shorter;
  if (text.length > shorter) NoteSdpOverflow(base, text, most, log);
}

// The next field of a line, up to a space; `*at` is left behind that space. Absent at the end.
Slice NextSdpField(const char* base, uint32_t* at, uint32_t end);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SDP_FIELDS_H_
