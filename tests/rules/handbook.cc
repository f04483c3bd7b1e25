#include "tests/rules/handbook.h"

#include <fstream>
#include <sstream>

namespace sipward::rules::testing {

std::string HandbookText() {
  std::ifstream file(SIPWARD_RULES_README);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<HandbookBlock> HandbookBlocks(const std::string& kind) {
  std::istringstream lines(HandbookText());
  std::vector<HandbookBlock> blocks;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().text += line + "\n";
    } else if (line == "```" + kind) {
      inside = true;
      blocks.push_back({"", number});
    }
  }
  return blocks;
}

}  // namespace sipward::rules::testing
