// Bytes as people can read and write them: the escapes of the golden cases.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_ESCAPE_H_
#define SIPWARD_TESTS_SIP_GOLDEN_ESCAPE_H_

#include <optional>
#include <string>
#include <string_view>

namespace sipward::sip::golden {

// One line of a message as it is written in a case. `\r \n \t \0 \\ \xHH` are octets;
// `\*(N,text)` is the text N times, `#` in it the running number from 1. A backslash at the end
// of the line leaves out the CRLF that every other line ends in. Absent: an escape that is none,
// and `*wrong` holds it.
std::optional<std::string> Unescape(std::string_view line, std::string* wrong);

// The opposite for one value: everything but printable ASCII as an escape. Of more than 60 octets
// the beginning and "...".
std::string Escape(std::string_view bytes);

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_ESCAPE_H_
