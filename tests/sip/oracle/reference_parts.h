// A second opinion on multipart bodies, written from RFC 2046 section 5.1 and RFC 5621: cut at the
// lines of the outermost boundary first, then every part on its own.
//
// What deviates from the letter of the RFCs, and why:
// - A boundary line is compared as a whole, its padding left out, and not by its begin: what goes
// on
//   behind the boundary has an anomaly of its own.
// - Lines may end in LF, which has one too.
// - White space around the name of a header of a part is left out.
#ifndef SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARTS_H_
#define SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/slice.h"

namespace sipward::oracle {

// A Content-Type. Only one that follows the rule of its header is taken apart.
struct RefMedia {
  bool good = false;
  std::string type, subtype;  // in small letters
  Slice boundary, charset;    // without quotes; absent if there is none
};
RefMedia ReadReferenceMedia(std::string_view bytes, Slice value);
bool IsReferenceBoundary(std::string_view text);

struct RefPart {
  enum class Kind { kUnsure, kOpaque, kSdp, kMultipart, kText };
  Slice headers;  // without the empty line
  Slice body;     // without the line end that belongs to the boundary behind it
  Slice content_type, content_disposition, content_id, content_transfer_encoding, content_length;
  RefMedia media;
  Kind kind = Kind::kUnsure;  // its Content-Type follows no rule
  int depth = 1;
  int parent = -1;
};

struct RefParts {
  std::vector<RefPart> parts;  // in the order of their boundaries
  // Where what is wrong stands: header lines, encodings, types without a usable boundary, and the
  // begins of bodies whose last boundary, or any, is missing.
  std::vector<size_t> malformed_headers, double_headers, encoded, no_boundary, unterminated;
  // One line is a boundary of two levels: which one it is, nobody says.
  bool unsure = false;
};
RefParts ReadReferenceParts(std::string_view bytes, std::string_view boundary);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_PARTS_H_
