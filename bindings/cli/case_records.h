// Call records as events of a case.
#ifndef SIPWARD_BINDINGS_CLI_CASE_RECORDS_H_
#define SIPWARD_BINDINGS_CLI_CASE_RECORDS_H_

#include <string>

#include "case_event.h"

namespace sipward::cli {

bool VisitRecords(const std::string& path, const CaseRequest& request, const CaseVisitor& visit,
                  std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_RECORDS_H_
