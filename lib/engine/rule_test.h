// Runs the `test` blocks of rule texts, each on an engine and a state of its own.
#ifndef SIPWARD_ENGINE_RULE_TEST_H_
#define SIPWARD_ENGINE_RULE_TEST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "rules/rules.h"

namespace sipward::engine {

struct RuleTestResult {
  uint32_t events = 0;                           // that were inspected
  uint32_t failed = 0;                           // expectations that were not met
  const rules::Expectation* expected = nullptr;  // the first of them
  uint32_t event = 0;                            // that shows it, from 1
  std::string found;                             // what came there
};

// Runs test `index` of the rules. Nothing if there is no memory for the state of the rules.
std::optional<RuleTestResult> RunRuleTest(const std::shared_ptr<const rules::RuleSet>& rules,
                                          size_t index);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_RULE_TEST_H_
