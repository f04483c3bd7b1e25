// `sipward parse`: what the parser reads in a message.
#ifndef SIPWARD_BINDINGS_CLI_PARSE_H_
#define SIPWARD_BINDINGS_CLI_PARSE_H_

#include <string>
#include <vector>

#include "sipward.h"

namespace sipward::cli {

struct ParseRequest {
  std::vector<std::string> files;
  bool strict = false;
  sipward_policy policy = {};  // changes to the profile
  bool stream = false;         // every file holds the bytes of one TCP connection
  bool json = false;
  bool explain = false;  // the bytes with fields and anomalies marked under them
};

// Returns the exit code.
int RunParse(const ParseRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PARSE_H_
