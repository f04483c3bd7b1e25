// What is wrong with a rule text, shown at its place.
#ifndef SIPWARD_BINDINGS_CLI_DIAGNOSTICS_H_
#define SIPWARD_BINDINGS_CLI_DIAGNOSTICS_H_

#include <string>

#include "sipward.h"

namespace sipward::cli {

// `site.ward:14:31: error R203: ...`, the source line, a caret under the place, and the hint.
std::string RenderDiagnostic(const sipward_diagnostic& diagnostic);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_DIAGNOSTICS_H_
