// Runs a table of cases through a value parser.
#ifndef SIPWARD_TESTS_SIP_VALUES_CASES_H_
#define SIPWARD_TESTS_SIP_VALUES_CASES_H_

#include <gtest/gtest.h>

#include <initializer_list>

#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {

// `parsed(text, log)` parses one value and writes what it found.
template <typename Parsed>
void CheckCases(std::initializer_list<Case> cases, Parsed parsed) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.input);
    const Text text(c.input);
    AnomalyLog log = EmptyLog();
    EXPECT_EQ(parsed(text, log), c.found);
    EXPECT_EQ(Names(log), c.anomalies);
  }
}

}  // namespace sipward::sip::values_test

#endif  // SIPWARD_TESTS_SIP_VALUES_CASES_H_
