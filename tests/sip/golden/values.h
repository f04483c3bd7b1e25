// The values of the golden cases, for the test that asks which grammar rules they need.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_VALUES_H_
#define SIPWARD_TESTS_SIP_GOLDEN_VALUES_H_

namespace sipward::sip::golden {

// One line for each: where it stands (`start`, `uri`, the name of a header, `body`), a tab, its
// octets in hexadecimal. Those of the corpus are left out. Returns 0.
int PrintValues();

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_VALUES_H_
