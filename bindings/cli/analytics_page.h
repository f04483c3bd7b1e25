// Calls in numbers, as tables of a report.
#ifndef SIPWARD_BINDINGS_CLI_ANALYTICS_PAGE_H_
#define SIPWARD_BINDINGS_CLI_ANALYTICS_PAGE_H_

#include "html_report.h"
#include "sipward.h"

namespace sipward::cli {

// Adds the totals to the facts, and a table for each dimension that has any: of fifty keys at most.
void AddAnalytics(const sipward_analytics* analytics, HtmlReport* report);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_ANALYTICS_PAGE_H_
