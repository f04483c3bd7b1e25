// Who called and who was called, as switches write it.
#ifndef SIPWARD_RECORDS_PARTY_H_
#define SIPWARD_RECORDS_PARTY_H_

#include <string_view>

namespace sipward::records {

// The number or user of `1001`, `sip:1001@example.com;user=phone`, `<tel:+49301234>`: what stands
// behind the scheme and before the host and parameters.
std::string_view UserOf(std::string_view text);

// Asterisk's clid, `"Alice" <1001>`: the name without its quotes, and the number; either may be
// empty.
struct CallerId {
  std::string_view name, number;
};
CallerId SplitCallerId(std::string_view clid);

// The peer of a channel: 1001 of `SIP/1001-0000abcd`, trunk-a of `PJSIP/trunk-a-00000012`, 1001 of
// `sofia/internal/1001@example.com`. Empty of `Local/...`, which is nobody's, and of what is no
// channel.
std::string_view PeerOf(std::string_view channel);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_PARTY_H_
