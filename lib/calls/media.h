// Where a session description wants media to go, and whether they are encrypted.
#ifndef SIPWARD_CALLS_MEDIA_H_
#define SIPWARD_CALLS_MEDIA_H_

#include "base/ip.h"
#include "sip/sip.h"

namespace sipward::calls {

struct Media {
  bool described = false;  // there is a session description with a medium that is in use
  IpAddress address;       // of the first such medium; unspecified: none, or it is on hold
  bool secure = false;     // all media in use are (SRTP: RFC 3711, RFC 5764)
};
Media ReadMedia(sip::Message& message);

}  // namespace sipward::calls

#endif  // SIPWARD_CALLS_MEDIA_H_
