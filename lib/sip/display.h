// Display names that say something else than the URI. Internal to this folder.
#ifndef SIPWARD_SIP_DISPLAY_H_
#define SIPWARD_SIP_DISPLAY_H_

#include "sip/values.h"

namespace sipward::sip {

// Notes nameaddr.display_contains_uri and nameaddr.display_number. The display and the URI must
// have been read.
void CheckDisplay(const char* base, const NameAddr& address, AnomalyLog& log);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_DISPLAY_H_
