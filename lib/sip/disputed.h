// What breaks or bends a grammar where deployed programs part; what they all read alike is left to
// the anomalies that name the break. tests/peers holds this against the programs. Internal to this
// folder.
#ifndef SIPWARD_SIP_DISPUTED_H_
#define SIPWARD_SIP_DISPUTED_H_

#include "sip/values.h"

namespace sipward::sip {

struct Header;
enum class HeaderId : uint8_t;

// Notes uri.disputed, once, at what divides programs in this URI, whose parts were read. `text`:
// the octets between which it stands, white space around it included.
void NoteDisputedUri(const char* base, Slice text, UriPlace place, UriUse use, const Uri& uri,
                     AnomalyLog& log);

// The first octet of a Via's sent-by that divides programs, or Slice::kAbsent: a host that some
// take for none, and a port that is neither a port nor 0.
uint32_t FindDisputedSentBy(const char* base, const Via& via);

// Whether a grammar stopped at an LF: the fold that it begins lacks its CR, which is line.bare_lf,
// and programs unfold it all the same.
bool IsLineFeed(const char* base, Slice text, uint32_t stop);

// What it is called that parameters stop at this octet: what all programs take has another name,
// but not where they say who calls whom.
AnomalyId NameOfParamError(const char* base, Slice params, uint32_t stop, UriUse use);
// The same of a value that should be a token, which may be empty; `*token`: it is one.
AnomalyId NameOfTokenError(std::string_view value, UriUse use, bool* token);

// Notes header.tab at the first TAB of `text` that stands outside quotes. `in_folds`: also where
// white space holds a line end, which most take away with all that is around it.
void NoteTab(const char* base, Slice text, bool in_folds, AnomalyLog& log);

// Whether a header of this kind says who calls whom: Via, From, To, Call-ID, CSeq, Content-Length.
bool IsTelling(HeaderId id);

// Of such a header: notes what stands around its value, between the colon and
// the end of the line, where that divides programs.
void CheckAroundValue(const char* base, const Header& header, uint32_t end, AnomalyLog& log);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_DISPUTED_H_
