// A case as text, as JSON and as a page.
#ifndef SIPWARD_BINDINGS_CLI_CASE_REPORT_H_
#define SIPWARD_BINDINGS_CLI_CASE_REPORT_H_

#include <string>

#include "case_file.h"
#include "html_report.h"

namespace sipward::cli {

std::string CaseText(const CaseRequest& request, const CaseFile& file);
// One object on one line.
std::string CaseJson(const CaseRequest& request, const CaseFile& file);
HtmlReport CasePage(const CaseRequest& request, const CaseFile& file);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_REPORT_H_
