// What a process may do, given up.
#ifndef SIPWARD_BINDINGS_CLI_PRIVILEGES_H_
#define SIPWARD_BINDINGS_CLI_PRIVILEGES_H_

#include <cstdint>
#include <string>

namespace sipward::cli {

// What stays of what root may do.
enum class Keep : uint8_t {
  kNothing,
  kCapture,  // to open interfaces
};
// Becomes `user`, with its groups and nothing else but that, for good. Empty, or what failed: then
// nobody should go on. Whoever is not root stays who he is, unless `user` is somebody else.
std::string BecomeUser(const std::string& user, Keep keep);
// Gives up what BecomeUser kept. Empty, or what failed.
std::string GiveUpCapture();

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_PRIVILEGES_H_
