// Internal to the walks.
#ifndef SIPWARD_SIP_WALK_URI_H_
#define SIPWARD_SIP_WALK_URI_H_

#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {

// The sip or sips URI that begins at `begin`: the mark that ends it, or 0. What that mark is, the
// caller judges: an at sign or a question mark there means that it was no ordinary URI.
uint32_t WalkSipUri(const Walk& walk, uint32_t begin, UriPlace place, const Limits& limits,
                    Uri* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_WALK_URI_H_
