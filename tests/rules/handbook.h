// The handbook, lib/rules/README.md, and its code blocks.
#ifndef SIPWARD_TESTS_RULES_HANDBOOK_H_
#define SIPWARD_TESTS_RULES_HANDBOOK_H_

#include <string>
#include <vector>

namespace sipward::rules::testing {

struct HandbookBlock {
  std::string text;
  int line = 0;  // where it begins
};

std::string HandbookText();
// The blocks that begin with ```kind.
std::vector<HandbookBlock> HandbookBlocks(const std::string& kind);

}  // namespace sipward::rules::testing

#endif  // SIPWARD_TESTS_RULES_HANDBOOK_H_
