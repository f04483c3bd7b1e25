#include "io/fetch_resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "io/fetch_place.h"
#include "io/fetch_thread.h"

namespace sipward::io {
namespace {

// More than fetches at a time, so that names whose servers are silent do not hold up the others.
constexpr size_t kMostThreads = 32;

}  // namespace

bool ResolveBySystem(const std::string& host, Addresses* out) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    if (const auto endpoint = EndpointOf(at->ai_addr, at->ai_addrlen)) out->push_back(*endpoint);
  }
  return !out->empty();
}

Resolver::Resolver(Resolve resolve) : resolve_(resolve ? std::move(resolve) : ResolveBySystem) {
  threads_.reserve(kMostThreads);
}

Resolver::~Resolver() {
  Stop();
  for (std::thread& thread : threads_) thread.join();
}

Resolver::Outcome Resolver::Find(const std::string& host, Clock::time_point deadline,
                                 Addresses* out) {
  const auto job = std::make_shared<Job>();
  job->host = host;
  std::unique_lock guard(lock_);
  if (stopped_) return Outcome::kStopped;
  jobs_.push_back(job);
  if (idle_ < jobs_.size() && threads_.size() < kMostThreads &&
      !StartThread(&threads_, [this] { Run(); }) && threads_.empty()) {
    jobs_.pop_back();
    return Outcome::kNone;
  }
  work_.notify_one();
  answer_.wait_until(guard, deadline, [&] { return job->done || stopped_; });
  if (!job->done) {
    job->given_up = true;
    return stopped_ ? Outcome::kStopped : Outcome::kTimeout;
  }
  if (job->addresses.empty()) return Outcome::kNone;
  *out = std::move(job->addresses);
  return Outcome::kFound;
}

void Resolver::Stop() {
  const std::lock_guard guard(lock_);
  stopped_ = true;
  work_.notify_all();
  answer_.notify_all();
}

void Resolver::Run() {
  std::unique_lock guard(lock_);
  for (;;) {
    ++idle_;
    work_.wait(guard, [&] { return stopped_ || !jobs_.empty(); });
    --idle_;
    if (stopped_) return;
    const std::shared_ptr<Job> job = std::move(jobs_.front());
    jobs_.pop_front();
    if (job->given_up) continue;
    guard.unlock();
    Addresses found;
    try {
      if (!resolve_(job->host, &found)) found.clear();
    } catch (...) {  // out of memory: as a name without an address
      found.clear();
    }
    guard.lock();
    job->addresses = std::move(found);
    job->done = true;
    answer_.notify_all();
  }
}

}  // namespace sipward::io
