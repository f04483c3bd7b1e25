// The parser's values as the structs of the C interface.
#ifndef SIPWARD_BINDINGS_C_MESSAGE_VALUES_H_
#define SIPWARD_BINDINGS_C_MESSAGE_VALUES_H_

#include "sip/sip.h"
#include "sipward.h"

namespace sipward::c {

inline sipward_slice ToC(Slice slice) { return {slice.offset, slice.length}; }
inline sipward_anomaly ToC(const sip::Anomaly& anomaly) {
  return {static_cast<uint32_t>(anomaly.id), anomaly.offset};
}
sipward_uri ToC(const sip::Uri& uri);
sipward_address ToC(const sip::NameAddr& address);
sipward_via ToC(const sip::Via& via);
sipward_digest ToC(const sip::Digest& digest);
sipward_cseq ToC(const sip::Cseq& cseq);
sipward_start_line ToC(const sip::StartLine& start);
sipward_header ToC(const sip::Header& header);
int32_t ToC(sip::ParseStatus status);

// The status that an anomaly gives to what it refuses.
int32_t StatusOf(sip::AnomalyId id);
bool ToProfile(uint32_t profile, sip::Profile* out);
// Bits that mean nothing are ignored.
void TakePolicy(const sipward_policy& policy, sip::AnomalySet* accepted, sip::AnomalySet* refused);

}  // namespace sipward::c

#endif  // SIPWARD_BINDINGS_C_MESSAGE_VALUES_H_
