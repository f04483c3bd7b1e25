// A call record together with its verdict.
#ifndef SIPWARD_BINDINGS_CLI_CDR_FINDING_H_
#define SIPWARD_BINDINGS_CLI_CDR_FINDING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "sipward.h"

namespace sipward::cli {

struct JudgedRecord {
  const sipward_cdr& record;
  const sipward_verdict& verdict;
  std::string_view callee;  // in its one form, if it has one
  std::string_view file;
  uint64_t line;
};

// A rule that matched gives an alert, or asked for more than a flag, in any mode: the call is over,
// and what matters is what the rule thinks of it. Points and tags alone are no finding.
bool IsFinding(const sipward_verdict& verdict);
// The worst that a rule asked for: SIPWARD_ACTION_...
uint32_t AskedAction(const sipward_verdict& verdict);

// Appends the line of `sipward cdr --json`.
void AppendFinding(std::string* out, const JudgedRecord& judged);

// An amount in millionths: "12.34", with as many digits behind the point as it needs, two at least.
std::string MoneyText(int64_t millionths);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_FINDING_H_
