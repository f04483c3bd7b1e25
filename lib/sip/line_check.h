// Second looks at lines that the index flagged.
#ifndef SIPWARD_SIP_LINE_CHECK_H_
#define SIPWARD_SIP_LINE_CHECK_H_

#include <string_view>

#include "sip/anomaly.h"
#include "sip/index.h"

namespace sipward::sip {

// Notes line.bare_lf, line.bare_cr, line.nul, line.ctl, line.escaped_ctl, header.fold and
// header.fold_blank, each at its first place in the line. `quoting`: quoted strings may stand in
// it, which the start line has none of.
void CheckLineOctets(std::string_view bytes, const Line& line, bool quoting, AnomalyLog& log);

// Notes utf8.invalid, utf8.bidi and utf8.zero_width in bytes[begin, end), each at its first place
// (RFC 3629).
void CheckText(std::string_view bytes, uint32_t begin, uint32_t end, AnomalyLog& log);
// The same with another name for what is not UTF-8.
void CheckTextAs(AnomalyId invalid, std::string_view bytes, uint32_t begin, uint32_t end,
                 AnomalyLog& log);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_LINE_CHECK_H_
