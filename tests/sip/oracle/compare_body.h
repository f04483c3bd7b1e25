// Holds the library's readers of bodies against the reference.
#ifndef SIPWARD_TESTS_SIP_ORACLE_COMPARE_BODY_H_
#define SIPWARD_TESTS_SIP_ORACLE_COMPARE_BODY_H_

#include <string>
#include <string_view>
#include <vector>

namespace sipward::oracle {

// What the two disagree on, a line each; empty if they agree. The body is read as a session
// description; as text of the charset of `type`; and, if `type` has a boundary, as a multipart
// body.
// - A line that the reference refuses carries sdp.field_malformed or sdp.attribute_malformed there,
//   one that it accepts does not; names, values and media are the same.
// - The first octet that the charset does not have, control character, bidi control and character
//   without width are the same.
// - The parts of all levels, their headers, kinds and bodies are the same, and so are the places of
//   what is wrong with them.
// A type that follows no rule is no type; what is beyond a limit of the library, and parts whose
// boundary is one of another level too, are left out.
std::vector<std::string> CompareBody(std::string_view type, std::string_view body);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_COMPARE_BODY_H_
