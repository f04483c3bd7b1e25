// A second opinion on bodies, written from the ABNF of RFC 8866 section 9, RFC 4568, RFC 8122, RFC
// 8839 and from RFC 2046 section 5.1, slow and plain.
//
// What deviates from the letter of the RFCs, and why:
// - start-time and stop-time may have fewer than ten digits: deployed programs write them.
// - A session name may be empty: deployed programs write "s=".
// - rtpmap may lack its clock rate: valid messages of RFC 4475 have none.
// - Lines may end in LF (RFC 8866 section 5).
// - A boundary line is compared as a whole, its padding left out, and not by its begin.
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

// The bodies of the parts of one level, by RFC 2046 section 5.1.1; `closed`: the last boundary was
// there.
struct RefParts {
  std::vector<Slice> bodies;  // header lines and what stands behind the empty line
  bool closed = false;
};
bool IsReferenceBoundary(std::string_view text);
RefParts ReadReferenceParts(std::string_view bytes, std::string_view boundary);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_BODY_H_
