#include <pthread.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "base/platform/process.h"

namespace sipward::platform {

uint64_t ProcessId() { return static_cast<uint64_t>(getpid()); }

bool IsProcessAlive(uint64_t id) { return kill(static_cast<pid_t>(id), 0) == 0 || errno != ESRCH; }

uint64_t UptimeSeconds() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec);
}

void AroundForks(void (*before)(), void (*in_parent)(), void (*in_child)()) {
  pthread_atfork(before, in_parent, in_child);
}

}  // namespace sipward::platform
