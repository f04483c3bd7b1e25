// The secret of a state that outlives the process.
#ifndef SIPWARD_BINDINGS_CLI_SEED_H_
#define SIPWARD_BINDINGS_CLI_SEED_H_

#include <string>

#include "sipward.h"

namespace sipward::cli {

// Random bytes for the seed of a state, so that those who are watched choose what is counted but
// not where it falls. `path` keeps them for the next time, for its owner's eyes alone; none: they
// are not kept. Empty, or what failed.
std::string ReadSeed(const std::string& path, sipward_state_options* options);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_SEED_H_
