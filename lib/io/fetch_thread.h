// How the threads of a fetcher begin.
#ifndef SIPWARD_IO_FETCH_THREAD_H_
#define SIPWARD_IO_FETCH_THREAD_H_

#include <pthread.h>
#include <signal.h>

#include <thread>
#include <utility>
#include <vector>

namespace sipward::io {

// While it lives, no signal is delivered to this thread, nor ever to those that it starts.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

// One more thread, for which *threads has room. Signals are the host's, for threads of the host;
// and a server that closes its connection must not end the process with SIGPIPE. False if there can
// be none; then it is enough if there are others.
template <typename Body>
bool StartThread(std::vector<std::thread>* threads, Body body) {
  const SignalsHeld held;
  try {
    threads->emplace_back(std::move(body));
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_THREAD_H_
