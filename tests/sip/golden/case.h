// Golden cases: the Markdown files of cases/, which README.md describes.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_CASE_H_
#define SIPWARD_TESTS_SIP_GOLDEN_CASE_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::sip::golden {

// A place in a file of cases; line 1 is the first.
struct Problem {
  std::string file;
  int line;
  std::string what;
};

struct Case {
  std::string file;  // name of the page, without its folder
  int line = 0;      // of the heading
  std::string title;
  std::vector<std::string> raises;  // anomalies that the heading claims
  std::vector<std::string> misses;  // anomalies that the heading says are just missed
  std::string why;
  bool stream = false;  // the message comes from a stream
  std::string corpus;   // the message is this file of the corpus
  std::string bytes;    // the message, if it is not
  int expect_line = 0;  // of the fence that opens the expectation
  std::vector<std::string> expect;
};

// Reads one page; what is wrong with it goes to `problems`.
std::vector<Case> ReadPage(std::string_view file, std::string_view text,
                           std::vector<Problem>* problems);

// All pages of tests/sip/golden/cases, in the order of their names.
std::vector<Case> ReadAllPages(std::vector<Problem>* problems);

std::filesystem::path CasesPath();

// The message of a case: its own or that of the corpus. False: the corpus is not there.
bool LoadMessage(const Case& test, std::string* bytes);

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_CASE_H_
