// What a URI says in escapes (RFC 3261 section 19.1.2). Internal to this folder.
#ifndef SIPWARD_SIP_PERCENT_H_
#define SIPWARD_SIP_PERCENT_H_

#include <cstdint>

#include "sip/scan.h"

namespace sipward::sip {

// Notes uri.bad_escape, uri.percent_nul, injection.crlf_escaped and uri.percent_ctl in `text`, and
// uri.percent_at in the part of it before `headers`, where an at sign would move the host.
void CheckEscapes(const char* base, Slice text, uint32_t headers, Diagnosis& diagnosis);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_PERCENT_H_
