// A second opinion on session descriptions, written from the ABNF of RFC 8866 section 9, RFC 4568,
// RFC 8122 and RFC 8839, slow and plain.
//
// What deviates from the letter of the RFCs, and why:
// - start-time and stop-time may have fewer than ten digits: deployed programs write them.
// - A session name may be empty: deployed programs write "s=".
// - rtpmap may lack its clock rate: valid messages of RFC 4475 have none.
// - Lines may end in LF (RFC 8866 section 5).
#ifndef SIPWARD_TESTS_SIP_ORACLE_REFERENCE_BODY_H_
#define SIPWARD_TESTS_SIP_ORACLE_REFERENCE_BODY_H_

#include <string_view>
#include <vector>

#include "base/slice.h"

namespace sipward::oracle {

struct RefSdpLine {
  Slice line;         // without its line end
  Slice value;        // behind the equals sign
  char type = 0;      // 0: no letter and equals sign
  bool good = false;  // its value follows the rule of its type; true where there is no rule here
};

struct RefSdpAttribute {
  Slice name, value;  // absent: no colon
  bool good = false;
};

struct RefSdp {
  std::vector<RefSdpLine> lines;
  std::vector<RefSdpAttribute> attributes;  // of lines of type 'a'
  std::vector<Slice> media;                 // of lines of type 'm'
};
RefSdp ReadReferenceSdp(std::string_view bytes);

// The lines of a body from `begin` on, without their ends, which are LF or CRLF.
std::vector<Slice> CutLines(std::string_view bytes, size_t begin = 0);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_BODY_H_
