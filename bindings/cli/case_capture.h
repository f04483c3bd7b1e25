// The messages of a capture as events of a case, judged by the default rules.
#ifndef SIPWARD_BINDINGS_CLI_CASE_CAPTURE_H_
#define SIPWARD_BINDINGS_CLI_CASE_CAPTURE_H_

#include <string>

#include "case_event.h"

namespace sipward::cli {

bool VisitCapture(const std::string& path, const CaseVisitor& visit, std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_CAPTURE_H_
