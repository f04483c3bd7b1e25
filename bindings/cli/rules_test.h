// `sipward rules test`.
#ifndef SIPWARD_BINDINGS_CLI_RULES_TEST_H_
#define SIPWARD_BINDINGS_CLI_RULES_TEST_H_

#include "rule_files.h"

namespace sipward::cli {

struct TestRequest {
  RuleSource rules;
  bool json = false;
};

// Runs the tests of all files. Returns the exit code.
int RunRulesTest(const TestRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_RULES_TEST_H_
