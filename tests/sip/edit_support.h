// A short way to say: this message, these edits, that outcome.
#ifndef SIPWARD_TESTS_SIP_EDIT_SUPPORT_H_
#define SIPWARD_TESTS_SIP_EDIT_SUPPORT_H_

#include <gtest/gtest.h>

#include <initializer_list>

#include "tests/sip/edit_check.h"
#include "tests/sip/support.h"

namespace sipward::sip {

class EditTest : public testing::Test {
 protected:
  // What is written; empty if it is refused. Whatever must always hold is checked.
  std::string Write(std::string_view text, std::initializer_list<Edit> edits,
                    const EditOptions& how = {}, const ParseOptions& options = {}) {
    text_ = text;
    EXPECT_TRUE(check_.Run(text_, options, {edits.begin(), edits.size()}, how)) << check_.why();
    return check_.written();
  }
  EditProblem Problem(std::string_view text, std::initializer_list<Edit> edits,
                      const EditOptions& how = {}, const ParseOptions& options = {}) {
    Write(text, edits, how, options);
    return check_.result().problem;
  }
  // kInvite with `line` at the end of its headers, read back out of what was written: the lines
  // behind the start line that differ, "-" before what went and "+" before what came.
  static std::string Changes(std::string_view before, std::string_view after);

  std::string text_;
  EditCheck check_;
};

inline std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find("\r\n");
    lines.emplace_back(text.substr(0, end));
    if (end == text.npos) break;
    text.remove_prefix(end + 2);
  }
  return lines;
}

// The lines that went, in order, then those that came: "-a|+b|".
inline std::string EditTest::Changes(std::string_view before, std::string_view after) {
  std::vector<std::string> a = LinesOf(before);
  std::vector<std::string> b = LinesOf(after);
  std::string out;
  size_t next = 0;
  std::string came;
  for (const std::string& line : a) {
    const auto found = std::find(b.begin() + static_cast<ptrdiff_t>(next), b.end(), line);
    if (found == b.end()) {
      out += "-" + line + "|";
      continue;
    }
    for (; b.begin() + static_cast<ptrdiff_t>(next) != found; ++next) came += "+" + b[next] + "|";
    ++next;
  }
  for (; next < b.size(); ++next) came += "+" + b[next] + "|";
  return out + came;
}

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_EDIT_SUPPORT_H_
