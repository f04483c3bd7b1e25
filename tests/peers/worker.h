// A peer in a process of its own: what it does to itself is an answer.
#ifndef SIPWARD_TESTS_PEERS_WORKER_H_
#define SIPWARD_TESTS_PEERS_WORKER_H_

#include <sys/types.h>

#include <string_view>

#include "tests/peers/peer.h"

namespace sipward::peers {

class Worker {
 public:
  explicit Worker(const Peer& peer) : peer_(peer) {}
  ~Worker() { Stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Sends a message; the answer is fetched with Receive, so that peers work at the same time.
  void Send(std::string_view message);
  // The answer. A process that dies is kCrash; one that is silent is asked once more, with
  // kPatience, because the machine may be busy, and is then kTimeout. It is replaced either way.
  Reading Receive();

 private:
  static constexpr int kTimeoutMs = 500;
  static constexpr int kPatienceMs = 5'000;

  void Start();
  void Stop();
  void Serve(int in, int out) const;
  // kCrash and kTimeout stop the process.
  Reading Await(int timeout_ms);

  const Peer& peer_;
  pid_t pid_ = -1;
  int to_ = -1;
  int from_ = -1;
  std::string_view pending_;
};

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_WORKER_H_
