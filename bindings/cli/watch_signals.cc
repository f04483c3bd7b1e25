#include "watch_signals.h"

#include <cerrno>
#include <csignal>

namespace sipward::cli {
namespace {

volatile std::sig_atomic_t g_stop = 0;
volatile std::sig_atomic_t g_reload = 0;

void OnSignal(int number) {
  if (number == SIGHUP) g_reload = 1;
  if (number == SIGINT || number == SIGTERM) g_stop = 1;
}

}  // namespace

void HoldSignals() {
  sigset_t held;
  sigemptyset(&held);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) {
    sigaddset(&held, number);
    struct sigaction action {};
    action.sa_handler = OnSignal;
    sigaction(number, &action, nullptr);
  }
  sigprocmask(SIG_BLOCK, &held, nullptr);
}

int WaitFor(std::vector<pollfd>* descriptors, int64_t most_ns) {
  constexpr int64_t kSecond = 1'000'000'000;
  sigset_t none;
  sigemptyset(&none);
  const timespec wait{most_ns / kSecond, most_ns % kSecond};
  const int ready = ppoll(descriptors->data(), descriptors->size(), &wait, &none);
  return ready < 0 && errno == EINTR ? 0 : ready;
}

bool StopAsked() { return g_stop != 0; }

bool TakeReload() {
  const bool asked = g_reload != 0;
  g_reload = 0;
  return asked;
}

}  // namespace sipward::cli
