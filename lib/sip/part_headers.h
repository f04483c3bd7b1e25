// The header lines of a part of a multipart body. Internal to this folder.
#ifndef SIPWARD_SIP_PART_HEADERS_H_
#define SIPWARD_SIP_PART_HEADERS_H_

#include "sip/body.h"

namespace sipward::sip {

// Reads BodyPart::headers of `part` into its other members, the first of each kind, and says what
// the part is. Notes body.part_header_malformed, body.part_header_duplicate and body.encoded.
void ReadPartHeaders(const char* base, AnomalyLog& log, BodyPart* part);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_PART_HEADERS_H_
