// Names into addresses, with an end to the waiting that the system's resolver does not have.
#ifndef SIPWARD_IO_FETCH_RESOLVER_H_
#define SIPWARD_IO_FETCH_RESOLVER_H_

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sipward.h"

namespace sipward::io {

using Addresses = std::vector<sipward_endpoint>;
// All addresses of a name, their port left at 0; false if it has none. May take its time; called
// from several threads.
using Resolve = std::function<bool(const std::string& host, Addresses* out)>;

// getaddrinfo.
bool ResolveBySystem(const std::string& host, Addresses* out);

// getaddrinfo cannot be told when to give up, so threads of its own wait for it; who asks waits as
// long as he likes. A thread that is stuck is counted until the system lets it go (resolv.conf:
// timeout and attempts), and the destructor waits for it.
class Resolver {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Outcome { kFound, kNone, kTimeout, kStopped };

  explicit Resolver(Resolve resolve);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  Outcome Find(const std::string& host, Clock::time_point deadline, Addresses* out);
  // Nobody waits any more.
  void Stop();

 private:
  struct Job {
    std::string host;
    bool done = false;
    bool given_up = false;  // whoever asked has left
    Addresses addresses;    // none: the name has none
  };
  void Run();

  const Resolve resolve_;
  std::mutex lock_;
  std::condition_variable work_;
  std::condition_variable answer_;
  std::deque<std::shared_ptr<Job>> jobs_;
  size_t idle_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_RESOLVER_H_
