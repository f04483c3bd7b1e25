// The machines that Ragel makes of grammar/*.rl: each runs over one slice, says whether the slice
// follows the grammar, and records where the parts begin and end. Internal to this folder.
#ifndef SIPWARD_SIP_MACHINES_H_
#define SIPWARD_SIP_MACHINES_H_

#include <cstdint>

#include "base/slice.h"

namespace sipward::sip {

inline constexpr uint32_t kNoMark = Slice::kAbsent;

struct MachineResult {
  bool accepted;
  uint32_t stop;  // the byte that could not follow; the end of the text if more should have come
};

// Offsets into the buffer, or kNoMark. Only those of an accepted text mean something. `..._begin`
// of parts that follow a separator is the byte behind it.
struct SipUriMarks {
  uint32_t user_colon = kNoMark;  // means something if there is an at sign
  uint32_t at_sign = kNoMark;
  uint32_t port_begin = kNoMark;
  uint32_t params_begin = kNoMark;
  uint32_t headers_begin = kNoMark;
};

struct NameAddrMarks {
  uint32_t display_begin = kNoMark;  // means something if there is a laquot
  uint32_t display_end = kNoMark;
  uint32_t laquot = kNoMark;
  uint32_t uri_begin = kNoMark;
  uint32_t uri_end = kNoMark;
  uint32_t params_begin = kNoMark;
  uint32_t star_end = kNoMark;
};

struct ViaMarks {
  uint32_t protocol_end = kNoMark;
  uint32_t version_begin = kNoMark;
  uint32_t version_end = kNoMark;
  uint32_t transport_begin = kNoMark;
  uint32_t transport_end = kNoMark;
  uint32_t host_begin = kNoMark;
  uint32_t host_end = kNoMark;
  uint32_t port_begin = kNoMark;
  uint32_t port_end = kNoMark;
  uint32_t params_begin = kNoMark;
};

struct CseqMarks {
  uint32_t number_end = kNoMark;
  uint32_t method_begin = kNoMark;
};

struct StartLineMarks {
  uint32_t method_end = kNoMark;
  uint32_t uri_begin = kNoMark;
  uint32_t uri_end = kNoMark;
  uint32_t version_begin = kNoMark;
  uint32_t version_end = kNoMark;
  uint32_t code_begin = kNoMark;
  uint32_t reason_begin = kNoMark;  // set in a status line alone
};

struct DigestMarks {
  uint32_t params_begin = kNoMark;
};

MachineResult MatchSipUri(const char* base, Slice text, SipUriMarks* marks);
MachineResult MatchTelUri(const char* base, Slice text, SipUriMarks* marks);
MachineResult MatchUrn(const char* base, Slice text);
MachineResult MatchAbsoluteUri(const char* base, Slice text);
MachineResult MatchNameAddr(const char* base, Slice text, NameAddrMarks* marks);
MachineResult MatchVia(const char* base, Slice text, ViaMarks* marks);
MachineResult MatchCseq(const char* base, Slice text, CseqMarks* marks);
MachineResult MatchStartLine(const char* base, Slice text, StartLineMarks* marks);
MachineResult MatchDigest(const char* base, Slice text, DigestMarks* marks);
MachineResult MatchDate(const char* base, Slice text);
MachineResult MatchCallId(const char* base, Slice text);
// The machines of item_machine.rl.in.
MachineResult MatchToken(const char* base, Slice text);
MachineResult MatchTokenList(const char* base, Slice text);
MachineResult MatchTokenListOrNone(const char* base, Slice text);
MachineResult MatchAccept(const char* base, Slice text);
MachineResult MatchAcceptEncoding(const char* base, Slice text);
MachineResult MatchAcceptLanguage(const char* base, Slice text);
MachineResult MatchContentType(const char* base, Slice text);
MachineResult MatchContentDisposition(const char* base, Slice text);
MachineResult MatchContentLanguage(const char* base, Slice text);
MachineResult MatchMimeVersion(const char* base, Slice text);
MachineResult MatchEvent(const char* base, Slice text);
MachineResult MatchAllowEvents(const char* base, Slice text);
MachineResult MatchSubscriptionState(const char* base, Slice text);
MachineResult MatchReason(const char* base, Slice text);
MachineResult MatchIdentity(const char* base, Slice text);
MachineResult MatchReplaces(const char* base, Slice text);
MachineResult MatchInReplyTo(const char* base, Slice text);
MachineResult MatchSessionExpires(const char* base, Slice text);
MachineResult MatchRack(const char* base, Slice text);
MachineResult MatchResourcePriority(const char* base, Slice text);
MachineResult MatchPrivacy(const char* base, Slice text);
MachineResult MatchAcceptContact(const char* base, Slice text);
MachineResult MatchWarning(const char* base, Slice text);
MachineResult MatchTimestamp(const char* base, Slice text);
MachineResult MatchAuthenticationInfo(const char* base, Slice text);
MachineResult MatchProduct(const char* base, Slice text);
MachineResult MatchRetryParams(const char* base, Slice text);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_MACHINES_H_
