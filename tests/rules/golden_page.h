// Bad rule files and what is said of them, on pages that people can read: golden/README.md.
#ifndef SIPWARD_TESTS_RULES_GOLDEN_PAGE_H_
#define SIPWARD_TESTS_RULES_GOLDEN_PAGE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace sipward::rules::testing {

struct GoldenCase {
  std::string title;
  std::string source;                                      // as it stands on the page
  std::string text;                                        // site.ward
  std::vector<std::pair<std::string, std::string>> added;  // more texts, by name
  std::map<std::string, std::string, std::less<>> files;   // what statements may name, by path
  Options options;
  bool keep_tests = false;
  std::string expected;
};

struct GoldenPage {
  std::string path;
  std::string head;  // before the first case
  std::vector<GoldenCase> cases;
};

// All pages, by name. What is wrong with a page is a failure of the running test.
std::vector<GoldenPage> ReadGoldenPages();
// The page with what is said now.
std::string PageText(const GoldenPage& page, const std::vector<std::string>& said);

// What the compiler says of a case: every diagnostic with place, length, source line and hint.
std::string SaidOf(const GoldenCase& golden, std::vector<Diagnostic>* found);

}  // namespace sipward::rules::testing

#endif  // SIPWARD_TESTS_RULES_GOLDEN_PAGE_H_
