// What the command tells the shell.
#ifndef SIPWARD_BINDINGS_CLI_EXIT_CODE_H_
#define SIPWARD_BINDINGS_CLI_EXIT_CODE_H_

namespace sipward::cli {

enum ExitCode : int {
  kExitOk = 0,        // nothing was found; every file is fine
  kExitFound = 1,     // a verdict above flag; a message that is not ok
  kExitUnusable = 2,  // the input, the rules or the command line cannot be used
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EXIT_CODE_H_
