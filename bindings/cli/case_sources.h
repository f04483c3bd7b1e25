// Captures, call records and evidence as events of a case.
#ifndef SIPWARD_BINDINGS_CLI_CASE_SOURCES_H_
#define SIPWARD_BINDINGS_CLI_CASE_SOURCES_H_

#include <string>

#include "case_event.h"

namespace sipward::cli {

// Reads a file or a folder once, whatever it is: a capture by its first bytes, a folder or a bundle
// of evidence, anything else as call records. False with *error, a sentence.
bool VisitCaseSource(const std::string& path, const CaseRequest& request, const CaseVisitor& visit,
                     std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_SOURCES_H_
