// Writes what the library says into the golden cases.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_UPDATE_H_
#define SIPWARD_TESTS_SIP_GOLDEN_UPDATE_H_

namespace sipward::sip::golden {

// Every `expect` block anew, and tolerant.md. Returns 0, or 1 if a page cannot be read: then
// nothing is written, and the places are printed.
int Update();

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_UPDATE_H_
