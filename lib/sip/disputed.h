// What breaks or bends a grammar where deployed programs part; what they all read alike is left to
// the anomalies that name the break. tests/peers holds this against the programs. Internal to this
// folder.
#ifndef SIPWARD_SIP_DISPUTED_H_
#define SIPWARD_SIP_DISPUTED_H_

#include "sip/values.h"

namespace sipward::sip {

// Notes uri.disputed, once, at what divides programs in this URI, whose parts were read. `text`:
// the octets between which it stands, white space around it included.
void NoteDisputedUri(const char* base, Slice text, UriPlace place, const Uri& uri, AnomalyLog& log);

// The first octet of a Via's sent-by that divides programs, or Slice::kAbsent: an empty host, one
// with more than a token holds, a port that is neither a port nor 0.
uint32_t FindDisputedSentBy(const char* base, const Via& via);

// Whether a grammar stopped at an LF: the fold that it begins lacks its CR, which is line.bare_lf,
// and programs unfold it all the same.
bool IsLineFeed(const char* base, Slice text, uint32_t stop);

// What it is called that parameters stop at this octet: what all programs take has another name.
AnomalyId NameOfParamError(const char* base, Slice params, uint32_t stop);
// The same of a value that should be a token, which may be empty; `*token`: it is one.
AnomalyId NameOfTokenError(std::string_view value, bool* token);

// Notes header.tab at the first TAB of `text` that stands outside quotes and in no fold, which
// whoever unfolds takes away. `alone`: only where no space stands beside it.
void NoteTab(const char* base, Slice text, bool alone, AnomalyLog& log);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_DISPUTED_H_
