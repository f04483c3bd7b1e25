// What a process may do, given up.
#ifndef SIPWARD_BINDINGS_CLI_PRIVILEGES_H_
#define SIPWARD_BINDINGS_CLI_PRIVILEGES_H_

#include <string>

namespace sipward::cli {

// Becomes `user`, with its groups and nothing else, for good. Empty, or what failed: then nobody
// should go on. Whoever is not root stays who he is, unless `user` is somebody else.
std::string BecomeUser(const std::string& user);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PRIVILEGES_H_
