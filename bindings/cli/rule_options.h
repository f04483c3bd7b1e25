// `--rules` and `--no-default-rules`, of every command that judges.
#ifndef SIPWARD_BINDINGS_CLI_RULE_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_RULE_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "rule_files.h"

namespace sipward::cli {

// `source` must outlive the command.
void AddRuleOptions(CLI::App* command, RuleSource* source);
// The second one alone.
void AddNoDefaultRules(CLI::App* command, RuleSource* source);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_RULE_OPTIONS_H_
