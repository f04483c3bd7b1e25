// `sipward rules check` and `sipward rules explain`.
#ifndef SIPWARD_BINDINGS_CLI_RULES_COMMAND_H_
#define SIPWARD_BINDINGS_CLI_RULES_COMMAND_H_

#include "rule_files.h"

namespace sipward::cli {

// Each file by itself, together with the default pack if the source says so. Returns the exit code.
int RunRulesCheck(const RuleSource& source);
// All files together. Without files: the default pack. Returns the exit code.
int RunRulesExplain(const RuleSource& source);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_RULES_COMMAND_H_
