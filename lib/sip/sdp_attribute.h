// The attributes of a session description that have a grammar of their own, read when they are
// asked for.
//
// A reader takes the value of an attribute (SdpAttribute::value, which may be absent) and returns
// whether it follows its grammar. If it does not, the parts that could be told apart are there all
// the same, as spaces and slashes divide them; the rest is absent.
#ifndef SIPWARD_SIP_SDP_ATTRIBUTE_H_
#define SIPWARD_SIP_SDP_ATTRIBUTE_H_

#include <cstdint>

#include "base/slice.h"
#include "sip/body.h"

namespace sipward::sip {

// RFC 8866 section 6.6. The clock rate may be missing: valid messages of RFC 4475 have none.
struct SdpRtpmap {
  Slice payload_type;
  Slice encoding;
  Slice clock_rate;
  Slice parameters;  // channels, of audio

  friend bool operator==(const SdpRtpmap&, const SdpRtpmap&) = default;
};
bool ReadRtpmap(const char* base, Slice value, SdpRtpmap* out);

// RFC 8866 section 6.15.
struct SdpFmtp {
  Slice format;
  Slice parameters;

  friend bool operator==(const SdpFmtp&, const SdpFmtp&) = default;
};
bool ReadFmtp(const char* base, Slice value, SdpFmtp* out);

// RFC 4568 section 9.1. Of several keys, the parts of the first; all of them are in key_params.
struct SdpCrypto {
  Slice tag;
  Slice suite;
  Slice key_params;
  Slice key_method;      // "inline"
  Slice key_info;        // behind the colon
  Slice session_params;  // all of them; absent if none

  friend bool operator==(const SdpCrypto&, const SdpCrypto&) = default;
};
bool ReadCrypto(const char* base, Slice value, SdpCrypto* out);

// RFC 8122 section 5.
struct SdpFingerprint {
  Slice hash;
  Slice value;  // hexadecimal digits with colons between

  friend bool operator==(const SdpFingerprint&, const SdpFingerprint&) = default;
};
bool ReadFingerprint(const char* base, Slice value, SdpFingerprint* out);

// RFC 4145 section 4.
enum class SdpSetup : uint8_t { kNone, kActive, kPassive, kActpass, kHoldconn };
SdpSetup ReadSetup(const char* base, Slice value);  // kNone: none of these

// RFC 8839 section 5.1.
struct SdpCandidate {
  Slice foundation;
  Slice component;
  Slice transport;
  Slice priority;
  Slice address;
  Slice port;
  Slice type;  // "host", "srflx", "prflx", "relay"
  Slice related_address;
  Slice related_port;
  Slice extensions;  // names and values, single spaces between; absent if none

  friend bool operator==(const SdpCandidate&, const SdpCandidate&) = default;
};
bool ReadCandidate(const char* base, Slice value, SdpCandidate* out);

// RFC 8839 section 5.4: 4 to 256 ice-chars, and 22 to 256.
bool IsIceUfrag(const char* base, Slice value);
bool IsIcePwd(const char* base, Slice value);
// RFC 8839 section 5.6: tags with single spaces between.
bool IsIceOptions(const char* base, Slice value);

// Whether the value follows the grammar of its attribute; those without a reader take any text.
bool FollowsItsGrammar(const char* base, const SdpAttribute& attribute);
// Whether the name is a token too, and a value that is there is not empty (RFC 8866 section 9).
bool IsWellFormed(const char* base, const SdpAttribute& attribute);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SDP_ATTRIBUTE_H_
