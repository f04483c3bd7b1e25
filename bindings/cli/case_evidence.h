// The decisions of a log as events of a case.
#ifndef SIPWARD_BINDINGS_CLI_CASE_EVIDENCE_H_
#define SIPWARD_BINDINGS_CLI_CASE_EVIDENCE_H_

#include <string>

#include "case_event.h"

namespace sipward::cli {

// What cannot be opened tells nothing. False also if the log was changed.
bool VisitEvidence(const std::string& path, const CaseVisitor& visit, std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_EVIDENCE_H_
