// `sipward parse`: what the parser reads in a message.
#ifndef SIPWARD_BINDINGS_CLI_PARSE_H_
#define SIPWARD_BINDINGS_CLI_PARSE_H_

#include <string>
#include <vector>

namespace sipward::cli {

struct ParseRequest {
  std::vector<std::string> files;
  bool strict = false;
  bool stream = false;  // every file holds the bytes of one TCP connection
  bool json = false;
};

// Returns the exit code.
int RunParse(const ParseRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PARSE_H_
