#include <pthread.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/platform/process.h"

namespace sipward::platform {
namespace {

std::atomic<uint64_t> forks{0};

}  // namespace

uint64_t ProcessId() { return static_cast<uint64_t>(getpid()); }

bool IsProcessAlive(uint64_t id) { return kill(static_cast<pid_t>(id), 0) == 0 || errno != ESRCH; }

void CountForks() {
  static const int registered =
      pthread_atfork([] { forks.fetch_add(1, std::memory_order_relaxed); }, nullptr, nullptr);
  static_cast<void>(registered);
}

uint64_t Forks() { return forks.load(std::memory_order_relaxed); }

}  // namespace sipward::platform
