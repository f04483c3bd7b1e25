// Rule files and the list files that they name, compiled.
#ifndef SIPWARD_BINDINGS_CLI_RULE_FILES_H_
#define SIPWARD_BINDINGS_CLI_RULE_FILES_H_

#include <string>
#include <string_view>
#include <vector>

#include "handle.h"

namespace sipward::cli {

// The folder of the default pack, as diagnostics and rules call its files.
inline constexpr std::string_view kPackFolder = "pack/rules/";

struct RuleSource {
  std::vector<std::string> files;
  bool default_pack = true;
  std::string settings;                            // a rule text of the command's own; or none
  bool tests = false;                              // they are checked and kept
  bool keep_source = false;                        // all that they are compiled of stays with them
  uint64_t state_budget = 0, event_budget_ns = 0;  // 0: the usual
};

struct LoadedRules {
  RulesHandle rules;     // null if they cannot be used
  std::string errors;    // why: whole lines, to be printed as they are
  std::string warnings;  // the same for what is legal and probably not meant
};

// List files are looked up beside the rule file that names them.
LoadedRules LoadRules(const RuleSource& source);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_RULE_FILES_H_
