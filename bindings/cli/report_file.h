// The page of a report on its way to a file.
#ifndef SIPWARD_BINDINGS_CLI_REPORT_FILE_H_
#define SIPWARD_BINDINGS_CLI_REPORT_FILE_H_

#include <string>

#include "html_report.h"
#include "sipward.h"

namespace sipward::cli {

// False, having said so, if the command was built without the page.
bool CanWriteReport();

// Adds to the head which rules were used (null: none), which sipward made the report, and when;
// then writes the page. False, having said why, if it cannot be written.
bool WriteHtmlReport(HtmlReport* report, const sipward_rules* rules, const std::string& path);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_REPORT_FILE_H_
