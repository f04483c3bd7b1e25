// tolerant.md: which invalid messages of RFC 4475 and RFC 5118 `tolerant` accepts, and what it
// notes about them.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_TOLERANT_TABLE_H_
#define SIPWARD_TESTS_SIP_GOLDEN_TOLERANT_TABLE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tests/sip/golden/case.h"

namespace sipward::sip::golden {

// The page as it should be. False: the corpus is not there.
bool TolerantTable(const std::vector<Case>& cases, std::string* page);

std::filesystem::path TolerantTablePath();
std::string ReadTolerantTable();

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_TOLERANT_TABLE_H_
