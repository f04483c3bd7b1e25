// The signals of `sipward watch`.
#ifndef SIPWARD_BINDINGS_CLI_WATCH_SIGNALS_H_
#define SIPWARD_BINDINGS_CLI_WATCH_SIGNALS_H_

#include <poll.h>

#include <cstdint>
#include <vector>

namespace sipward::cli {

// SIGINT, SIGTERM, SIGHUP and SIGCHLD interrupt WaitFor and nothing else: from this call on, and in
// processes that are forked later.
void HoldSignals();
// Waits for one of the descriptors or a signal, and at most so long. How many have something;
// below 0 if that cannot be.
int WaitFor(std::vector<pollfd>* descriptors, int64_t most_ns);
// Whether SIGINT or SIGTERM came.
bool StopAsked();
// Whether SIGHUP came since it was asked last.
bool TakeReload();

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_WATCH_SIGNALS_H_
