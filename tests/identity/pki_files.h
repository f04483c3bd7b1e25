// Files that tests/identity/pki_cases.py writes when the tests are built.
#ifndef SIPWARD_TESTS_IDENTITY_PKI_FILES_H_
#define SIPWARD_TESTS_IDENTITY_PKI_FILES_H_

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

namespace sipward::identity {

// The time for which they are made.
inline constexpr int64_t kPkiNow = 1800000000;

// Empty if there is none.
inline std::string PkiFile(const std::string& name) {
  std::ifstream file(SIPWARD_TEST_PKI "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace sipward::identity

#endif  // SIPWARD_TESTS_IDENTITY_PKI_FILES_H_
