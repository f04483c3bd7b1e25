// The walks held against the grammars: whatever a walk accepts, the parser of values.h reads the
// same and has nothing to note.
#ifndef SIPWARD_TESTS_SIP_WALK_CHECK_H_
#define SIPWARD_TESTS_SIP_WALK_CHECK_H_

#include <string>
#include <string_view>

namespace sipward::sip {

// The names of walks, each with a space behind it: uri name-addr via digest cseq start-line
// call-id sdp.
struct WalkCheck {
  std::string accepted;   // that took the value in some place or role
  std::string disagreed;  // that read it in another way than the grammar
};

// Tries every walk in every role on one value, which is trimmed and put into heads of different
// kinds: lines that end in CRLF and LF, a comma or a fold behind it, small limits.
WalkCheck CheckWalks(std::string_view value);

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_WALK_CHECK_H_
