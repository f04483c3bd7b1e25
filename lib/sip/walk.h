// Values of ordinary shape, read by jumping from mark to mark instead of byte by byte. Internal to
// this folder.
//
// Each function answers only where the parser of values.h would accept the value, note nothing, and
// fill in exactly the same; then it fills *out and returns true. Otherwise it returns false, *out
// is rubbish, and the grammar decides: what is broken or rare is read in one place alone. The
// differential fuzzer holds the two against each other.
#ifndef SIPWARD_SIP_WALK_H_
#define SIPWARD_SIP_WALK_H_

#include <span>

#include "sip/body.h"
#include "sip/items.h"
#include "sip/marks.h"
#include "sip/values.h"

namespace sipward::sip {

bool WalkUri(const Marks& marks, const char* base, Slice text, UriPlace place, const Limits& limits,
             Uri* out);
bool WalkNameAddr(const Marks& marks, const char* base, Slice text, const Limits& limits,
                  AddressRole role, NameAddr* out);
bool WalkVia(const Marks& marks, const char* base, Slice text, const Limits& limits, Via* out);
bool WalkDigest(const Marks& marks, const char* base, Slice text, const Limits& limits,
                Digest* out);
bool WalkCseq(const Marks& marks, const char* base, Slice text, Cseq* out);
bool WalkCallId(const Marks& marks, const char* base, Slice text);
// One header line: the number of its values, which are written to `room`; 0: not an ordinary line.
uint32_t WalkItems(const Marks& marks, const char* base, Slice text, ItemGrammar grammar,
                   const Limits& limits, std::span<Item> room);
// `marks` are those of the body, by MarkText. One thing it notes that others write often:
// sdp.address_brackets, at the origin.
bool WalkSdp(const Marks& marks, const char* base, Slice body, const Limits& limits,
             AnomalyLog& log, Sdp* out);
bool WalkStartLine(const Marks& marks, const char* base, Slice line, StartLine* out);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_WALK_H_
