// `sipward rules fmt`.
#ifndef SIPWARD_BINDINGS_CLI_RULES_FORMAT_H_
#define SIPWARD_BINDINGS_CLI_RULES_FORMAT_H_

#include <string>
#include <vector>

namespace sipward::cli {

struct FormatRequest {
  std::vector<std::string> files;  // "-": from the standard input to the standard output
  bool check = false;              // change nothing, and say what would change
};

// Lays the files out anew, each where it stands: all of it or not at all. Returns the exit code.
int RunRulesFormat(const FormatRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_RULES_FORMAT_H_
